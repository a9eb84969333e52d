import { Button } from '@mantine/core';
import { IconClockExclamation, IconUsersGroup } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { HistoryLink } from '../audit/HistoryLink';
import { useSession } from '../client/use-session';
import { formatBillion } from '../format/amount';
import { formatDay, formatDayOf, formatMoment } from '../format/date';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { Choice } from '../frame/Choice';
import { FailedState } from '../frame/FailedState';
import { Field } from '../frame/Field';
import form from '../frame/Form.module.css';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { Refused } from '../frame/Refused';
import { useSpeech } from '../words/words-provider';
import { blockedOf, DifficultyFields, draftOf } from './DifficultyFields';
import classes from './followup.module.css';
import {
  advanceDifficulty,
  changeDifficulty,
  type DifficultyDetail,
  difficultyQuery,
  type DifficultyState,
  newIdempotencyKey,
} from './queries';

type Act = Exclude<DifficultyState, 'open'>;
const ACTS: readonly Act[] = ['proposed', 'decided', 'solved', 'dropped'];
const USUAL_NEXT: Partial<Record<DifficultyState, Act>> = { open: 'proposed', proposed: 'decided', decided: 'solved' };

/** One difficulty: what it is, what was done about it, what comes next. */
export function DifficultyScreen() {
  const { words } = useSpeech();
  const say = words.tackling.difficulty;
  const { permissions } = useSession();
  const navigate = useNavigate();
  const { id } = useParams({ from: '/frame/difficulties/$id' });
  const found = useQuery(difficultyQuery(id));
  if (found.isError)
    return <FailedState error={found.error} what={say.what} onRetry={() => void found.refetch()} heading="h1" />;
  if (found.data === undefined) return <LoadingBlock what={say.what} />;
  const { value: difficulty, etag } = found.data;
  const isOver = difficulty.state === 'solved' || difficulty.state === 'dropped';
  const acts = ACTS.filter((act) =>
    permissions.includes(act === 'decided' ? 'difficulties.decide' : 'difficulties.record'),
  )
    // A decision is not followed by a proposal.
    .filter((act) => !(act === 'proposed' && difficulty.state === 'decided'));
  return (
    <>
      <PageHead
        title={difficulty.title}
        actions={
          !isOver &&
          permissions.includes('meetings.prepare') && (
            <Button
              leftSection={<IconUsersGroup size={16} />}
              onClick={() => void navigate({ to: '/meetings', search: { difficulty: difficulty.id } })}
            >
              {say.callMeeting}
            </Button>
          )
        }
      >
        <Chip tone={difficulty.state === 'solved' ? 'ok' : isOver ? 'plain' : 'accent'}>
          {say.states[difficulty.state]}
        </Chip>
        {difficulty.overdue && (
          <Chip tone="late" icon={<IconClockExclamation size={14} aria-hidden="true" />}>
            {say.overdue}
          </Chip>
        )}
        <HistoryLink type="difficulty" id={id} />
      </PageHead>
      <div className={classes.columns}>
        <div className={classes.stack}>
          <FactsCard key={etag} difficulty={difficulty} etag={etag} mayEdit={!isOver && acts.length > 0} />
          {isOver ? (
            <p className={classes.quiet}>{say.over}</p>
          ) : (
            acts.length > 0 && <StepForm key={difficulty.state} id={id} acts={acts} from={difficulty.state} />
          )}
        </div>
        <Card title={say.history}>
          <ol className={classes.timeline}>
            {difficulty.steps.map(({ ordinal, state, note, at, by }) => (
              <li key={ordinal}>
                <strong>{ordinal > 1 && note === '' ? say.changed : say.states[state]}</strong>
                {note !== '' && <p>{note}</p>}
                <span className={classes.quiet}>
                  {formatDayOf(at)}, {by}
                </span>
              </li>
            ))}
          </ol>
        </Card>
      </div>
    </>
  );
}

