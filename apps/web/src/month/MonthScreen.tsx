import { IconCalendarMonth, IconLoader } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { monthsQuery, overviewQuery } from '../client/queries';
import type { Month } from '../client/types';
import { parseMonth } from '../format/month';
import { FailedState } from '../frame/FailedState';
import { StateBox } from '../frame/StateBox';
import { useWords } from '../words/words-provider';
import { HowPanel } from './how/HowPanel';
import type { MonthSearch } from './month-search';
import { MonthHead } from './MonthHead';
import { MonthLoading } from './MonthLoading';
import { MonthResult } from './MonthResult';
import classes from './MonthScreen.module.css';
import { NotClosed } from './NotClosed';

/** How often to ask whether a month that was just closed has its result. */
const EVALUATION_POLL_MS = 1_500;

const isBeingEvaluated = (month: Month) => month.state === 'closed' && !month.evaluated;

export function MonthScreen() {
  const words = useWords();
  const navigate = useNavigate();
  const { month } = useParams({ from: '/frame/months/$month' });
  const search = useSearch({ from: '/frame/months/$month' });
  const { planYear, number } = parseMonth(month);
  const months = useQuery({
    ...monthsQuery(planYear),
    refetchInterval: (query) => (query.state.data?.items.some(isBeingEvaluated) ? EVALUATION_POLL_MS : false),
  });
  const item = months.data?.items.find((candidate) => candidate.month === month);
  const overview = useQuery({ ...overviewQuery(month), enabled: item?.evaluated === true });

  const isHowOpen = search.how === true && overview.data !== undefined && !overview.isPlaceholderData;
  const keepRates = search.rates === undefined ? {} : { rates: search.rates };
  const changeSearch = (next: MonthSearch) =>
    void navigate({ to: '/months/$month', params: { month }, search: next, resetScroll: false });

  if (months.isError) {
    return (
      <FailedState error={months.error} what={words.month.what} onRetry={() => void months.refetch()} heading="h1" />
    );
  }
  const body = () => {
    if (months.data !== undefined && item === undefined) {
      return (
        <StateBox icon={<IconCalendarMonth size={22} />} title={words.month.noMonths}>
          <p>{words.month.noMonthsBody}</p>
        </StateBox>
      );
    }
    if (item !== undefined && isBeingEvaluated(item)) {
      return (
        <div role="status">
          <StateBox icon={<IconLoader size={22} />} title={words.month.computing(number)}>
            <p>{words.month.computingBody}</p>
          </StateBox>
        </div>
      );
    }
    if (months.data !== undefined && item !== undefined && !item.evaluated) {
      return <NotClosed list={months.data} item={item} />;
    }
    if (overview.isError) {
      return <FailedState error={overview.error} what={words.month.what} onRetry={() => void overview.refetch()} />;
    }
    if (item === undefined || months.data === undefined || overview.data === undefined) {
      return <MonthLoading months={number} />;
    }
    return (
      <MonthResult
        item={item}
        overview={overview.data}
        // Only names are shown from the month before while this one loads.
        waiting={overview.isPlaceholderData}
        isHowOpen={isHowOpen}
        search={search}
        onSearch={changeSearch}
      />
    );
  };
  const closeHow = () => {
    changeSearch(keepRates);
    // Back to the row that was explained, once the table is there again on a phone.
    requestAnimationFrame(() => document.querySelector<HTMLElement>('button[data-unit][tabindex="0"]')?.focus());
  };

  return (
    <div className={classes.screen} data-how={isHowOpen || undefined}>
      <div className={classes.main}>
        {/* In one place whatever stands below it, so that the arrows keep the focus from month to month. */}
        <MonthHead month={month} list={months.data} item={item} hasResult={overview.data !== undefined} />
        {body()}
      </div>
      {isHowOpen && item !== undefined && (
        <HowPanel overview={overview.data} item={item} unit={search.unit} onClose={closeHow} />
      )}
    </div>
  );
}
