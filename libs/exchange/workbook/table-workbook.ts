import writeXlsxFile, { type CellObject, type SheetData } from 'write-excel-file/node';
import { dongCell } from './dong-cell.js';

export type ColumnFormat = 'text' | 'dong' | 'integer' | 'date' | 'percent';

export interface TableColumn<Row> {
  title: string;
  format: ColumnFormat;
  /** characters */
  width: number;
  value(row: Row): bigint | number | string | null;
}

export interface TableSheet<Row> {
  /** At most 31 characters, without : \ / ? * [ ] */
  name: string;
  /** Lines above the table: the marking of made-up figures first, then what the table is and when it was made. */
  head: readonly string[];
  columns: readonly TableColumn<Row>[];
  rows: readonly Row[];
}

/** One table as .xlsx: head lines, a frozen row of titles, amounts as numbers that Excel shows to the đồng. */
export async function tableWorkbook<Row>({ name, head, columns, rows }: TableSheet<Row>): Promise<Buffer> {
  const data: SheetData = [
    ...head.map((line, i) => [{ value: line, type: String, fontWeight: i === 0 ? ('bold' as const) : undefined }]),
    [],
    columns.map(({ title, format }) => titleCell(title, format === 'dong' || format === 'percent')),
    ...rows.map((row) =>
      ruled(
        columns,
        columns.map(({ format, value }) => cellOf(format, value(row))),
      ),
    ),
  ];
  return writeXlsxFile(
    data,
    {
      sheet: name,
      columns: columns.map(({ width }) => ({ width })),
      stickyRowsCount: head.length + 2,
      orientation: 'landscape',
    },
    OFFICE_FONT,
  ).toBuffer();
}

/** What official papers are set in (Decree 30/2020). */
export const OFFICE_FONT = { fontFamily: 'Times New Roman', fontSize: 11 };

const LINE_POINTS = 15;
const RULE = { borderColor: '#c3cad1', borderStyle: 'thin' as const };

/** A row with hairlines, high enough for its longest text: spreadsheets do not grow rows that a program wrote. */
export function ruled(columns: readonly { width: number }[], cells: readonly (CellObject | null)[]): CellObject[] {
  const lines = cells.map((cell, i) =>
    typeof cell?.value === 'string' ? Math.ceil((cell.value.length * 1.1) / (columns[i]?.width ?? 1)) : 1,
  );
  const height = LINE_POINTS * Math.max(...lines);
  return cells.map((cell) => ({ alignVertical: 'top', ...cell, ...RULE, height }) as CellObject);
}

export function titleCell(title: string, isFigure = false): CellObject {
  return {
    value: title,
    type: String,
    fontWeight: 'bold',
    wrap: true,
    align: isFigure ? 'right' : 'left',
    alignVertical: 'center',
    backgroundColor: '#eef0f2',
    borderColor: '#8793a0',
    borderStyle: 'thin',
  } as CellObject;
}

export function cellOf(format: ColumnFormat, value: bigint | number | string | null): CellObject | null {
  if (value === null || value === '') return null;
  switch (format) {
    case 'dong':
      return dongCell(BigInt(value));
    case 'integer':
      return { value: Number(value), type: Number, format: '0' };
    case 'percent':
      return { value: Number(value), type: Number, format: '0.0' };
    case 'date':
      return { value: new Date(`${String(value)}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy' };
    case 'text':
      return { value: String(value), type: String, wrap: true } as CellObject;
  }
}
