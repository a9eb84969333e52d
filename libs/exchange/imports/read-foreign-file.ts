import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { EntityManager } from 'typeorm';
import { DomainError, type Actor, type ErrorFacts } from '#libs/kernel';
import { copyText, stagingSink } from '#libs/ledger';
import { columnLetters, KIND_SPECS, type CanonicalRow, type CellProblem, type KindSpec } from '../sheet/index.js';
import type { ImportErrorCode } from './errors.js';
import type { ImportBatch, ImportReading, ImportRowProblem } from './import-batch.entity.js';
import { rowsOfFile, type RowBatch } from './rows-of-file.js';
import type { FileRead } from './read-import.js';

interface ReadRow {
  ordinal: number;
  row: number;
  values: Record<string, string>;
  columns: Readonly<Record<string, number>>;
  problems: ImportRowProblem[];
}

/**
 * Reads any workbook or csv row batch by row batch: rows of disbursements go to the staging table, rows of other kinds
 * and rows that the reader refuses are kept as they are, with what is wrong.
 */
export async function readForeignFile(
  tx: EntityManager,
  sender: Actor,
  batch: ImportBatch,
  bytes: AsyncIterable<Buffer>,
  tell: (rows: number, bytes: number) => void,
): Promise<FileRead> {
  const layouts = new Layouts();
  let ordinal = 0;
  let vouchers = false;
  let reading: ImportReading | undefined;
  const counting = new CountedBytes(bytes);
  for await (const part of rowsOfFile(tx, sender, batch, counting)) {
    const rows = rowsOf(part, KIND_SPECS[batch.kind], () => ++ordinal);
    if (batch.kind === 'disbursements') {
      vouchers ||= rows.some(({ values }) => !!values['document_no']);
      await stage(tx, batch.id, rows.filter(isStageable), layouts);
      await keep(
        tx,
        batch.id,
        rows.filter(({ problems }) => problems.length > 0),
        false,
      );
    } else {
      await keep(
        tx,
        batch.id,
        rows.filter(({ problems }) => problems.length > 0),
        false,
      );
      await keep(
        tx,
        batch.id,
        rows.filter(({ problems }) => problems.length === 0),
        true,
      );
    }
    reading = part.reading ?? reading;
    tell(part.readRows, counting.bytes);
  }
  if (!reading || ordinal === 0) throw new DomainError<ImportErrorCode>('import-file-empty', { file: batch.fileName });
  if (vouchers && reading.cumulative) throw new DomainError<ImportErrorCode>('import-vouchers-cumulative');
  const mode = batch.kind !== 'disbursements' ? 'rows' : vouchers ? 'vouchers' : 'totals';
  return { rows: ordinal, hasBroken: true, mayRepeat: true, layouts: layouts.list, reading: { ...reading, mode } };
}

/** Problems stand with the rows they belong to; those of rows of which nothing was understood stand alone. */
function rowsOf({ rows, refused, problems }: RowBatch, spec: KindSpec, next: () => number): ReadRow[] {
  const problemsOf = new Map<number, CellProblem[]>();
  for (const problem of problems) problemsOf.set(problem.row, [...(problemsOf.get(problem.row) ?? []), problem]);
  const read = ({ row, values, columns }: CanonicalRow, found: readonly CellProblem[]): ReadRow => ({
    ordinal: next(),
    row,
    // A column that the file does not have states nothing; an empty cell does.
    values: Object.fromEntries(Object.entries(values).filter(([field, value]) => value !== '' || field in columns)),
    columns: found.length === 0 ? columns : { ...columns, ...placesOf(found) },
    problems: found.map(({ column, code, facts }) => ({
      field: column === null ? null : (fieldAt(columns, column) ?? `#${column}`),
      code,
      facts: { ...facts, row, ...(column === null ? {} : { column: columnLetters(column) }), ...titleOf(spec, facts) },
    })),
  });
  const taken = rows.map((row) => read(row, wrongNumber(row)));
  // Of a wide line every cell is refused, its problems are told once.
  const told = new Set<number>();
  for (const row of refused) {
    const found = problemsOf.get(row.row) ?? [];
    taken.push(read(row, told.has(row.row) ? [elsewhere(row.row)] : found));
    told.add(row.row);
  }
  for (const [row, found] of problemsOf) if (!told.has(row)) taken.push(read({ row, values: {}, columns: {} }, found));
  return taken;
}

