import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { csvRecords } from './csv-records.js';

/** One line of what is wrong: `disbursements.csv row 7, month: must be 1 to 13, found "14"`. */
export type ProblemLine = string;

export interface Column {
  name: string;
  /** The file is refused without it. Columns accepted and ignored have no check. */
  required: boolean;
  /** What was expected, or undefined when the cell is fine. */
  check?: (cell: string) => string | undefined;
}

export interface TableRow {
  row: number;
  /** The cell under a column; empty when the column is absent. */
  cell(column: string): string;
  /** Reports a problem of this row. */
  refuse(column: string, expected: string): void;
}

/** `refused`: the file is there, but as a whole is not this table, so nothing can be said of its rows. */
export type TableOutcome = 'read' | 'refused' | 'absent';

/**
 * Reads one csv file of the folder and hands over each row, wrong cells already reported.
 */
export async function readTable(
  folder: string,
  file: string,
  columns: readonly Column[],
  problems: ProblemLine[],
  onRow: (row: TableRow) => void,
): Promise<TableOutcome> {
  const text = await readUtf8(folder, file, problems);
  if (text === undefined) return 'absent';
  if (text === '') return 'refused';
  const refuse = (row: number, column: string, expected: string): void => {
    problems.push(`${file} row ${row}${column ? `, ${column}` : ''}: ${expected}`);
  };
  const records = csvRecords(text, ({ row, defect }) =>
    refuse(
      row,
      '',
      defect === 'unclosed-quote' ? 'a quote is opened and never closed' : 'text follows a closing quote',
    ),
  );
  const header = records.next();
  const names = header.done || header.value.row !== 1 ? [] : header.value.cells;
  const position = readHeader(file, names, columns, problems);
  if (!position) {
    // Drained so that wrong quotes further down are reported in the same run.
    while (!records.next().done);
    return 'refused';
  }
  const present = columns
    .filter((column) => position.has(column.name))
    .map((column) => ({ ...column, at: position.get(column.name) as number }));
  for (const { row, cells } of records) {
    if (cells.length < names.length) {
      refuse(row, '', `has ${cells.length} cells, must have ${names.length}`);
      continue;
    }
    const stray = cells.findIndex((cell, i) => i >= names.length && cell !== '');
    if (stray !== -1) refuse(row, '', `has ${shown(cells[stray] ?? '')} beyond the last column of the header`);
    for (const { name, check, at } of present) {
      const expected = check?.(cells[at] as string);
      if (expected !== undefined) refuse(row, name, expected);
    }
    onRow({
      row,
      cell: (column) => {
        const at = position.get(column);
        return at === undefined ? '' : (cells[at] as string);
      },
      refuse: (column, expected) => refuse(row, column, expected),
    });
  }
  return 'read';
}

function readHeader(
  file: string,
  names: readonly string[],
  columns: readonly Column[],
  problems: ProblemLine[],
): Map<string, number> | undefined {
  const before = problems.length;
  const position = new Map<string, number>();
  names.forEach((name, i) => {
    if (!columns.some((column) => column.name === name))
      problems.push(`${file} row 1: ${shown(name)} is not a column of this file`);
    else if (position.has(name)) problems.push(`${file} row 1, ${name}: stands twice in the header`);
    else position.set(name, i);
  });
  for (const { name, required } of columns)
    if (required && !position.has(name)) problems.push(`${file} row 1, ${name}: the column is missing`);
  return problems.length === before ? position : undefined;
}

/** The text without its byte order mark; undefined when there is no such file, '' when it was refused. */
export async function readUtf8(folder: string, file: string, problems: ProblemLine[]): Promise<string | undefined> {
  let bytes: Buffer;
  try {
    bytes = await readFile(join(folder, file));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    problems.push(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
    return '';
  }
  if (!isUtf8(bytes)) {
    problems.push(`${file} row ${firstRowNotUtf8(bytes)}: is not UTF-8 text`);
    return '';
  }
  const text = new TextDecoder('utf-8').decode(bytes);
  if (text === '') problems.push(`${file}: is empty, even the first row is missing`);
  return text;
}

function firstRowNotUtf8(bytes: Buffer): number {
  let row = 1;
  let start = 0;
  for (;;) {
    const lineEnd = bytes.indexOf(0x0a, start);
    const line = bytes.subarray(start, lineEnd === -1 ? bytes.length : lineEnd);
    if (!isUtf8(line) || lineEnd === -1) return row;
    row++;
    start = lineEnd + 1;
  }
}

/** A value as it stood in the file, on one line and not too long. */
export function shown(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 57)}…` : value);
}
