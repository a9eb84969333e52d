import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '@mantine/core';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import type { Words } from '../words/vi';
import { useWords } from '../words/words-provider';
import classes from './audit.module.css';
import { auditFacetsQuery, type AuditFilter } from './audit-queries';

interface FilterBarProps {
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
}

/** Known codes in words, a code that no word is known for as it is. */
export function wordOf(words: Record<string, string>, code: string): string {
  return words[code] ?? code;
}

/** Who, what, on which object, in which days. Applied as a whole: a chain of years is not searched at every key. */
export function FilterBar({ filter, onChange }: FilterBarProps) {
  const { audit: own } = useWords();
  const facets = useQuery(auditFacetsQuery);
  const [draft, setDraft] = useState(filter);
  const actors = useId();
  const set = (name: keyof AuditFilter) => (value: string) => setDraft((before) => ({ ...before, [name]: value }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onChange(Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== '')));
  };
  return (
    <form className={classes.filters} onSubmit={submit} aria-label={own.filters}>
      <div className={`${form.fields} ${classes.filterFields}`}>
        <Field label={own.actor}>
          {(input) => (
            <input
              {...input}
              list={actors}
              value={draft.actor ?? ''}
              onChange={(e) => set('actor')(e.currentTarget.value)}
            />
          )}
        </Field>
        <Choices
          name="action"
          words={own.actions}
          label={own.action}
          codes={facets.data?.actions}
          {...{ draft, set }}
          own={own}
        />
        <Choices
          name="objectType"
          words={own.objectTypes}
          label={own.objectType}
          codes={facets.data?.objectTypes}
          {...{ draft, set }}
          own={own}
        />
        <Field label={own.objectId}>
          {(input) => (
            <input {...input} value={draft.objectId ?? ''} onChange={(e) => set('objectId')(e.currentTarget.value)} />
          )}
        </Field>
        <Field label={own.from}>
          {(input) => (
            <input
              {...input}
              type="date"
              value={draft.from ?? ''}
              onChange={(e) => set('from')(e.currentTarget.value)}
            />
          )}
        </Field>
        <Field label={own.to}>
          {(input) => (
            <input {...input} type="date" value={draft.to ?? ''} onChange={(e) => set('to')(e.currentTarget.value)} />
          )}
        </Field>
      </div>
      <datalist id={actors}>
        {facets.data?.actors.map((actor) => (
          <option key={actor} value={actor} />
        ))}
      </datalist>
      <div className={classes.filterCommands}>
        <Button type="submit">{own.apply}</Button>
        <Button
          variant="subtle"
          onClick={() => {
            setDraft({});
            onChange({});
          }}
        >
          {own.clear}
        </Button>
      </div>
    </form>
  );
}

interface ChoicesProps {
  name: 'action' | 'objectType';
  label: string;
  words: Record<string, string>;
  codes: string[] | undefined;
  draft: AuditFilter;
  set: (name: keyof AuditFilter) => (value: string) => void;
  own: Words['audit'];
}

function Choices({ name, label, words, codes = [], draft, set, own }: ChoicesProps) {
  const chosen = draft[name] ?? '';
  // What the address names is offered even before the list has come, or where nothing bears it.
  const offered = chosen === '' || codes.includes(chosen) ? codes : [chosen, ...codes];
  return (
    <Field label={label}>
      {(input) => (
        <select {...input} value={chosen} onChange={(e) => set(name)(e.currentTarget.value)}>
          <option value="">{own.any}</option>
          {offered.map((code) => (
            <option key={code} value={code}>
              {wordOf(words, code)}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
