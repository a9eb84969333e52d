import { IconArrowRight, IconCircleCheck, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { differenceQuery } from '../client/queries';
import type { UnitDifference } from '../client/types';
import { formatBillion } from '../format/amount';
import { formatPercent } from '../format/rate';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import classes from './ClosingScreen.module.css';

type Stand = NonNullable<UnitDifference['before']>;

/** What became of the list from one version of the month to the next. */
export function DifferenceCard({ month, from, to }: { month: string; from: number; to: number }) {
  const words = useWords();
  const read = useQuery(differenceQuery(month, from, to));
  const difference = read.data;
  return (
    <Card
      title={words.sheet.difference(from, to)}
      subtitle={
        difference?.averageBefore && difference.averageAfter
          ? words.sheet.averageMoved(formatPercent(difference.averageBefore), formatPercent(difference.averageAfter))
          : undefined
      }
      right={difference && words.sheet.movement(difference.joined, difference.left, difference.stayed)}
    >
      {read.isError ? (
        <FailedState error={read.error} what={words.sheet.differenceWhat} onRetry={() => void read.refetch()} />
      ) : difference === undefined ? (
        <LoadingBlock what={words.sheet.differenceWhat} />
      ) : difference.units.length === 0 ? (
        <p className={classes.fine}>{words.sheet.differenceNone}</p>
      ) : (
        <div className={table.scroll} tabIndex={0} role="group" aria-label={words.sheet.difference(from, to)}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{words.sheet.differenceHead.unit}</th>
                <th scope="col">{words.sheet.differenceHead.list}</th>
                <th scope="col" className={table.number}>
                  {words.sheet.differenceHead.rate}
                </th>
                <th scope="col" className={table.number}>
                  {words.sheet.differenceHead.streak}
                </th>
                <th scope="col" className={table.number}>
                  {words.sheet.differenceHead.gap}
                </th>
              </tr>
            </thead>
            <tbody>
              {difference.units.map(({ unit, list, before, after }) => (
                <tr key={unit.code}>
                  <th scope="row" title={unit.name}>
                    {unit.shortName}
                  </th>
                  <td>
                    <ListChip list={list} />
                  </td>
                  <Moved before={before} after={after} figure={({ rate }) => (rate ? formatPercent(rate) : '–')} />
                  <Moved before={before} after={after} figure={({ streak }) => String(streak)} />
                  <Moved before={before} after={after} figure={({ gapDong }) => formatBillion(gapDong)} />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Card>
  );
}

function ListChip({ list }: { list: UnitDifference['list'] }) {
  const words = useWords();
  if (list === 'joined') {
    return (
      <Chip tone="below" icon={<IconPlus size={13} aria-hidden="true" />}>
        {words.sheet.lists.joined}
      </Chip>
    );
  }
  if (list === 'left') {
    return (
      <Chip tone="ok" icon={<IconCircleCheck size={14} aria-hidden="true" />}>
        {words.sheet.lists.left}
      </Chip>
    );
  }
  return <span className={table.quiet}>{words.sheet.lists[list]}</span>;
}

/** One figure when it stayed, both with an arrow when it moved. */
function Moved({
  before,
  after,
  figure,
}: {
  before: Stand | null;
  after: Stand | null;
  figure: (stand: Stand) => string;
}) {
  const [old, now] = [before ? figure(before) : '–', after ? figure(after) : '–'];
  return (
    <td className={table.number}>
      {old === now ? (
        now
      ) : (
        <>
          <span className={table.quiet}>{old}</span>{' '}
          <IconArrowRight size={13} className={classes.arrow} aria-label="→" /> <strong>{now}</strong>
        </>
      )}
    </td>
  );
}
