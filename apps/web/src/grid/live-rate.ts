import type { GridAverage } from './grid-types';

export interface Fraction {
  numerator: bigint;
  denominator: bigint;
}

/** What was typed of one unit beyond what the books held when the average was read; đồng. */
export interface UnitChange {
  plan: bigint;
  disbursed: bigint;
  delta: bigint;
}

export interface LiveRate {
  own: Fraction;
  average: Fraction | null;
  below: boolean;
  /** Still to disburse, đồng; 0 at or above the average, null without one or where nothing closes the gap. */
  gap: bigint | null;
}

const fraction = ({ numerator, denominator }: { numerator: string; denominator: string }): Fraction => ({
  numerator: BigInt(numerator),
  denominator: BigInt(denominator),
});

/**
 * The unit's rate against the provisional average with everything typed so far counted in both, exactly: the same
 * average and gap as the rule of the monitoring (domain.md §4), recomputed from the sums that it left.
 */
export function liveRate(unit: UnitChange, others: readonly UnitChange[], average: GridAverage | undefined): LiveRate {
  const own = { numerator: unit.disbursed + unit.delta, denominator: unit.plan };
  if (average === undefined) return { own, average: null, below: false, gap: null };
  const now = averageNow(average, [unit, ...others]);
  const below = own.numerator * now.denominator < now.numerator * own.denominator;
  return { own, average: now, below, gap: below ? gapOf(own, average, now, [unit, ...others]) : 0n };
}

function averageNow(average: GridAverage, changes: readonly UnitChange[]): Fraction {
  if (average.method === 'declared') return fraction(average.value);
  if (average.method === 'pooled') {
    const typed = changes.reduce((sum, { delta }) => sum + delta, 0n);
    return {
      numerator: BigInt(average.pool?.numerator ?? 0) + typed,
      denominator: BigInt(average.pool?.denominator ?? 1),
    };
  }
  const { numerator, denominator } = sumOfRates(average, changes);
  return { numerator, denominator: denominator * BigInt(average.ratedUnits) };
}

function sumOfRates(average: GridAverage, changes: readonly UnitChange[]): Fraction {
  return changes.reduce(
    (sum, { delta, plan }) =>
      delta === 0n || plan <= 0n
        ? sum
        : { numerator: sum.numerator * plan + delta * sum.denominator, denominator: sum.denominator * plan },
    fraction(average.sumOfRates ?? { numerator: '0', denominator: '1' }),
  );
}

function gapOf(own: Fraction, average: GridAverage, now: Fraction, changes: readonly UnitChange[]): bigint | null {
  const [d, p] = [own.numerator, own.denominator];
  if (average.method === 'declared') return ceiling(now.numerator * p - d * now.denominator, now.denominator);
  if (average.method === 'pooled') {
    const rest = now.denominator - p;
    return rest > 0n ? ceiling(now.numerator * p - d * now.denominator, rest) : null;
  }
  const others = BigInt(average.ratedUnits - 1);
  const sum = sumOfRates(average, changes);
  return others > 0n
    ? ceiling(p * sum.numerator - d * sum.denominator - d * sum.denominator * others, sum.denominator * others)
    : null;
}

function ceiling(numerator: bigint, denominator: bigint): bigint {
  const quotient = numerator / denominator;
  return numerator % denominator > 0n ? quotient + 1n : quotient;
}
