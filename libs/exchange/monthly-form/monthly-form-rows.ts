import type { DataSource } from 'typeorm';
import type { Actor, Dong, Month } from '#libs/kernel';

/** One project of one unit in the monthly form. Amounts in đồng, actual payments only. */
export interface MonthlyFormRow {
  unitCode: string;
  unitName: string;
  projectCode: string;
  nationalCode: string | null;
  projectName: string;
  places: string;
  investmentDecision: string | null;
  totalInvestment: Dong | null;
  totalInvestmentNote: string | null;
  /** To the end of last year: what stood before the first year kept, and the years kept since. */
  allocatedBefore: Dong;
  disbursedBefore: Dong;
  carriedOverPlan: Dong;
  carriedOverDisbursed: Dong;
  /** The year's plan by source, without carried-over capital; the province's basis carries the whole. */
  planBySource: ReadonlyMap<string, Dong>;
  plan: Dong;
  pmPlan: Dong;
  volumeOfMonth: Dong | null;
  volumeOfYear: Dong | null;
  disbursedOfMonthBySource: ReadonlyMap<string, Dong>;
  disbursedOfMonth: Dong;
  /** From the start of the plan year, without carried-over capital. */
  disbursed: Dong;
  done: string;
  unfinished: string;
  nextSteps: string;
}

interface SqlRow {
  [column: string]: unknown;
  plan_by_source: Record<string, string> | null;
  month_by_source: Record<string, string> | null;
}

/** The actor's projects with plan or money in the plan year up to the month, units in the Vietnamese alphabet. */
export async function monthlyFormRows(
  db: DataSource,
  actor: Actor,
  month: Month,
  unitCode: string | undefined,
  limit: number,
): Promise<MonthlyFormRow[]> {
  const rows: SqlRow[] = await db.query(ROWS, [
    month.planYear,
    month.number,
    actor.units === 'all' ? null : actor.units,
    unitCode ?? null,
    limit,
  ]);
  return rows.map((row) => ({
    unitCode: String(row.unit_code),
    unitName: String(row.unit_name),
    projectCode: String(row.project_code),
    nationalCode: textOrNull(row.national_code),
    projectName: String(row.project_name),
    places: String(row.places ?? ''),
    investmentDecision: textOrNull(row.investment_decision),
    totalInvestment: dongOrNull(row.total_investment),
    totalInvestmentNote: textOrNull(row.total_investment_note),
    allocatedBefore: dong(row.allocated_before),
    disbursedBefore: dong(row.disbursed_before),
    carriedOverPlan: dong(row.carried_over_plan),
    carriedOverDisbursed: dong(row.carried_over_disbursed),
    planBySource: bySource(row.plan_by_source),
    plan: dong(row.plan),
    pmPlan: dong(row.pm_plan),
    volumeOfMonth: dongOrNull(row.volume_of_month),
    volumeOfYear: dongOrNull(row.volume_of_year),
    disbursedOfMonthBySource: bySource(row.month_by_source),
    disbursedOfMonth: dong(row.disbursed_of_month),
    disbursed: dong(row.disbursed),
    done: String(row.done ?? ''),
    unfinished: String(row.unfinished ?? ''),
    nextSteps: String(row.next_steps ?? ''),
  }));
}

const dong = (value: unknown): Dong => BigInt((value as string | null) ?? 0);
const dongOrNull = (value: unknown): Dong | null => (value === null ? null : BigInt(value as string));
const textOrNull = (value: unknown): string | null => (value === null ? null : String(value));
const bySource = (sums: Record<string, string> | null): ReadonlyMap<string, Dong> =>
  new Map(Object.entries(sums ?? {}).map(([source, amount]) => [source, BigInt(amount)]));

