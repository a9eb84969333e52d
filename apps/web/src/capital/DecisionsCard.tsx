import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { formatBillion } from '../format/amount';
import { formatDay } from '../format/date';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import { MoreRows } from '../frame/MoreRows';
import table from '../frame/table.module.css';
import type { Words } from '../words/vi';
import { useWords } from '../words/words-provider';
import { decisionsQuery } from './queries';
import type { Basis, DecisionRow } from './types';

const MOST_SOURCES_NAMED = 3;

/** Decisions, those that took effect last first. The two bases stand side by side: one repeats a part of the other. */
export function DecisionsCard({ year }: { year: number }) {
  const words = useWords();
  const { decisions: say } = words.capital;
  const decisions = useInfiniteQuery(decisionsQuery(year));
  const items = decisions.data?.pages.flatMap((page) => page.items) ?? [];
  const total = decisions.data?.pages[0]?.total ?? 0;
  return (
    <Card title={say.list} subtitle={say.count(items.length, total)}>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{say.number}</th>
              <th scope="col" className={table.wideOnly}>
                {say.effective}
              </th>
              <th scope="col" className={table.wideOnly}>
                {say.kind}
              </th>
              <th scope="col" className={table.number}>
                {words.basis.province}
              </th>
              <th scope="col" className={`${table.number} ${table.wideOnly}`}>
                {words.basis.pm}
              </th>
              <th scope="col" className={table.number}>
                {say.rest}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((decision) => (
              <Row key={decision.id} decision={decision} words={words} />
            ))}
          </tbody>
        </table>
      </div>
      <MoreRows query={decisions} shown={items.length} total={total} />
    </Card>
  );
}

function Row({ decision, words }: { decision: DecisionRow; words: Words }) {
  const { decisions: say } = words.capital;
  const isLate = decision.effectiveDate > decision.decisionDate && decision.kind !== 'initial';
  const rest = decision.amounts.reduce((sum, { unassignedDong }) => sum + BigInt(unassignedDong), 0n);
  return (
    <tr>
      <th scope="row">
        <Link to="/decisions/$id" params={{ id: String(decision.id) }} className={table.link}>
          {decision.number}
        </Link>
        <span className={table.under}>
          {formatDay(decision.decisionDate)} · {say.levels[decision.level]}
        </span>
        {decision.note !== '' && <span className={table.under}>{decision.note}</span>}
        <span className={table.under}>{sourcesOf(decision, words)}</span>
      </th>
      <td className={table.wideOnly}>
        {formatDay(decision.effectiveDate)}
        {isLate && <span className={table.under}>{say.late}</span>}
      </td>
      <td className={table.wideOnly}>
        {say.kinds[decision.kind]}
        {decision.details !== null && <span className={table.under}>{say.details(decision.details.number)}</span>}
      </td>
      <td className={table.number}>{totalOn(decision, 'province')}</td>
      <td className={`${table.number} ${table.wideOnly}`}>{totalOn(decision, 'pm')}</td>
      <td className={rest > 0n ? `${table.number} ${table.below}` : `${table.number} ${table.quiet}`}>
        {rest > 0n ? <Chip tone="below">{formatBillion(Number(rest))}</Chip> : '–'}
      </td>
    </tr>
  );
}

/** Few sources with what each gets on the wider basis, tỷ đồng; many are counted, their figures stand on the decision's page. */
function sourcesOf({ amounts }: DecisionRow, words: Words): string {
  const isProvince = amounts.some(({ basis }) => basis === 'province');
  const own = amounts.filter(({ basis }) => basis === (isProvince ? 'province' : 'pm'));
  if (own.length > MOST_SOURCES_NAMED) return words.capital.decisions.manySources(own.length);
  return own.map(({ source, totalDong }) => `${source.name} ${formatBillion(totalDong)}`).join(' · ');
}

function totalOn({ amounts }: DecisionRow, basis: Basis): string {
  const own = amounts.filter((amount) => amount.basis === basis);
  return own.length === 0 ? '–' : formatBillion(own.reduce((sum, { totalDong }) => sum + totalDong, 0));
}
