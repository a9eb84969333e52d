import type { DataSource } from 'typeorm';
import type { Dong, Month } from '#libs/kernel';
import { entryCounts } from '#libs/ledger';
import type { EvaluationLine } from '#libs/monitoring';
import type { PolicyFields } from '#libs/monitoring/rule';
import { points, rateOf, type Rate } from './rate.js';

export interface LargestProject {
  project: { code: string; name: string };
  unit: { code: string; name: string };
  plan: Dong;
  planShare: Rate;
  rate: Rate | null;
  changePoints: string | null;
}

/** One project dominates the province's figure (domain.md §3.4): the average with it and without it. */
export async function withoutLargestProject(
  db: DataSource,
  month: Month,
  lines: readonly EvaluationLine[],
  { planBasis, includeCarriedOver, includeEstimates, excludeProjects }: PolicyFields,
): Promise<LargestProject | null> {
  const rated = lines.filter((line) => line.month === month.number && line.status !== 'not-rated');
  const [largest]: { code: string; name: string; unit_code: string; unit_name: string; plan: string }[] =
    await db.query(
      `SELECT l.project_code AS code, p.name, l.unit_code, u.name AS unit_name, sum(l.amount) AS plan
       FROM allocation_line AS l JOIN project AS p ON p.code = l.project_code JOIN unit AS u ON u.code = l.unit_code
       WHERE l.plan_year = $1 AND l.effective_month <= $2 AND l.basis = $3 AND ($4 OR NOT l.carried_over)
         AND NOT l.project_code = ANY($5) AND l.unit_code = ANY($6)
       GROUP BY l.project_code, p.name, l.unit_code, u.name ORDER BY plan DESC, code LIMIT 1`,
      [
        month.planYear,
        month.number,
        planBasis,
        includeCarriedOver,
        excludeProjects,
        rated.map(({ unitCode }) => unitCode),
      ],
    );
  if (!largest || BigInt(largest.plan) <= 0n) return null;
  const without = async (inMonth: number): Promise<Rate | null> => {
    const [row]: { plan: string; disbursed: string }[] = await db.query(
      `SELECT (SELECT coalesce(sum(amount), 0) FROM allocation_line
               WHERE plan_year = $1 AND effective_month <= $2 AND project_code = $3 AND unit_code = $4
                 AND basis = $5 AND ($6 OR NOT carried_over)) AS plan,
              (SELECT coalesce(sum(e.amount), 0) FROM disbursement_entry AS e
               WHERE e.plan_year = $1 AND e.month <= $2 AND e.project_code = $3 AND e.unit_code = $4
                 AND ${entryCounts('$7::boolean')} AND ($6 OR NOT e.carried_over)) AS disbursed`,
      [month.planYear, inMonth, largest.code, largest.unit_code, planBasis, includeCarriedOver, includeEstimates],
    );
    const all = lines.filter((line) => line.month === inMonth && line.status !== 'not-rated');
    return rateOf(
      all.reduce((sum, line) => sum + line.disbursed, 0n) - BigInt(row?.disbursed ?? 0),
      all.reduce((sum, line) => sum + line.plan, 0n) - BigInt(row?.plan ?? 0),
    );
  };
  const rate = await without(month.number);
  const planOfAll = rated.reduce((sum, line) => sum + line.plan, 0n);
  return {
    project: { code: largest.code, name: largest.name },
    unit: { code: largest.unit_code, name: largest.unit_name },
    plan: BigInt(largest.plan),
    planShare: rateOf(BigInt(largest.plan), planOfAll) as Rate,
    rate,
    changePoints: month.number > 1 ? points(rate, await without(month.number - 1)) : null,
  };
}
