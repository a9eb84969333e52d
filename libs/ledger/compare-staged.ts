import type { EntityManager } from 'typeorm';
import { MAX_DONG, type Actor } from '#libs/kernel';
import { bookedRows, needsReason, type StagingMode } from './booked-rows.js';
import { areBookable, planYearsOf, type NamedCodes } from './named-codes.js';
import { problem, rejectClosedMonths, rejectWrongRows } from './staged-checks.js';
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
  /** Rows that this comparison rejected. */
  rejected: number;
}

const CELL = ['plan_year', 'month', 'unit_code', 'project_code', 'source_code', 'kind', 'carried_over', 'basis'];
const SERIES = CELL.filter((column) => column !== 'month');

/** What makes rows equal: the cell, and in voucher mode the document too. */
function keyOf({ vouchers }: StagingMode, table: string): string {
  const columns = CELL.map((column) => `${table}.${column}`);
  return (vouchers ? [...columns, `coalesce(${table}.document_no, '')`] : columns).join(', ');
}

const seriesOf = (table: string): string => SERIES.map((column) => `${table}.${column}`).join(', ');

export interface ComparingOptions {
  /** Forget what was decided before. */
  isAgain?: boolean;
  /** False: the reader refused no row. */
  hasBroken?: boolean;
  /** False: no two rows speak of one cell. */
  mayRepeat?: boolean;
  /** What the rows name, each once: where all of it can be booked, no row needs to be looked at. */
  codes?: NamedCodes | undefined;
}

/**
 * Decides for every staged row what booking it would do: adds up equal keys, checks every code in a few passes over
 * the whole (known, the actor's, valid on the month end, a leaf, of the unit, month open), and compares with the
 * books. Rows may be decided again at any time; those of the outcome `broken` stay what they are.
 */
export async function compareStaged(
  tx: EntityManager,
  actor: Actor,
  batchId: number,
  mode: StagingMode,
  { isAgain = false, hasBroken = true, mayRepeat = true, codes }: ComparingOptions = {},
): Promise<StagedDifference> {
  await preferWholePasses(tx);
  if (isAgain) {
    await tx.query("DELETE FROM staged_disbursement WHERE batch_id = $1 AND outcome = 'carried'", [batchId]);
    await tx.query(RESET, [batchId]);
  }
  const facts = codes ? { ...codes, planYears: planYearsOf(codes) } : await stagedFacts(tx, batchId);
  if (mayRepeat) await mergeEqualKeys(tx, batchId, mode);
  const isRight = codes !== undefined && (await areBookable(tx, actor, codes, mode));
  const wrong = isRight ? 0 : await rejectWrongRows(tx, actor, batchId, mode);
  if (wrong > 0 || hasBroken) await rejectIncomplete(tx, batchId, mode);
  await (mode.cumulative ? compareCumulative(tx, batchId) : compareTotals(tx, batchId, mode, facts.planYears));
  if (facts.hasZero)
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
  let late = await rejectClosedMonths(tx, batchId, facts.planYears);
  if (facts.hasCorrections) late += await rejectWrongCorrections(tx, actor, batchId, mode);
  if (late > 0) await rejectIncomplete(tx, batchId, mode);
  return countStaged(tx, batchId, mode);
}

type StagedFacts = Pick<NamedCodes, 'hasZero' | 'hasCorrections'> & { planYears: number[] };

/** One pass that spares others: what the file has none of need not be looked for. */
async function stagedFacts(tx: EntityManager, batchId: number): Promise<StagedFacts> {
  const [row]: { first: number; last: number; has_zero: boolean; has_corrections: boolean }[] = await tx.query(
    `SELECT min(plan_year) AS first, max(plan_year) AS last, bool_or(amount <= 0) AS has_zero,
            bool_or(kind NOT IN ('payment', 'transfer') OR corrects IS NOT NULL) AS has_corrections
     FROM staged_disbursement WHERE batch_id = $1`,
    [batchId],
  );
  const planYears = row && row.first === row.last ? [row.first] : await stagedPlanYears(tx, batchId);
  return { planYears, hasZero: row?.has_zero ?? false, hasCorrections: row?.has_corrections ?? false };
}

/** The table has no statistics while it is filled: without these the planner would look each row up by itself. */
export async function preferWholePasses(tx: EntityManager): Promise<void> {
  await tx.query(
    "SET LOCAL work_mem = '64MB'; SET LOCAL enable_nestloop = off; SET LOCAL enable_mergejoin = off; SET LOCAL jit = off",
  );
}

/** What follows in the transaction looks up few rows again. */
export async function preferAsUsual(tx: EntityManager): Promise<void> {
  await tx.query('SET LOCAL enable_nestloop = on; SET LOCAL enable_mergejoin = on');
}

const RESET = `
UPDATE staged_disbursement
SET outcome = 'new', merged_into = NULL, rows = 1, total = NULL, before = NULL, last_entry_id = NULL, problems = NULL
WHERE batch_id = $1 AND outcome <> 'broken'
  AND (outcome <> 'new' OR merged_into IS NOT NULL OR rows > 1 OR before IS NOT NULL)`;

async function mergeEqualKeys(tx: EntityManager, batchId: number, mode: StagingMode): Promise<void> {
  // By a number first: most files have no equal keys, and texts take longer.
  const repeated: unknown[] = await tx.query(
    `SELECT FROM staged_disbursement AS s WHERE s.batch_id = $1
     GROUP BY hash_record_extended(ROW(${keyOf(mode, 's')}), 0) HAVING count(*) > 1 LIMIT 1`,
    [batchId],
  );
  if (repeated.length === 0) return;
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

async function compareTotals(
  tx: EntityManager,
  batchId: number,
  mode: StagingMode,
  planYears: readonly number[],
): Promise<void> {
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
    lines: number;
    unexplained: number;
  }[] = await tx.query(
    `SELECT s.outcome, count(*) FILTER (WHERE s.merged_into IS NULL)::int AS cells,
              coalesce(sum(s.rows) FILTER (WHERE s.merged_into IS NULL), 0)::int AS rows,
              coalesce(sum(coalesce(s.total, s.amount)) FILTER (WHERE s.merged_into IS NULL), 0)::text AS dong,
              coalesce(sum(coalesce(s.total, s.amount) - coalesce(s.before, 0)) FILTER (WHERE s.merged_into IS NULL), 0)::text
                AS difference,
              count(*)::int AS lines, count(*) FILTER (WHERE ${needsReason(mode)} AND ${bookedRows(mode)})::int AS unexplained
       FROM staged_disbursement AS s
       WHERE s.batch_id = $1 GROUP BY s.outcome`,
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
  const rejected = counted.find(({ outcome }) => outcome === 'rejected')?.lines ?? 0;
  return { new: of('new'), changed: of('changed'), same: of('same'), withoutReason, rejected };
}
