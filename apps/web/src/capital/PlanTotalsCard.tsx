import { formatBillion } from '../format/amount';
import { formatDay } from '../format/date';
import { Card } from '../frame/Card';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import type { Basis, PlanTotals } from './types';

interface TotalRow {
  key: string;
  name: string;
  under?: string;
}

/** The plan in force by source and by national target programme, both bases side by side. */
export function PlanTotalsCard({ totals }: { totals: PlanTotals }) {
  const words = useWords();
  const { decisions: say } = words.capital;
  const year = <Sum extends { carriedOver: boolean }>(sums: readonly Sum[]) => sums.filter((sum) => !sum.carriedOver);
  const sources = distinct(
    year(totals.bySource).map(({ source, level }) => ({
      key: source.code,
      name: source.name,
      under: say.sourceLevels[level],
    })),
  );
  const programmes = distinct(
    year(totals.byProgramme).map(({ programme }) => ({
      key: programme ?? '',
      name: programme === null ? say.noProject : say.programmes[programme],
    })),
  );
  const sourceSum = (key: string, basis: Basis) =>
    year(totals.bySource).find((sum) => sum.source.code === key && sum.basis === basis)?.amountDong;
  const programmeSum = (key: string, basis: Basis) =>
    year(totals.byProgramme).find((sum) => (sum.programme ?? '') === key && sum.basis === basis)?.amountDong;
  return (
    <>
      <Card title={say.bySource} subtitle={say.inForce(formatDay(totals.on))} right={say.billionHead}>
        <TotalsTable head={say.source} rows={sources} sumOf={sourceSum} />
      </Card>
      <Card title={say.byProgramme} right={say.billionHead}>
        <TotalsTable head={say.byProgramme} rows={programmes} sumOf={programmeSum} />
      </Card>
    </>
  );
}

function TotalsTable({
  head,
  rows,
  sumOf,
}: {
  head: string;
  rows: readonly TotalRow[];
  sumOf: (key: string, basis: Basis) => number | undefined;
}) {
  const words = useWords();
  const cell = (key: string, basis: Basis) => {
    const sum = sumOf(key, basis);
    return sum === undefined ? (
      <span className={table.quiet} title={words.capital.decisions.noneHere}>
        –
      </span>
    ) : (
      formatBillion(sum)
    );
  };
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{head}</th>
            <th scope="col" className={table.number}>
              {words.basis.province}
            </th>
            <th scope="col" className={table.number}>
              {words.basis.pm}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, under }) => (
            <tr key={key}>
              <th scope="row">
                {name}
                {under !== undefined && <span className={table.under}>{under}</span>}
              </th>
              <td className={table.number}>{cell(key, 'province')}</td>
              <td className={table.number}>{cell(key, 'pm')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function distinct(rows: readonly TotalRow[]): TotalRow[] {
  return [...new Map(rows.map((row) => [row.key, row])).values()];
}
