import type { EntityManager } from 'typeorm';
import type { Month } from '#libs/kernel';
import type { NewDisbursement } from './record-disbursements.js';
import {
  USUAL_LIMITS,
  warningsOf,
  type SeriesBooks,
  type UnitProjectBooks,
  type Warning,
  type WarningLimits,
} from './disbursement-warnings.rule.js';
import { entryCounts } from './rule-inputs.js';

/**
 * The warnings that the entries would raise in the month, against what the books hold now (disbursement-warnings.rule).
 * Actual entries are judged with actual ones. Estimates are judged with actual entries and the estimates that stand;
 * an estimate whose month has an actual figure counts nowhere and raises nothing. Transfers are no payments.
 */
export async function entryWarnings(
  tx: EntityManager,
  month: Month,
  entries: readonly NewDisbursement[],
  limits: WarningLimits = USUAL_LIMITS,
): Promise<Warning[]> {
  const judged = entries.map((entry, index) => ({ ...entry, index })).filter(({ kind }) => kind !== 'transfer');
  const actual = judged.filter(({ basis }) => basis === 'actual');
  const estimates = await standingEstimates(
    tx,
    month,
    judged.filter(({ basis }) => basis === 'estimate'),
    actual,
  );
  const warnings: Warning[] = [];
  for (const [group, withEstimates] of [
    [actual, false],
    [estimates, true],
  ] as const) {
    if (group.length === 0) continue;
    const series = await seriesBooks(tx, month, group, withEstimates);
    const unitProjects = await unitProjectBooks(tx, month, group, withEstimates);
    for (const warning of warningsOf(month.number, group, series, unitProjects, limits))
      warnings.push({ ...warning, entry: group[warning.entry]?.index as number });
  }
  return warnings.sort((a, b) => a.entry - b.entry);
}

type Indexed = NewDisbursement & { index: number };

const cellKey = ({ unitCode, projectCode, sourceCode, carriedOver }: NewDisbursement): string =>
  JSON.stringify([unitCode, projectCode, sourceCode, carriedOver]);

async function standingEstimates(
  tx: EntityManager,
  { planYear, number }: Month,
  estimates: readonly Indexed[],
  actual: readonly Indexed[],
): Promise<Indexed[]> {
  if (estimates.length === 0) return [];
  const rows: { key: [string, string, string, boolean] }[] = await tx.query(
    `SELECT DISTINCT jsonb_build_array(unit_code, project_code, source_code, carried_over) AS key
     FROM disbursement_entry
     WHERE plan_year = $1 AND month = $2 AND basis = 'actual' AND project_code = ANY($3)`,
    [planYear, number, estimates.map(({ projectCode }) => projectCode)],
  );
  const replaced = new Set([...rows.map(({ key }) => JSON.stringify(key)), ...actual.map(cellKey)]);
  return estimates.filter((entry) => !replaced.has(cellKey(entry)));
}

/** Plan, cumulative and month of each project × source × series that the entries touch. */
async function seriesBooks(
  tx: EntityManager,
  { planYear, number }: Month,
  entries: readonly NewDisbursement[],
  withEstimates: boolean,
): Promise<SeriesBooks[]> {
  const rows: (Omit<SeriesBooks, 'plan' | 'cumulative' | 'inMonth'> & Record<Sum, string>)[] = await tx.query(
    `SELECT s.project_code AS "projectCode", s.source_code AS "sourceCode", s.carried_over AS "carriedOver",
            (SELECT coalesce(sum(l.amount), 0) FROM allocation_line AS l
             WHERE l.plan_year = $1 AND l.effective_month <= $2 AND l.basis = 'province'
               AND l.project_code = s.project_code AND l.source_code = s.source_code
               AND l.carried_over = s.carried_over) AS plan,
            coalesce(paid.cumulative, 0) AS cumulative, coalesce(paid.in_month, 0) AS "inMonth"
     FROM (SELECT DISTINCT * FROM unnest($3::text[], $4::text[], $5::boolean[])) AS s (project_code, source_code, carried_over)
     CROSS JOIN LATERAL (
       SELECT sum(e.amount) AS cumulative, sum(e.amount) FILTER (WHERE e.month = $2) AS in_month
       FROM disbursement_entry AS e
       WHERE e.plan_year = $1 AND e.month <= $2 AND e.project_code = s.project_code
         AND e.source_code = s.source_code AND e.carried_over = s.carried_over AND ${entryCounts('$6::boolean')}
     ) AS paid`,
    [
      planYear,
      number,
      entries.map(({ projectCode }) => projectCode),
      entries.map(({ sourceCode }) => sourceCode),
      entries.map(({ carriedOver }) => carriedOver),
      withEstimates,
    ],
  );
  return rows.map((row) => ({
    ...row,
    plan: BigInt(row.plan),
    cumulative: BigInt(row.cumulative),
    inMonth: BigInt(row.inMonth),
  }));
}

type Sum = 'plan' | 'cumulative' | 'inMonth';

/** Plan, month and earlier months of each unit × project × series that the entries touch. */
async function unitProjectBooks(
  tx: EntityManager,
  { planYear, number }: Month,
  entries: readonly NewDisbursement[],
  withEstimates: boolean,
): Promise<UnitProjectBooks[]> {
  const rows: {
    unitCode: string;
    projectCode: string;
    carriedOver: boolean;
    plan: string;
    months: { month: number; amount: string }[];
  }[] = await tx.query(
    `SELECT s.unit_code AS "unitCode", s.project_code AS "projectCode", s.carried_over AS "carriedOver",
            (SELECT coalesce(sum(l.amount), 0) FROM allocation_line AS l
             WHERE l.plan_year = $1 AND l.effective_month <= $2 AND l.basis = 'province'
               AND l.project_code = s.project_code AND l.unit_code = s.unit_code
               AND l.carried_over = s.carried_over) AS plan,
            paid.months
     FROM (SELECT DISTINCT * FROM unnest($3::text[], $4::text[], $5::boolean[])) AS s (unit_code, project_code, carried_over)
     CROSS JOIN LATERAL (
       SELECT coalesce(json_agg(json_build_object('month', m.month, 'amount', m.amount::text)), '[]') AS months
       FROM (SELECT e.month, sum(e.amount) AS amount FROM disbursement_entry AS e
             WHERE e.plan_year = $1 AND e.month <= $2 AND e.kind <> 'transfer' AND e.project_code = s.project_code
               AND e.unit_code = s.unit_code AND e.carried_over = s.carried_over AND ${entryCounts('$6::boolean')}
             GROUP BY e.month) AS m
     ) AS paid`,
    [
      planYear,
      number,
      entries.map(({ unitCode }) => unitCode),
      entries.map(({ projectCode }) => projectCode),
      entries.map(({ carriedOver }) => carriedOver),
      withEstimates,
    ],
  );
  return rows.map(({ months, plan, ...row }) => ({
    ...row,
    plan: BigInt(plan),
    inMonth: BigInt(months.find(({ month }) => month === number)?.amount ?? 0),
    earlierMonths: months.filter(({ month }) => month < number).map(({ amount }) => BigInt(amount)),
  }));
}
