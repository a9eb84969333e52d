import { IconTable } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { monthsQuery } from '../client/queries';
import { useSession } from '../client/use-session';
import { FailedState } from '../frame/FailedState';
import { PageHead } from '../frame/PageHead';
import { StateBox } from '../frame/StateBox';
import { useWords } from '../words/words-provider';
import { GridLoading } from './GridLoading';
import { GridPage } from './GridPage';
import { gridQuery } from './grid-requests';

/** The month grid: a row for each project and source, a column for each month. */
export function GridScreen() {
  const words = useWords();
  const session = useSession();
  const search = useSearch({ from: '/frame/grid' });
  const months = useQuery(monthsQuery());
  const planYear = search.planYear ?? months.data?.planYear;
  // Whoever reports for one unit works in that one.
  const unit = search.unit ?? (session.units.length === 1 ? session.units[0]?.code : undefined);
  const grid = useQuery({ ...gridQuery(planYear ?? 0, unit), enabled: planYear !== undefined && planYear > 0 });

  const failed = months.error ?? grid.error;
  if (failed !== null && grid.data === undefined)
    return (
      <FailedState
        error={failed}
        what={words.grid.what}
        onRetry={() => void (months.isError ? months.refetch() : grid.refetch())}
        heading="h1"
      />
    );
  if (planYear === 0 || grid.data?.rows.length === 0)
    return (
      <>
        <PageHead title={words.grid.title} />
        <StateBox icon={<IconTable size={22} />} title={words.grid.empty}>
          <p>{words.grid.emptyBody}</p>
        </StateBox>
      </>
    );
  if (grid.data === undefined) return <GridLoading />;
  return <GridPage key={`${planYear} ${unit ?? ''}`} data={grid.data} unit={unit} />;
}
