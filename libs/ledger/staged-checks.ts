import type { EntityManager } from 'typeorm';
import type { Actor } from '#libs/kernel';
import type { StagingMode } from './booked-rows.js';

/** jsonb list of one problem; `field` and `facts` are SQL. */
export function problem(field: string, code: string, facts: string): string {
  return `jsonb_build_array(jsonb_build_object('field', ${field}, 'code', '${code}', 'facts', jsonb_build_object(${facts})))`;
}

const MONTH_NAME = "(s.plan_year || '-' || lpad(s.month::text, 2, '0'))";

const UNIT_NOT_VALID = '(u.valid_from > m.day OR u.valid_to < m.day)';

/** SQL condition → what it says; the same refusals, in the same words, as for entries that are typed in. */
const CHECKS: [when: string, problem: string][] = [
  ['m.month IS NULL', problem("'month'", 'month-not-opened', `'month', ${MONTH_NAME}`)],
  ['u.code IS NULL', problem("'unit_code'", 'unit-unknown', "'unit', s.unit_code")],
  [
    `${UNIT_NOT_VALID} AND after.successors IS NOT NULL`,
    problem("'unit_code'", 'unit-ended', "'unit', s.unit_code, 'day', m.day::text, 'successors', after.successors"),
  ],
  [
    `${UNIT_NOT_VALID} AND after.successors IS NULL`,
    problem("'unit_code'", 'unit-not-valid', "'unit', s.unit_code, 'day', m.day::text"),
  ],
  ['p.code IS NULL', problem("'project_code'", 'project-unknown', "'project', s.project_code")],
  ['a.code IS NOT NULL', problem("'project_code'", 'project-has-components', "'project', s.project_code")],
  [
    `u.code IS NOT NULL AND NOT coalesce(${UNIT_NOT_VALID}, false) AND p.code IS NOT NULL AND a.code IS NULL AND h.id IS NULL`,
    problem("'project_code'", 'project-not-of-unit', "'project', s.project_code, 'unit', s.unit_code"),
  ],
  ['f.code IS NULL', problem("'source_code'", 'source-unknown', "'source', s.source_code")],
  ['s.corrects IS NOT NULL AND e.id IS NULL', problem("'corrects'", 'corrects-unknown', "'entry', s.corrects")],
  ['$3 AND s.document_no IS NULL', problem("'document_no'", 'document-missing', '')],
];

// $2: unit codes of the actor, or null for all. Of a project that none of them ever held not even its existence is told.
const CHECK_ROWS = `
WITH months AS MATERIALIZED (
  SELECT m.plan_year, m.month, (make_date(m.plan_year, 1, 1) + make_interval(months => m.month) - interval '1 day')::date AS day
  FROM reporting_month AS m
), theirs AS MATERIALIZED (
  SELECT p.code FROM project AS p
  WHERE $2::text[] IS NULL
     OR EXISTS (SELECT FROM project_unit AS h WHERE h.project_code = p.code AND h.unit_code = ANY($2))
), above AS MATERIALIZED (
  SELECT DISTINCT parent_code AS code FROM project WHERE parent_code IS NOT NULL
), after AS MATERIALIZED (
  SELECT predecessor_code AS code, string_agg(successor_code, ', ' ORDER BY successor_code COLLATE "C") AS successors
  FROM unit_succession GROUP BY predecessor_code
), wrong AS (
  SELECT s.ordinal, ${CHECKS.map(([when, found]) => `CASE WHEN ${when} THEN ${found} ELSE '[]' END`).join(' || ')} AS problems
  FROM staged_disbursement AS s
  LEFT JOIN months AS m ON m.plan_year = s.plan_year AND m.month = s.month
  LEFT JOIN unit AS u ON u.code = s.unit_code AND ($2::text[] IS NULL OR u.code = ANY($2))
  LEFT JOIN after ON after.code = u.code
  LEFT JOIN theirs AS p ON p.code = s.project_code
  LEFT JOIN above AS a ON a.code = p.code
  LEFT JOIN project_unit AS h ON h.project_code = s.project_code AND h.unit_code = s.unit_code
    AND (h.valid_from IS NULL OR h.valid_from <= m.day) AND (h.valid_to IS NULL OR h.valid_to >= m.day)
  LEFT JOIN funding_source AS f ON f.code = s.source_code
  LEFT JOIN disbursement_entry AS e ON e.id = s.corrects AND e.plan_year = s.plan_year
    AND ($2::text[] IS NULL OR e.unit_code = ANY($2))
  WHERE s.batch_id = $1 AND s.outcome <> 'broken' AND (${CHECKS.map(([when]) => `(${when})`).join(' OR ')})
)
UPDATE staged_disbursement AS s
SET outcome = 'rejected', problems = coalesce(s.problems, '[]') || wrong.problems
FROM wrong WHERE s.batch_id = $1 AND s.ordinal = wrong.ordinal`;

/** Rejects rows whose codes or month cannot be booked; returns how many. */
export async function rejectWrongRows(
  tx: EntityManager,
  actor: Actor,
  batchId: number,
  { vouchers }: StagingMode,
): Promise<number> {
  return affectedRows(await tx.query(CHECK_ROWS, [batchId, actor.units === 'all' ? null : actor.units, vouchers]));
}

/**
 * Rejects differences in closed months. A file that states a closed month as the books have it changes nothing there:
 * people send the whole year each month.
 */
export async function rejectClosedMonths(
  tx: EntityManager,
  batchId: number,
  planYears: readonly number[],
): Promise<number> {
  const [any]: { found: boolean }[] = await tx.query(
    "SELECT EXISTS (SELECT FROM reporting_month WHERE plan_year = ANY($1) AND state = 'closed') AS found",
    [planYears],
  );
  if (!any?.found) return 0;
  return affectedRows(
    await tx.query(
      `UPDATE staged_disbursement AS s
       SET outcome = 'rejected', problems = ${problem("'month'", 'month-closed', "'month', (s.plan_year || '-' || lpad(s.month::text, 2, '0'))")}
       FROM reporting_month AS m
       WHERE s.batch_id = $1 AND s.outcome IN ('new', 'changed') AND m.plan_year = s.plan_year AND m.month = s.month
         AND m.state = 'closed'`,
      [batchId],
    ),
  );
}

/** The library answers an UPDATE with its rows and their number. */
function affectedRows(answer: unknown): number {
  return (answer as [unknown[], number])[1];
}
