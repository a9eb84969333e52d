import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { Refused } from '../frame/Refused';
import { useWords } from '../words/words-provider';
import { decide, type MeetingDetail, newIdempotencyKey } from './queries';

/** What the meeting decides: on which item, who does it by when. */
export function DecideForm({ detail }: { detail: MeetingDetail }) {
  const words = useWords();
  const say = words.tackling.meeting;
  const queryClient = useQueryClient();
  const id = String(detail.meeting.id);
  const [item, setItem] = useState('');
  const [text, setText] = useState('');
  const [owner, setOwner] = useState('');
  const [dueDate, setDueDate] = useState('');
  const [key, setKey] = useState(newIdempotencyKey);
  const command = useMutation({
    mutationFn: () => decide(id, { text, owner, dueDate, ...(item === '' ? {} : { itemId: Number(item) }) }, key),
    onSuccess: async () => {
      setItem('');
      setText('');
      setKey(newIdempotencyKey());
      await Promise.all(
        ['meeting', 'meetings', 'difficulty', 'difficulties'].map((name) =>
          queryClient.invalidateQueries({ queryKey: [name] }),
        ),
      );
    },
    onError: () => setKey(newIdempotencyKey()),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    command.mutate();
  };
  return (
    <form onSubmit={send}>
      <div className={form.fields}>
        <Field label={say.decisionOn} wide>
          {(input) => (
            <select {...input} value={item} onChange={(event) => setItem(event.currentTarget.value)}>
              <option value="">{say.onNothing}</option>
              {detail.agenda.map(({ id: itemId, ordinal, title }) => (
                <option key={itemId} value={itemId}>
                  {ordinal}. {title}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={say.text} wide>
          {(input) => (
            <textarea
              {...input}
              required
              rows={2}
              maxLength={4000}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label={say.owner} wide>
          {(input) => (
            <input
              {...input}
              required
              maxLength={200}
              value={owner}
              onChange={(event) => setOwner(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label={say.due}>
          {(input) => (
            <input
              {...input}
              required
              type="date"
              min={detail.meeting.heldOn}
              value={dueDate}
              onChange={(event) => setDueDate(event.currentTarget.value)}
            />
          )}
        </Field>
      </div>
      <Refused label={words.tackling.refused} error={command.error} />
      <div className={form.actions}>
        <Button type="submit" variant="filled" loading={command.isPending}>
          {say.decide}
        </Button>
      </div>
    </form>
  );
}
