import type { EntityManager } from 'typeorm';
import type { RecordAudit } from '#libs/audit';
import { Month, systemClock, type Actor } from '#libs/kernel';
import { MonthReopening } from './month-history.entity.js';

/** Requests of somebody to reopen a month that nobody has decided yet. */
export function pendingReopeningsOf(tx: EntityManager, username: string): Promise<MonthReopening[]> {
  return tx.find(MonthReopening, { where: { requestedBy: username, state: 'requested' }, order: { id: 'ASC' } });
}

/** Takes back what a leaver asked for: a second person would confirm the word of somebody who is gone. */
export async function withdrawReopeningsOf(
  tx: EntityManager,
  record: RecordAudit,
  actor: Actor,
  username: string,
): Promise<number> {
  const requests = await pendingReopeningsOf(tx, username);
  for (const { id, planYear, month, reason, requestedBy } of requests) {
    await tx.update(
      MonthReopening,
      { id },
      { state: 'withdrawn', decidedBy: actor.username, decidedAt: systemClock.now() },
    );
    record({
      action: 'month.reopen-withdraw',
      objectType: 'month',
      objectId: Month.of(planYear, month).toString(),
      before: { requestedBy, reason },
    });
  }
  return requests.length;
}
