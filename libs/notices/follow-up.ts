import { In, type DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import type { Actor } from '#libs/kernel';
import { businessNow } from '#libs/platform';
import { noteStep } from './advance-notice.js';
import { Notice } from './notice.entity.js';
import { dueClock, noticeDue } from './notice-due.js';
import { marksOf, type DutyMark, type FollowUpDeadlines } from './notice-duties.js';
import { NoticeStep } from './notice-step.entity.js';

export interface NoticeMarked {
  noticeId: number;
  mark: DutyMark;
}

/**
 * Notes on each open notice that its deadline comes near, has passed, or is for the leaders to know; each once, which
 * the database holds. Run again, by two at once or after a crash, it notes what is not noted yet.
 */
export async function followUpNotices(
  db: DataSource,
  actor: Actor,
  deadlines: FollowUpDeadlines,
): Promise<NoticeMarked[]> {
  const clock = await dueClock(db, deadlines);
  const open = await db.manager.find(Notice, {
    where: { audience: In(['team', 'unit']), step: '', state: In(['issued', 'delivered', 'acknowledged']) },
    order: { id: 'ASC' },
  });
  const marked: NoticeMarked[] = [];
  for (const { id } of open.filter((notice) => earned(notice).length > 0))
    await auditedTransaction(db, actor, async (tx, record) => {
      // As it is now: whoever acknowledged it meanwhile is not reminded.
      const notice = await tx.findOneOrFail(Notice, { where: { id }, lock: { mode: 'pessimistic_write' } });
      const known = await tx.findBy(NoticeStep, { noticeId: id });
      for (const mark of earned(notice)) {
        if (known.some(({ what }) => what === mark)) continue;
        await noteStep(tx, { noticeId: id, what: mark, at: await businessNow(tx), by: actor.displayName });
        record({ action: 'notice.mark', objectType: 'notice', objectId: id, after: { mark } });
        marked.push({ noticeId: id, mark });
      }
    });
  return marked;

  function earned(notice: Notice): DutyMark[] {
    const due = noticeDue(notice, clock);
    return due ? marksOf(due, deadlines) : [];
  }
}
