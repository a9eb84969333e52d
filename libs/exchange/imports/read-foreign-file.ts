import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { EntityManager } from 'typeorm';
import { DomainError, type Actor, type ErrorFacts } from '#libs/kernel';
import { copyText, stagingSink } from '#libs/ledger';
import type { CanonicalRow } from '../sheet/index.js';
import type { ImportErrorCode } from './errors.js';
import type { ImportBatch, ImportReading, ImportRowProblem } from './import-batch.entity.js';
import { rowsOfFile, type RowBatch } from './rows-of-file.js';
import type { FileRead } from './read-import.js';

/** A file whose columns do not say enough: what was recognised goes back to the sender, to be completed. */
export class FileRefused extends DomainError {
  constructor(
    code: string,
    facts: ErrorFacts,
    readonly reading: ImportReading,
  ) {
    super(code, facts);
  }
}

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
    const rows = rowsOf(part, () => ++ordinal);
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
  if (vouchers && batch.choices.cumulative) throw new DomainError<ImportErrorCode>('import-vouchers-cumulative');
  const mode = batch.kind !== 'disbursements' ? 'rows' : vouchers ? 'vouchers' : 'totals';
  return { rows: ordinal, hasBroken: true, layouts: layouts.list, reading: { ...reading, mode } };
}

/** Problems stand with the rows they belong to; those of rows that the reader did not hand over stand alone. */
function rowsOf({ rows, problems }: RowBatch, next: () => number): ReadRow[] {
  const problemsOf = new Map<number, RowBatch['problems']>();
  for (const problem of problems) problemsOf.set(problem.row, [...(problemsOf.get(problem.row) ?? []), problem]);
  const seen = new Set<number>();
  const read = rows.map(({ row, values, columns }: CanonicalRow): ReadRow => {
    seen.add(row);
    const fieldAt = new Map(Object.entries(columns).map(([field, column]) => [column, field]));
    const own = (problemsOf.get(row) ?? []).filter(({ column }) => column === null || fieldAt.has(column));
    return {
      ordinal: next(),
      row,
      values,
      columns,
      problems: own.map(({ column, code, facts }) => ({
        field: column === null ? null : (fieldAt.get(column) ?? null),
        code,
        facts,
      })),
    };
  });
  for (const [row, found] of problemsOf)
    if (!seen.has(row))
      read.push({
        ordinal: next(),
        row,
        values: {},
        columns: Object.fromEntries(found.flatMap(({ column }) => (column === null ? [] : [[`#${column}`, column]]))),
        problems: found.map(({ column, code, facts }) => ({
          field: column === null ? null : `#${column}`,
          code,
          facts,
        })),
      });
  return read;
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
