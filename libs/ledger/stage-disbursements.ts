import type { Writable } from 'node:stream';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';
import { MAX_DONG, type Actor } from '#libs/kernel';
import { bookedRows, needsReason, type StagingMode } from './booked-rows.js';
import { rejectWrongCorrections } from './staged-lines.js';

export interface StagedCount {
  cells: number;
  rows: number;
  /** đồng as the file states it */
  dong: bigint;
  /** đồng that booking adds */
  differenceDong: bigint;
}

export interface StagedDifference {
  new: StagedCount;
  changed: StagedCount;
  same: StagedCount;
  /** Lines to be booked that lower a figure and name no reason. */
  withoutReason: number;
}

/** Columns of the COPY, in its order; `\N` is null. `outcome` is `new`, or `broken` for a row refused by the reader. */
export const STAGING_COLUMNS = [
  'batch_id',
  'ordinal',
  'row',
  'plan_year',
  'month',
  'unit_code',
  'project_code',
  'source_code',
  'kind',
  'carried_over',
  'basis',
  'amount',
  'document_no',
  'document_date',
  'reason',
  'corrects',
  'layout',
  'outcome',
] as const;

/** Takes lines of COPY text for the staging table, in the transaction. Nothing else may run in it until it has ended. */
export async function stagingSink(tx: EntityManager): Promise<Writable> {
  const connection = (await tx.queryRunner?.connect()) as PoolClient;
  return connection.query(copyFrom(`COPY staged_disbursement (${STAGING_COLUMNS.join(', ')}) FROM STDIN`));
}

/** A value as COPY text: null for an empty one. */
export function copyText(value: string): string {
  if (value === '') return '\\N';
  return /[\\\t\n\r]/.test(value)
    ? value.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
    : value;
}

export async function clearStaged(tx: EntityManager, batchId: number): Promise<void> {
  await tx.query('DELETE FROM staged_disbursement WHERE batch_id = $1', [batchId]);
}

const CELL = ['plan_year', 'month', 'unit_code', 'project_code', 'source_code', 'kind', 'carried_over', 'basis'];
const SERIES = CELL.filter((column) => column !== 'month');

/** What makes rows equal: the cell, and in voucher mode the document too. */
function keyOf({ vouchers }: StagingMode, table: string): string {
  const columns = CELL.map((column) => `${table}.${column}`);
  return (vouchers ? [...columns, `coalesce(${table}.document_no, '')`] : columns).join(', ');
}

const seriesOf = (table: string): string => SERIES.map((column) => `${table}.${column}`).join(', ');

/**
 * Decides for every staged row what booking it would do: adds up equal keys, checks every code in a few passes over
 * the whole (known, the actor's, valid on the month end, a leaf, of the unit, month open), and compares with the
 * books. Rows may be decided again (`isAgain`) at any time; those of the outcome `broken` stay what they are.
 */
export async function compareStaged(
  tx: EntityManager,
  actor: Actor,
  batchId: number,
  mode: StagingMode,
  { isAgain = false, hasBroken = true } = {},
): Promise<StagedDifference> {
  await preferWholePasses(tx);
  if (isAgain) {
    await tx.query("DELETE FROM staged_disbursement WHERE batch_id = $1 AND outcome = 'carried'", [batchId]);
    await tx.query(RESET, [batchId]);
  }
  await mergeEqualKeys(tx, batchId, mode);
  const rejected = affectedRows(
    await tx.query(CHECK_ROWS, [batchId, actor.units === 'all' ? null : actor.units, mode.vouchers]),
  );
  if (rejected > 0 || hasBroken) await rejectIncomplete(tx, batchId, mode);
  await (mode.cumulative ? compareCumulative(tx, batchId) : compareTotals(tx, batchId, mode));
  await tx.query(
    `UPDATE staged_disbursement SET outcome = 'same'
     WHERE batch_id = $1 AND outcome = 'new' AND merged_into IS NULL AND before IS NULL
       AND ${mode.vouchers ? 'rows = 1 AND amount = 0' : 'coalesce(total, amount) = 0'}`,
    [batchId],
  );
  if (mode.vouchers)
    await tx.query(
      `UPDATE staged_disbursement AS s SET outcome = cell.outcome
       FROM staged_disbursement AS cell
       WHERE s.batch_id = $1 AND cell.batch_id = $1 AND cell.ordinal = s.merged_into AND s.outcome = 'new'`,
      [batchId],
    );
  if ((await rejectWrongCorrections(tx, actor, batchId, mode)) > 0) await rejectIncomplete(tx, batchId, mode);
  return countStaged(tx, batchId, mode);
}

