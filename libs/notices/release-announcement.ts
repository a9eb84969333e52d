import { Not, type DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, type Actor, type Month } from '#libs/kernel';
import { ReportingMonth } from '#libs/ledger';
import { enqueue } from '#libs/platform';
import { step } from './advance-notice.js';
import type { NoticesErrorCode } from './errors.js';
import { Notice } from './notice.entity.js';

/** Topic of the message that orders the documents of what was released. */
export const ANNOUNCEMENT_RELEASED = 'announcement-released';

/**
 * Releases the announcement of a closed month together with its letters to the flagged units. Four eyes: never by
 * the one who closed the month.
 */
export async function releaseAnnouncement(db: DataSource, actor: Actor, month: Month): Promise<Notice> {
  const facts = { month: month.toString() };
  return auditedTransaction(db, actor, async (tx, record) => {
    const { planYear, number } = month;
    const closed = await tx.findOne(ReportingMonth, {
      where: { planYear, month: number, state: 'closed' },
      lock: { mode: 'pessimistic_read' },
    });
    const drafts = closed
      ? await tx.find(Notice, {
          where: [
            { planYear, month: number, monthVersion: closed.version, step: '', audience: 'announcement' },
            { planYear, month: number, monthVersion: closed.version, step: '', audience: 'unit' },
          ],
          order: { id: 'ASC' },
          lock: { mode: 'pessimistic_write' },
        })
      : [];
    const announcement = drafts.find(({ audience }) => audience === 'announcement');
    // A version that changed nothing of what was released has no announcement of its own.
    const earlier = { planYear, month: number, audience: 'announcement' as const, state: Not('draft' as const) };
    if (closed && !announcement && (await tx.existsBy(Notice, earlier)))
      throw new DomainError<NoticesErrorCode>('announcement-released', facts);
    if (!closed || !announcement) throw new DomainError<NoticesErrorCode>('announcement-missing', facts);
    if (announcement.state !== 'draft') throw new DomainError<NoticesErrorCode>('announcement-released', facts);
    if (closed.closedBy === actor.username) throw new DomainError<NoticesErrorCode>('release-by-closer', facts);
    for (const draft of drafts) await step(tx, actor, draft, 'issued');
    record({
      action: 'announcement.release',
      objectType: 'month',
      objectId: month.toString(),
      after: { notices: drafts.map(({ id }) => id) },
    });
    await enqueue(tx, ANNOUNCEMENT_RELEASED, { planYear, month: number });
    return announcement;
  });
}
