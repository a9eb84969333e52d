import { Button } from '@mantine/core';
import { IconFileText, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { instanceQuery } from '../client/queries';
import { useSession } from '../client/use-session';
import { formatBillion } from '../format/amount';
import { formatDay } from '../format/date';
import { ExportLink } from '../frame/ExportLink';
import { FailedState } from '../frame/FailedState';
import { type KeyFigure, KeyFigures } from '../frame/KeyFigures';
import { LoadingBlock } from '../frame/LoadingBlock';
import { PageHead } from '../frame/PageHead';
import { StateBox } from '../frame/StateBox';
import type { Words } from '../words/vi';
import { useWords } from '../words/words-provider';
import classes from './capital.module.css';
import { DecisionsCard } from './DecisionsCard';
import { ExcessCard } from './ExcessCard';
import { PlanTotalsCard } from './PlanTotalsCard';
import { decisionsQuery, planTotalsQuery, unassignedQuery } from './queries';
import type { PlanTotals } from './types';
import { UnassignedCard } from './UnassignedCard';
import { YearSwitch } from '../frame/YearSwitch';

/** The decisions of a plan year, what they come to, and what of it no project has yet. */
export function DecisionsScreen() {
  const words = useWords();
  const session = useSession();
  const navigate = useNavigate();
  const search = useSearch({ from: '/frame/decisions' });
  const instance = useQuery(instanceQuery);
  const year = search.year ?? Number(instance.data?.businessDate.slice(0, 4) ?? 0);
  const decisions = useInfiniteQuery({ ...decisionsQuery(year), enabled: year > 0 });
  const totals = useQuery({ ...planTotalsQuery(year), enabled: year > 0 });
  const { decisions: say } = words.capital;

  const head = (
    <PageHead
      title={say.title(year)}
      actions={
        <>
          <ExportLink list="allocation-lines" filter={{ planYear: year }} />
          {session.role === 'staff' && (
            <Button
              variant="filled"
              leftSection={<IconPlus size={16} />}
              onClick={() => void navigate({ to: '/decisions/new', search: { year } })}
            >
              {say.record}
            </Button>
          )}
        </>
      }
    >
      <YearSwitch year={year} onChange={(next) => void navigate({ to: '/decisions', search: { year: next } })} />
    </PageHead>
  );
  if (decisions.isError)
    return (
      <>
        {head}
        <FailedState error={decisions.error} what={say.what} onRetry={() => void decisions.refetch()} />
      </>
    );
  if (decisions.data === undefined)
    return (
      <>
        {head}
        <LoadingBlock what={say.what} />
      </>
    );
  if (decisions.data.pages[0]?.total === 0)
    return (
      <>
        {head}
        <StateBox icon={<IconFileText size={22} />} title={say.empty(year)}>
          <p>{say.emptyBody}</p>
        </StateBox>
      </>
    );
  return (
    <>
      {head}
      {totals.data !== undefined && <Figures totals={totals.data} year={year} />}
      <div className={classes.columns}>
        <div className={classes.main}>
          <UnassignedCard year={year} />
          <DecisionsCard year={year} />
        </div>
        <div className={classes.side}>
          {totals.data !== undefined && <PlanTotalsCard totals={totals.data} />}
          <ExcessCard year={year} />
        </div>
      </div>
    </>
  );
}

function Figures({ totals, year }: { totals: PlanTotals; year: number }) {
  const words = useWords();
  const { decisions: say } = words.capital;
  const rest = useInfiniteQuery(unassignedQuery(year));
  const first = rest.data?.pages[0];
  const overdue = rest.data?.pages.flatMap(({ items }) => items).filter(({ isOverdue }) => isOverdue).length ?? 0;
  const restOf = first?.sums.find(({ basis, carriedOver }) => basis === 'province' && !carriedOver)?.amountDong ?? 0;
  const figures: KeyFigure[] = [
    planFigure(words, totals, 'province'),
    planFigure(words, totals, 'pm'),
    {
      id: 'carried-over',
      label: say.carriedOver,
      value: formatBillion(sumOf(totals, 'province', true)?.amountDong ?? 0),
      beside: words.money.billion,
      below: say.carriedOverOwn,
    },
    {
      id: 'unassigned',
      label: `${say.unassigned}, ${words.basis.province}`,
      value: first === undefined ? '–' : formatBillion(restOf),
      beside: words.money.billion,
      below: first === undefined ? undefined : overdue > 0 ? say.overdueCount(overdue) : say.allInTime,
      attention: overdue > 0,
    },
  ];
  return <KeyFigures figures={figures} />;
}

function planFigure(words: Words, totals: PlanTotals, basis: 'province' | 'pm'): KeyFigure {
  const { decisions: say } = words.capital;
  const sum = sumOf(totals, basis, false);
  return {
    id: basis,
    label: say.planOn(words.basis[basis]),
    value: sum === undefined ? '–' : formatBillion(sum.amountDong),
    beside: sum === undefined ? undefined : words.money.billion,
    below: sum === undefined ? say.noneHere : say.inForce(formatDay(totals.on)),
  };
}

function sumOf(totals: PlanTotals, basis: 'province' | 'pm', carriedOver: boolean) {
  return totals.all.find((sum) => sum.basis === basis && sum.carriedOver === carriedOver);
}
