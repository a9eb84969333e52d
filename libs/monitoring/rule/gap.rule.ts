import { ceilingOf, type Dong } from '#libs/kernel';
import type { GroupAverage } from './provincial-average.rule.js';

/**
 * domain.md §4 gap(u,m): the least whole number of đồng a unit below the average must still disburse to be at or
 * above it, all others unchanged and counting that its own payment raises the average. Only for a unit that is
 * below: then a pool holds another unit's plan (P > p) and a mean has at least two rates, so no division by zero.
 */
export function gapOf(unit: { plan: Dong; disbursed: Dong }, average: GroupAverage): Dong {
  const { plan: p, disbursed: d } = unit;
  switch (average.basis.method) {
    case 'pooled': {
      const { disbursed: D, plan: P } = average.basis;
      return ceilingOf({ numerator: D * p - d * P, denominator: P - p });
    }
    case 'declared': {
      const { numerator, denominator } = average.average;
      return ceilingOf({ numerator: numerator * p - d * denominator, denominator });
    }
    case 'mean': {
      // p·(S − d/p)/(n − 1) − d over one denominator, S = N/M being the sum of all rates.
      const { numerator: N, denominator: M } = average.basis.sumOfRates;
      const others = BigInt(average.ratedUnits - 1);
      return ceilingOf({ numerator: p * N - d * M - d * M * others, denominator: M * others });
    }
  }
}
