import { Button } from '@mantine/core';
import { IconBarrierBlock, IconClockExclamation, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../client/use-session';
import { formatBillion } from '../format/amount';
import { formatDay } from '../format/date';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { Choice } from '../frame/Choice';
import { ExportLink } from '../frame/ExportLink';
import { FailedState } from '../frame/FailedState';
import { Field } from '../frame/Field';
import { type KeyFigure, KeyFigures } from '../frame/KeyFigures';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { StateBox } from '../frame/StateBox';
import { useSpeech } from '../words/words-provider';
import classes from './followup.module.css';
import { categoriesQuery, difficultiesQuery, type Difficulty, type DifficultyList, STATES } from './queries';

const LIVE = ['open', 'proposed', 'decided'] as const;
const OVER = ['solved', 'dropped'] as const;

/** The board: what is not solved by how far it has come, what it blocks; on a phone one list under the other. */
export function DifficultiesScreen() {
  const { words } = useSpeech();
  const { permissions } = useSession();
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/difficulties' });
  const say = words.tackling.difficulty;
  const [typed, setTyped] = useState(search.search ?? '');
  const filter = {
    ...(search.search === undefined ? {} : { search: search.search }),
    ...(search.category === undefined ? {} : { category: search.category }),
    ...(search.overdue === true ? { overdue: true } : {}),
  };
  const list = useQuery(difficultiesQuery(filter));
  const isFiltered = Object.keys(filter).length > 0;
  const go = (next: Partial<typeof search>) => {
    const merged = { ...search, ...next };
    const present = Object.fromEntries(
      Object.entries(merged).filter(([, value]) => value !== undefined && value !== ''),
    );
    void navigate({ to: '/difficulties', search: present, replace: true });
  };
  return (
    <>
      <PageHead
        title={say.title}
        actions={
          <>
            <ExportLink list="difficulties" />
            {permissions.includes('difficulties.record') && (
              <Button
                variant="filled"
                leftSection={<IconPlus size={16} />}
                onClick={() => void navigate({ to: '/difficulties/new' })}
              >
                {say.record}
              </Button>
            )}
          </>
        }
      />
      {list.data !== undefined && <Figures list={list.data} />}
      <form
        className={classes.filters}
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          go({ search: typed.trim() === '' ? undefined : typed.trim() });
        }}
      >
        <div className={classes.search}>
          <Field label={say.search}>
            {(input) => (
              <input
                {...input}
                type="search"
                maxLength={200}
                value={typed}
                onChange={(event) => setTyped(event.currentTarget.value)}
                onBlur={() => go({ search: typed.trim() === '' ? undefined : typed.trim() })}
              />
            )}
          </Field>
        </div>
        <CategoryField
          chosen={search.category ?? ''}
          onChoose={(category) => go({ category: category || undefined })}
        />
        <label className={classes.check}>
          <input
            type="checkbox"
            checked={search.overdue === true}
            onChange={(event) => go({ overdue: event.currentTarget.checked ? true : undefined })}
          />
          {say.onlyOverdue}
        </label>
        <Choice
          label={say.history}
          value={search.show ?? 'live'}
          options={[
            { value: 'live', label: say.live },
            { value: 'over', label: `${say.states.solved}, ${say.states.dropped.toLowerCase()}` },
          ]}
          onChange={(show) => go({ show: show === 'over' ? 'over' : undefined })}
        />
      </form>
      {list.isError ? (
        <FailedState error={list.error} what={say.what} onRetry={() => void list.refetch()} />
      ) : list.data === undefined ? (
        <LoadingBlock what={say.what} />
      ) : list.data.total === 0 ? (
        <StateBox icon={<IconBarrierBlock size={22} />} title={isFiltered ? say.emptyFilter : say.empty}>
          {!isFiltered && <p>{say.emptyBody}</p>}
        </StateBox>
      ) : (
        <div className={classes.board}>
          {(search.show === 'over' ? OVER : LIVE).map((state) => (
            <Column key={state} list={list.data} state={state} />
          ))}
        </div>
      )}
    </>
  );
}

