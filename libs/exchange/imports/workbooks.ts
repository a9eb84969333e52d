import type { DataSource } from 'typeorm';
import { DomainError, type Actor } from '#libs/kernel';
import type { ImportKind } from '../sheet/index.js';
import type { ImportErrorCode } from './errors.js';
import type { ImportBatch, ImportRowProblem } from './import-batch.entity.js';

export interface Workbook {
  fileName: string;
  bytes: Buffer;
}

/** An empty workbook with the kind's Vietnamese titles and the actor's lists to choose from. */
export async function importTemplate(_db: DataSource, _actor: Actor, kind: ImportKind): Promise<Workbook> {
  throw new DomainError<ImportErrorCode>('import-kind-unavailable', { kind });
}

/** The file as it was sent, its wrong cells marked, with a column of reasons; `sentence` words a problem. */
export async function markedFile(
  _db: DataSource,
  batch: ImportBatch,
  _sentence: (problem: ImportRowProblem) => string,
): Promise<Workbook> {
  throw new DomainError<ImportErrorCode>('import-kind-unavailable', { kind: batch.kind });
}
