import type { EntityManager } from 'typeorm';
import type { RecordAudit } from '#libs/audit';
import { Month, type Actor } from '#libs/kernel';
import { businessNow } from '#libs/platform';
import { noteStep, withdrawCorrected } from './advance-notice.js';
import { Notice, NoticeLine, type ReminderStep } from './notice.entity.js';
import { noticeSubject } from './notice-words.js';

export type NewLine = Omit<NoticeLine, 'noticeId' | 'ordinal'>;

export type NewNotice = Pick<
  Notice,
  'planYear' | 'month' | 'monthVersion' | 'audience' | 'recipient' | 'recipientName' | 'isFallback' | 'evaluationId'
> & { step?: ReminderStep; corrects?: number | null };

/** Writes one notice with its lines. Team notices and reminders go out at once, the rest waits for its release. */
export async function writeNotice(
  tx: EntityManager,
  actor: Actor,
  head: NewNotice,
  lines: readonly NewLine[],
  record: RecordAudit,
): Promise<Notice> {
  const now = await businessNow(tx);
  const isInternal = head.audience === 'team' || head.audience === 'staff' || head.step !== undefined;
  const { identifiers } = await tx.insert(Notice, {
    ...head,
    subject: noticeSubject(head, Month.of(head.planYear, head.month)),
    state: isInternal ? 'issued' : 'draft',
    createdAt: now,
    issuedAt: isInternal ? now : null,
  });
  const { id } = identifiers[0] as { id: number };
  if (lines.length > 0)
    await tx.insert(
      NoticeLine,
      lines.map((line, i) => ({ ...line, noticeId: id, ordinal: i + 1 })),
    );
  record({
    action: isInternal ? 'notice.issue' : 'notice.draft',
    objectType: 'notice',
    objectId: id,
    after: { ...head, lines: lines.length },
  });
  await noteStep(tx, { noticeId: id, what: isInternal ? 'issued' : 'draft', at: now, by: actor.displayName });
  const notice = await tx.findOneByOrFail(Notice, { id });
  if (isInternal) await withdrawCorrected(tx, actor, notice);
  return notice;
}