/** The library answers an UPDATE with its rows and their number. */
function affectedRows(answer: unknown): number {
  return (answer as [unknown[], number])[1];
}

/** The table has no statistics while it is filled: without these the planner would look each row up by itself. */
async function preferWholePasses(tx: EntityManager): Promise<void> {
  await tx.query(
    "SET LOCAL work_mem = '64MB'; SET LOCAL enable_nestloop = off; SET LOCAL enable_mergejoin = off; SET LOCAL jit = off",
  );
}

const RESET = `
UPDATE staged_disbursement
SET outcome = 'new', merged_into = NULL, rows = 1, total = NULL, before = NULL, last_entry_id = NULL, problems = NULL
WHERE batch_id = $1 AND outcome <> 'broken'
  AND (outcome <> 'new' OR merged_into IS NOT NULL OR rows > 1 OR before IS NOT NULL)`;

async function mergeEqualKeys(tx: EntityManager, batchId: number, mode: StagingMode): Promise<void> {
  await tx.query(
    `WITH repeated AS MATERIALIZED (
       SELECT min(s.ordinal) AS first, count(*) AS rows, sum(s.amount) AS total, max(s.reason) AS reason,
              min(s.row) FILTER (WHERE s.outcome = 'broken') AS broken_row, ${keyOf(mode, 's')}
       FROM staged_disbursement AS s WHERE s.batch_id = $1
       GROUP BY ${keyOf(mode, 's')} HAVING count(*) > 1
     ), cell (first, rows, total, reason, broken_row, ${CELL.join(', ')}${mode.vouchers ? ', document_no' : ''}) AS (
       SELECT * FROM repeated
     )
     UPDATE staged_disbursement AS s
     SET merged_into = CASE WHEN s.ordinal = cell.first THEN NULL ELSE cell.first END,
         rows = CASE WHEN s.ordinal = cell.first THEN cell.rows ELSE 1 END,
         total = CASE WHEN s.ordinal = cell.first AND abs(cell.total) <= ${MAX_DONG} THEN cell.total END,
         reason = CASE WHEN s.ordinal = cell.first AND NOT $2 THEN coalesce(s.reason, cell.reason) ELSE s.reason END,
         outcome = CASE WHEN cell.broken_row IS NOT NULL OR abs(cell.total) > ${MAX_DONG} THEN 'rejected' ELSE s.outcome END,
         problems = CASE
           WHEN cell.broken_row IS NOT NULL THEN ${problem('NULL', 'cell-incomplete', "'row', cell.broken_row")}
           WHEN abs(cell.total) > ${MAX_DONG} THEN ${problem("'amount_vnd'", 'amount-out-of-range', "'amount', cell.total::text")}
         END
     FROM cell
     WHERE s.batch_id = $1 AND s.outcome <> 'broken' AND (${keyOf(mode, 's')}) = (${keyOf(mode, 'cell')})`,
    [batchId, mode.vouchers],
  );
}

/** jsonb list of one problem; `field` and `facts` are SQL. */
function problem(field: string, code: string, facts: string): string {
  return `jsonb_build_array(jsonb_build_object('field', ${field}, 'code', '${code}', 'facts', jsonb_build_object(${facts})))`;
}

const MONTH_END = "(make_date(s.plan_year, 1, 1) + make_interval(months => s.month) - interval '1 day')::date";
const MONTH_NAME = "(s.plan_year || '-' || lpad(s.month::text, 2, '0'))";

const UNIT_NOT_VALID = '(u.valid_from > c.day OR u.valid_to < c.day)';

