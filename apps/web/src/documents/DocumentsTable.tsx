import { Link } from '@tanstack/react-router';
import { formatDay } from '../format/date';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import { DocumentState } from './DocumentState';
import { headOf, type OfficialDocument } from './documents-client';

/** One row a document; in the register the day on which it left stands in place of its state. */
export function DocumentsTable({ items, isRegister = false }: { items: OfficialDocument[]; isRegister?: boolean }) {
  const words = useWords();
  const say = words.documents;
  return (
    <div className={table.scroll}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{say.columns.number}</th>
            <th scope="col">{say.columns.subject}</th>
            <th scope="col" className={table.wideOnly}>
              {say.columns.recipient}
            </th>
            <th scope="col" className={table.wideOnly}>
              {say.columns.date}
            </th>
            <th scope="col">{isRegister ? say.sent : say.columns.state}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((each) => (
            <tr key={each.id}>
              <th scope="row" className={table.brief}>
                {each.number ?? say.draft}
              </th>
              <td>
                <Link className={table.link} to="/documents/$id" params={{ id: String(each.id) }}>
                  {headOf(each)}
                </Link>
                <span className={table.under}>
                  {say.kinds[each.kind]}
                  {each.recipient !== null && <span className={table.narrowOnly}>{each.recipient.name}</span>}
                </span>
              </td>
              <td className={table.wideOnly}>{each.recipient?.name ?? say.everybody}</td>
              <td className={`${table.brief} ${table.wideOnly}`}>{each.date === null ? '–' : formatDay(each.date)}</td>
              <td className={table.brief}>
                {isRegister ? each.sentDate !== null && formatDay(each.sentDate) : <DocumentState document={each} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
