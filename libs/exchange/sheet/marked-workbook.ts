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
  const last = header?.last ?? 0;
  const data: SheetData = [];
  const numbers: number[] = [];
  const widths: number[] = [];
  let width = 1;
  for await (const batch of opened.batches)
    for (const row of batch) {
      if (kept === 'wrong' && row.row > last && !byRow.has(row.row)) continue;
      const wrong = new Set(byRow.get(row.row)?.map(({ column }) => column));
      const length = Math.max(row.cells.length, ...[...wrong].map((column) => (column ?? -1) + 1));
      width = Math.max(width, length);
      data.push(Array.from({ length }, (_, column) => cellOf(row, column, wrong.has(column))));
      numbers.push(row.row);
      // Titles run over the cells beside them; the table says how wide its columns are.
      if (row.row >= (header?.first ?? 1) && data.length < MEASURED_ROWS)
        row.cells.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 8, Math.min(44, cell.length + 2))));
    }
  if (kept === 'all') span(data, opened.merges, width);
  data.forEach((cells, at) => {
    const row = numbers[at] as number;
    const wrong = row === last ? undefined : byRow.get(row);
    if (wrong) cells[width] = reasonCell(wrong.map(words));
    else if (row === Math.max(1, last)) cells[width] = { value: REASON_TITLE, fontWeight: 'bold' };
  });
  const columns = [...Array.from({ length: width }, (_, at) => ({ width: widths[at] ?? 8 })), { width: REASON_WIDTH }];
  return await writeXlsxFile(data, { sheet: sheetName(opened.name), columns }, { fontSize: 11 }).toBuffer();
}

const MEASURED_ROWS = 200;
const REASON_WIDTH = 90;
const LINE_POINTS = 15;

/** One sentence a line, the row as high as they need. */
function reasonCell(sentences: readonly string[]): CellObject {
  const lines = sentences.reduce((sum, { length }) => sum + Math.ceil(length / REASON_WIDTH), 0);
  return { value: sentences.join('\n'), wrap: true, textColor: '#7A4A00', height: LINE_POINTS * lines };
}

const MARK = { backgroundColor: '#FFE3B3', fontWeight: 'bold', borderColor: '#B26A00', borderStyle: 'thin' } as const;

function cellOf({ cells, forms }: SheetRow, column: number, isWrong: boolean): Cell {
  const text = cells[column] ?? '';
  if (text === '') return isWrong ? { ...MARK } : null;
  const value = valueOf(text, forms?.[column] ?? 0);
  return isWrong ? { ...asObject(value), ...MARK } : value;
}

/** Plain where it can be: fifty thousand rows of objects would be a heavy thing. */
function valueOf(text: string, form: number): string | number | CellObject {
  const kind = form & 7;
  if (kind === CELL_NUMBER) return text.includes('.') ? Number(text) : { value: Number(text), format: '#,##0' };
  if (kind === CELL_PERCENT) return { value: Number(text), format: '0.00%' };
  if (kind === CELL_DATE) return { value: new Date(`${text}T00:00:00Z`), format: 'dd/mm/yyyy' };
  // What a program could take for a number or a formula when the cell is edited is marked as text.
  return /^[\d=+\-@(]/.test(text) ? { value: text, type: String, format: '@' } : text;
}

function asObject(cell: Cell): CellObject {
  if (cell === null || cell === undefined) return { type: String };
  return typeof cell === 'string' || typeof cell === 'number' ? { value: cell } : (cell as CellObject);
}

/** Merges again what was merged, as far as rows and columns are written. */
function span(data: SheetData, merges: readonly MergedRange[], width: number): void {
  for (const range of merges) {
    const bottom = Math.min(range.bottom, data.length);
    const right = Math.min(range.right, width - 1);
    if (range.top > bottom || range.left > right || (range.top === bottom && range.left === right)) continue;
    for (let row = range.top; row <= bottom; row++) {
      const cells = data[row - 1] as Cell[];
      while (cells.length <= right) cells.push(null);
    }
    const cells = data[range.top - 1] as Cell[];
    const spans = { columnSpan: right - range.left + 1, rowSpan: bottom - range.top + 1 };
    cells[range.left] = { ...asObject(cells[range.left]), ...spans };
  }
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