/** SQL condition → what it says; the same refusals, in the same words, as for entries that are typed in. */
const CHECKS: [when: string, problem: string][] = [
  ['m.month IS NULL', problem("'month'", 'month-not-opened', `'month', ${MONTH_NAME}`)],
  ["m.state = 'closed'", problem("'month'", 'month-closed', `'month', ${MONTH_NAME}`)],
  ['u.code IS NULL', problem("'unit_code'", 'unit-unknown', "'unit', s.unit_code")],
  [
    `${UNIT_NOT_VALID} AND after.successors IS NOT NULL`,
    problem("'unit_code'", 'unit-ended', "'unit', s.unit_code, 'day', c.day::text, 'successors', after.successors"),
  ],
  [
    `${UNIT_NOT_VALID} AND after.successors IS NULL`,
    problem("'unit_code'", 'unit-not-valid', "'unit', s.unit_code, 'day', c.day::text"),
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
WITH theirs AS MATERIALIZED (
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
  CROSS JOIN LATERAL (SELECT ${MONTH_END} AS day) AS c
  LEFT JOIN reporting_month AS m ON m.plan_year = s.plan_year AND m.month = s.month
  LEFT JOIN unit AS u ON u.code = s.unit_code AND ($2::text[] IS NULL OR u.code = ANY($2))
  LEFT JOIN after ON after.code = u.code
  LEFT JOIN theirs AS p ON p.code = s.project_code
  LEFT JOIN above AS a ON a.code = p.code
  LEFT JOIN project_unit AS h ON h.project_code = s.project_code AND h.unit_code = s.unit_code
    AND (h.valid_from IS NULL OR h.valid_from <= c.day) AND (h.valid_to IS NULL OR h.valid_to >= c.day)
  LEFT JOIN funding_source AS f ON f.code = s.source_code
  LEFT JOIN disbursement_entry AS e ON e.id = s.corrects AND e.plan_year = s.plan_year
    AND ($2::text[] IS NULL OR e.unit_code = ANY($2))
  WHERE s.batch_id = $1 AND s.outcome <> 'broken' AND (${CHECKS.map(([when]) => `(${when})`).join(' OR ')})
)
UPDATE staged_disbursement AS s
SET outcome = 'rejected', problems = coalesce(s.problems, '[]') || wrong.problems
FROM wrong WHERE s.batch_id = $1 AND s.ordinal = wrong.ordinal`;

/** Half a cell would be booked as a wrong total: with one of its rows the whole of it is left out. */
async function rejectIncomplete(tx: EntityManager, batchId: number, { cumulative }: StagingMode): Promise<void> {
  await tx.query(
    `UPDATE staged_disbursement AS s
     SET outcome = 'rejected', problems = ${problem('NULL', 'cell-incomplete', "'row', wrong.row")}
     FROM (
       SELECT coalesce(merged_into, ordinal) AS cell, min(staged_disbursement.row) AS row FROM staged_disbursement
       WHERE batch_id = $1 AND outcome = 'rejected' GROUP BY 1
     ) AS wrong
     WHERE s.batch_id = $1 AND s.outcome IN ('new', 'changed', 'same') AND coalesce(s.merged_into, s.ordinal) = wrong.cell`,
    [batchId],
  );
  if (!cumulative) return;
  // A later month of the series would take the rejected month's amount for its own.
  await tx.query(
    `UPDATE staged_disbursement AS s
     SET outcome = 'rejected', problems = ${problem('NULL', 'cell-incomplete', "'row', wrong.row")}
     FROM (
       SELECT ${seriesOf('w')}, min(w.month) AS month, min(w.row) AS row FROM staged_disbursement AS w
       WHERE w.batch_id = $1 AND w.outcome IN ('rejected', 'broken') GROUP BY ${seriesOf('w')}
     ) AS wrong
     WHERE s.batch_id = $1 AND s.outcome IN ('new', 'changed', 'same') AND s.month > wrong.month
       AND (${seriesOf('s')}) = (${seriesOf('wrong')})`,
    [batchId],
  );
}

async function compareTotals(tx: EntityManager, batchId: number, mode: StagingMode): Promise<void> {
  const planYears = await stagedPlanYears(tx, batchId);
  await tx.query(
    `WITH books AS (
       SELECT ${keyOf(mode, 'e')}, sum(e.amount)::bigint AS amount, max(e.id) AS last_id
       FROM disbursement_entry AS e
       WHERE e.plan_year = ANY($2)
         ${mode.vouchers ? 'AND e.document_no IS NOT NULL' : ''}
       GROUP BY ${keyOf(mode, 'e')}
     ), cell (${CELL.join(', ')}${mode.vouchers ? ', document_no' : ''}, amount, last_id) AS (SELECT * FROM books)
     UPDATE staged_disbursement AS s
     SET before = cell.amount, last_entry_id = cell.last_id,
         outcome = CASE WHEN cell.amount = coalesce(s.total, s.amount) THEN 'same' ELSE 'changed' END
     FROM cell
     WHERE s.batch_id = $1 AND s.outcome = 'new' AND s.merged_into IS NULL
       AND (${keyOf(mode, 's')}) = (${keyOf(mode, 'cell')})`,
    [batchId, planYears],
  );
}

export async function stagedPlanYears(tx: EntityManager, batchId: number): Promise<number[]> {
  const rows: { plan_year: number }[] = await tx.query(
    'SELECT DISTINCT plan_year FROM staged_disbursement WHERE batch_id = $1 ORDER BY 1',
    [batchId],
  );
  return rows.map(({ plan_year: planYear }) => planYear);
}

/**
 * Month m of a series gets T(m) − B(m) − (T(k) − B(k)): T what the file states up to a month, B what the books hold up
 * to it, k the month that the file states before m.
 */
async function compareCumulative(tx: EntityManager, batchId: number): Promise<void> {
  await tx.query(
    `WITH stated AS MATERIALIZED (
       SELECT s.ordinal, s.month, ${seriesOf('s')}, coalesce(s.total, s.amount) AS dong
       FROM staged_disbursement AS s
       WHERE s.batch_id = $1 AND s.outcome = 'new' AND s.merged_into IS NULL
     ), booked AS MATERIALIZED (
       SELECT s.ordinal, sum(e.amount) AS dong, max(e.id) FILTER (WHERE e.month = s.month) AS last_id
       FROM stated AS s JOIN disbursement_entry AS e ON (${seriesOf('e')}) = (${seriesOf('s')}) AND e.month <= s.month
       GROUP BY s.ordinal
     ), compared AS (
       SELECT s.ordinal, s.dong AS stated, b.last_id, b.dong IS NULL AS is_unknown, coalesce(b.dong, 0) AS booked,
              lag(s.dong - coalesce(b.dong, 0), 1, 0::numeric) OVER (PARTITION BY ${seriesOf('s')} ORDER BY s.month) AS earlier
       FROM stated AS s LEFT JOIN booked AS b ON b.ordinal = s.ordinal
     )
     UPDATE staged_disbursement AS s
     SET before = CASE WHEN NOT (is_unknown AND earlier = 0) THEN (booked + earlier)::bigint END, last_entry_id = last_id,
         outcome = CASE WHEN stated = booked + earlier THEN 'same' WHEN last_id IS NULL THEN 'new' ELSE 'changed' END
     FROM compared WHERE s.batch_id = $1 AND s.ordinal = compared.ordinal`,
    [batchId],
  );
}

async function countStaged(tx: EntityManager, batchId: number, mode: StagingMode): Promise<StagedDifference> {
  const counted: {
    outcome: string;
    cells: number;
    rows: number;
    dong: string;
    difference: string;
    unexplained: number;
  }[] = await tx.query(
    `SELECT s.outcome, count(*) FILTER (WHERE s.merged_into IS NULL)::int AS cells,
              coalesce(sum(s.rows) FILTER (WHERE s.merged_into IS NULL), 0)::int AS rows,
              coalesce(sum(coalesce(s.total, s.amount)) FILTER (WHERE s.merged_into IS NULL), 0)::text AS dong,
              coalesce(sum(coalesce(s.total, s.amount) - coalesce(s.before, 0)) FILTER (WHERE s.merged_into IS NULL), 0)::text
                AS difference,
              count(*) FILTER (WHERE ${bookedRows(mode)} AND ${needsReason(mode)})::int AS unexplained
       FROM staged_disbursement AS s
       WHERE s.batch_id = $1 AND s.outcome IN ('new', 'changed', 'same') GROUP BY s.outcome`,
    [batchId],
  );
  const of = (outcome: string): StagedCount => {
    const found = counted.find((row) => row.outcome === outcome);
    return {
      cells: found?.cells ?? 0,
      rows: found?.rows ?? 0,
      dong: BigInt(found?.dong ?? 0),
      differenceDong: outcome === 'same' ? 0n : BigInt(found?.difference ?? 0),
    };
  };
  const withoutReason = counted.reduce((sum, { unexplained }) => sum + unexplained, 0);
  return { new: of('new'), changed: of('changed'), same: of('same'), withoutReason };
}
