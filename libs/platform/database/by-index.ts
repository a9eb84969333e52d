import type { EntityManager } from 'typeorm';

/**
 * Does the work while PostgreSQL looks up by index what foreign keys and guards ask row by row. It plans such questions
 * once a session. If the table was empty or small at that moment, the plan reads the whole table for each row, and the
 * time of a large file grows with its square.
 */
export async function byIndex<T>(tx: EntityManager, work: () => Promise<T>): Promise<T> {
  await tx.query('SET LOCAL enable_seqscan = off; DISCARD PLANS');
  const result = await work();
  await tx.query('SET LOCAL enable_seqscan TO DEFAULT');
  return result;
}
