import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sourcesQuery } from '../client/queries';
import { formatDong } from '../format/amount';
import table from '../frame/table.module.css';
import { signedDong } from '../format/signed-dong';
import type { Words } from '../words/vi';
import { useWords } from '../words/words-provider';
import { codeAndName, valueText } from './read-values';
import type { ImportRow } from './types';

/** Cells of the books: what stands there, what will, and why it falls; `reason` was given for all at the commit. */
export function AmountRows({ rows, reason }: { rows: readonly ImportRow[]; reason: string | null }) {
  const words = useWords();
  const own = words.imports;
  const sources = useQuery(sourcesQuery);
  const sourceName = (code = '') => sources.data?.find((source) => source.code === code)?.name ?? code;
  return (
    <table className={table.table}>
      <thead>
        <tr>
          <th scope="col" className={table.number}>
            {own.row}
          </th>
          <th scope="col">{own.project}</th>
          <th scope="col" className={table.wideOnly}>
            {own.source}
          </th>
          <th scope="col" className={table.wideOnly}>
            {own.month}
          </th>
          <th scope="col" className={`${table.number} ${table.wideOnly}`}>
            {own.before}
          </th>
          <th scope="col" className={table.number}>
            {own.after}
          </th>
          <th scope="col" className={`${table.number} ${table.wideOnly}`}>
            {own.difference}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ ordinal, row, rows: added, values, names, before, dong, differenceDong, needsReason }) => {
          const month = `${words.time.column(Number(values['month']))} ${values['plan_year']}`;
          const lacksReason = needsReason && reason === null;
          const note = lacksReason ? own.needsReason : noteOf(words, values, needsReason ? reason : null);
          return (
            <tr key={ordinal}>
              <td className={`${table.number} ${table.quiet}`}>{own.rowAndMore(row, added)}</td>
              <th scope="row">
                <Link to="/projects/$code" params={{ code: values['project_code'] ?? '' }} className={table.link}>
                  {values['project_code']}
                </Link>
                {names['project_code'] !== undefined && <span className={table.under}>{names['project_code']}</span>}
                <span className={table.under}>{codeAndName(values['unit_code'], names['unit_code'])}</span>
                <span className={`${table.under} ${table.narrowOnly}`}>
                  {month} · {sourceName(values['source_code'])}
                </span>
                {note !== '' && (
                  <span className={lacksReason ? `${table.under} ${table.below}` : table.under}>{note}</span>
                )}
              </th>
              <td className={table.wideOnly}>
                {sourceName(values['source_code'])}
                <span className={table.under}>{kindOf(words, values)}</span>
              </td>
              <td className={table.wideOnly}>{month}</td>
              <td className={`${table.number} ${table.wideOnly} ${table.quiet}`}>
                {before?.['amount_vnd'] === undefined ? '–' : formatDong(before['amount_vnd'])}
              </td>
              <td className={`${table.number} ${table.strong}`}>
                {dong === null ? '–' : formatDong(dong)}
                <span className={`${table.under} ${table.narrowOnly}`}>
                  {differenceDong === null || differenceDong === dong ? '' : signedDong(differenceDong)}
                </span>
              </td>
              <td className={`${table.number} ${table.wideOnly}`}>
                {differenceDong === null ? '–' : signedDong(differenceDong)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function kindOf(words: Words, values: ImportRow['values']): string {
  const said = ['kind', 'basis', ...(values['carried_over'] === '1' ? ['carried_over'] : [])];
  return said.map((field) => valueText(words, field, values[field] ?? '')).join(' · ');
}

function noteOf({ imports: own }: Words, values: ImportRow['values'], reasonOfAll: string | null): string {
  const { document_no: document } = values;
  const reason = reasonOfAll ?? values['reason'];
  return [...(document ? [document] : []), ...(reason ? [own.ownReason(reason)] : [])].join(' · ');
}
