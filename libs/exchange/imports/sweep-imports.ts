import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { systemClock, type Actor } from '#libs/kernel';
import { clearStaged } from '#libs/ledger';
import { ImportBatch } from './import-batch.entity.js';
import { discardImport } from './import-queries.js';

export interface KeepingTime {
  /** Days for which an import keeps the rows it shows, and may wait for its commit. */
  importRowsDays: number;
}

export interface SweptImports {
  /** Ids of imports given up because nobody committed them. */
  discarded: number[];
  /** Ids of committed imports whose shown rows went. */
  emptied: number[];
}

const DAY_MS = 86_400_000;

/**
 * Takes away what only the screens of an import needed. An import that nobody commits is given up, its file and rows go
 * (the screen says how long it may wait). Of a committed one the rows that were booked go, they are in the books; its
 * file and its rejected rows stay as evidence, so that the marked workbook can be made as long as the import is listed.
 * Run again it finds nothing; what somebody holds is left for the next day.
 */
export async function sweepImports(
  db: DataSource,
  actor: Actor,
  { importRowsDays }: KeepingTime,
): Promise<SweptImports> {
  const before = new Date(systemClock.now().getTime() - importRowsDays * DAY_MS);
  const idsOf = async (sql: string): Promise<number[]> =>
    ((await db.query(sql, [before])) as { id: number }[]).map(({ id }) => id);
  const discarded = await idsOf(
    `SELECT id FROM import_batch
     WHERE state IN ('waiting', 'ready', 'failed') AND coalesce(read_at, created_at) < $1 ORDER BY id`,
  );
  for (const id of discarded) await discardImport(db, actor, id);
  const emptied = await idsOf(
    `SELECT b.id FROM import_batch AS b
     WHERE b.state = 'committed' AND b.committed_at < $1
       AND (EXISTS (SELECT FROM staged_disbursement AS s WHERE s.batch_id = b.id)
         OR EXISTS (SELECT FROM import_row AS r WHERE r.batch_id = b.id AND r.outcome <> 'rejected')) ORDER BY b.id`,
  );
  for (const id of emptied)
    await auditedTransaction(db, actor, async (tx, record) => {
      // Whoever reads its rows or commits again waits or is waited for.
      await tx.findOneOrFail(ImportBatch, { where: { id }, lock: { mode: 'pessimistic_write' } });
      await clearStaged(tx, id);
      await tx.query("DELETE FROM import_row WHERE batch_id = $1 AND outcome <> 'rejected'", [id]);
      record({ action: 'import.empty', objectType: 'import', objectId: id });
    });
  return { discarded, emptied };
}