/** The entry that a row corrects is a number; the sheet knows it as text. */
function wrongNumber({ row, values, columns }: CanonicalRow): CellProblem[] {
  const { corrects } = values;
  if (!corrects || /^[1-9][0-9]{0,8}$/.test(corrects)) return [];
  return [
    { row, column: columns['corrects'] ?? null, code: 'code-malformed', facts: { found: corrects, field: 'corrects' } },
  ];
}

function elsewhere(row: number): CellProblem {
  return { row, column: null, code: 'cell-incomplete' as CellProblem['code'], facts: { row } };
}

function fieldAt(columns: Readonly<Record<string, number>>, column: number): string | undefined {
  return Object.entries(columns).find(([, at]) => at === column)?.[0];
}

/** Columns that are no field's still have wrong cells. */
function placesOf(problems: readonly CellProblem[]): Record<string, number> {
  return Object.fromEntries(problems.flatMap(({ column }) => (column === null ? [] : [[`#${column}`, column]])));
}

function titleOf({ fields }: KindSpec, { field, title }: ErrorFacts): ErrorFacts {
  const known = title ?? fields.find(({ name }) => name === field)?.titles[0];
  return known === undefined ? {} : { title: known };
}

const STAGED_FIELDS: Record<string, RegExp> = {
  plan_year: /^[1-9][0-9]{3}$/,
  month: /^(0?[1-9]|1[0-3])$/,
  unit_code: /./,
  project_code: /./,
  source_code: /./,
  kind: /^(payment|advance|advance-recovery|refund|correction|transfer)$/,
  carried_over: /^[01]$/,
  basis: /^(actual|estimate)$/,
};

/** A right row, or a wrong one that names its cell: the cell is incomplete without it. */
function isStageable({ values }: ReadRow): boolean {
  return Object.entries(STAGED_FIELDS).every(([field, form]) => form.test(values[field] ?? ''));
}

async function stage(tx: EntityManager, batchId: number, rows: ReadRow[], layouts: Layouts): Promise<void> {
  if (rows.length === 0) return;
  const sink = await stagingSink(tx);
  const ended = finished(sink);
  ended.catch(() => undefined);
  for (const row of rows) {
    const line = stagingLine(batchId, row, layouts.of(row.columns));
    if (!sink.write(line)) await Promise.race([once(sink, 'drain'), ended]);
  }
  sink.end();
  await ended;
}

function stagingLine(batchId: number, { ordinal, row, values, problems }: ReadRow, layout: number): string {
  const isBroken = problems.length > 0;
  const text = (field: string): string => copyText(values[field] ?? '');
  const unlessBroken = (field: string): string => (isBroken ? '\\N' : text(field));
  const cells = [
    batchId,
    ordinal,
    row,
    values['plan_year'],
    Number(values['month']),
    text('unit_code'),
    text('project_code'),
    text('source_code'),
    text('kind'),
    values['carried_over'] === '1' ? 't' : 'f',
    text('basis'),
    isBroken ? 0 : values['amount_vnd'],
    text('document_no'),
    unlessBroken('document_date'),
    unlessBroken('reason'),
    unlessBroken('corrects'),
    layout,
    isBroken ? 'broken' : 'new',
  ];
  return `${cells.join('\t')}\n`;
}

async function keep(tx: EntityManager, batchId: number, rows: ReadRow[], wasRead: boolean): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO import_row (batch_id, ordinal, row, outcome, values, columns, problems, was_read)
     SELECT $1, r.ordinal, r.row, $3, r.values, r.columns, r.problems, $4
     FROM jsonb_to_recordset($2::jsonb) AS r (ordinal int, row int, values jsonb, columns jsonb, problems jsonb)`,
    [batchId, JSON.stringify(rows), wasRead ? 'new' : 'rejected', wasRead],
  );
}

/** Rows share few layouts: one, or in a wide table one for each amount column. */
class Layouts {
  readonly list: Record<string, number>[] = [];
  private readonly known = new Map<string, number>();
  private last: { columns: Readonly<Record<string, number>>; layout: number } | undefined;

  of(columns: Readonly<Record<string, number>>): number {
    if (this.last?.columns === columns) return this.last.layout;
    const key = JSON.stringify(columns);
    const layout = this.known.get(key) ?? this.list.push({ ...columns }) - 1;
    this.known.set(key, layout);
    this.last = { columns, layout };
    return layout;
  }
}

class CountedBytes implements AsyncIterable<Buffer> {
  bytes = 0;

  constructor(private readonly pieces: AsyncIterable<Buffer>) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for await (const piece of this.pieces) {
      this.bytes += piece.length;
      yield piece;
    }
  }
}
