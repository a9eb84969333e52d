import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, type Actor } from '#libs/kernel';
import { businessNow } from '#libs/platform';
import type { NoticesErrorCode } from './errors.js';
import { Notice } from './notice.entity.js';
import { mayReceive } from './notice-scope.js';

/** The recipient says that the notice has arrived. Once: a second time is refused, naming the first. */
export async function acknowledgeNotice(
  db: DataSource,
  actor: Actor,
  id: number,
  note: string | null,
): Promise<Notice> {
  return auditedTransaction(db, actor, async (tx, record) => {
    const notice = await tx.findOne(Notice, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!notice || !mayReceive(actor, notice))
      throw new DomainError<NoticesErrorCode>('notice-unknown', { notice: id });
    if (notice.state === 'draft') throw new DomainError<NoticesErrorCode>('notice-not-issued', { notice: id });
    if (notice.state === 'acknowledged')
      throw new DomainError<NoticesErrorCode>('notice-acknowledged', {
        notice: id,
        by: notice.acknowledgedBy ?? '',
      });
    Object.assign(notice, {
      state: 'acknowledged',
      acknowledgedAt: await businessNow(tx),
      acknowledgedBy: actor.displayName,
      acknowledgementNote: note,
    });
    await tx.save(notice);
    record({ action: 'notice.acknowledge', objectType: 'notice', objectId: id, after: { note } });
    return notice;
  });
}
