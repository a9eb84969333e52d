import { IconCircleCheck } from '@tabler/icons-react';
import { formatDong } from '../format/amount';
import { Card } from '../frame/Card';
import { Chip } from '../frame/Chip';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import type { ReorganisationResult } from './reorganisation-client';
import classes from './reorganisation.module.css';

type Total = ReorganisationResult['totals'][number];

/** The province's sums before and after, over all sources; each source one step further. None changes. */
export function TotalsCard({ result }: { result: ReorganisationResult }) {
  const words = useWords();
  const { totals } = result;
  const overSources = new Map<string, { total: Total; before: bigint; after: bigint }>();
  for (const total of totals) {
    const key = `${total.planYear} ${total.series} ${total.basis} ${total.carriedOver}`;
    const { before, after } = overSources.get(key) ?? { before: 0n, after: 0n };
    overSources.set(key, { total, before: before + BigInt(total.beforeDong), after: after + BigInt(total.afterDong) });
  }
  const isSame = totals.every(({ beforeDong, afterDong }) => beforeDong === afterDong);
  const yearOf = (total: Total) => (result.months.length > 1 ? words.reorganisation.year(total.planYear) : null);
  return (
    <Card
      title={words.reorganisation.totals}
      subtitle={words.reorganisation.totalsHint}
      right={
        isSame && (
          <Chip tone="ok" icon={<IconCircleCheck size={14} aria-hidden="true" />}>
            {words.reorganisation.totalsEqual(totals.length)}
          </Chip>
        )
      }
    >
      <TotalsTable
        label={words.reorganisation.totals}
        rows={[...overSources].map(([key, { total, before, after }]) => ({
          key,
          name: nameOf(words, total),
          under: yearOf(total),
          before,
          after,
        }))}
      />
      <details className={classes.sources}>
        <summary>{words.reorganisation.bySource(totals.length)}</summary>
        <TotalsTable
          label={words.reorganisation.bySource(totals.length)}
          rows={totals.map((total) => ({
            key: `${total.planYear} ${total.series} ${total.basis} ${total.carriedOver} ${total.source.code}`,
            name: total.source.name,
            under: [nameOf(words, total), yearOf(total)].filter(Boolean).join(' · '),
            before: BigInt(total.beforeDong),
            after: BigInt(total.afterDong),
          }))}
        />
      </details>
    </Card>
  );
}

function nameOf(words: ReturnType<typeof useWords>, { series, basis, carriedOver }: Total): string {
  const name = `${words.reorganisation.series[series]}, ${words.reorganisation.bases[basis]}`;
  return carriedOver ? `${name}, ${words.reorganisation.carriedOver}` : name;
}

interface TotalsRow {
  key: string;
  name: string;
  under: string | null;
  before: bigint;
  after: bigint;
}

function TotalsTable({ label, rows }: { label: string; rows: TotalsRow[] }) {
  const words = useWords();
  return (
    <div className={table.scroll} tabIndex={0} role="group" aria-label={label}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{words.reorganisation.seriesHead}</th>
            <th scope="col" className={table.number}>
              {words.reorganisation.before}
            </th>
            <th scope="col" className={table.number}>
              {words.reorganisation.after}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                {row.name}
                {row.under !== null && <span className={table.under}>{row.under}</span>}
              </th>
              <td className={table.number}>{formatDong(row.before)}</td>
              <td className={table.number}>{formatDong(row.after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
