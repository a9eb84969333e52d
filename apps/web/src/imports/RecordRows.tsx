import table from '../frame/table.module.css';
import type { Words } from '../words/vi';
import { useWords } from '../words/words-provider';
import { fieldName, pairsText, valueText } from './read-values';
import type { ImportRow } from './types';

/** Rows of kinds that are no amounts of the books: the whole record, and what changes in it. */
export function RecordRows({ rows }: { rows: readonly ImportRow[] }) {
  const words = useWords();
  const own = words.imports;
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col" className={table.number}>
            {own.row}
          </th>
          <th scope="col">{own.record}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.ordinal}>
            <td className={`${table.number} ${table.quiet}`}>{own.rowAndMore(row.row, row.rows)}</td>
            <th scope="row">
              {pairsText(words, withNames(row))}
              {changesOf(words, row).map((change) => (
                <span key={change} className={table.under}>
                  {change}
                </span>
              ))}
            </th>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What the row states, codes with their names. */
function withNames({ values, names }: ImportRow): ImportRow['values'] {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== '')
      .map(([field, value]) => [field, names[field] === undefined ? value : `${value} (${names[field]})`]),
  );
}

function changesOf(words: Words, { before, values }: ImportRow): string[] {
  if (before === null) return [];
  return Object.entries(before)
    .filter(([field, value]) => values[field] !== undefined && values[field] !== value)
    .map(([field, value]) =>
      words.imports.changedTo(
        fieldName(words, field),
        valueText(words, field, value),
        valueText(words, field, values[field] ?? ''),
      ),
    );
}