// Progress is kept as cumulative since January: the month's own volume is the difference to the figure before it.
// Carried-over lines repeat what earlier years allocated, so only the others count as allocated before.
const ROWS = `
WITH lines AS (
  SELECT unit_code, project_code, source_code, basis, carried_over, sum(amount) AS amount
  FROM allocation_line
  WHERE plan_year = $1 AND effective_month <= $2 AND project_code IS NOT NULL
    AND ($3::text[] IS NULL OR unit_code = ANY($3)) AND ($4::text IS NULL OR unit_code = $4)
  GROUP BY 1, 2, 3, 4, 5
), entries AS (
  SELECT unit_code, project_code, source_code, carried_over, sum(amount) AS amount,
         coalesce(sum(amount) FILTER (WHERE month = $2), 0) AS of_month
  FROM disbursement_entry
  WHERE plan_year = $1 AND month <= $2 AND basis = 'actual'
    AND ($3::text[] IS NULL OR unit_code = ANY($3)) AND ($4::text IS NULL OR unit_code = $4)
  GROUP BY 1, 2, 3, 4
), held AS (
  SELECT unit_code, project_code FROM lines UNION SELECT unit_code, project_code FROM entries
), plans AS (
  SELECT unit_code, project_code,
         sum(amount) FILTER (WHERE basis = 'province' AND carried_over) AS carried_over_plan,
         sum(amount) FILTER (WHERE basis = 'province' AND NOT carried_over) AS plan,
         sum(amount) FILTER (WHERE basis = 'pm' AND NOT carried_over) AS pm_plan,
         jsonb_object_agg(source_code, amount::text) FILTER (WHERE basis = 'province' AND NOT carried_over) AS plan_by_source
  FROM lines GROUP BY 1, 2
), paid AS (
  SELECT unit_code, project_code,
         sum(amount) FILTER (WHERE carried_over) AS carried_over_disbursed,
         sum(amount) FILTER (WHERE NOT carried_over) AS disbursed,
         sum(of_month) FILTER (WHERE NOT carried_over) AS disbursed_of_month,
         jsonb_object_agg(source_code, of_month::text) FILTER (WHERE NOT carried_over) AS month_by_source
  FROM entries GROUP BY 1, 2
), chosen AS (
  SELECT held.unit_code, held.project_code, u.name AS unit_name
  FROM held JOIN unit AS u ON u.code = held.unit_code
  ORDER BY u.name COLLATE "vi-x-icu", held.unit_code, held.project_code LIMIT $5
)
SELECT chosen.unit_code, chosen.unit_name, p.code AS project_code, p.national_code, p.name AS project_name,
       (SELECT string_agg(a.name, '; ' ORDER BY a.code)
        FROM project_place AS pp JOIN place AS a ON a.code = pp.place_code WHERE pp.project_code = p.code) AS places,
       p.investment_decision_no || coalesce(' ngày ' || to_char(p.investment_decision_date, 'DD/MM/YYYY'), '')
         AS investment_decision,
       p.total_investment, p.total_investment_note,
       coalesce(p.opening_allocated, 0) + coalesce(
         (SELECT sum(l.amount) FROM allocation_line AS l
          WHERE l.project_code = p.code AND l.basis = 'province' AND NOT l.carried_over
            AND l.plan_year < $1 AND l.plan_year > coalesce(p.opening_through_year, 0)), 0) AS allocated_before,
       coalesce(p.opening_disbursed, 0) + coalesce(
         (SELECT sum(e.amount) FROM disbursement_entry AS e
          WHERE e.project_code = p.code AND e.basis = 'actual'
            AND e.plan_year < $1 AND e.plan_year > coalesce(p.opening_through_year, 0)), 0) AS disbursed_before,
       plans.carried_over_plan, plans.plan, plans.pm_plan, plans.plan_by_source,
       paid.carried_over_disbursed, paid.disbursed, paid.disbursed_of_month, paid.month_by_source,
       progress.volume - coalesce(before.volume, 0) AS volume_of_month, progress.volume AS volume_of_year,
       progress.done, progress.unfinished, progress.next_steps
FROM chosen
JOIN project AS p ON p.code = chosen.project_code
LEFT JOIN plans ON plans.unit_code = chosen.unit_code AND plans.project_code = chosen.project_code
LEFT JOIN paid ON paid.unit_code = chosen.unit_code AND paid.project_code = chosen.project_code
LEFT JOIN LATERAL (
  SELECT g.volume, g.done, g.unfinished, g.next_steps FROM project_progress AS g
  WHERE g.project_code = p.code AND g.plan_year = $1 AND g.month = $2 ORDER BY g.id DESC LIMIT 1
) AS progress ON true
LEFT JOIN LATERAL (
  SELECT g.volume FROM project_progress AS g
  WHERE g.project_code = p.code AND g.plan_year = $1 AND g.month < $2 AND g.volume IS NOT NULL
  ORDER BY g.month DESC, g.id DESC LIMIT 1
) AS before ON true
ORDER BY chosen.unit_name COLLATE "vi-x-icu", chosen.unit_code, p.name COLLATE "vi-x-icu", p.code`;
