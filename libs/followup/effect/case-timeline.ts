import type { DataSource } from 'typeorm';
import { documentScope, writtenNumber } from '#libs/documents';
import { Month, type Actor } from '#libs/kernel';
import { inScope } from '../inspections/inspection-scope.js';
import type { DecisionRow } from '../meetings/index.js';

export interface TimelineStep {
  kind: 'case' | 'notice' | 'document' | 'inspection' | 'difficulty' | 'decision';
  /** What the month did to the case, or the state or mark that the rest came into. */
  what: string;
  /** yyyy-mm-dd in the province: of a case step the month's end. */
  day: string;
  /** Of a case step. */
  month: number | null;
  by: string | null;
  /** Whom a notice went to, a document's number, which team inspected, what a difficulty or decision is. */
  about: string | null;
  note: string | null;
  refId: number;
}

/** The case as far as its timeline asks. */
interface FlaggedCase {
  id: number;
  planYear: number;
  unitCode: string;
  openedMonth: number;
  endedMonth: number | null;
}

type Told = Omit<TimelineStep, 'kind' | 'month'>;

export const MOST_STEPS = 300;

const DAY = (instant: string): string => `to_char(${instant} AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD')`;

/** From the first day of the month that opened the case to the end of the one that ended it. */
export function windowOf({ planYear, openedMonth, endedMonth }: FlaggedCase): { from: string; to: string } {
  const from = openedMonth === 13 ? `${planYear + 1}-01-01` : `${Month.of(planYear, openedMonth)}-01`;
  return { from, to: endedMonth === null ? '9999-12-31' : Month.of(planYear, endedMonth).end };
}

/** All that was done about a case and that the actor may see of it, in order. */
export async function timelineOf(
  db: DataSource,
  actor: Actor,
  row: FlaggedCase,
  decisions: readonly DecisionRow[],
): Promise<TimelineStep[]> {
  const timeline: TimelineStep[] = [
    ...(await monthsOf(db, row)),
    ...(await noticesOf(db, actor, row)).map((each) => ({ ...each, kind: 'notice' as const, month: null })),
    ...(await documentsOf(db, actor, row)).map((each) => ({ ...each, kind: 'document' as const, month: null })),
    ...(await inspectionsOf(db, actor, row)).map((each) => ({ ...each, kind: 'inspection' as const, month: null })),
    ...(await difficultiesOf(db, row)).map((each) => ({ ...each, kind: 'difficulty' as const, month: null })),
    ...decisions.map(({ meetingId, heldOn, text, owner, state }) => ({
      kind: 'decision' as const,
      what: state,
      day: heldOn,
      month: null,
      by: owner,
      about: text,
      note: null,
      refId: meetingId,
    })),
  ];
  return timeline.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

async function monthsOf(db: DataSource, { id, planYear }: FlaggedCase): Promise<TimelineStep[]> {
  const steps: { month: number; change: string; evaluationId: number }[] = await db.query(
    `SELECT s.month, s.change, s.evaluation_id AS "evaluationId" FROM warning_case_step AS s
     WHERE s.case_id = $1 ORDER BY s.month, s.evaluation_id`,
    [id],
  );
  return steps.map(({ month, change, evaluationId }) => ({
    kind: 'case',
    what: change,
    day: Month.of(planYear, month).end,
    month,
    by: null,
    about: null,
    note: null,
    refId: evaluationId,
  }));
}

/** Letters go to the unit's reporters, sheets to the team; the department sees both. */
async function noticesOf(db: DataSource, actor: Actor, { id }: FlaggedCase): Promise<Told[]> {
  return db.query(
    `SELECT s.what, ${DAY('s.at')} AS day, s.by_name AS by, n.recipient_name AS about, s.because AS note, n.id AS "refId"
     FROM notice AS n JOIN notice_step AS s ON s.notice_id = n.id
     WHERE EXISTS (SELECT FROM notice_line WHERE notice_id = n.id AND case_id = $1) AND n.audience IN ('team', 'unit')
       AND ($2::text[] IS NULL OR n.audience = 'team' AND n.recipient = ANY($3)
            OR $4 AND n.audience = 'unit' AND n.state <> 'draft' AND n.recipient = ANY($2))
     ORDER BY s.at, s.id LIMIT $5`,
    [id, actor.units === 'all' ? null : actor.units, actor.teams, actor.role === 'reporter', MOST_STEPS],
  );
}

/** The letters and assignments of those notices that have their number. */
async function documentsOf(db: DataSource, actor: Actor, { id }: FlaggedCase): Promise<Told[]> {
  const values: unknown[] = [id, MOST_STEPS];
  const scope = documentScope(actor, (value) => `$${values.push(value)}`);
  const rows: (Told & { number: number; symbol: string })[] = await db.query(
    `SELECT DISTINCT d.state AS what, d.document_date::text AS day, NULL AS by, d.number, d.symbol, d.recipient_name AS note,
            d.id AS "refId"
     FROM document AS d JOIN notice AS n ON n.plan_year = d.plan_year AND n.month = d.month
       AND n.month_version = d.month_version AND n.recipient = d.recipient AND n.step = ''
       AND n.audience = CASE d.kind WHEN 'unit-letter' THEN 'unit' WHEN 'team-assignment' THEN 'team' END
     JOIN notice_line AS l ON l.notice_id = n.id AND l.case_id = $1
     WHERE d.state = 'issued' AND ${scope} ORDER BY day, "refId" LIMIT $2`,
    values,
  );
  return rows.map(({ number, symbol, ...row }) => ({ ...row, about: `${writtenNumber(number)}/${symbol}` }));
}

/** Those that came from its notices, and others of the unit while it was open: planned, each visit, concluded. */
async function inspectionsOf(db: DataSource, actor: Actor, row: FlaggedCase): Promise<Told[]> {
  const { from, to } = windowOf(row);
  const values: unknown[] = [row.id, row.unitCode, from, to, MOST_STEPS];
  const scope = inScope(actor, (value) => `$${values.push(value)}`);
  return db.query(
    `SELECT s.what, s.day, s.by, t.name AS about, s.note, i.id AS "refId"
     FROM inspection AS i JOIN inspection_team AS t ON t.code = i.team_code
     CROSS JOIN LATERAL (
       SELECT 'planned' AS what, i.planned_on::text AS day, NULL AS by, i.purpose AS note
       UNION ALL SELECT 'visited', v.visited_on::text, NULL, v.place FROM inspection_visit AS v WHERE v.inspection_id = i.id
       UNION ALL SELECT 'concluded', ${DAY('i.concluded_at')}, i.concluded_by, i.conclusion WHERE i.state = 'concluded'
     ) AS s
     WHERE (i.case_id = $1 OR i.unit_code = $2 AND i.planned_on::text BETWEEN $3 AND $4) AND ${scope}
     ORDER BY s.day, i.id LIMIT $5`,
    values,
  );
}

async function difficultiesOf(db: DataSource, row: FlaggedCase): Promise<Told[]> {
  const { from, to } = windowOf(row);
  return db.query(
    `SELECT s.state AS what, ${DAY('s.at')} AS day, s.by, d.title AS about, s.note, d.id AS "refId"
     FROM difficulty AS d JOIN difficulty_step AS s ON s.difficulty_id = d.id
     WHERE d.unit_code = $1 AND ${DAY('s.at')} BETWEEN $2 AND $3 AND (s.ordinal = 1 OR s.note <> '')
     ORDER BY s.at, d.id LIMIT $4`,
    [row.unitCode, from, to, MOST_STEPS],
  );
}
