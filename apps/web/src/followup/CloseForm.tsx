import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Card } from '../frame/Card';
import { Field } from '../frame/Field';
import { Refused } from '../frame/Refused';
import { useWords } from '../words/words-provider';
import classes from './followup.module.css';
import { bodiesQuery, closeMeeting, type MeetingDetail, newIdempotencyKey } from './queries';

/** Who was there and what was concluded: with it the minutes stand. */
export function CloseForm({ detail: { meeting } }: { detail: MeetingDetail }) {
  const words = useWords();
  const say = words.tackling.meeting;
  const queryClient = useQueryClient();
  const bodies = useQuery(bodiesQuery);
  const [absent, setAbsent] = useState<ReadonlySet<number>>(new Set());
  const [conclusion, setConclusion] = useState('');
  const [key, setKey] = useState(newIdempotencyKey);
  const members = (bodies.data?.find(({ id }) => id === meeting.bodyId)?.members ?? []).filter(
    ({ validFrom, validTo }) => validFrom <= meeting.heldOn && (validTo === null || validTo >= meeting.heldOn),
  );
  const command = useMutation({
    mutationFn: () =>
      closeMeeting(
        String(meeting.id),
        { presentIds: members.filter(({ id }) => !absent.has(id)).map(({ id }) => id), conclusion: conclusion.trim() },
        key,
      ),
    onSuccess: () =>
      Promise.all(
        ['meeting', 'meetings', 'meeting-decisions'].map((name) => queryClient.invalidateQueries({ queryKey: [name] })),
      ),
    onError: () => setKey(newIdempotencyKey()),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    command.mutate();
  };
  return (
    <Card title={say.close}>
      <form className={classes.body} onSubmit={send}>
        <p className={classes.quiet}>{say.present}</p>
        {members.length === 0 && <p>{say.noMembers}</p>}
        {members.map(({ id, name, position, part }) => (
          <label key={id} className={classes.check}>
            <input
              type="checkbox"
              checked={!absent.has(id)}
              onChange={(event) => {
                const next = new Set(absent);
                if (event.currentTarget.checked) next.delete(id);
                else next.add(id);
                setAbsent(next);
              }}
            />
            <span>
              {name} <span className={classes.quiet}>{`${position}, ${words.tackling.body.parts[part]}`}</span>
            </span>
          </label>
        ))}
        <Field label={say.conclusion}>
          {(input) => (
            <textarea
              {...input}
              rows={3}
              maxLength={4000}
              value={conclusion}
              onChange={(event) => setConclusion(event.currentTarget.value)}
            />
          )}
        </Field>
        <p className={classes.quiet}>{say.closeMeans}</p>
        <Refused label={words.tackling.refused} error={command.error} />
        <div>
          <Button type="submit" variant="filled" loading={command.isPending}>
            {say.close}
          </Button>
        </div>
      </form>
    </Card>
  );
}