function FactsCard({ difficulty, etag, mayEdit }: { difficulty: DifficultyDetail; etag: string; mayEdit: boolean }) {
  const { words, language } = useSpeech();
  const say = words.tackling.difficulty;
  const { permissions } = useSession();
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState<ReturnType<typeof draftOf> | null>(null);
  const id = String(difficulty.id);
  const blocked = draft === null ? null : blockedOf(draft);
  const command = useMutation({
    mutationFn: ({ million: _typed, ...fields }: ReturnType<typeof draftOf>) =>
      changeDifficulty(
        id,
        { ...fields, blockedDong: blocked ?? null, dueDate: fields.dueDate === '' ? null : fields.dueDate },
        etag,
      ),
    onSuccess: async (after) => {
      queryClient.setQueryData(difficultyQuery(id).queryKey, after);
      await queryClient.invalidateQueries({ queryKey: ['difficulties'] });
    },
  });
  if (draft !== null)
    return (
      <Card title={say.edit}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (blocked !== undefined) command.mutate(draft);
          }}
        >
          <DifficultyFields draft={draft} onChange={setDraft} />
          <Refused label={words.tackling.refused} error={command.error} />
          <div className={form.actions}>
            <Button type="submit" variant="filled" loading={command.isPending}>
              {words.tackling.save}
            </Button>
            <Button onClick={() => setDraft(null)}>{words.cancel}</Button>
          </div>
        </form>
      </Card>
    );
  const pairs: [string, ReactNode][] = [
    [
      say.project,
      difficulty.project && (
        <Link to="/projects/$code" params={{ code: difficulty.project.code }}>
          {difficulty.project.name}
        </Link>
      ),
    ],
    [
      say.unit,
      difficulty.unit && (
        <Link to="/units/$code" params={{ code: difficulty.unit.code }}>
          {difficulty.unit.name}
        </Link>
      ),
    ],
    [say.category, difficulty.category[language]],
    [say.description, difficulty.description],
    [
      say.blocked,
      difficulty.blockedDong === null
        ? say.unknownBlocked
        : `${formatBillion(difficulty.blockedDong)} ${words.tackling.billion}`,
    ],
    [say.owner, difficulty.owner],
    [say.decider, difficulty.decider],
    [say.dueDate, difficulty.dueDate === null ? say.noDue : formatDay(difficulty.dueDate)],
    [say.proposal, difficulty.proposal],
    [say.decision, difficulty.decision],
  ];
  return (
    <Card
      title={say.facts}
      subtitle={say.recordedBy(difficulty.createdBy, formatMoment(difficulty.createdAt))}
      right={
        mayEdit &&
        permissions.includes('difficulties.record') && (
          <Button size="compact-sm" onClick={() => setDraft(draftOf(difficulty))}>
            {say.edit}
          </Button>
        )
      }
    >
      <dl className={classes.pairs}>
        {pairs
          .filter(([, value]) => value !== null && value !== '')
          .map(([label, value]) => (
            <div key={label} className={classes.pair}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </Card>
  );
}

interface StepFormProps {
  id: string;
  acts: readonly Act[];
  from: DifficultyState;
}

function StepForm({ id, acts, from }: StepFormProps) {
  const { words } = useSpeech();
  const say = words.tackling.difficulty;
  const queryClient = useQueryClient();
  const [act, setAct] = useState<Act>(acts.find((each) => each === USUAL_NEXT[from]) ?? (acts[0] as Act));
  const [note, setNote] = useState('');
  const [key, setKey] = useState(newIdempotencyKey);
  const command = useMutation({
    mutationFn: () => advanceDifficulty(id, act, note, key),
    onSuccess: async () => {
      setNote('');
      setKey(newIdempotencyKey());
      await Promise.all(
        ['difficulty', 'difficulties'].map((name) => queryClient.invalidateQueries({ queryKey: [name] })),
      );
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    command.mutate();
  };
  return (
    <Card title={say.next}>
      <form className={classes.body} onSubmit={send}>
        <Choice
          label={say.next}
          value={act}
          options={acts.map((each) => ({ value: each, label: say.acts[each] }))}
          onChange={(next) => {
            setAct(next);
            setKey(newIdempotencyKey());
          }}
        />
        <Field label={say.note}>
          {(input) => (
            <textarea
              {...input}
              required
              rows={3}
              maxLength={4000}
              value={note}
              onChange={(event) => {
                setNote(event.currentTarget.value);
                setKey(newIdempotencyKey());
              }}
            />
          )}
        </Field>
        <Refused label={words.tackling.refused} error={command.error} />
        <div>
          <Button type="submit" variant="filled" loading={command.isPending}>
            {say.acts[act]}
          </Button>
        </div>
      </form>
    </Card>
  );
}
