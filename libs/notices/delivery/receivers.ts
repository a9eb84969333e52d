import type { EntityManager } from 'typeorm';
import type { NoticeState } from '../life-cycle.rule.js';
import type { Notice } from '../notice.entity.js';
import type { NoticeMark } from '../notice-step.entity.js';
import type { WebhookTopic } from './webhook.entity.js';

export interface Receiver {
  accountId: number;
  username: string;
  displayName: string;
  email: string | null;
}

/**
 * Whom a step is told to. A change that the recipient did not make itself goes to the recipient, a mark of its
 * deadline too; what must be brought before the leaders goes to them. What recipients do themselves tells nobody by
 * message: it stands in the timeline.
 */
export async function receiversOf(
  tx: EntityManager,
  what: NoticeState | NoticeMark,
  notice: Notice,
): Promise<Receiver[]> {
  if (what.endsWith('-escalated')) return ofRoles(tx, ['leader']);
  const isTold =
    what === 'issued' ||
    what === 'withdrawn' ||
    what === 'closed' ||
    what.endsWith('-due-soon') ||
    what.endsWith('-overdue');
  if (!isTold) return [];
  switch (notice.audience) {
    case 'team':
      return inScope(tx, 'inspector', 's.team_code = $2', notice.recipient);
    case 'unit':
      return reportersOf(tx, notice.recipient);
    case 'staff':
      return ofRoles(tx, ['staff']);
    case 'announcement':
      return ofRoles(tx, ['reporter', 'inspector', 'leader']);
  }
}

const SELECTED =
  'SELECT DISTINCT a.id AS "accountId", a.username, a.display_name AS "displayName", a.email FROM account AS a';

function inScope(tx: EntityManager, role: string, condition: string, code: string): Promise<Receiver[]> {
  return tx.query(
    `${SELECTED} JOIN account_scope AS s ON s.account_id = a.id
     WHERE a.disabled_at IS NULL AND a.role = $1 AND ${condition} ORDER BY a.id`,
    [role, code],
  );
}

/** Who reported for a unit that ended goes on for its successors (followSuccessors, the other way round). */
export function reportersOf(tx: EntityManager, unitCode: string): Promise<Receiver[]> {
  return inScope(
    tx,
    'reporter',
    `s.unit_code IN (
       WITH RECURSIVE own (code) AS (
         SELECT $2::text
         UNION SELECT p.predecessor_code FROM own JOIN unit_succession AS p ON p.successor_code = own.code
         WHERE p.people_follow)
       SELECT code FROM own)`,
    unitCode,
  );
}

export function ofRoles(tx: EntityManager, roles: readonly string[]): Promise<Receiver[]> {
  return tx.query(`${SELECTED} WHERE a.disabled_at IS NULL AND a.role = ANY($1) ORDER BY a.id`, [roles]);
}

/** Under which name a step is told to programs; undefined for what is told to none. */
export function topicOf(what: NoticeState | NoticeMark): WebhookTopic | undefined {
  if (what.endsWith('-overdue')) return 'overdue';
  if (what.endsWith('-escalated')) return 'escalated';
  if (what === 'draft' || what === 'delivered' || what.endsWith('-due-soon')) return undefined;
  return what as WebhookTopic;
}
