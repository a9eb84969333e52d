import { dividedBy, reduced, sumOf, type Dong, type Rational } from '#libs/kernel';
import { declaredAverage, type AveragePolicy } from './policy.js';

/** One unit that enters a month's average: a rated one, or a reserve with a plan that is valid on the month end. */
export interface AverageMember {
  unit: string;
  group: string;
  isReserve: boolean;
  plan: Dong;
  disbursed: Dong;
}

/** The average of one group (`*` = the whole province) and the sums that a gap needs. */
export interface GroupAverage {
  group: string;
  /** Reduced, as printed and hashed. */
  average: Rational;
  /** How many units were rated in the group. */
  ratedUnits: number;
  basis:
    | { method: 'pooled'; disbursed: Dong; plan: Dong }
    | { method: 'mean'; sumOfRates: Rational }
    | { method: 'declared' };
}

export const WHOLE_PROVINCE = '*';

/**
 * domain.md §4 average(m), one a group that has a rated unit (reserve alone makes none). Members have plan > 0.
 * The caller leaves the reserve in `members`; whether it counts is decided here.
 */
export function averagesOf(
  members: readonly AverageMember[],
  policy: AveragePolicy,
  month: number,
): Map<string, GroupAverage> {
  const groups = new Map<string, AverageMember[]>();
  for (const member of members) {
    const group = averageGroup(member.group, policy);
    const inGroup = groups.get(group);
    if (inGroup) inGroup.push(member);
    else groups.set(group, [member]);
  }
  const averages = new Map<string, GroupAverage>();
  for (const [group, inGroup] of groups) {
    const rated = inGroup.filter(({ isReserve }) => !isReserve);
    if (rated.length === 0) continue;
    averages.set(group, { group, ratedUnits: rated.length, ...averageOf(rated, inGroup, policy, month) });
  }
  return averages;
}

export function averageGroup(unitGroup: string, policy: AveragePolicy): string {
  return policy.scope === 'group' ? unitGroup : WHOLE_PROVINCE;
}

function averageOf(
  rated: readonly AverageMember[],
  withReserve: readonly AverageMember[],
  policy: AveragePolicy,
  month: number,
): Pick<GroupAverage, 'average' | 'basis'> {
  switch (policy.method) {
    case 'pooled': {
      const pool = policy.includeReserve ? withReserve : rated;
      const disbursed = pool.reduce((sum, member) => sum + member.disbursed, 0n);
      const plan = pool.reduce((sum, member) => sum + member.plan, 0n);
      return {
        average: reduced({ numerator: disbursed, denominator: plan }),
        basis: { method: 'pooled', disbursed, plan },
      };
    }
    case 'mean': {
      const sumOfRates = sumOf(rated.map(({ disbursed, plan }) => ({ numerator: disbursed, denominator: plan })));
      return {
        average: dividedBy(sumOfRates, BigInt(rated.length)),
        basis: { method: 'mean', sumOfRates },
      };
    }
    case 'declared': {
      const declared = declaredAverage(policy, month);
      if (!declared) throw new RangeError(`month ${month} has no declared percentage`);
      return { average: reduced(declared), basis: { method: 'declared' } };
    }
  }
}
