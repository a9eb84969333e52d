import type { DataSource, EntityManager } from 'typeorm';
import { DomainError, type Actor } from '#libs/kernel';
import { businessDate } from '#libs/platform';
import { bodyScope, isVisibleBody } from './bodies.js';
import type { MeetingErrorCode } from './errors.js';
import { Meeting, MeetingItem, type DecisionState, type MeetingDecision } from './meeting.entity.js';

export interface MeetingRow extends Meeting {
  bodyName: string;
  bodyKind: string;
  items: number;
  decisions: number;
  /** Decisions of it that are not done. */
  undone: number;
}

export interface DecisionRow extends MeetingDecision {
  bodyId: number;
  bodyName: string;
  heldOn: string;
  isOverdue: boolean;
}

const SELECTED = `
  SELECT m.id, m.body_id AS "bodyId", b.name AS "bodyName", b.kind AS "bodyKind", m.kind,
         m.difficulty_id AS "difficultyId", m.held_on::text AS "heldOn", m.place, m.state, m.present, m.conclusion,
         m.version, m.created_at AS "createdAt", m.created_by AS "createdBy", m.fixed_at AS "fixedAt",
         m.closed_at AS "closedAt",
         (SELECT count(*)::int FROM meeting_item WHERE meeting_id = m.id) AS items,
         (SELECT count(*)::int FROM meeting_decision WHERE meeting_id = m.id AND state <> 'withdrawn') AS decisions,
         (SELECT count(*)::int FROM meeting_decision WHERE meeting_id = m.id AND state = 'open') AS undone
  FROM meeting AS m JOIN meeting_body AS b ON b.id = m.body_id`;

/** The meetings of the actor's bodies, the latest first. */
export async function listMeetings(
  db: DataSource,
  actor: Actor,
  { bodyId, before, limit }: { bodyId?: number | undefined; before?: number | undefined; limit: number },
): Promise<{ items: MeetingRow[]; total: number }> {
  const values = [bodyScope(actor), bodyId ?? null];
  const where = `WHERE ${isVisibleBody('b', '$1')} AND ($2::int IS NULL OR m.body_id = $2)`;
  const [counted]: { total: number }[] = await db.query(
    `SELECT count(*)::int AS total FROM meeting AS m JOIN meeting_body AS b ON b.id = m.body_id ${where}`,
    values,
  );
  const items: MeetingRow[] = await db.query(
    `${SELECTED} ${where} AND ($3::int IS NULL OR m.id < $3) ORDER BY m.id DESC LIMIT $4`,
    [...values, before ?? null, limit],
  );
  return { items, total: counted?.total ?? 0 };
}

export interface MeetingDetail {
  meeting: MeetingRow;
  items: MeetingItem[];
  decisions: DecisionRow[];
}

/** One meeting of the actor's bodies with its agenda and decisions; else `meeting-unknown`. */
export async function findMeeting(db: DataSource | EntityManager, actor: Actor, id: number): Promise<MeetingDetail> {
  const tx = 'manager' in db ? db.manager : db;
  const [meeting]: MeetingRow[] = await tx.query(`${SELECTED} WHERE ${isVisibleBody('b', '$1')} AND m.id = $2`, [
    bodyScope(actor),
    id,
  ]);
  if (!meeting) throw new DomainError<MeetingErrorCode>('meeting-unknown', { meeting: id });
  const items = await tx.find(MeetingItem, { where: { meetingId: id }, order: { ordinal: 'ASC' } });
  return { meeting, items, decisions: await decisions(tx, 'd.meeting_id = $2', [id], 'd.id', MOST_OF_A_MEETING) };
}

const MOST_OF_A_MEETING = 500;

/** One to be changed, held until the transaction ends. */
export async function requireMeeting(tx: EntityManager, actor: Actor, id: number): Promise<Meeting> {
  await tx.query('SELECT FROM meeting WHERE id = $1 FOR NO KEY UPDATE', [id]);
  return (await findMeeting(tx, actor, id)).meeting;
}

export interface DecisionFilter {
  state?: DecisionState | undefined;
  bodyId?: number | undefined;
  /** After this one, in the order of due days. */
  after?: { dueDate: string; id: number } | undefined;
  limit: number;
}

/** What the actor's bodies decided, by due day. */
export async function listDecisions(
  db: DataSource,
  actor: Actor,
  { state, bodyId, after, limit }: DecisionFilter,
): Promise<{ items: DecisionRow[]; total: number }> {
  const where = `${isVisibleBody('b', '$2')} AND ($3::text IS NULL OR d.state = $3) AND ($4::int IS NULL OR b.id = $4)`;
  const values = [bodyScope(actor), state ?? null, bodyId ?? null];
  const [counted]: { total: number }[] = await db.query(
    `SELECT count(*)::int AS total ${FROM_DECISION} WHERE $1::text IS NULL AND ${where}`,
    [null, ...values],
  );
  const items = await decisions(
    db.manager,
    `${where} AND ($5::date IS NULL OR (d.due_date, d.id) > ($5::date, $6::int))`,
    [...values, after?.dueDate ?? null, after?.id ?? null],
    'd.due_date, d.id',
    limit,
  );
  return { items, total: counted?.total ?? 0 };
}

/** What meetings decided about a project, or about a unit and its projects; whoever may see it has been asked before. */
export function decisionsAbout(
  db: DataSource,
  { unitCode, projectCode }: { unitCode?: string; projectCode?: string },
  limit: number,
): Promise<DecisionRow[]> {
  return decisions(
    db.manager,
    `m.state = 'held' AND d.state <> 'withdrawn' AND ($2::text IS NULL OR d.unit_code = $2) AND ($3::text IS NULL OR d.project_code = $3)`,
    [unitCode ?? null, projectCode ?? null],
    'd.id DESC',
    limit,
  );
}

const FROM_DECISION = `FROM meeting_decision AS d JOIN meeting AS m ON m.id = d.meeting_id
  JOIN meeting_body AS b ON b.id = m.body_id`;

/** `values` are $2 and the following; $1 is the business day. */
async function decisions(
  tx: EntityManager,
  where: string,
  values: readonly unknown[],
  order: string,
  limit: number,
): Promise<DecisionRow[]> {
  const all = [await businessDate(tx), ...values, limit];
  return tx.query(
    `SELECT d.id, d.meeting_id AS "meetingId", d.item_id AS "itemId", d.unit_code AS "unitCode",
            d.project_code AS "projectCode", d.text, d.owner, d.due_date::text AS "dueDate", d.state, d.outcome,
            d.ended_on::text AS "endedOn", d.ended_by AS "endedBy", d.decided_at AS "decidedAt",
            d.decided_by AS "decidedBy", b.id AS "bodyId", b.name AS "bodyName", m.held_on::text AS "heldOn",
            d.state = 'open' AND d.due_date < $1::date AS "isOverdue"
     ${FROM_DECISION} WHERE ${where} ORDER BY ${order} LIMIT $${all.length}`,
    all,
  );
}
