import { Button } from '@mantine/core';
import { IconDeviceFloppy, IconEye } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { monthsQuery } from '../client/queries';
import { useSession } from '../client/use-session';
import { formatMoment } from '../format/date';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { Refused } from '../frame/Refused';
import { useWords } from '../words/words-provider';
import classes from './documents.module.css';
import {
  bytesOf,
  saveTemplate,
  shortMonth,
  templatesQuery,
  type DocumentTemplate,
  type TemplateFields,
} from './documents-client';
import { PdfPages } from './PdfPages';

type Draft = Record<'superior' | 'name' | 'nameInText' | 'place' | 'symbol' | 'urgency', string> &
  Record<'authority' | 'signer' | 'recipients' | 'tasks', string>;

const URGENCIES = ['KHẨN', 'THƯỢNG KHẨN', 'HỎA TỐC'] as const;

interface TemplateFormProps {
  template: DocumentTemplate;
  /** It is what was just saved here. */
  isSaved: boolean;
  onSaved: (saved: DocumentTemplate) => void;
}

/** A template as it is edited: lists are lines, and what is left out is empty. */
export function TemplateForm({ template, isSaved, onSaved }: TemplateFormProps) {
  const { documents: all } = useWords();
  const say = all.template;
  const { permissions } = useSession();
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => draftOf(template.fields));
  const months = useQuery(monthsQuery());
  const month = months.data?.latestClosed ?? null;
  const mayEdit = permissions.includes('document-templates.edit');
  const save = useMutation({
    mutationFn: () => saveTemplate(template.kind, fieldsOf(draft), template.version),
    onSuccess: async (saved) => {
      onSaved(saved);
      await client.invalidateQueries({ queryKey: templatesQuery.queryKey });
    },
  });
  const preview = useMutation({
    mutationFn: () =>
      bytesOf(`/api/v1/document-templates/${template.kind}/preview`, { fields: fieldsOf(draft), month }),
  });
  const text = (name: keyof Draft, label: string, hint?: string) => (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      {(input) => (
        <input
          {...input}
          readOnly={!mayEdit}
          autoComplete="off"
          maxLength={160}
          value={draft[name]}
          onChange={(event) => setDraft({ ...draft, [name]: event.currentTarget.value })}
        />
      )}
    </Field>
  );
  const lines = (name: keyof Draft, label: string, rows: number) => (
    <Field label={label} wide>
      {(input) => (
        <textarea
          {...input}
          readOnly={!mayEdit}
          className={`${form.input} ${classes.area}`}
          rows={rows}
          value={draft[name]}
          onChange={(event) => setDraft({ ...draft, [name]: event.currentTarget.value })}
        />
      )}
    </Field>
  );
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending) save.mutate();
  };
  return (
    <div className={classes.columns}>
      <Card title={all.preview}>
        {preview.data === undefined ? (
          <p className={classes.body}>
            {month === null ? say.noMonth : say.previewEmpty(say.preview(shortMonth(month)))}
          </p>
        ) : (
          <PdfPages bytes={preview.data} name={all.kinds[template.kind]} />
        )}
      </Card>
      <form onSubmit={send} noValidate>
        <Card
          title={all.kinds[template.kind]}
          subtitle={
            template.recordedBy !== null && template.recordedAt !== null
              ? say.changed(template.recordedBy, formatMoment(template.recordedAt))
              : undefined
          }
          right={<Chip tone="accent">{say.version(template.version)}</Chip>}
        >
          <div className={form.fields}>
            {lines('name', say.name, 2)}
            {text('superior', say.superior)}
            {text('nameInText', say.nameInText)}
            {text('place', say.place)}
            {text('symbol', say.symbol, say.symbolHint)}
            <Field label={say.urgency}>
              {(input) => (
                <select
                  {...input}
                  disabled={!mayEdit}
                  value={draft.urgency}
                  onChange={(event) => setDraft({ ...draft, urgency: event.currentTarget.value })}
                >
                  <option value="">{say.noUrgency}</option>
                  {URGENCIES.map((each) => (
                    <option key={each}>{each}</option>
                  ))}
                </select>
              )}
            </Field>
            {text('signer', say.signer, say.signerHint)}
            {lines('authority', say.authority, 3)}
            {lines('recipients', say.recipients, 5)}
            {lines('tasks', say.tasks, 5)}
          </div>
          {mayEdit ? (
            <div className={form.actions}>
              <Button
                type="submit"
                variant="filled"
                leftSection={<IconDeviceFloppy size={16} />}
                loading={save.isPending}
              >
                {say.save}
              </Button>
              <Button
                leftSection={<IconEye size={16} />}
                aria-disabled={month === null || undefined}
                loading={preview.isPending}
                onClick={() => month !== null && !preview.isPending && preview.mutate()}
              >
                {month === null ? say.noMonth : say.preview(shortMonth(month))}
              </Button>
            </div>
          ) : (
            <p className={classes.body}>{say.readOnly}</p>
          )}
          <Refused label={all.refused} error={save.error ?? preview.error} />
          {isSaved && (
            <p role="status" className={classes.body}>
              {say.saved}
            </p>
          )}
        </Card>
      </form>
    </div>
  );
}

function draftOf({ issuer, symbol, urgency, signature, recipients, tasks }: TemplateFields): Draft {
  return {
    superior: issuer.superior ?? '',
    name: issuer.name,
    nameInText: issuer.nameInText,
    place: issuer.place,
    symbol,
    urgency: urgency ?? '',
    authority: signature.authority.join('\n'),
    signer: signature.name,
    recipients: recipients.join('\n'),
    tasks: tasks.join('\n'),
  };
}

function fieldsOf(draft: Draft): TemplateFields {
  const linesOf = (text: string): string[] =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  return {
    issuer: {
      superior: draft.superior.trim() === '' ? null : draft.superior.trim(),
      name: linesOf(draft.name).join('\n'),
      nameInText: draft.nameInText,
      place: draft.place,
    },
    symbol: draft.symbol.trim(),
    urgency: URGENCIES.find((each) => each === draft.urgency) ?? null,
    signature: { authority: linesOf(draft.authority), name: draft.signer.trim() },
    recipients: linesOf(draft.recipients),
    tasks: linesOf(draft.tasks),
  };
}
