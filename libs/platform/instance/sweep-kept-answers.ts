import { LessThan, type DataSource } from 'typeorm';
import { systemClock } from '#libs/kernel';
import { IdempotencyRecord } from './idempotency-record.entity.js';

/** A request is repeated within minutes; its answer holds figures and is not kept longer than it serves. */
const KEPT_DAYS = 7;
const DAY_MS = 86_400_000;

/** Returns how many answers were taken away. */
export async function sweepKeptAnswers(db: DataSource): Promise<number> {
  const before = new Date(systemClock.now().getTime() - KEPT_DAYS * DAY_MS);
  const { affected } = await db.manager.delete(IdempotencyRecord, { createdAt: LessThan(before) });
  return affected ?? 0;
}
