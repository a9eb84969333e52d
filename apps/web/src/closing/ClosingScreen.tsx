import { Button } from '@mantine/core';
import { IconLock, IconLockOpen, IconPrinter } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { HistoryLink } from '../audit/HistoryLink';
import { closingQuery } from '../client/queries';
import { closesMonths } from '../client/rights';
import type { ClosingSheet } from '../client/types';
import { useSession } from '../client/use-session';
import { formatDay } from '../format/date';
import { parseMonth } from '../format/month';
import { Chip } from '../frame/Chip';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import type { Words } from '../words/vi';
import { useWords } from '../words/words-provider';
import { BesideCard } from './BesideCard';
import { CloseCard } from './CloseCard';
import classes from './ClosingScreen.module.css';
import { DifferenceCard } from './DifferenceCard';
import { HistoryCard } from './HistoryCard';
import { FiguresCard, ReportsCard } from './MissingCards';
import { NationalAverageCard } from './NationalAverageCard';
import { PreviewCard } from './PreviewCard';
import { ReopenCard } from './ReopenCard';
import { useDecisions } from './use-decisions';

/** How often to ask whether a month that was just closed has its result. */
const EVALUATION_POLL_MS = 1_500;

// The sheet is read in several questions: the evaluation may come between two of them, so both must know of it.
const isBeingEvaluated = ({ month, versions }: ClosingSheet): boolean =>
  month.state === 'closed' && !(month.evaluated && versions[0]?.evaluated);

/** The closing sheet: what is missing, what closing gives, the close by one and the release by another. */
export function ClosingScreen() {
  const words = useWords();
  const { month } = useParams({ from: '/frame/closing/$month' });
  const { planYear, number } = parseMonth(month);
  const read = useQuery({
    ...closingQuery(month),
    refetchInterval: (query) => (query.state.data && isBeingEvaluated(query.state.data) ? EVALUATION_POLL_MS : false),
  });
  if (read.isError)
    return <FailedState error={read.error} what={words.sheet.what} onRetry={() => void read.refetch()} heading="h1" />;
  return (
    <>
      <PageHead
        title={words.sheet.title(number, planYear)}
        actions={
          <Button leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
            {words.sheet.print}
          </Button>
        }
      >
        {read.data && <SheetState sheet={read.data} />}
        <HistoryLink type="month" id={month} />
      </PageHead>
      {read.data === undefined ? (
        <LoadingBlock what={words.sheet.what} />
      ) : (
        // What was typed belongs to this month and this state of it.
        <Sheet key={`${month} ${read.data.month.state} ${read.data.month.version}`} sheet={read.data} />
      )}
    </>
  );
}

function Sheet({ sheet }: { sheet: ClosingSheet }) {
  const words = useWords();
  const session = useSession();
  const queryClient = useQueryClient();
  const decisions = useDecisions();
  const { month } = sheet;
  const decides = closesMonths(session.role);
  const refresh = () =>
    queryClient.invalidateQueries({
      predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'instance',
    });
  const evaluated = sheet.versions.filter(({ evaluated: isThere }) => isThere).map(({ version }) => version);
  return (
    <div className={classes.columns}>
      <div className={classes.main}>
        {isBeingEvaluated(sheet) && (
          <p role="status" className={classes.computing}>
            {words.sheet.closedNow(month.number)}
          </p>
        )}
        {sheet.preview !== null && (
          <>
            <ReportsCard sheet={sheet} decisions={decisions} decides={decides} />
            <FiguresCard sheet={sheet} decisions={decisions} decides={decides} />
            <PreviewCard preview={sheet.preview} />
          </>
        )}
        {evaluated.slice(0, -1).map((version, i) => (
          <DifferenceCard key={version} month={month.month} from={evaluated[i + 1] as number} to={version} />
        ))}
        {sheet.beside !== null && <BesideCard beside={sheet.beside} />}
        {sheet.versions.length > 0 && <HistoryCard sheet={sheet} />}
      </div>
      <div className={classes.side}>
        {month.state === 'closed' ? (
          <ReopenCard sheet={sheet} onDone={refresh} />
        ) : (
          <CloseCard sheet={sheet} decisions={decisions} onDone={refresh} />
        )}
        <NationalAverageCard key={month.nationalAverage?.percent} sheet={sheet} onDone={refresh} />
        <Link to="/months/$month" params={{ month: month.month }} className={classes.seeMonth}>
          {words.sheet.month(month.number)}
        </Link>
      </div>
    </div>
  );
}

function SheetState({ sheet }: { sheet: ClosingSheet }) {
  const words = useWords();
  const { month } = sheet;
  if (month.state === 'closed' && month.closedOn !== null)
    return (
      <Chip icon={<IconLock size={14} aria-hidden="true" />}>
        {words.month.closedOn(formatDay(month.closedOn), month.version)}
      </Chip>
    );
  return (
    <>
      <Chip tone="accent" icon={<IconLockOpen size={14} aria-hidden="true" />}>
        {month.state === 'reopened' ? words.month.reopened : words.sheet.stages[sheet.stage]}
      </Chip>
      {month.state === 'open' && (
        <span className={sheet.closing.overdue ? classes.overdue : classes.due}>
          {words.sheet.due(
            formatDay(sheet.closing.day),
            leftText(words, sheet.closing.daysLeft, sheet.closing.overdue),
          )}
        </span>
      )}
    </>
  );
}

function leftText(words: Words, daysLeft: number, overdue: boolean): string {
  if (overdue) return words.sheet.daysOver(-daysLeft);
  return daysLeft === 0 ? words.sheet.dueToday : words.sheet.daysLeft(daysLeft);
}
