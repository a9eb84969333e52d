import { In, type EntityManager } from 'typeorm';
import type { RecordAudit } from '#libs/audit';
import { ImportBatch, ImportMapping, type ImportState } from './import-batch.entity.js';

/** States in which a file waits for its sender. */
const OPEN: ImportState[] = ['waiting', 'reading', 'ready'];

/** Files somebody sent that are neither committed nor given up. */
export function openImportsOf(tx: EntityManager, username: string): Promise<ImportBatch[]> {
  return tx.find(ImportBatch, { where: { createdBy: username, state: In(OPEN) }, order: { id: 'ASC' } });
}

/**
 * Gives a leaver's open files to a successor, and the layouts they taught the program. A file that the successor sent
 * too stays where it is: it would be the same one twice.
 */
export async function handOverImports(
  tx: EntityManager,
  record: RecordAudit,
  from: string,
  to: string,
): Promise<number> {
  const theirs = new Set((await openImportsOf(tx, to)).map(({ importKey }) => importKey));
  const moving = (await openImportsOf(tx, from)).filter(({ importKey }) => !theirs.has(importKey));
  for (const { id } of moving) {
    await tx.update(ImportBatch, { id }, { createdBy: to });
    record({
      action: 'import.hand-over',
      objectType: 'import',
      objectId: id,
      before: { createdBy: from },
      after: { createdBy: to },
    });
  }
  const known = new Set((await tx.findBy(ImportMapping, { username: to })).map(({ kind }) => kind));
  for (const { kind, mapping, savedAt } of await tx.findBy(ImportMapping, { username: from }))
    if (!known.has(kind)) await tx.insert(ImportMapping, { username: to, kind, mapping, savedAt });
  return moving.length;
}
