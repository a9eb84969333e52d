import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, type Actor } from '#libs/kernel';
import { step } from './advance-notice.js';
import type { NoticesErrorCode } from './errors.js';
import { isOver } from './life-cycle.rule.js';
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
    if (notice.acknowledgedAt !== null)
      throw new DomainError<NoticesErrorCode>('notice-acknowledged', {
        notice: id,
        by: notice.acknowledgedBy ?? '',
      });
    if (isOver(notice.state))
      throw new DomainError<NoticesErrorCode>('notice-step-refused', {
        notice: id,
        state: notice.state,
        to: 'acknowledged',
      });
    await step(tx, actor, notice, 'acknowledged', { because: note });
    record({ action: 'notice.acknowledge', objectType: 'notice', objectId: id, after: { note } });
    return notice;
  });
}
