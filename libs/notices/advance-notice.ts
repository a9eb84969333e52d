import type { EntityManager } from 'typeorm';
import type { RecordAudit } from '#libs/audit';
import { DomainError, type Actor } from '#libs/kernel';
import { businessNow, enqueue } from '#libs/platform';
import type { NoticesErrorCode } from './errors.js';
import { courseOf, wayTo, type NoticeState } from './life-cycle.rule.js';
import { Notice } from './notice.entity.js';
import { NoticeStep, type NoticeMark } from './notice-step.entity.js';

export interface StepReason {
  /** In the words of whoever did it; stands in the timeline. */
  because?: string | null;
  /** The month of the notice's plan year that was the reason. */
  month?: number | null;
}

/**
 * Moves a notice on to a state, through those that lie between (who plans a visit has acknowledged the notice). One
 * that is there already stays as it is; `notice-step-refused` where no way leads there. Whether the actor may, and
 * whether the notice is theirs, is the caller's to ask.
 */
export async function advanceNotice(
  tx: EntityManager,
  record: RecordAudit,
  actor: Actor,
  noticeId: number,
  to: NoticeState,
  reason: StepReason = {},
): Promise<Notice> {
  const notice = await tx.findOne(Notice, { where: { id: noticeId }, lock: { mode: 'pessimistic_write' } });
  if (!notice) throw new DomainError<NoticesErrorCode>('notice-unknown', { notice: noticeId });
  const { state } = notice;
  const way = wayTo(courseOf(notice), state, to);
  if (!way) throw new DomainError<NoticesErrorCode>('notice-step-refused', { notice: noticeId, state, to });
  for (const next of way) {
    await step(tx, actor, notice, next, next === to ? reason : {});
    record({
      action: 'notice.advance',
      objectType: 'notice',
      objectId: noticeId,
      after: { state: next, ...(next === to ? reason : {}) },
    });
  }
  return notice;
}

/** One transition of a notice that the transaction holds; the event is the caller's. */
export async function step(
  tx: EntityManager,
  actor: Actor,
  notice: Notice,
  to: NoticeState,
  reason: StepReason = {},
): Promise<void> {
  const now = await businessNow(tx);
  notice.state = to;
  if (to === 'issued') Object.assign(notice, { issuedAt: now, releasedBy: actor.displayName });
  if (to === 'acknowledged')
    Object.assign(notice, {
      acknowledgedAt: now,
      acknowledgedBy: actor.displayName,
      acknowledgementNote: reason.because ?? null,
    });
  await tx.save(notice);
  await noteStep(tx, { noticeId: notice.id, what: to, at: now, by: actor.displayName, ...reason });
  if (to === 'issued') await withdrawCorrected(tx, actor, notice);
}

/** What goes out as a correction takes back what it corrects: thu hồi, with the number of what stands in its place. */
export async function withdrawCorrected(tx: EntityManager, actor: Actor, notice: Notice): Promise<void> {
  if (notice.corrects === null) return;
  const corrected = await tx.findOneOrFail(Notice, {
    where: { id: notice.corrects },
    lock: { mode: 'pessimistic_write' },
  });
  if (corrected.state === 'withdrawn') return;
  await step(tx, actor, corrected, 'withdrawn', {
    because: `Tháng đóng lại lần ${notice.monthVersion}: thay bằng thông báo đính chính số ${notice.id}`,
  });
}

/** The order to tell a step to whom it concerns, carried by the outbox. */
export const NOTICE_STEPPED = 'notice-stepped';

export async function noteStep(
  tx: EntityManager,
  {
    by,
    because,
    month,
    ...rest
  }: StepReason & { noticeId: number; what: NoticeState | NoticeMark; at: Date; by: string },
): Promise<void> {
  const { identifiers } = await tx.insert(NoticeStep, {
    ...rest,
    byName: by,
    because: because ?? null,
    month: month ?? null,
  });
  const { id: stepId } = identifiers[0] as { id: number };
  if (rest.what !== 'draft' && rest.what !== 'delivered') await enqueue(tx, NOTICE_STEPPED, { stepId });
}
