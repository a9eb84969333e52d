import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Choice } from '../frame/Choice';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { Refused } from '../frame/Refused';
import { useWords } from '../words/words-provider';
import classes from './answers.module.css';
import { decideAnswer, type Answer, type AnswerDecision } from './queries';

type Way = 'reopening' | 'correction';

/** The department answers the unit: no with a reason, or yes with how it is put right. */
export function DecisionForm({ answer }: { answer: Answer }) {
  const { answers: say } = useWords();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const [way, setWay] = useState<Way>('reopening');
  const [entry, setEntry] = useState('');
  const decide = useMutation({
    mutationFn: (decision: AnswerDecision) => decideAnswer(answer.id, decision),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: ['answers'] }),
        queryClient.invalidateQueries({ queryKey: ['closing'] }),
      ]),
  });
  const isObjection = answer.kind === 'objection';
  const said = reason.trim() === '' ? {} : { reason: reason.trim() };
  const mayReject = reason.trim() !== '';
  const mayAccept = !isObjection || way === 'reopening' || /^[1-9]\d{0,9}$/.test(entry.trim());
  const accept = (): AnswerDecision => ({
    decision: 'accepted',
    ...said,
    ...(isObjection ? { leadsTo: way } : {}),
    ...(isObjection && way === 'correction' ? { entryId: Number(entry) } : {}),
  });
  return (
    <div className={classes.decide}>
      <Field label={say.decide.reason}>
        {(input) => (
          <textarea
            {...input}
            rows={2}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
      </Field>
      {isObjection && (
        <>
          <Choice
            label={say.decide.way}
            value={way}
            options={[
              { value: 'reopening', label: say.decide.ways.reopening },
              { value: 'correction', label: say.decide.ways.correction },
            ]}
            onChange={setWay}
          />
          <p className={form.missing}>{say.decide.wayMeans[way]}</p>
          {way === 'correction' && (
            <Field label={say.decide.entry}>
              {(input) => (
                <input
                  {...input}
                  inputMode="numeric"
                  value={entry}
                  onChange={(event) => setEntry(event.currentTarget.value)}
                />
              )}
            </Field>
          )}
        </>
      )}
      <Refused label={say.decide.refused} error={decide.error} />
      <div className={classes.actions}>
        <Button
          variant="filled"
          loading={decide.isPending}
          aria-disabled={!mayAccept || undefined}
          onClick={() => mayAccept && decide.mutate(accept())}
        >
          {say.decide.accept}
        </Button>
        <Button
          aria-disabled={!mayReject || undefined}
          onClick={() => mayReject && !decide.isPending && decide.mutate({ decision: 'rejected', ...said })}
        >
          {say.decide.reject}
        </Button>
        {(!mayAccept || !mayReject) && <span className={form.missing}>{say.decide.missing}</span>}
      </div>
    </div>
  );
}
