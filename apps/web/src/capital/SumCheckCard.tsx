import { IconAlertCircle, IconCheck, IconClock } from '@tabler/icons-react';
import { formatQuotient } from '../format/amount';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import { type Draft, type SumCheck, sumChecks, transferRests } from './draft';
import type { FundingSource } from './types';

const MILLION = 1_000_000n;
const million = (dong: bigint) => formatQuotient(dong, MILLION, 1);

/** What the decision assigns in all beside what its lines come to, source by source, while it is typed. */
export function SumCheckCard({ draft, sources }: { draft: Draft; sources: FundingSource[] }) {
  const words = useWords();
  const { newDecision: say } = words.capital;
  const checks = sumChecks(draft);
  const rests = draft.kind === 'transfer' ? transferRests(draft.lines) : [];
  if (checks.length === 0) return null;
  return (
    <Card title={say.check} subtitle={say.checkSubtitle}>
      <div className={table.scroll} role="status">
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{say.source}</th>
              <th scope="col" className={`${table.number} ${table.wideOnly}`}>
                {say.stated}
              </th>
              <th scope="col" className={table.number}>
                {say.sum}
              </th>
              <th scope="col" className={table.number}>
                {say.left}
              </th>
              <th scope="col" className={table.wideOnly}>
                {'\u00a0'}
              </th>
            </tr>
          </thead>
          <tbody>
            {checks.map((check) => (
              <tr key={`${check.basis} ${check.carriedOver} ${check.source}`}>
                <th scope="row">
                  {sources.find(({ code }) => code === check.source)?.name ?? check.source}
                  <span className={table.under}>
                    {words.basis[check.basis]}
                    {check.carriedOver && ` · ${words.unit.carried}`}
                  </span>
                  <span className={table.narrowOnly}>
                    <Verdict check={check} isDetail={draft.details !== ''} />
                  </span>
                </th>
                <td className={`${table.number} ${table.wideOnly}`}>
                  {check.stated === null ? '–' : million(check.stated)}
                </td>
                <td className={table.number}>{million(check.lines)}</td>
                <td className={table.number}>{check.stated === null ? '–' : million(check.stated - check.lines)}</td>
                <td className={table.wideOnly}>
                  <Verdict check={check} isDetail={draft.details !== ''} />
                </td>
              </tr>
            ))}
            {rests.map(({ basis, carriedOver, sum }) => (
              <tr key={`transfer ${basis} ${carriedOver}`}>
                <th scope="row">
                  {words.capital.decisions.kinds.transfer}
                  <span className={table.under}>
                    {words.basis[basis]}
                    {carriedOver && ` · ${words.unit.carried}`}
                  </span>
                  <span className={table.narrowOnly}>
                    <NotZero />
                  </span>
                </th>
                <td className={`${table.number} ${table.wideOnly}`}>{million(0n)}</td>
                <td className={table.number}>{million(sum)}</td>
                <td className={table.number}>{million(-sum)}</td>
                <td className={table.wideOnly}>
                  <NotZero />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}

function Verdict({ check: { stated: total, lines }, isDetail }: { check: SumCheck; isDetail: boolean }) {
  const { newDecision: say } = useWords().capital;
  // Without totals the lines are the total; but what a detail takes from one line it gives to others.
  if (total === null && !isDetail) return null;
  if (total === null && lines > 0n) return <Chip>{say.fromNobody}</Chip>;
  const stated = total ?? 0n;
  if (stated === lines)
    return (
      <Chip tone="ok" icon={<IconCheck size={14} aria-hidden="true" />}>
        {say.fits}
      </Chip>
    );
  return lines > stated ? (
    <Chip tone="late" icon={<IconAlertCircle size={14} aria-hidden="true" />}>
      {say.over}
    </Chip>
  ) : (
    <Chip tone="below" icon={<IconClock size={14} aria-hidden="true" />}>
      {say.restLeft}
    </Chip>
  );
}

function NotZero() {
  return (
    <Chip tone="late" icon={<IconAlertCircle size={14} aria-hidden="true" />}>
      {useWords().capital.newDecision.mustBeZero}
    </Chip>
  );
}
