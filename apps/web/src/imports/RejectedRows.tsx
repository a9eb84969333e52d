import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import classes from './imports.module.css';
import { fieldName, pairsText } from './read-values';
import type { ImportRow } from './types';

/** What stays out and why, with what to do. */
export function RejectedRows({ rows }: { rows: readonly ImportRow[] }) {
  const words = useWords();
  const own = words.imports;
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col" className={table.number}>
            {own.row}
          </th>
          <th scope="col">{own.why}</th>
          <th scope="col" className={table.wideOnly}>
            {own.inFileAmount}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ ordinal, row, problems, values }) => {
          const shown = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
          return (
            <tr key={ordinal}>
              <td className={table.number}>{row}</td>
              <td>
                {problems.map(({ field, code, detail }) => (
                  <p key={`${field} ${code} ${detail}`} className={classes.wrong}>
                    {field !== null && <strong>{fieldName(words, field)}: </strong>}
                    {detail}
                  </p>
                ))}
                <span className={`${table.under} ${table.narrowOnly}`}>{pairsText(words, shown)}</span>
              </td>
              <td className={`${table.wideOnly} ${classes.wrap}`}>
                <span className={table.under}>{pairsText(words, shown)}</span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
