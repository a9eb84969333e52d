import { IconAlertCircle, IconClock } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatMillion } from '../format/amount';
import { formatDay } from '../format/date';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import classes from './capital.module.css';
import { MoreRows } from '../frame/MoreRows';
import { unassignedQuery } from './queries';
import type { UnassignedCapital } from './types';

/** The check on giao vốn: what of each decision and source no project has yet, how long, until when. */
export function UnassignedCard({ year }: { year: number }) {
  const words = useWords();
  const { decisions: say } = words.capital;
  const rest = useInfiniteQuery(unassignedQuery(year));
  const items = rest.data?.pages.flatMap((page) => page.items) ?? [];
  const first = rest.data?.pages[0];
  return (
    <Card title={say.restTitle} subtitle={first === undefined ? undefined : say.restSubtitle(first.deadlineDays)}>
      {rest.isError && first === undefined ? (
        <FailedState error={rest.error} what={say.restTitle} onRetry={() => void rest.refetch()} />
      ) : first === undefined ? (
        <LoadingBlock what={say.restTitle} />
      ) : items.length === 0 ? (
        <p className={classes.text}>{say.restNone}</p>
      ) : (
        <UnassignedTable items={items} showsDecision />
      )}
      <MoreRows query={rest} shown={items.length} total={first?.total ?? 0} />
    </Card>
  );
}

export function UnassignedTable({
  items,
  showsDecision = false,
}: {
  items: readonly UnassignedCapital[];
  showsDecision?: boolean;
}) {
  const words = useWords();
  const { decisions: say } = words.capital;
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{showsDecision ? say.number : say.source}</th>
            {showsDecision && (
              <th scope="col" className={table.wideOnly}>
                {say.source}
              </th>
            )}
            {showsDecision && (
              <th scope="col" className={table.wideOnly}>
                {say.holder}
              </th>
            )}
            <th scope="col" className={table.number}>
              {say.rest}
            </th>
            {showsDecision && (
              <th scope="col" className={`${table.number} ${table.wideOnly}`}>
                {say.age}
              </th>
            )}
            <th scope="col">{say.deadline}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((row) => (
            <tr key={`${row.decision.id} ${row.source.code} ${row.basis} ${row.carriedOver} ${row.holder?.code ?? ''}`}>
              <th scope="row">
                {showsDecision ? (
                  <Link to="/decisions/$id" params={{ id: String(row.decision.id) }} className={table.link}>
                    {row.decision.number}
                  </Link>
                ) : (
                  row.source.name
                )}
                <span className={table.under}>{words.basis[row.basis]}</span>
                <span className={showsDecision ? `${table.under} ${table.narrowOnly}` : table.under}>
                  {showsDecision ? `${row.source.name} · ` : ''}
                  {row.holder?.name ?? say.nobody}
                </span>
              </th>
              {showsDecision && <td className={table.wideOnly}>{row.source.name}</td>}
              {showsDecision && <td className={table.wideOnly}>{row.holder?.name ?? say.nobody}</td>}
              <td className={`${table.number} ${table.strong}`}>{formatMillion(row.amountDong)}</td>
              {showsDecision && <td className={`${table.number} ${table.wideOnly}`}>{row.ageDays}</td>}
              <td>
                {row.isOverdue ? (
                  <Chip tone="late" icon={<IconAlertCircle size={14} aria-hidden="true" />}>
                    {say.overdue}
                  </Chip>
                ) : (
                  <Chip icon={<IconClock size={14} aria-hidden="true" />}>{formatDay(row.deadline)}</Chip>
                )}
                {row.isOverdue && <span className={table.under}>{formatDay(row.deadline)}</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
