import writeXlsxFile, { type Cell, type CellObject, type SheetData } from 'write-excel-file/node';
import {
  CELL_DATE,
  CELL_NUMBER,
  CELL_PERCENT,
  type CellProblem,
  type MergedRange,
  type OpenedSheet,
  type SheetRow,
} from './sheet.js';

/** Heading of the reason column; reading passes it over, so that the mended file goes in as it is. */
export const REASON_TITLE = 'Lý do bị trả lại';

/** More rows than this do not come back as a workbook: then only those that are wrong, under the same header. */
export const MAX_MARKED_ROWS = 50_000;

export interface MarkedOptions {
  /** Rows of the header as the summary found it. */
  header: { first: number; last: number } | null;
  /** `wrong`: above the table everything, below the header only rows with problems. Absent: every row. */
  rows?: 'all' | 'wrong';
}

/**
 * The sender's own sheet back: same name, rows, columns, merged cells, values as sent; wrong cells marked, and a column
 * of reasons. `words` makes a sentence of a problem, place included. Takes the sheet opened anew (a stream is read once).
 */
export async function markedWorkbook(
  opened: OpenedSheet,
  problems: Iterable<CellProblem>,
  words: (problem: CellProblem) => string,
  { header, rows: kept = 'all' }: MarkedOptions,
): Promise<Buffer> {
  const byRow = new Map<number, CellProblem[]>();
  for (const problem of problems) {
    const known = byRow.get(problem.row);
    if (known) known.push(problem);
    else byRow.set(problem.row, [problem]);
  }
  const rows: SheetRow[] = [];
  for await (const batch of opened.batches)
    for (const row of batch) if (kept === 'all' || row.row <= (header?.last ?? 0) || byRow.has(row.row)) rows.push(row);
  const width = Math.max(1, ...rows.map(({ cells }) => cells.length));
  const spans = kept === 'all' ? spansByCell(opened.merges, rows.length, width) : new Map<string, MergedRange>();
  const data: SheetData = rows.map((row) => {
    const wrong = byRow.get(row.row) ?? [];
    const marked = new Set(wrong.map(({ column }) => column));
    const cells: Cell[] = Array.from({ length: width }, (_, column) =>
      spanned(cellOf(row, column, marked.has(column)), spans.get(`${row.row}:${column}`)),
    );
    if (row.row === (header?.last ?? 1)) cells.push({ value: REASON_TITLE, fontWeight: 'bold', wrap: true });
    else if (wrong.length > 0) cells.push({ value: wrong.map(words).join('\n'), wrap: true, textColor: '#7A4A00' });
    return cells;
  });
  const columns = [...Array.from({ length: width }, (_, column) => ({ width: widthOf(rows, column) })), { width: 70 }];
  return await writeXlsxFile(data, { sheet: sheetName(opened.name), columns }, { fontSize: 11 }).toBuffer();
}

const MARK = { backgroundColor: '#FFE3B3', fontWeight: 'bold', borderColor: '#B26A00', borderStyle: 'thin' } as const;

function cellOf({ cells, forms }: SheetRow, column: number, isWrong: boolean): CellObject | null {
  const text = cells[column] ?? '';
  if (text === '') return isWrong ? { ...MARK } : null;
  return { ...valueOf(text, forms?.[column] ?? 0), ...(isWrong ? MARK : {}) };
}

function valueOf(text: string, form: number): CellObject {
  const kind = form & 7;
  if (kind === CELL_NUMBER)
    return { value: Number(text), type: Number, ...(text.includes('.') ? {} : { format: '#,##0' }) };
  if (kind === CELL_PERCENT) return { value: Number(text), type: Number, format: '0.00%' };
  if (kind === CELL_DATE) return { value: new Date(`${text}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy' };
  return { value: text, type: String, format: '@' };
}

function spanned(cell: CellObject | null, range: MergedRange | undefined): CellObject | null {
  if (!range) return cell;
  const { top, bottom, left, right } = range;
  return { ...cell, columnSpan: right - left + 1, rowSpan: bottom - top + 1 };
}

/** Merged ranges by their first cell, as far as rows and columns are written. */
function spansByCell(merges: readonly MergedRange[], rows: number, width: number): Map<string, MergedRange> {
  const spans = new Map<string, MergedRange>();
  for (const range of merges) {
    const cut = { ...range, bottom: Math.min(range.bottom, rows), right: Math.min(range.right, width - 1) };
    if (cut.top <= cut.bottom && cut.left <= cut.right && (cut.top < cut.bottom || cut.left < cut.right))
      spans.set(`${range.top}:${range.left}`, cut);
  }
  return spans;
}

/** Wide enough to read, judged by the first rows. */
function widthOf(rows: readonly SheetRow[], column: number): number {
  let width = 8;
  for (const { cells } of rows.slice(0, 200)) width = Math.max(width, Math.min(48, (cells[column]?.length ?? 0) + 2));
  return width;
}

/** What Excel takes as the name of a sheet. */
function sheetName(name: string): string {
  const clean = name
    .replaceAll(/[\\/?*[\]:]/g, ' ')
    .replace(/^'+|'+$/g, '')
    .trim()
    .slice(0, 31);
  return clean === '' ? 'Sheet1' : clean;
}
