import type { DataSource } from 'typeorm';
import { effectiveMonth, LAST_MONTH, type Actor, type Dong, type IsoDate } from '#libs/kernel';
import type { PlanBasis } from '#libs/monitoring/rule';
import { findProject, isVisibleProject, projectScope } from '#libs/projects';
import { rateOf, type Rate } from './rate.js';

/** A level's plan on one basis and what was disbursed of it. */
export interface BasisRate {
  basis: PlanBasis;
  /** Whether any line of this basis stands at this level; if not: "không giao ở cấp này", never 0 % or ∞. */
  isAssigned: boolean;
  /** đồng; 0 where nothing is assigned */
  plan: Dong;
  /** null where there is no plan to compare with */
  rate: Rate | null;
}

export interface ProjectYear {
  planYear: number;
  on: IsoDate;
  /** đồng, actual entries of the plan year up to the month of the day, carried-over capital left out */
  disbursed: Dong;
  bases: BasisRate[];
  /** Its own series, never mixed with the year's plan. */
  carriedOver: { plan: Dong; disbursed: Dong };
}

/** A project's plan in force on a day, components included, on both bases, beside what was disbursed of it. */
export async function projectYear(
  db: DataSource,
  actor: Actor,
  projectCode: string,
  planYear: number,
  on: IsoDate,
): Promise<ProjectYear> {
  await findProject(db, actor, projectCode);
  const through = on < `${planYear}-01-01` ? 0 : (effectiveMonth(planYear, on) ?? LAST_MONTH);
  const plans: { basis: PlanBasis; carried_over: boolean; amount: string }[] = await db.query(
    `${PARTS} SELECT l.basis, l.carried_over, sum(l.amount) AS amount
     FROM allocation_line AS l JOIN allocation_decision AS d ON d.id = l.decision_id
     WHERE l.project_code IN (SELECT code FROM part) AND l.plan_year = $2 AND d.effective_date <= $3
       AND ${isVisibleProject({ unit: 'l.unit_code', project: 'l.project_code' }, { units: '$4', places: '$5' })}
     GROUP BY l.basis, l.carried_over`,
    [projectCode, planYear, on, ...projectScope(actor)],
  );
  const paid: { carried_over: boolean; amount: string }[] = await db.query(
    `${PARTS} SELECT e.carried_over, sum(e.amount) AS amount FROM disbursement_entry AS e
     WHERE e.project_code IN (SELECT code FROM part) AND e.plan_year = $2 AND e.month <= $3 AND e.basis = 'actual'
       AND ${isVisibleProject({ unit: 'e.unit_code', project: 'e.project_code' }, { units: '$4', places: '$5' })}
     GROUP BY e.carried_over`,
    [projectCode, planYear, through, ...projectScope(actor)],
  );
  const planOf = (basis: PlanBasis, carried: boolean): Dong | undefined => {
    const found = plans.find((plan) => plan.basis === basis && plan.carried_over === carried);
    return found && BigInt(found.amount);
  };
  const paidOf = (carried: boolean): Dong => BigInt(paid.find((row) => row.carried_over === carried)?.amount ?? 0);
  const disbursed = paidOf(false);
  return {
    planYear,
    on,
    disbursed,
    bases: (['province', 'pm'] as const).map((basis) => {
      const plan = planOf(basis, false);
      return { basis, isAssigned: plan !== undefined, plan: plan ?? 0n, rate: rateOf(disbursed, plan ?? 0n) };
    }),
    carriedOver: { plan: planOf('province', true) ?? 0n, disbursed: paidOf(true) },
  };
}

const PARTS = `WITH RECURSIVE part (code) AS (
  SELECT $1::text UNION ALL SELECT p.code FROM project AS p JOIN part ON p.parent_code = part.code)`;