function CategoryField({ chosen, onChoose }: { chosen: string; onChoose: (code: string) => void }) {
  const { words, language } = useSpeech();
  const say = words.tackling.difficulty;
  const categories = useQuery(categoriesQuery);
  return (
    <Field label={say.category}>
      {(input) => (
        <select {...input} value={chosen} onChange={(event) => onChoose(event.currentTarget.value)}>
          <option value="">{say.allCategories}</option>
          {(categories.data ?? []).map((category) => (
            <option key={category.code} value={category.code}>
              {category[language]}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Figures({ list }: { list: DifficultyList }) {
  const { words } = useSpeech();
  const say = words.tackling.difficulty;
  const sumOf = (states: readonly string[], name: 'count' | 'blockedDong' | 'overdue') =>
    list.states.filter(({ state }) => states.includes(state)).reduce((sum, each) => sum + each[name], 0);
  const figures: KeyFigure[] = [
    { id: 'live', label: say.live, value: sumOf(LIVE, 'count'), below: say.ofAll(sumOf(STATES, 'count')) },
    {
      id: 'blocked',
      label: say.blocked,
      value: formatBillion(sumOf(LIVE, 'blockedDong')),
      beside: words.money.billion,
      below: say.blockedBelow,
    },
    {
      id: 'overdue',
      label: say.overdue,
      value: sumOf(LIVE, 'overdue'),
      attention: sumOf(LIVE, 'overdue') > 0,
      below: say.overdueBelow,
    },
    { id: 'solved', label: say.states.solved, value: sumOf(['solved'], 'count') },
  ];
  return <KeyFigures figures={figures} />;
}

function Column({ list, state }: { list: DifficultyList; state: Difficulty['state'] }) {
  const { words } = useSpeech();
  const say = words.tackling.difficulty;
  const items = list.items.filter((each) => each.state === state).sort(worstFirst);
  const total = list.states.find((each) => each.state === state);
  return (
    <Card
      title={say.states[state]}
      subtitle={say.count(total?.count ?? 0)}
      right={total === undefined ? undefined : `${formatBillion(total.blockedDong)} ${words.tackling.billion}`}
    >
      {items.length === 0 ? (
        <p className={classes.none}>{say.noneInState}</p>
      ) : (
        <ul className={classes.cards}>
          {items.map((each) => (
            <BoardItem key={each.id} difficulty={each} />
          ))}
        </ul>
      )}
      {total !== undefined && items.length < total.count && (
        <p className={classes.none}>{say.moreOfState(items.length, total.count)}</p>
      )}
    </Card>
  );
}

/** Overdue first, then by what is blocked; what nobody knows last. */
function worstFirst(a: Difficulty, b: Difficulty): number {
  return Number(b.overdue) - Number(a.overdue) || (b.blockedDong ?? -1) - (a.blockedDong ?? -1);
}

function BoardItem({ difficulty }: { difficulty: Difficulty }) {
  const { words, language } = useSpeech();
  const say = words.tackling.difficulty;
  const { id, title, project, unit, category, owner, dueDate, overdue, blockedDong } = difficulty;
  return (
    <li className={classes.item}>
      <Link to="/difficulties/$id" params={{ id: String(id) }}>
        {title}
      </Link>
      <span>{(project ?? unit)?.name}</span>
      <span className={classes.quiet}>
        {category[language]} · {owner}
      </span>
      <span className={classes.row}>
        {overdue ? (
          <Chip tone="late" icon={<IconClockExclamation size={14} aria-hidden="true" />}>
            {say.overdue}, {say.due(formatDay(dueDate ?? ''))}
          </Chip>
        ) : (
          <span className={classes.quiet}>{dueDate === null ? say.noDue : say.due(formatDay(dueDate))}</span>
        )}
        {blockedDong === null ? (
          <span className={classes.unknown}>{say.unknownBlocked}</span>
        ) : (
          <span className={classes.amount}>{`${formatBillion(blockedDong)} ${words.tackling.billion}`}</span>
        )}
      </span>
    </li>
  );
}
