import { percentText, type Dong, type Rational } from '#libs/kernel';

/** A rate as an exact fraction, with its percentage cut to four decimals for reading (never for comparing). */
export interface Rate {
  numerator: string;
  denominator: string;
  percent: string;
}

/** disbursed / plan in đồng; null where there is no plan to compare with ("không giao ở cấp này", never 0 % or ∞). */
export function rateOf(disbursed: Dong, plan: Dong): Rate | null {
  return plan > 0n ? asRate({ numerator: disbursed, denominator: plan }) : null;
}

export function asRate(value: Rational): Rate {
  return {
    numerator: value.numerator.toString(),
    denominator: value.denominator.toString(),
    percent: percentText(value, 4),
  };
}

export function asRational(rate: Pick<Rate, 'numerator' | 'denominator'>): Rational {
  return { numerator: BigInt(rate.numerator), denominator: BigInt(rate.denominator) };
}

/** a − b in percentage points, four decimals; null if either is not known. */
export function points(a: Pick<Rate, 'numerator' | 'denominator'> | null | undefined, b: typeof a): string | null {
  if (!a || !b) return null;
  const x = asRational(a);
  const y = asRational(b);
  return percentText(
    {
      numerator: x.numerator * y.denominator - y.numerator * x.denominator,
      denominator: x.denominator * y.denominator,
    },
    4,
  );
}
