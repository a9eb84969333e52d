import type { DataSource } from 'typeorm';
import type { Dong, Rational } from '#libs/kernel';
import { loadEvaluationInputs } from '#libs/ledger';
import { PolicyVersion } from '#libs/monitoring';
import {
  averageGroup,
  evaluatePlanYear,
  parsePolicy,
  policyInMonth,
  POLICY_DEFAULTS,
  type GroupAverage,
  type Policy,
  type PolicyFields,
} from '#libs/monitoring/rule';

export interface LiveUnit {
  unitCode: string;
  /** Plan and cumulative disbursement under the policy in force, đồng: what the unit's rate is made of. */
  plan: Dong;
  disbursed: Dong;
  /** Whose average it is compared with; null while it is not rated. */
  averageGroup: string | null;
}

/** The average as the books stand now: provisional until the month closes. */
export interface LiveAverage {
  month: number;
  /** Which lines and entries count. */
  counting: Pick<PolicyFields, 'planBasis' | 'includeCarriedOver' | 'includeEstimates' | 'excludeProjects'>;
  averages: {
    group: string;
    method: GroupAverage['basis']['method'];
    value: Rational;
    ratedUnits: number;
    pool: Pool | null;
    sumOfRates: Rational | null;
  }[];
  units: LiveUnit[];
}

/** Σ disbursed and Σ plan of the pool, đồng. */
interface Pool {
  disbursed: Dong;
  plan: Dong;
}

/**
 * The provincial average of a month that is still being written, by the rule itself, and the share of the given
 * units in it: enough to see a rate move while typing, without another unit's figures. Null where the policy has no
 * average for the month yet (method declared, percentage not given).
 */
export async function liveAverage(
  db: DataSource,
  planYear: number,
  month: number,
  unitCodes: readonly string[],
): Promise<LiveAverage | null> {
  const policy = await policyNow(db, planYear, month);
  if (!policy) return null;
  const evaluated = evaluatePlanYear(await loadEvaluationInputs(db.manager, policy), policy);
  const { averages, units } = evaluated.months[month - 1] ?? { averages: [], units: [] };
  const groupOf = new Map(evaluated.inputs.units.map(({ code, group }) => [code, group]));
  const { average, planBasis, includeCarriedOver, includeEstimates, excludeProjects } = policyInMonth(policy, month);
  const wanted = new Set(unitCodes);
  const shown = units.filter(({ unit }) => wanted.has(unit));
  const groups = new Set(shown.map(({ unit }) => averageGroup(groupOf.get(unit) ?? '', average)));
  return {
    month,
    counting: { planBasis, includeCarriedOver, includeEstimates, excludeProjects },
    averages: averages
      .filter(({ group }) => groups.has(group))
      .map(({ group, average: value, ratedUnits, basis }) => ({
        group,
        method: basis.method,
        value,
        ratedUnits,
        pool: basis.method === 'pooled' ? { disbursed: basis.disbursed, plan: basis.plan } : null,
        sumOfRates: basis.method === 'mean' ? basis.sumOfRates : null,
      })),
    units: shown.map(({ unit, plan, disbursed, evidence }) => ({
      unitCode: unit,
      plan,
      disbursed,
      averageGroup: evidence.average?.group ?? null,
    })),
  };
}

/** The newest policy of the year, or before the first close the defaults; null if it does not reach the month. */
async function policyNow(db: DataSource, planYear: number, month: number): Promise<Policy | null> {
  const version = await db.manager.findOne(PolicyVersion, { where: { planYear }, order: { version: 'DESC' } });
  const fields = version ? (JSON.parse(version.fields) as object) : POLICY_DEFAULTS;
  const { policy, problems } = parsePolicy({ ...fields, planYear, throughMonth: month });
  return policy && problems.length === 0 ? policy : null;
}
