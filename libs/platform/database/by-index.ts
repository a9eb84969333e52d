import type { EntityManager } from 'typeorm';

/**
 * Does the work while PostgreSQL looks up by index what foreign keys and guards ask row by row. It plans such questions
 * once a session: of a table that was empty or small then it reads every page for each row, and a large file quadratically
 * long.
 */
export async function byIndex<T>(tx: EntityManager, work: () => Promise<T>): Promise<T> {
  await tx.query('SET LOCAL enable_seqscan = off; DISCARD PLANS');
  const result = await work();
  await tx.query('SET LOCAL enable_seqscan TO DEFAULT');
  return result;
}
