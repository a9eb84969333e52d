import { Button } from '@mantine/core';
import { IconCheck, IconClockExclamation } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useSession } from '../client/use-session';
import { formatDay } from '../format/date';
import { Chip } from '../frame/Chip';
import { Field } from '../frame/Field';
import { Refused } from '../frame/Refused';
import { useWords } from '../words/words-provider';
import classes from './followup.module.css';
import { endDecision, type MeetingDecision, newIdempotencyKey } from './queries';

/** Decisions with who does them by when; those in hand end here. */
export function DecisionList({
  decisions,
  namesMeeting = false,
}: {
  decisions: readonly MeetingDecision[];
  namesMeeting?: boolean;
}) {
  return (
    <ul className={classes.cards}>
      {decisions.map((decision) => (
        <DecisionItem key={decision.id} decision={decision} namesMeeting={namesMeeting} />
      ))}
    </ul>
  );
}

function DecisionItem({ decision, namesMeeting }: { decision: MeetingDecision; namesMeeting: boolean }) {
  const words = useWords();
  const say = words.tackling.meeting;
  const { permissions } = useSession();
  const [ending, setEnding] = useState<'done' | 'withdrawn' | null>(null);
  const { text, owner, dueDate, state, overdue, outcome, endedOn, bodyName, heldOn, meetingId } = decision;
  return (
    <li className={classes.item}>
      <span>{text}</span>
      <span className={classes.row}>
        <span className={classes.quiet}>
          {owner} · {words.tackling.difficulty.due(formatDay(dueDate))}
        </span>
        {overdue ? (
          <Chip tone="late" icon={<IconClockExclamation size={14} aria-hidden="true" />}>
            {say.overdue}
          </Chip>
        ) : (
          state !== 'open' && (
            <Chip
              tone={state === 'done' ? 'ok' : 'plain'}
              icon={state === 'done' ? <IconCheck size={14} aria-hidden="true" /> : undefined}
            >
              {say.decisionStates[state]}
            </Chip>
          )
        )}
      </span>
      {namesMeeting && permissions.includes('meetings.read') && (
        <Link to="/meetings/$id" params={{ id: String(meetingId) }}>
          {say.meetingOf(bodyName, formatDay(heldOn))}
        </Link>
      )}
      {outcome !== '' && (
        <span className={classes.quiet}>
          {outcome}
          {endedOn !== null && ` (${formatDay(endedOn)})`}
        </span>
      )}
      {state === 'open' &&
        permissions.includes('meetings.prepare') &&
        (ending === null ? (
          <span className={classes.row}>
            <Button size="compact-sm" onClick={() => setEnding('done')}>
              {say.done}
            </Button>
            <Button size="compact-sm" variant="subtle" onClick={() => setEnding('withdrawn')}>
              {say.withdraw}
            </Button>
          </span>
        ) : (
          <OutcomeForm decision={decision} to={ending} onCancel={() => setEnding(null)} />
        ))}
    </li>
  );
}

interface OutcomeProps {
  decision: MeetingDecision;
  to: 'done' | 'withdrawn';
  onCancel: () => void;
}

function OutcomeForm({ decision, to, onCancel }: OutcomeProps) {
  const words = useWords();
  const say = words.tackling.meeting;
  const queryClient = useQueryClient();
  const [outcome, setOutcome] = useState('');
  const [key, setKey] = useState(newIdempotencyKey);
  const command = useMutation({
    mutationFn: () => endDecision(decision, { to, outcome }, key),
    onSuccess: () =>
      Promise.all(
        ['meetings', 'meeting', 'meeting-decisions', 'project-decisions', 'meeting-candidates'].map((name) =>
          queryClient.invalidateQueries({ queryKey: [name] }),
        ),
      ),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    command.mutate();
  };
  return (
    <form className={classes.stack} onSubmit={send}>
      <Field label={`${say.outcome}: ${say.decisionStates[to]}`}>
        {(input) => (
          <textarea
            {...input}
            required
            rows={2}
            maxLength={4000}
            value={outcome}
            onChange={(event) => {
              setOutcome(event.currentTarget.value);
              setKey(newIdempotencyKey());
            }}
          />
        )}
      </Field>
      <Refused label={words.tackling.refused} error={command.error} />
      <span className={classes.row}>
        <Button type="submit" size="compact-sm" variant="filled" loading={command.isPending}>
          {to === 'done' ? say.done : say.withdraw}
        </Button>
        <Button size="compact-sm" onClick={onCancel}>
          {words.cancel}
        </Button>
      </span>
    </form>
  );
}
