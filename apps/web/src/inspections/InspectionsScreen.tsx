import { Button } from '@mantine/core';
import { IconCalendarEvent, IconClipboardCheck, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useSession } from '../client/use-session';
import { formatDay } from '../format/date';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { Choice } from '../frame/Choice';
import { ExportLink } from '../frame/ExportLink';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { Marking } from '../frame/Marking';
import { MoreRows } from '../frame/MoreRows';
import { PageHead } from '../frame/PageHead';
import { StateBox } from '../frame/StateBox';
import { useWords } from '../words/words-provider';
import { InspectionCalendar } from './InspectionCalendar';
import classes from './inspections.module.css';
import { inspectionsQuery, type Inspection } from './queries';
import { SubjectName } from './SubjectName';

/** What a team has before it: due first, a calendar, or all. */
export function InspectionsScreen() {
  const { inspections: say } = useWords();
  const session = useSession();
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/inspections' });
  const show = search.show ?? 'due';
  return (
    <>
      <PageHead
        title={say.title}
        actions={
          <>
            <ExportLink list="inspections" />
            {session.permissions.includes('inspections.record') && (
              <Button
                variant="filled"
                leftSection={<IconPlus size={16} aria-hidden="true" />}
                onClick={() => void navigate({ to: '/inspections/new' })}
              >
                {say.plan}
              </Button>
            )}
          </>
        }
      >
        {session.team !== null && <span>{session.team.name}</span>}
      </PageHead>
      <div className={classes.tools}>
        <Choice
          label={say.show}
          value={show}
          options={[
            { value: 'due', label: say.due },
            { value: 'calendar', label: say.calendar },
            { value: 'all', label: say.all },
          ]}
          onChange={(next) =>
            void navigate({ to: '/inspections', search: next === 'due' ? {} : { show: next }, replace: true })
          }
        />
      </div>
      {show === 'calendar' ? <InspectionCalendar month={search.month} /> : <InspectionList isDue={show === 'due'} />}
    </>
  );
}

/** The nearest day by which something is to be done; null where nothing is. */
function dueDay({ state, plannedOn, nextDueOn }: Inspection): string | null {
  const days = [...(state === 'planned' ? [plannedOn] : []), ...(nextDueOn === null ? [] : [nextDueOn])].sort();
  return days[0] ?? (state === 'visited' ? '9999-12-31' : null);
}

function InspectionList({ isDue }: { isDue: boolean }) {
  const { inspections: say } = useWords();
  const read = useInfiniteQuery(inspectionsQuery);
  const first = read.data?.pages[0];
  const all = read.data?.pages.flatMap((page) => page.items) ?? [];
  const items = isDue
    ? all.filter((item) => dueDay(item) !== null).sort((a, b) => ((dueDay(a) ?? '') < (dueDay(b) ?? '') ? -1 : 1))
    : all;
  if (read.isError && first === undefined)
    return <FailedState error={read.error} what={say.what} onRetry={() => void read.refetch()} />;
  if (first === undefined) return <LoadingBlock what={say.what} />;
  if (items.length === 0)
    return (
      <StateBox icon={<IconClipboardCheck size={22} />} title={isDue ? say.noneDue : say.none}>
        <p>{isDue ? say.noneDueBody : say.noneBody}</p>
      </StateBox>
    );
  return (
    <Card title={isDue ? say.due : say.list} right={first.illustrative && <Marking />}>
      {items.map((item) => (
        <InspectionItem key={item.id} inspection={item} today={first.today} />
      ))}
      <MoreRows query={read} shown={all.length} total={first.total} />
    </Card>
  );
}

export function InspectionItem({ inspection, today }: { inspection: Inspection; today: string }) {
  const { inspections: say } = useWords();
  const { id, kind, team, place, plannedOn, state, openRecommendations, nextDueOn } = inspection;
  const day = formatDay(plannedOn);
  return (
    <Link to="/inspections/$id" params={{ id: String(id) }} className={classes.row}>
      <span className={classes.subject}>
        <SubjectName inspection={inspection} />
      </span>
      <span className={classes.state}>
        {state === 'planned' ? (
          <Chip tone={plannedOn < today ? 'late' : 'accent'} icon={<IconCalendarEvent size={14} aria-hidden="true" />}>
            {plannedOn < today ? say.goOverdue(day) : say.goOn(day)}
          </Chip>
        ) : (
          <Chip tone={state === 'concluded' ? 'ok' : 'below'}>
            {state === 'visited' ? say.toConclude : say.states[state]}
          </Chip>
        )}
      </span>
      <span className={classes.facts}>{[say.kinds[kind], team.name, place].join(' · ')}</span>
      {nextDueOn !== null && (
        <span className={classes.facts}>
          {(nextDueOn < today ? say.recommendationsLate : say.recommendationsOpen)(
            openRecommendations,
            formatDay(nextDueOn),
          )}
        </span>
      )}
    </Link>
  );
}
