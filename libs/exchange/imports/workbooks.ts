import type { DataSource } from 'typeorm';
import { DomainError, type Actor, type ErrorFacts } from '#libs/kernel';
import {
  markedWorkbook,
  MAX_MARKED_ROWS,
  openSheet,
  templateWorkbook,
  type CellProblem,
  type ImportKind,
} from '../sheet/index.js';
import type { ImportErrorCode } from './errors.js';
import { ImportRow, type ImportBatch } from './import-batch.entity.js';
import { listsFor } from './name-lists.js';
import { fileBytes } from './receive-import.js';

export interface Workbook {
  fileName: string;
  bytes: Buffer;
}

/** An empty workbook with the kind's Vietnamese titles and the actor's lists to choose from. */
export async function importTemplate(db: DataSource, actor: Actor, kind: ImportKind): Promise<Workbook> {
  const bytes = await templateWorkbook(kind, await listsFor(db.manager, actor, kind));
  return { fileName: `mau-${kind}.xlsx`, bytes };
}

/**
 * The file as it was sent, its wrong cells marked, with a column of reasons; `words` makes a sentence of a problem.
 * A large file comes back with its wrong rows alone.
 */
export async function markedFile(
  db: DataSource,
  batch: ImportBatch,
  words: (code: string, facts: ErrorFacts) => string,
): Promise<Workbook> {
  if (!batch.reading || batch.state === 'discarded')
    throw new DomainError<ImportErrorCode>('import-not-ready', { import: batch.id });
  const problems = await problemsOf(db, batch);
  const [first, last] = [batch.reading.headerRows[0], batch.reading.headerRows.at(-1)];
  const bytes = await markedWorkbook(
    await openSheet(fileBytes(db, batch.id), batch.fileName),
    problems,
    ({ code, facts }) => words(code, facts),
    {
      header: first !== undefined && last !== undefined ? { first, last } : null,
      rows: batch.rowsRead > MAX_MARKED_ROWS ? 'wrong' : 'all',
    },
  );
  return { fileName: `${batch.fileName.replace(/\.[^.]*$/, '')}-loi.xlsx`, bytes };
}

/** What is wrong, at the cells of the sheet. */
async function problemsOf(db: DataSource, batch: ImportBatch): Promise<CellProblem[]> {
  const rows = await db.manager.find(ImportRow, {
    where: { batchId: batch.id, outcome: 'rejected' },
    order: { ordinal: 'ASC' },
    take: MAX_MARKED_ROWS,
  });
  return rows.flatMap(({ row, columns, problems }) =>
    problems.map(({ field, code, facts }) => ({
      row,
      column: field === null ? null : (columns[field] ?? null),
      code: code as CellProblem['code'],
      facts,
    })),
  );
}
