import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, may, systemClock, type Actor, type Month, type Transactional } from '#libs/kernel';
import type { LedgerErrorCode } from './errors.js';
import { MonthReopening } from './month-history.entity.js';
import { asLedgerRefusal } from './refusals.js';
import { ReportingMonth } from './reporting-month.entity.js';

/**
 * Reopens a closed month, in two steps by two people: the first call asks for it with a reason, the same call by an
 * approver other than the one who asked carries it out. Its books then take writes again; later closed months stay
 * closed until it is closed again.
 */
export async function reopenMonth(
  db: Transactional,
  actor: Actor,
  month: Month,
  reason: string | null,
): Promise<MonthReopening> {
  const facts = { month: month.toString() };
  return asLedgerRefusal(facts, () =>
    auditedTransaction(db, actor, async (tx, record) => {
      const found = await takeClosed(tx, month);
      const request = await requestOf(tx, found);
      if (!request) {
        if (!reason) throw new DomainError<LedgerErrorCode>('reopening-reason-missing', facts);
        const asked = tx.create(MonthReopening, {
          planYear: found.planYear,
          month: found.month,
          monthVersion: found.version,
          state: 'requested',
          reason,
          requestedBy: actor.username,
          requestedAt: systemClock.now(),
        });
        await tx.save(asked);
        record({ action: 'month.reopen-request', objectType: 'month', objectId: month.toString(), after: { reason } });
        return asked;
      }
      if (request.requestedBy === actor.username || !may(actor, 'months.reopen'))
        throw new DomainError<LedgerErrorCode>('reopening-needs-second-person', {
          ...facts,
          by: request.requestedBy,
        });
      await decide(tx, actor, request, 'approved');
      const before = { state: found.state, version: found.version };
      Object.assign(found, { state: 'reopened', closedOn: null, closedAt: null, closedBy: null });
      await tx.save(found);
      record({
        action: 'month.reopen',
        objectType: 'month',
        objectId: month.toString(),
        before,
        after: { state: 'reopened', requestedBy: request.requestedBy, reason: request.reason },
      });
      return request;
    }),
  );
}

/** Takes a request back: who asked does so, or an approver who declines it. */
export async function withdrawReopening(db: DataSource, actor: Actor, month: Month): Promise<MonthReopening> {
  const facts = { month: month.toString() };
  return asLedgerRefusal(facts, () =>
    auditedTransaction(db, actor, async (tx, record) => {
      const request = await requestOf(tx, await takeClosed(tx, month));
      if (!request) throw new DomainError<LedgerErrorCode>('reopening-missing', facts);
      if (request.requestedBy !== actor.username && !may(actor, 'months.reopen'))
        throw new DomainError<LedgerErrorCode>('reopening-of-another', { ...facts, by: request.requestedBy });
      await decide(tx, actor, request, 'withdrawn');
      record({
        action: 'month.reopen-withdraw',
        objectType: 'month',
        objectId: month.toString(),
        before: { requestedBy: request.requestedBy, reason: request.reason },
      });
      return request;
    }),
  );
}

/** Requests of a month and what became of them, newest first. */
export function listReopenings(db: DataSource | EntityManager, month: Month): Promise<MonthReopening[]> {
  const manager = 'manager' in db ? db.manager : db;
  return manager.find(MonthReopening, {
    where: { planYear: month.planYear, month: month.number },
    order: { id: 'DESC' },
  });
}

/** Held: two who ask, or one who asks and one who closes, come one after the other. */
async function takeClosed(tx: EntityManager, month: Month): Promise<ReportingMonth> {
  const found = await tx.findOne(ReportingMonth, {
    where: { planYear: month.planYear, month: month.number },
    lock: { mode: 'pessimistic_write' },
  });
  const facts = { month: month.toString() };
  if (!found) throw new DomainError<LedgerErrorCode>('month-not-opened', facts);
  if (found.state !== 'closed') throw new DomainError<LedgerErrorCode>('month-not-closed', facts);
  return found;
}

/** The request about the version that is closed now; one about an older version was overtaken by closing anew. */
async function requestOf(tx: EntityManager, month: ReportingMonth): Promise<MonthReopening | undefined> {
  const request = await tx.findOneBy(MonthReopening, {
    planYear: month.planYear,
    month: month.month,
    state: 'requested',
  });
  return request ?? undefined;
}

async function decide(
  tx: EntityManager,
  actor: Actor,
  request: MonthReopening,
  state: 'approved' | 'withdrawn',
): Promise<void> {
  Object.assign(request, { state, decidedBy: actor.username, decidedAt: systemClock.now() });
  await tx.save(request);
}
