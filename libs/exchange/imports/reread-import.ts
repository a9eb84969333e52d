import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, isDuplicate, type Actor } from '#libs/kernel';
import { clearStaged } from '#libs/ledger';
import { enqueue } from '#libs/platform';
import type { ImportErrorCode } from './errors.js';
import { ImportBatch, ImportRow, type ImportChoices } from './import-batch.entity.js';
import { lockOwnImport } from './import-queries.js';
import { committedBefore, IMPORT_RECEIVED, importKeyOf } from './receive-import.js';

/**
 * Orders another reading of a kept file with other choices: what the reader did not understand is told to it without
 * sending 100 MB again. The difference that was shown goes; a committed or given up import stays as it is.
 */
export async function rereadImport(db: DataSource, actor: Actor, id: number, choices: ImportChoices): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    const batch = await lockOwnImport(tx, actor, id);
    requireRead(batch);
    const before = { choices: batch.choices, state: batch.state };
    await forget(tx, batch, choices);
    await enqueue(tx, IMPORT_RECEIVED, { importId: id });
    record({ action: 'import.choose', objectType: 'import', objectId: id, before, after: { choices } });
  }).catch((error: unknown) => {
    throw isDuplicate(error, 'import_batch_pending_once_index')
      ? new DomainError<ImportErrorCode>('import-waits-already', { import: id })
      : error;
  });
}

function requireRead({ id, state }: ImportBatch): void {
  const facts = { import: id, state };
  if (state === 'committed') throw new DomainError<ImportErrorCode>('import-committed', facts);
  if (state === 'discarded') throw new DomainError<ImportErrorCode>('import-discarded', facts);
  if (state !== 'ready' && state !== 'failed') throw new DomainError<ImportErrorCode>('import-not-ready', facts);
}

async function forget(tx: EntityManager, batch: ImportBatch, choices: ImportChoices): Promise<void> {
  const importKey = importKeyOf({ ...batch, choices });
  Object.assign(batch, {
    choices,
    importKey,
    state: 'waiting',
    repeatOf: await committedBefore(tx, importKey),
    rowsRead: 0,
    bytesRead: 0,
    reading: null,
    layouts: null,
    planYears: null,
    difference: null,
    booksVersion: null,
    failure: null,
    readAt: null,
  } satisfies Partial<ImportBatch>);
  await tx.delete(ImportRow, { batchId: batch.id });
  await clearStaged(tx, batch.id);
  await tx.save(batch);
}
