import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { systemClock, type Actor } from '#libs/kernel';

const DAY_MS = 86_400_000;
const MOST_AT_ONCE = 500;

/** Takes away uploads that nobody attached within a day, and bytes that nothing names any more. Returns their ids. */
export async function sweepFiles(db: DataSource, actor: Actor): Promise<number[]> {
  const before = new Date(systemClock.now().getTime() - DAY_MS);
  const waiting: unknown[] = await db.query(
    'SELECT FROM uploaded_file WHERE attached_to IS NULL AND uploaded_at < $1 LIMIT 1',
    [before],
  );
  if (waiting.length === 0) return [];
  return auditedTransaction(db, actor, async (tx, record) => {
    const [gone]: [{ id: number; hash: string }[], number] = await tx.query(
      `DELETE FROM uploaded_file WHERE id IN (
         SELECT id FROM uploaded_file WHERE attached_to IS NULL AND uploaded_at < $1
         ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING id, hash`,
      [before, MOST_AT_ONCE],
    );
    // Locked first: somebody who sends the same bytes now is waited for, and then seen.
    const hashes = gone.map(({ hash }) => hash);
    await tx.query('SELECT FROM stored_file WHERE hash = ANY($1) ORDER BY hash FOR UPDATE', [hashes]);
    await tx.query(
      `DELETE FROM stored_file AS s WHERE s.hash = ANY($1)
         AND NOT EXISTS (SELECT FROM uploaded_file AS u WHERE u.hash = s.hash)`,
      [hashes],
    );
    const ids = gone.map(({ id }) => id).sort((a, b) => a - b);
    if (ids.length > 0)
      record({ action: 'file.sweep', objectType: 'file', objectId: ids[0] as number, after: { ids } });
    return ids;
  });
}
