import { Button } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useSession } from '../client/use-session';
import { formatDay } from '../format/date';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { ExportLink } from '../frame/ExportLink';
import { FailedState } from '../frame/FailedState';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { Refused } from '../frame/Refused';
import { StateBox } from '../frame/StateBox';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import { DecisionList } from './DecisionList';
import classes from './followup.module.css';
import {
  bodiesQuery,
  callMeeting,
  type Meeting,
  meetingsQuery,
  newIdempotencyKey,
  openDecisionsQuery,
} from './queries';

/** The meetings, what they decided and nobody did yet, and calling the next one. */
export function MeetingsScreen() {
  const words = useWords();
  const say = words.tackling.meeting;
  const { permissions } = useSession();
  const meetings = useQuery(meetingsQuery);
  const open = useQuery(openDecisionsQuery);
  return (
    <>
      <PageHead title={say.title} actions={<ExportLink list="meeting-decisions" what={say.decisions} />} />
      <div className={classes.columns}>
        <div className={classes.stack}>
          {permissions.includes('meetings.prepare') && <CallCard />}
          {meetings.isError ? (
            <FailedState error={meetings.error} what={say.what} onRetry={() => void meetings.refetch()} />
          ) : meetings.data === undefined ? (
            <LoadingBlock what={say.what} />
          ) : meetings.data.items.length === 0 ? (
            <StateBox icon={<IconUsersGroup size={22} />} title={say.empty}>
              <p>{say.emptyBody}</p>
            </StateBox>
          ) : (
            <ListCard meetings={meetings.data.items} />
          )}
        </div>
        <Card title={say.openDecisions}>
          {open.data === undefined ? (
            <p className={classes.none}>{open.isError ? words.state.offlineTitle : words.loading}</p>
          ) : open.data.items.length === 0 ? (
            <p className={classes.none}>{say.openDecisionsNone}</p>
          ) : (
            <DecisionList decisions={open.data.items} namesMeeting />
          )}
        </Card>
      </div>
    </>
  );
}

function ListCard({ meetings }: { meetings: Meeting[] }) {
  const words = useWords();
  const say = words.tackling.meeting;
  return (
    <Card title={say.list}>
      <ul className={classes.cards}>
        {meetings.map(({ id, bodyName, heldOn, kind, state, items, decisions, undone }) => (
          <li key={id} className={classes.item}>
            <Link to="/meetings/$id" params={{ id: String(id) }} className={table.link}>
              {say.meetingOf(bodyName, formatDay(heldOn))}
            </Link>
            <span className={classes.row}>
              <Chip tone={state === 'held' ? 'plain' : 'accent'}>{say.states[state]}</Chip>
              <span className={classes.quiet}>
                {say.kinds[kind]} · {say.items(items)}
                {decisions > 0 && ` · ${undone > 0 ? say.undone(undone) : say.allDone}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function CallCard() {
  const words = useWords();
  const say = words.tackling.meeting;
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { difficulty } = useSearch({ from: '/frame/meetings' });
  const bodies = useQuery(bodiesQuery);
  const [body, setBody] = useState('');
  const [heldOn, setHeldOn] = useState('');
  const [place, setPlace] = useState('');
  const [key, setKey] = useState(newIdempotencyKey);
  const command = useMutation({
    mutationFn: () =>
      callMeeting(
        { bodyId: Number(body), heldOn, place, ...(difficulty === undefined ? {} : { difficultyId: difficulty }) },
        key,
      ),
    onSuccess: async ({ meeting }) => {
      await queryClient.invalidateQueries({ queryKey: ['meetings'] });
      await navigate({ to: '/meetings/$id', params: { id: String(meeting.id) } });
    },
    onError: () => setKey(newIdempotencyKey()),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    command.mutate();
  };
  if (bodies.data?.length === 0)
    return (
      <Card title={say.call}>
        <p className={classes.none}>{say.noBodies}</p>
      </Card>
    );
  return (
    <Card title={difficulty === undefined ? say.call : say.callFor(difficulty)}>
      <form onSubmit={send}>
        <div className={form.fields}>
          <Field label={say.body}>
            {(input) => (
              <select {...input} required value={body} onChange={(event) => setBody(event.currentTarget.value)}>
                <option value="">{words.tackling.difficulty.pick}</option>
                {(bodies.data ?? []).map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={say.heldOn}>
            {(input) => (
              <input
                {...input}
                required
                type="date"
                value={heldOn}
                onChange={(event) => setHeldOn(event.currentTarget.value)}
              />
            )}
          </Field>
          <Field label={say.place}>
            {(input) => (
              <input
                {...input}
                required
                maxLength={200}
                value={place}
                onChange={(event) => setPlace(event.currentTarget.value)}
              />
            )}
          </Field>
        </div>
        <Refused label={words.tackling.refused} error={command.error} />
        <div className={form.actions}>
          <Button type="submit" variant="filled" loading={command.isPending}>
            {say.call}
          </Button>
        </div>
      </form>
    </Card>
  );
}
