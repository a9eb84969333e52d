import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, systemClock, type Actor, type Month } from '#libs/kernel';
import type { LedgerErrorCode } from './errors.js';
import { NationalAverage } from './month-history.entity.js';
import { ReportingMonth } from './reporting-month.entity.js';

/**
 * Notes the national average of a month as published, or corrects it. `percent` is decimal text, at most 999.9999.
 * It is shown beside the province's and never decides a flag, so a closed month takes it too.
 */
export async function noteNationalAverage(
  db: DataSource,
  actor: Actor,
  month: Month,
  { percent, source }: Pick<NationalAverage, 'percent' | 'source'>,
): Promise<NationalAverage> {
  const key = { planYear: month.planYear, month: month.number };
  return auditedTransaction(db, actor, async (tx, record) => {
    // Held for writing, so that two corrections follow each other and each sees the one before.
    const found = await tx.findOne(ReportingMonth, { where: key, lock: { mode: 'pessimistic_write' } });
    if (!found) throw new DomainError<LedgerErrorCode>('month-not-opened', { month: month.toString() });
    const before = await tx.findOneBy(NationalAverage, key);
    const after = { ...key, percent, source, recordedAt: systemClock.now(), recordedBy: actor.username };
    await tx.upsert(NationalAverage, after, ['planYear', 'month']);
    record({
      action: 'national-average.note',
      objectType: 'national-average',
      objectId: month.toString(),
      before: before && { percent: before.percent, source: before.source },
      after: { percent, source },
    });
    return tx.findOneByOrFail(NationalAverage, key);
  });
}
