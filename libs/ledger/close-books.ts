import { LessThan, Not, type EntityManager } from 'typeorm';
import type { RecordAudit } from '#libs/audit';
import { DomainError, Month, systemClock, type Actor } from '#libs/kernel';
import { businessDate, enqueue } from '#libs/platform';
import type { LedgerErrorCode } from './errors.js';
import { MonthReopening } from './month-history.entity.js';
import { ReportingMonth } from './reporting-month.entity.js';

/** The message that a closed month leaves in the outbox. */
export const MONTH_CLOSED = 'month-closed';

/**
 * Takes a month that may be closed now: over, not closed, all months before it closed. From here to the end of the
 * transaction nobody writes to its books: a writer that came first is waited for, one that comes later finds the month
 * closed.
 */
export async function takeMonthToClose(tx: EntityManager, month: Month): Promise<ReportingMonth> {
  const facts = { month: month.toString() };
  const { planYear, number } = month;
  const found = await tx.findOne(ReportingMonth, {
    where: { planYear, month: number },
    lock: { mode: 'pessimistic_write' },
  });
  if (!found) throw new DomainError<LedgerErrorCode>('month-not-opened', facts);
  if (found.state === 'closed') throw new DomainError<LedgerErrorCode>('month-already-closed', facts);
  if ((await businessDate(tx)) <= month.end)
    throw new DomainError<LedgerErrorCode>('month-not-over', { ...facts, end: month.end });
  if (await tx.existsBy(ReportingMonth, { planYear, month: LessThan(number), state: Not('closed' as const) }))
    throw new DomainError<LedgerErrorCode>('month-out-of-order', facts);
  return found;
}

/**
 * Closes the month that was taken, and decides on its evaluation in the same transaction. A month that had been
 * reopened takes the later ones with it: each that is closed, up to the first that is not, gets a new version and its
 * evaluation anew, for their figures rest on this month too.
 */
export async function closeBooks(
  tx: EntityManager,
  actor: Actor,
  taken: ReportingMonth,
  record: RecordAudit,
): Promise<ReportingMonth> {
  const isAgain = taken.state === 'reopened';
  const closing = { closedOn: await businessDate(tx), closedAt: systemClock.now(), closedBy: actor.username };
  const close = async (month: ReportingMonth, action: string): Promise<void> => {
    const before = { state: month.state, version: month.version };
    Object.assign(month, closing, { state: 'closed', version: month.version + 1 });
    await tx.save(month);
    const { planYear, month: number, version } = month;
    await enqueue(tx, MONTH_CLOSED, { planYear, month: number, monthVersion: version });
    record({
      action,
      objectType: 'month',
      objectId: Month.of(planYear, number).toString(),
      before,
      after: { state: 'closed', version, closedOn: closing.closedOn },
    });
    await overtakeRequest(tx, actor, month, record);
  };
  await close(taken, 'month.close');
  if (isAgain) for (const later of await closedRightAfter(tx, taken)) await close(later, 'month.close-anew');
  return taken;
}

/** Whoever asked to reopen the version before asks again after seeing this one. */
async function overtakeRequest(
  tx: EntityManager,
  actor: Actor,
  { planYear, month }: ReportingMonth,
  record: RecordAudit,
): Promise<void> {
  const request = await tx.findOneBy(MonthReopening, { planYear, month, state: 'requested' });
  if (!request) return;
  await tx.save(
    Object.assign(request, { state: 'withdrawn', decidedBy: actor.username, decidedAt: systemClock.now() }),
  );
  record({
    action: 'month.reopen-withdraw',
    objectType: 'month',
    objectId: Month.of(planYear, month).toString(),
    before: { requestedBy: request.requestedBy, reason: request.reason },
  });
}

/** The closed months that follow without a gap, held: beyond one that is open or reopened nothing is final yet. */
async function closedRightAfter(tx: EntityManager, { planYear, month }: ReportingMonth): Promise<ReportingMonth[]> {
  const later = await tx
    .createQueryBuilder(ReportingMonth, 'm')
    .where('m.plan_year = :planYear AND m.month > :month', { planYear, month })
    .orderBy('m.month')
    .setLock('pessimistic_write')
    .getMany();
  const gap = later.findIndex(({ state }) => state !== 'closed');
  return gap < 0 ? later : later.slice(0, gap);
}
