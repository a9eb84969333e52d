import type { EntityManager } from 'typeorm';
import type { RecordAudit } from '#libs/audit';
import type { Actor } from '#libs/kernel';
import { advanceNotice, Notice, type NoticeState } from '#libs/notices';
import type { Inspection } from './inspection.entity.js';

const ORDER = ['issued', 'delivered', 'acknowledged', 'planned', 'inspected', 'resolved'] as const;

/**
 * Carries the team's notice along with an inspection that comes from it, never back: several inspections may come from
 * one notice. It is resolved once the last of them is concluded. One that was closed or withdrawn meanwhile stays so.
 */
export async function carryNotice(
  tx: EntityManager,
  record: RecordAudit,
  actor: Actor,
  { id, noticeId }: Pick<Inspection, 'id' | 'noticeId'>,
  to: NoticeState & ('planned' | 'inspected' | 'resolved'),
  because: string,
): Promise<void> {
  if (noticeId === null) return;
  const { state } = await tx.findOneOrFail(Notice, {
    where: { id: noticeId },
    lock: { mode: 'pessimistic_write' },
  });
  const at = ORDER.findIndex((each) => each === state);
  if (at < 0 || at >= ORDER.indexOf(to)) return;
  if (to === 'resolved') {
    const open: unknown[] = await tx.query(
      "SELECT FROM inspection WHERE notice_id = $1 AND state <> 'concluded' AND id <> $2 LIMIT 1",
      [noticeId, id],
    );
    if (open.length > 0) return;
  }
  await advanceNotice(tx, record, actor, noticeId, to, { because });
}
