import { compare, rational, reduced, type Dong, type Rational } from '#libs/kernel';

/**
 * What followed a warning case (issue 5 §8): how far its unit was from the average in each month since the case opened,
 * and after how many months it was there. All exact: fractions, never a rounded percentage.
 */
export interface EffectMonth {
  month: number;
  /** null: not rated, or without an average. */
  rate: Rational | null;
  average: Rational | null;
  gap: Dong;
}

export interface CaseFacts {
  openedMonth: number;
  state: 'open' | 'cleared' | 'ended' | 'withdrawn';
  endedMonth: number | null;
  months: readonly EffectMonth[];
}

export interface MonthEffect extends EffectMonth {
  /** rate − average */
  difference: Rational | null;
  /** How much nearer to the average than in the month that opened the case; negative: farther away. */
  gained: Rational | null;
}

export interface CaseEffect {
  /** From the month that opened the case to the one that ended it, or to the latest. */
  months: MonthEffect[];
  /** Months from the flag to the month that cleared it; null unless it cleared. */
  monthsToClear: number | null;
  /** What the last of the months gained over the first. */
  gained: Rational | null;
}

export function effectOf({ openedMonth, state, endedMonth, months }: CaseFacts): CaseEffect {
  const followed = months.filter(({ month }) => month >= openedMonth && month <= (endedMonth ?? Infinity));
  const first = followed.find(({ month }) => month === openedMonth);
  const start = first ? differenceOf(first) : null;
  const effects = followed.map((each): MonthEffect => {
    const difference = differenceOf(each);
    return { ...each, difference, gained: difference && start ? minus(difference, start) : null };
  });
  return {
    months: effects,
    monthsToClear: state === 'cleared' && endedMonth !== null ? endedMonth - openedMonth : null,
    gained: effects.at(-1)?.gained ?? null,
  };
}

export interface SummedCase {
  state: CaseFacts['state'];
  monthsToClear: number | null;
  wasInspected: boolean;
}

export interface EffectSum {
  cleared: number;
  open: number;
  /** Ended without clearing. */
  ended: number;
  /** Of those that cleared: of an even number the mean of the two in the middle. */
  medianMonths: Rational | null;
}

/** Cases with an inspection before they ended and without one, side by side. A case that was withdrawn is none. */
export function sumEffects(cases: readonly SummedCase[]): { inspected: EffectSum; others: EffectSum } {
  return {
    inspected: sumOf(cases.filter(({ wasInspected }) => wasInspected)),
    others: sumOf(cases.filter(({ wasInspected }) => !wasInspected)),
  };
}

function sumOf(cases: readonly SummedCase[]): EffectSum {
  const count = (state: SummedCase['state']): number => cases.filter((each) => each.state === state).length;
  return {
    cleared: count('cleared'),
    open: count('open'),
    ended: count('ended'),
    medianMonths: medianOf(cases.map(({ monthsToClear }) => monthsToClear).filter((months) => months !== null)),
  };
}

export function medianOf(values: readonly number[]): Rational | null {
  if (values.length === 0) return null;
  const sorted = values.map((value) => rational(BigInt(value), 1n)).sort(compare);
  const [lower, upper] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]] as [Rational, Rational];
  return reduced(rational(lower.numerator + upper.numerator, 2n));
}

function differenceOf({ rate, average }: Pick<EffectMonth, 'rate' | 'average'>): Rational | null {
  return rate && average ? minus(rate, average) : null;
}

function minus(a: Rational, b: Rational): Rational {
  return reduced(rational(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator));
}
