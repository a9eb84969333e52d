import type { EntityManager } from 'typeorm';
import { DomainError, type Actor, type ErrorFacts } from '#libs/kernel';
import { csvRecords } from '../folder/index.js';
import type { CanonicalRow } from '../sheet/index.js';
import type { ImportErrorCode } from './errors.js';
import type { ImportBatch, ImportReading } from './import-batch.entity.js';

/** Rows that travel together. */
export interface RowBatch {
  rows: CanonicalRow[];
  problems: { row: number; column: number | null; code: string; facts: ErrorFacts }[];
  /** Rows of the sheet so far. */
  readRows: number;
  /** With the last batch. */
  reading?: ImportReading;
}

/** The rows of a file in the words of product.md. */
export async function* rowsOfFile(
  _tx: EntityManager,
  _sender: Actor,
  batch: ImportBatch,
  bytes: AsyncIterable<Buffer>,
): AsyncGenerator<RowBatch> {
  const pieces: Buffer[] = [];
  for await (const piece of bytes) pieces.push(piece);
  const text = new TextDecoder('utf-8').decode(Buffer.concat(pieces));
  const records = csvRecords(text, () => {
    throw new DomainError<ImportErrorCode>('import-file-empty', { file: batch.fileName });
  });
  const header = records.next();
  if (header.done) throw new DomainError<ImportErrorCode>('import-file-empty', { file: batch.fileName });
  const names = header.value.cells;
  const columns = Object.fromEntries(names.map((name, i) => [name, i]));
  let part: RowBatch = { rows: [], problems: [], readRows: 1 };
  for (const { row, cells } of records) {
    part.readRows = row;
    const values = Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
    part.rows.push({ row, values, columns });
    if ('amount_vnd' in values && !/^-?[0-9]{1,15}$/.test(values['amount_vnd'] ?? ''))
      part.problems.push({
        row,
        column: columns['amount_vnd'] ?? null,
        code: 'value-refused',
        facts: { found: values['amount_vnd'] ?? '' },
      });
    if (part.rows.length >= 1000) {
      yield part;
      part = { rows: [], problems: [], readRows: row };
    }
  }
  yield {
    ...part,
    reading: {
      format: 'csv',
      sheet: null,
      mode: 'rows',
      amountUnit: 'dong',
      headerRows: [1],
      columns: names.map((title, column) => ({ column, title, field: title })),
      ignored: { titles: 0, groups: 0, totals: 0 },
    },
  };
}
