import { HistoryLink } from '../audit/HistoryLink';
import { Button } from '@mantine/core';
import { IconCalculator, IconCalendarMonth, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { monthsQuery, unitYearQuery } from '../client/queries';
import { seesProvince } from '../client/rights';
import type { UnitYear } from '../client/types';
import { useSession } from '../client/use-session';
import { parseMonth, writeMonth } from '../format/month';
import { Card } from '../frame/Card';
import { Evidence } from '../frame/Evidence';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { Marking } from '../frame/Marking';
import { PageHead } from '../frame/PageHead';
import { StateBox } from '../frame/StateBox';
import { UnitCases } from '../followup/UnitCases';
import { UnitHistoryCard } from '../reorganisation/UnitHistoryCard';
import { useWords } from '../words/words-provider';
import { ChartCard } from './ChartCard';
import { EntriesCard } from './EntriesCard';
import { PlanCard } from './PlanCard';
import { PlanLinesCard } from './PlanLinesCard';
import { UnitFacts } from './UnitFacts';
import { UnitFigures } from './UnitFigures';
import classes from './UnitScreen.module.css';

export function UnitScreen() {
  const words = useWords();
  const { code } = useParams({ from: '/frame/units/$code' });
  const search = useSearch({ from: '/frame/units/$code' });
  const months = useQuery(monthsQuery());
  const month = search.month ?? months.data?.latestClosed ?? undefined;
  const period = month === undefined ? null : parseMonth(month);
  const year = useQuery({
    ...unitYearQuery(code, period?.planYear ?? 0, period?.number ?? 0),
    enabled: period !== null,
  });

  if (period === null && months.isSuccess) {
    return (
      <StateBox heading="h1" icon={<IconCalendarMonth size={22} />} title={words.month.noMonths}>
        <p>{words.unit.notYetEvaluated}</p>
      </StateBox>
    );
  }
  const failed = months.error ?? year.error;
  if (failed !== null && year.data === undefined) {
    const retry = () => void (months.isError ? months.refetch() : year.refetch());
    return <FailedState error={failed} what={words.unit.what} onRetry={retry} heading="h1" />;
  }
  if (year.data === undefined) return <LoadingBlock what={words.unit.what} />;
  return <UnitContent key={code} year={year.data} />;
}

function UnitContent({ year }: { year: UnitYear }) {
  const words = useWords();
  const session = useSession();
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/units/$code' });
  const { unit, planYear, throughMonth } = year;
  const month = writeMonth({ planYear, number: throughMonth });
  const change = (next: typeof search) =>
    void navigate({ to: '/units/$code', params: { code: unit.code }, search: next, resetScroll: false, replace: true });

  const actions = (
    <>
      {seesProvince(session.role) && (
        <Button
          leftSection={<IconCalculator size={16} />}
          onClick={() =>
            void navigate({ to: '/months/$month', params: { month }, search: { how: true, unit: unit.code } })
          }
        >
          {words.month.how}
        </Button>
      )}
      <Button leftSection={<IconPrinter size={16} />} onClick={() => window.print()}>
        {words.printA4}
      </Button>
    </>
  );

  return (
    <>
      <PageHead title={unit.name} actions={actions}>
        <UnitFacts year={year} />
        <HistoryLink type="unit" id={unit.code} />
        {year.illustrative && (
          <span className="printOnly">
            <Marking />
          </span>
        )}
      </PageHead>
      <UnitFigures year={year} />
      <div className={classes.columns}>
        <div className={classes.main}>
          <ChartCard year={year} />
          {search.lines === true && <PlanLinesCard year={year} />}
          <EntriesCard
            key={`${unit.code}-${month}`}
            year={year}
            showsAll={search.entries === 'all'}
            onShowAll={(all) => change({ ...search, entries: all ? 'all' : undefined })}
          />
        </div>
        <div className={classes.side}>
          <PlanCard
            year={year}
            showsLines={search.lines === true}
            onShowLines={(shows) => change({ ...search, lines: shows ? true : undefined })}
          />
          <UnitCases code={unit.code} />
          <UnitHistoryCard code={unit.code} />
          <Card title={words.unit.evidence}>
            <div className={classes.evidence}>
              <Evidence hashes={year.hashes} monthVersion={year.monthVersion} policyVersion={year.policyVersion} />
            </div>
          </Card>
        </div>
      </div>
    </>
  );
}
