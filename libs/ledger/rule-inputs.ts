import type { EntityManager } from 'typeorm';
import {
  policyInMonth,
  sumPlanAndDisbursed,
  type AllocationLine,
  type DisbursementEntry,
  type EvaluationInputs,
  type PlanBasis,
  type Policy,
  type RatedUnit,
} from '#libs/monitoring/rule';

/**
 * The frozen inputs of an evaluation, from the books. Costs by units, not by entries: the sums come from the totals
 * that the database keeps. Only the entries of excluded projects, and estimates where a policy counts them, are
 * read one by one.
 */
export async function loadEvaluationInputs(tx: EntityManager, policy: Policy): Promise<EvaluationInputs> {
  const units = await loadUnits(tx);
  const policies = Array.from({ length: policy.throughMonth }, (_, i) => policyInMonth(policy, i + 1));
  const excluded = [...new Set(policies.flatMap(({ excludeProjects }) => excludeProjects))];
  const lines = await allocationRows(tx, policy, excluded);
  const entries = await disbursementRows(tx, policy, excluded);
  if (policies.some(({ includeEstimates }) => includeEstimates)) entries.push(...(await estimateRows(tx, policy)));
  const sums = sumPlanAndDisbursed(
    units.map(({ code }) => code),
    lines,
    entries,
    policy,
  );
  const reports: { month: number; unit: string }[] = await tx.query(
    'SELECT DISTINCT month, unit_code AS unit FROM monthly_report WHERE plan_year = $1 AND month <= $2',
    [policy.planYear, policy.throughMonth],
  );
  return { units, sums, reports };
}

async function loadUnits(tx: EntityManager): Promise<RatedUnit[]> {
  return tx.query(
    `SELECT code, kind, unit_group AS "group", coalesce(valid_from::text, '') AS "validFrom",
            coalesce(valid_to::text, '') AS "validTo" FROM unit`,
  );
}

/** Stands for every project that no policy excludes. No code in the database holds NUL, whatever a policy names. */
const OTHER_PROJECTS = '\u0000';

interface LineRow {
  effectiveMonth: number;
  basis: PlanBasis;
  carriedOver: boolean;
  unit: string;
  project: string;
  amount: string;
}

async function allocationRows(tx: EntityManager, policy: Policy, excluded: string[]): Promise<AllocationLine[]> {
  const totals: Omit<LineRow, 'project'>[] = await tx.query(
    `SELECT effective_month AS "effectiveMonth", basis, carried_over AS "carriedOver", unit_code AS unit, amount
     FROM allocation_total WHERE plan_year = $1 AND effective_month <= $2`,
    [policy.planYear, policy.throughMonth],
  );
  const ofExcluded: LineRow[] = await tx.query(
    `SELECT effective_month AS "effectiveMonth", basis, carried_over AS "carriedOver", unit_code AS unit,
            sum(amount) AS amount, project_code AS project
     FROM allocation_line WHERE plan_year = $1 AND effective_month <= $2 AND project_code = ANY($3)
     GROUP BY effective_month, basis, carried_over, unit_code, project_code`,
    [policy.planYear, policy.throughMonth, excluded],
  );
  return apart(totals, ofExcluded);
}

interface EntryRow {
  month: number;
  unit: string;
  project: string;
  source: string;
  carriedOver: boolean;
  basis: 'actual' | 'estimate';
  amount: string;
}

async function disbursementRows(tx: EntityManager, policy: Policy, excluded: string[]): Promise<DisbursementEntry[]> {
  const totals: Omit<EntryRow, 'project'>[] = await tx.query(
    `SELECT month, unit_code AS unit, '' AS source, carried_over AS "carriedOver", basis, amount
     FROM disbursement_total WHERE plan_year = $1 AND month <= $2 AND basis = 'actual'`,
    [policy.planYear, policy.throughMonth],
  );
  const ofExcluded: EntryRow[] = await tx.query(
    `SELECT month, unit_code AS unit, project_code AS project, '' AS source, carried_over AS "carriedOver", basis,
            sum(amount) AS amount
     FROM disbursement_entry
     WHERE plan_year = $1 AND month <= $2 AND basis = 'actual' AND project_code = ANY($3)
     GROUP BY month, unit_code, project_code, carried_over, basis`,
    [policy.planYear, policy.throughMonth, excluded],
  );
  return apart(totals, ofExcluded);
}

/**
 * SQL: whether the entry `e` counts, given in `$n` whether estimates do (domain.md §4 disbursed): an actual one, or
 * an estimate that no actual entry of the same unit × project × source × carried_over × month has replaced.
 */
export function entryCounts(includeEstimates: string): string {
  return `(e.basis = 'actual' OR (${includeEstimates} AND NOT EXISTS (
    SELECT FROM disbursement_entry AS a
    WHERE a.basis = 'actual' AND a.plan_year = e.plan_year AND a.month = e.month
      AND a.unit_code = e.unit_code AND a.project_code = e.project_code
      AND a.source_code = e.source_code AND a.carried_over = e.carried_over)))`;
}

/** Estimates that no actual figure of the same unit × project × source × carried_over × month has replaced. */
async function estimateRows(tx: EntityManager, policy: Policy): Promise<DisbursementEntry[]> {
  const rows: EntryRow[] = await tx.query(
    `SELECT e.month, e.unit_code AS unit, e.project_code AS project, e.source_code AS source,
            e.carried_over AS "carriedOver", e.basis, e.amount
     FROM disbursement_entry AS e
     WHERE e.plan_year = $1 AND e.month <= $2 AND e.basis = 'estimate' AND ${entryCounts('true')}`,
    [policy.planYear, policy.throughMonth],
  );
  return rows.map((row) => ({ ...row, amount: BigInt(row.amount) }));
}

/** The totals with the money of excluded projects taken out of the rest and put under its own project. */
function apart<Row extends { project: string; amount: string }>(
  totals: readonly Omit<Row, 'project'>[],
  ofExcluded: readonly Row[],
): (Omit<Row, 'amount'> & { amount: bigint })[] {
  const ofAll = totals.map((row) => ({ ...row, project: OTHER_PROJECTS }) as Row);
  return [
    ...ofAll.map((row) => ({ ...row, amount: BigInt(row.amount) })),
    ...ofExcluded.map((row) => ({ ...row, amount: BigInt(row.amount) })),
    ...ofExcluded.map((row) => ({ ...row, project: OTHER_PROJECTS, amount: -BigInt(row.amount) })),
  ];
}
