import type { Disbursement } from '../client/types';
import { formatMillion } from '../format/amount';
import { formatDay, formatDayOf } from '../format/date';
import table from '../frame/table.module.css';
import type { Words } from '../words/vi';
import { useWords } from '../words/words-provider';

function remarks(words: Words, entry: Disbursement): string {
  return [
    entry.basis === 'estimate' ? words.unit.estimate : null,
    entry.carriedOver ? words.unit.carried : null,
    entry.corrects === null ? null : words.unit.corrects(entry.corrects),
    entry.reason,
  ]
    .filter((remark) => remark !== null)
    .join(' · ');
}

export function EntriesTable({ items, totalDong }: { items: Disbursement[]; totalDong: number }) {
  const words = useWords();
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{words.unit.date}</th>
            <th scope="col">{words.unit.project}</th>
            <th scope="col" className={table.wideOnly}>
              {words.unit.source}
            </th>
            <th scope="col" className={table.wideOnly}>
              {words.unit.kind}
            </th>
            <th scope="col" className={table.number}>
              {words.unit.amount}
            </th>
            <th scope="col" className={table.wideOnly}>
              {words.unit.document}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((entry) => (
            <EntryRow key={entry.id} entry={entry} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={2} className={table.strong}>
              {words.unit.total}
            </th>
            <td className={table.wideOnly} />
            <td className={table.wideOnly} />
            <td className={`${table.number} ${table.strong}`}>{formatMillion(totalDong)}</td>
            <td className={table.wideOnly} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function EntryRow({ entry }: { entry: Disbursement }) {
  const words = useWords();
  const notes = remarks(words, entry);
  const kind = words.unit.entryKinds[entry.kind];
  return (
    <tr>
      <td>{entry.documentDate === null ? formatDayOf(entry.recordedAt) : formatDay(entry.documentDate)}</td>
      <td>
        {entry.project.name}
        <span className={`${table.under} ${table.narrowOnly}`}>
          {entry.source.name} · {kind} · {entry.documentNo ?? words.unit.noDocument}
        </span>
        {notes !== '' && <span className={table.under}>{notes}</span>}
      </td>
      <td className={`${table.wideOnly} ${table.brief}`}>{entry.source.name}</td>
      <td className={`${table.wideOnly} ${table.brief}`}>{kind}</td>
      <td className={`${table.number} ${table.strong}`}>{formatMillion(entry.amountDong)}</td>
      <td className={entry.documentNo === null ? `${table.wideOnly} ${table.quiet}` : table.wideOnly}>
        {entry.documentNo ?? words.unit.noDocument}
      </td>
    </tr>
  );
}
