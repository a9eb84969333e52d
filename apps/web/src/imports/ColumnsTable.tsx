import { useQuery } from '@tanstack/react-query';
import { sourcesQuery } from '../client/queries';
import table from '../frame/table.module.css';
import { useWords } from '../words/words-provider';
import classes from './imports.module.css';
import { columnText, fieldName, lettersOf } from './read-values';
import type { OfferedKind, Reading } from './types';

const LAST_MONTH = 13;
const AMOUNT = 'amount_vnd';
/** Not a field name: leave the column to its title. */
const BY_TITLE = 'by-title';

interface ColumnsTableProps {
  kind: OfferedKind;
  reading: Reading;
  /** Column → field name; '' leaves the column out; absent: by its title. */
  mapping: Record<string, string>;
  onChange: (mapping: Record<string, string>) => void;
}

/** Which column of the file is what. */
export function ColumnsTable({ kind, reading, mapping, onChange }: ColumnsTableProps) {
  const words = useWords();
  const own = words.imports;
  const isWide = (by: string) => kind.wideBy.includes(by);
  const sources = useQuery({ ...sourcesQuery, enabled: isWide('source_code') });
  const choose = (column: string, value: string) => {
    const { [column]: _before, ...rest } = mapping;
    onChange(value === BY_TITLE ? rest : { ...rest, [column]: value });
  };
  return (
    <div className={table.scroll} tabIndex={0} role="region" aria-label={own.teach}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{own.columnIn}</th>
            <th scope="col">{own.columnIs}</th>
          </tr>
        </thead>
        <tbody>
          {reading.columns.map((column) => {
            const key = String(column.column);
            const name = `${lettersOf(column.column)}. ${column.title}`;
            const isOpen = column.use === 'unknown' && mapping[key] === undefined;
            return (
              <tr key={key}>
                <th scope="row" className={isOpen ? table.below : undefined}>
                  {name}
                </th>
                <td>
                  <select
                    className={classes.input}
                    aria-label={name}
                    value={mapping[key] ?? BY_TITLE}
                    onChange={(event) => choose(key, event.currentTarget.value)}
                  >
                    <option value={BY_TITLE}>{`${own.asTitled}: ${columnText(words, column)}`}</option>
                    <option value="">{own.leaveOut}</option>
                    <optgroup label={own.fieldsGroup}>
                      {kind.fields.map((field) => (
                        <option key={field.name} value={field.name}>
                          {fieldName(words, field.name)}
                        </option>
                      ))}
                    </optgroup>
                    {isWide('source_code') && (
                      <optgroup label={own.amountBySource}>
                        {sources.data?.map((source) => (
                          <option key={source.code} value={`${AMOUNT};source_code=${source.code}`}>
                            {own.amountOf(source.name)}
                          </option>
                        ))}
                      </optgroup>
                    )}
                    {isWide('month') && (
                      <optgroup label={own.amountByMonth}>
                        {Array.from({ length: LAST_MONTH }, (_, i) => (
                          <option key={i} value={`${AMOUNT};month=${i + 1}`}>
                            {own.amountOf(words.time.inText(i + 1))}
                          </option>
                        ))}
                      </optgroup>
                    )}
                  </select>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
