import type { FoundHeader } from './find-header.js';
import { tidyText } from './plain-title.js';
import type { ReadingChoices, SheetRow } from './sheet.js';

/** What was remembered, if this is the same layout: in another one a column of the same place may be anything. */
export function mappingAgain(
  header: FoundHeader | undefined,
  rows: readonly SheetRow[],
  remembered: ReadingChoices['remembered'],
): Record<number, string> | undefined {
  const columns = Object.entries(remembered ?? {});
  const isSame = header
    ? columns.every(([column, { title }]) => (header.paths[Number(column)] ?? []).join(' / ') === title)
    : rows.some(({ cells }) => columns.every(([column, { title }]) => tidyText(cells[Number(column)] ?? '') === title));
  if (columns.length === 0 || !isSame) return undefined;
  return Object.fromEntries(columns.map(([column, { field }]) => [column, field]));
}

/** A foreign header that says nothing to us: the first row that has all the mapped columns. */
export function mappedHeader(
  rows: readonly SheetRow[],
  mapping: Readonly<Record<number, string>>,
  titles: ReadingChoices['remembered'] = {},
): FoundHeader | undefined {
  const columns = Object.keys(mapping).map(Number);
  const isTitle = (column: number, cell: string): boolean =>
    titles[column] === undefined ? cell !== '' : tidyText(cell) === titles[column].title;
  const row = rows.find(
    ({ cells }) => columns.length > 0 && columns.every((column) => isTitle(column, cells[column] ?? '')),
  );
  if (!row) return undefined;
  const paths = row.cells.map((cell) => (cell === '' ? [] : [tidyText(cell)]));
  return { first: row.row, last: row.row, numbers: null, paths, roles: paths.map(() => ({ role: 'unknown' })) };
}
