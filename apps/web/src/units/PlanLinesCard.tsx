import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { planLinesQuery } from '../client/queries';
import type { UnitYear } from '../client/types';
import { formatMillion } from '../format/amount';
import { formatDay } from '../format/date';
import { writeMonth } from '../format/month';
import { Card } from '../frame/Card';
import { ExportLink } from '../frame/ExportLink';
import { FailedState } from '../frame/FailedState';
import { LoadingBlock } from '../frame/LoadingBlock';
import { MoreRows } from '../frame/MoreRows';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';

/** The decisions behind the plan. No sum: the PM lines repeat a part of the province lines. */
export function PlanLinesCard({ year }: { year: UnitYear }) {
  const words = useWords();
  const { planYear, throughMonth } = year;
  const lines = useInfiniteQuery(planLinesQuery({ unit: year.unit.code, planYear, throughMonth }));
  const items = lines.data?.pages.flatMap((page) => page.items) ?? [];
  const total = lines.data?.pages[0]?.total;
  return (
    <Card
      title={words.unit.planLines}
      subtitle={total === undefined ? '\u00a0' : words.unit.entriesCount(items.length, total)}
      right={
        <ExportLink
          list="allocation-lines"
          filter={{
            planYear,
            unit: year.unit.code,
            month: writeMonth({ planYear, number: throughMonth }),
          }}
          what={words.unit.planLines}
        />
      }
    >
      {lines.isError && total === undefined ? (
        <FailedState error={lines.error} what={words.unit.planWhat} onRetry={() => void lines.refetch()} />
      ) : total === undefined ? (
        <LoadingBlock what={words.unit.planWhat} />
      ) : (
        <div className={table.scroll}>
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">{words.unit.decision}</th>
                <th scope="col" className={table.wideOnly}>
                  {words.unit.effective}
                </th>
                <th scope="col">{words.unit.project}</th>
                <th scope="col" className={table.wideOnly}>
                  {words.unit.source}
                </th>
                <th scope="col" className={table.number}>
                  {words.unit.amount}
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map((line) => (
                <tr key={line.id}>
                  <td>
                    <Link to="/decisions" search={{ year: planYear }} className={table.link}>
                      {line.decisionNo}
                    </Link>
                    <span className={table.under}>{formatDay(line.decisionDate)}</span>
                  </td>
                  <td className={table.wideOnly}>{formatDay(line.effectiveDate)}</td>
                  <td>
                    {line.project === null ? (
                      '–'
                    ) : (
                      <Link
                        to="/projects/$code"
                        params={{ code: line.project.code }}
                        search={{ year: planYear }}
                        className={table.link}
                      >
                        {line.project.name}
                      </Link>
                    )}
                    <span className={table.under}>
                      {words.basis[line.basis]}
                      {line.carriedOver && ` · ${words.unit.carried}`}
                    </span>
                  </td>
                  <td className={table.wideOnly}>{line.source.name}</td>
                  <td className={`${table.number} ${table.strong}`}>{formatMillion(line.amountDong)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {total !== undefined && <MoreRows query={lines} shown={items.length} total={total} />}
    </Card>
  );
}
