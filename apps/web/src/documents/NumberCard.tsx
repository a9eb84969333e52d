import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../client/use-session';
import { Card } from '../frame/Card';
import { ConfirmCommand } from '../frame/ConfirmCommand';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { useWords } from '../words/words-provider';
import classes from './documents.module.css';
import { numberDocument, type DocumentDetail } from './documents-client';

/** The clerk's act: number, date, when it leaves and to whom; with it the document is frozen. */
export function NumberCard({ document, etag }: { document: DocumentDetail; etag: string }) {
  const { permissions } = useSession();
  if (document.next === null || !permissions.includes('documents.number')) return null;
  // A draft composed again begins with what it says now.
  return <NumberForm key={etag} document={document} next={document.next} etag={etag} />;
}

interface NumberFormProps {
  document: DocumentDetail;
  next: NonNullable<DocumentDetail['next']>;
  etag: string;
}

function NumberForm({ document, next, etag }: NumberFormProps) {
  const words = useWords();
  const say = words.documents;
  const client = useQueryClient();
  const [number, setNumber] = useState(String(next.number));
  const [date, setDate] = useState(next.date);
  const [sentDate, setSentDate] = useState(next.date);
  const [recipients, setRecipients] = useState(document.recipients.join('\n'));
  const lines = recipients
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const isWhole = /^[1-9][0-9]{0,5}$/.test(number) && date !== '' && sentDate !== '' && lines.length > 0;
  const blockedBy = document.outdated ? say.notReadyOutdated : document.ready ? undefined : say.notReady;
  const written = `${number.padStart(2, '0')}/${document.symbol}`;
  return (
    <Card title={say.numberTitle} subtitle={say.numberWhy}>
      <div className={form.fields}>
        <Field label={say.number} hint={`/${document.symbol}`}>
          {(input) => (
            <input
              {...input}
              inputMode="numeric"
              autoComplete="off"
              maxLength={6}
              value={number}
              onChange={(event) => setNumber(event.currentTarget.value.replaceAll(/\D/g, ''))}
            />
          )}
        </Field>
        <Field label={say.date}>
          {(input) => (
            <input
              {...input}
              type="date"
              max={next.date}
              value={date}
              onChange={(event) => setDate(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label={say.sentDate}>
          {(input) => (
            <input
              {...input}
              type="date"
              max={next.date}
              value={sentDate}
              onChange={(event) => setSentDate(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label={say.recipients} hint={say.recipientsHint} wide>
          {(input) => (
            <textarea
              {...input}
              className={`${form.input} ${classes.area}`}
              rows={5}
              value={recipients}
              onChange={(event) => setRecipients(event.currentTarget.value)}
            />
          )}
        </Field>
      </div>
      <div className={form.actions}>
        <ConfirmCommand
          label={say.giveNumber(written)}
          blockedBy={blockedBy ?? (isWhole ? undefined : say.recipientsHint)}
          title={say.confirmNumber}
          consequencesTitle={say.consequencesTitle}
          consequences={say.numberConsequences}
          confirmLabel={say.giveNumber(written)}
          backLabel={words.cancel}
          refusedLabel={say.refused}
          run={(key) =>
            numberDocument(document.id, { number: Number(number), date, sentDate, recipients: lines }, etag, key)
          }
          onDone={() => client.invalidateQueries({ queryKey: ['documents'] })}
        />
      </div>
    </Card>
  );
}
