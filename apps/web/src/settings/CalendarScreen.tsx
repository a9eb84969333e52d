import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { instanceQuery } from '../client/queries';
import { useSession } from '../client/use-session';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { useWords } from '../words/words-provider';
import { CalendarEditor } from './CalendarEditor';
import { calendarQuery, deadlinesQuery } from './settings-client';
import classes from './settings.module.css';

const route = getRouteApi('/frame/settings/calendar');
const YEARS_AROUND = 2;

export function CalendarScreen() {
  const words = useWords();
  const say = words.settings.days;
  const { permissions } = useSession();
  const instance = useQuery(instanceQuery);
  const navigate = route.useNavigate();
  const present = Number(instance.data?.businessDate.slice(0, 4) ?? 0);
  const year = route.useSearch().year ?? present;
  const calendar = useQuery({ ...calendarQuery(year), enabled: year > 0 });
  const deadlines = useQuery({ ...deadlinesQuery(year), enabled: year > 0 });
  const failed = calendar.error ?? deadlines.error;
  const years = Array.from({ length: 2 * YEARS_AROUND + 1 }, (_, i) => present - YEARS_AROUND + i);
  return (
    <>
      <PageHead title={words.settings.calendar}>
        <select
          aria-label={say.year}
          className={classes.input}
          style={{ width: 'auto' }}
          value={year}
          onChange={(event) => void navigate({ search: { year: Number(event.currentTarget.value) } })}
        >
          {[...new Set([...years, year])].sort().map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      </PageHead>
      {failed !== null && (calendar.data === undefined || deadlines.data === undefined) ? (
        <FailedState
          error={failed}
          what={say.what}
          onRetry={() => {
            void calendar.refetch();
            void deadlines.refetch();
          }}
        />
      ) : calendar.data === undefined || deadlines.data === undefined ? (
        <LoadingBlock what={say.what} />
      ) : (
        <CalendarEditor
          key={`${year} ${JSON.stringify(calendar.data.days)}`}
          year={year}
          kept={calendar.data.days}
          deadlines={deadlines.data}
          mayEdit={permissions.includes('calendar.edit')}
        />
      )}
    </>
  );
}
