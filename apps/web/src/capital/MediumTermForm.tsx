import { Button } from '@mantine/core';
import { IconAlertTriangle, IconPlus, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sourcesQuery } from '../client/queries';
import { formatMillion } from '../format/amount';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { Refused } from '../frame/Refused';
import { useWords } from '../words/words-provider';
import classes from './capital.module.css';
import lines from './lines.module.css';
import {
  type DraftSource,
  dongTyped,
  draftOf,
  emptySource,
  excessOf,
  isWrong,
  type MediumTermDraft,
  planOf,
} from './medium-term-draft';
import { projectMediumTermQuery, setMediumTerm } from './queries';
import type { ProjectMediumTerm } from './types';

interface MediumTermFormProps {
  code: string;
  plan: ProjectMediumTerm;
  etag: string;
  onDone: () => void;
}

/** The whole medium-term plan of a project at once; that annual plans exceed it is said, and does not stop the saving. */
export function MediumTermForm({ code, plan, etag, onDone }: MediumTermFormProps) {
  const words = useWords();
  const queryClient = useQueryClient();
  const { project: say } = words.capital;
  const [draft, setDraft] = useState<MediumTermDraft>(() => draftOf(plan));
  const wrong = isWrong(draft);
  const excess = excessOf(draft);
  const save = useMutation({
    mutationFn: () => setMediumTerm(code, planOf(draft, plan.periodStart), etag),
    onSuccess: (saved) => {
      queryClient.setQueryData(projectMediumTermQuery(code, plan.periodStart).queryKey, saved);
      void queryClient.invalidateQueries({ queryKey: ['medium-term-warnings'] });
      onDone();
    },
  });
  const change = (changed: DraftSource) =>
    setDraft({ ...draft, sources: draft.sources.map((each) => (each.key === changed.key ? changed : each)) });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) save.mutate();
      }}
    >
      <p className={classes.text}>{say.mediumHint}</p>
      {draft.sources.map((source, index) => (
        <SourceRow
          key={source.key}
          source={source}
          number={index + 1}
          taken={draft.sources.filter(({ key }) => key !== source.key).map((each) => each.source)}
          onChange={change}
          onRemove={() => setDraft({ ...draft, sources: draft.sources.filter(({ key }) => key !== source.key) })}
        />
      ))}
      <div className={form.actions}>
        <Button
          leftSection={<IconPlus size={15} />}
          onClick={() => setDraft({ ...draft, sources: [...draft.sources, emptySource(draft.sources)] })}
        >
          {say.mediumAdd}
        </Button>
      </div>
      <div className={form.fields}>
        <Field label={say.mediumDecisionNo} hint={say.mediumDecisionHint}>
          {(input) => (
            <input
              {...input}
              value={draft.decisionNo}
              maxLength={100}
              onChange={(event) => setDraft({ ...draft, decisionNo: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field label={say.mediumDecisionDate}>
          {(input) => (
            <input
              {...input}
              type="date"
              value={draft.decisionDate}
              onChange={(event) => setDraft({ ...draft, decisionDate: event.currentTarget.value })}
            />
          )}
        </Field>
      </div>
      {excess > 0 && (
        <p role="status" className={classes.warning}>
          <IconAlertTriangle size={18} aria-hidden="true" />
          <span>{say.mediumWillExceed(formatMillion(excess))}</span>
        </p>
      )}
      <Refused label={say.refused} error={save.error} />
      <div className={form.actions}>
        <Button onClick={onDone}>{words.cancel}</Button>
        <Button type="submit" variant="filled" loading={save.isPending} aria-disabled={wrong}>
          {say.mediumSave}
        </Button>
        {wrong && <span className={form.missing}>{say.mediumWrong}</span>}
      </div>
    </form>
  );
}

interface SourceRowProps {
  source: DraftSource;
  number: number;
  /** Sources of the other rows. */
  taken: readonly string[];
  onChange: (source: DraftSource) => void;
  onRemove: () => void;
}

function SourceRow({ source, number, taken, onChange, onRemove }: SourceRowProps) {
  const { project: say, newDecision, decisions } = useWords().capital;
  const sources = useQuery({ ...sourcesQuery, enabled: source.name === null });
  const amount = (field: 'amount' | 'before', label: string) => (
    <Field label={label}>
      {(input) => (
        <input
          {...input}
          className={`${form.input} ${form.amount}`}
          inputMode="decimal"
          autoComplete="off"
          value={source[field]}
          aria-invalid={dongTyped(source[field]) === null}
          onChange={(event) => onChange({ ...source, [field]: event.currentTarget.value })}
        />
      )}
    </Field>
  );
  const name = source.name ?? sources.data?.find(({ code }) => code === source.source)?.name;
  return (
    <div
      className={lines.mediumRow}
      role="group"
      aria-label={name === undefined ? say.mediumNewRow(number) : say.mediumRow(name)}
    >
      {source.name === null ? (
        <Field label={decisions.source}>
          {(input) => (
            <select
              {...input}
              value={source.source}
              onChange={(event) => onChange({ ...source, source: event.currentTarget.value })}
            >
              <option value="">{newDecision.choose}</option>
              {sources.data
                ?.filter(({ code }) => !taken.includes(code))
                .map(({ code, name: title }) => (
                  <option key={code} value={code}>
                    {title}
                  </option>
                ))}
            </select>
          )}
        </Field>
      ) : (
        <div className={lines.named}>
          {source.name}
          <span className={form.hint}>{say.mediumAnnual(formatMillion(source.annualDong))}</span>
        </div>
      )}
      {amount('amount', say.mediumAmount)}
      {amount('before', say.mediumBeforeAmount)}
      {source.name === null ? (
        <button
          type="button"
          className={lines.remove}
          aria-label={say.mediumRemove(name ?? say.mediumNewRow(number))}
          onClick={onRemove}
        >
          <IconTrash size={16} aria-hidden="true" />
        </button>
      ) : (
        <span />
      )}
    </div>
  );
}
