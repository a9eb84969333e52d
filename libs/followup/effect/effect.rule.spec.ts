import { describe, expect, it } from '@jest/globals';
import { rational } from '#libs/kernel';
import { effectOf, medianOf, sumEffects, type SummedCase } from './effect.rule.js';

const over = (numerator: number, denominator: number) => rational(BigInt(numerator), BigInt(denominator));
const month = (number: number, disbursed: number, pool: number) => ({
  month: number,
  rate: over(disbursed, 100),
  average: over(pool, 100),
  gap: 0n,
});

describe('what followed a warning case', () => {
  // Flagged in month 3 with 18 of 100 against 30 of 100; then 24 against 38, 45 against 46, 52 against 50.
  const months = [
    month(2, 12, 20),
    month(3, 18, 30),
    month(4, 24, 38),
    month(5, 45, 46),
    month(6, 52, 50),
    month(7, 40, 60),
  ];

  it('is counted from the month that opened it to the one that cleared it', () => {
    const effect = effectOf({ openedMonth: 3, state: 'cleared', endedMonth: 6, months });
    expect(effect.months.map(({ month: number, difference, gained }) => [number, difference, gained])).toEqual([
      [3, over(-3, 25), over(0, 1)], // 18 − 30 = −12 points
      [4, over(-7, 50), over(-1, 50)], // −14: two points farther away
      [5, over(-1, 100), over(11, 100)], // −1: eleven nearer
      [6, over(1, 50), over(7, 50)], // +2: fourteen nearer
    ]);
    expect(effect.monthsToClear).toBe(3);
    expect(effect.gained).toEqual(over(7, 50));
  });

  it('of an open case goes to the latest month and has not cleared', () => {
    const effect = effectOf({ openedMonth: 3, state: 'open', endedMonth: null, months });
    expect(effect.months.map(({ month: number }) => number)).toEqual([3, 4, 5, 6, 7]);
    expect([effect.monthsToClear, effect.gained]).toEqual([null, over(-2, 25)]); // −20 after −12
  });

  it('says nothing of a month without a rate or an average', () => {
    const silent = [month(3, 18, 30), { month: 4, rate: null, average: over(1, 2), gap: 0n }];
    const effect = effectOf({ openedMonth: 3, state: 'ended', endedMonth: 4, months: silent });
    expect(effect.months[1]).toMatchObject({ difference: null, gained: null });
    expect([effect.monthsToClear, effect.gained]).toEqual([null, null]);
  });
});

describe('summed for the leaders', () => {
  const cases: SummedCase[] = [
    { state: 'cleared', monthsToClear: 1, wasInspected: true },
    { state: 'cleared', monthsToClear: 2, wasInspected: true },
    { state: 'open', monthsToClear: null, wasInspected: true },
    { state: 'cleared', monthsToClear: 4, wasInspected: false },
    { state: 'cleared', monthsToClear: 1, wasInspected: false },
    { state: 'cleared', monthsToClear: 5, wasInspected: false },
    { state: 'ended', monthsToClear: null, wasInspected: false },
    { state: 'withdrawn', monthsToClear: null, wasInspected: false },
  ];

  it('cases with and without an inspection stand side by side; one withdrawn is none', () => {
    expect(sumEffects(cases)).toEqual({
      inspected: { cleared: 2, open: 1, ended: 0, medianMonths: over(3, 2) },
      others: { cleared: 3, open: 0, ended: 1, medianMonths: over(4, 1) },
    });
  });

  it.each([
    [[], null],
    [[7], over(7, 1)],
    [[10, 2, 9], over(9, 1)],
    [[3, 4], over(7, 2)],
    [[1, 10, 2, 4], over(3, 1)],
  ])('the median of %j is %j', (values, expected) => {
    expect(medianOf(values)).toEqual(expected);
  });
});
