import { describe, expect, it } from '@jest/globals';
import { evaluatePlanYear, parsePolicy, warningCases, type CaseHistory, type Policy } from './index.js';

/** What unit A disbursed of 100 đồng up to each month; B always has 50 of 100. `null`: A did not report. */
function casesOf(
  cumulative: (bigint | null)[],
  fields: Record<string, unknown> = {},
  a: { validTo?: string; planFrom?: bigint[] } = {},
): CaseHistory[] {
  const { policy, problems } = parsePolicy({ planYear: 2024, throughMonth: cumulative.length, ...fields });
  expect(problems).toEqual([]);
  const months = cumulative.map((_, i) => i + 1);
  let last = 0n;
  const evaluation = evaluatePlanYear(
    {
      units: [
        { code: 'A', kind: 'investor', group: 'g', validFrom: '', validTo: a.validTo ?? '' },
        { code: 'B', kind: 'investor', group: 'g', validFrom: '', validTo: '' },
      ],
      sums: months.flatMap((month) => {
        last = cumulative[month - 1] ?? last;
        return [
          { month, unit: 'A', plan: a.planFrom?.[month - 1] ?? 100n, disbursed: last },
          { month, unit: 'B', plan: 100n, disbursed: 50n },
        ];
      }),
      reports: months.flatMap((month) => [
        ...(cumulative[month - 1] === null ? [] : [{ month, unit: 'A' }]),
        { month, unit: 'B' },
      ]),
    },
    policy as Policy,
  );
  return warningCases(evaluation, 2024).filter(({ unit }) => unit === 'A');
}

const steps = (history: CaseHistory | undefined): string[] =>
  (history?.steps ?? []).map(({ month, change }) => `${month} ${change}`);

describe('a warning case (domain.md §4)', () => {
  it('opens in the month that completes the threshold, goes on while below, clears when at the average', () => {
    const [history, ...others] = casesOf([1n, 2n, 3n, 4n, 50n]);
    expect(others).toEqual([]);
    expect(history).toMatchObject({ openedMonth: 3, state: 'cleared', endedMonth: 5, endReason: null });
    expect(steps(history)).toEqual(['3 new', '4 continuing', '5 cleared']);
  });

  it('stays closed before the threshold', () => {
    expect(casesOf([1n, 2n, 50n, 50n])).toEqual([]);
  });

  it('a second run is a second case', () => {
    // Months 1-3 below; 4 at 60 of 100 above B; from 5 on the refund brings A under B again: 5, 6, 7.
    const histories = casesOf([1n, 2n, 3n, 60n, 10n, 10n, 10n]);
    expect(histories.map(({ openedMonth, state }) => [openedMonth, state])).toEqual([
      [3, 'cleared'],
      [7, 'open'],
    ]);
  });

  it('a missing report leaves it as it is: silence neither flags nor clears', () => {
    const [history] = casesOf([1n, 2n, 3n, null, 4n]);
    expect(history?.state).toBe('open');
    expect(steps(history)).toEqual(['3 new', '4 paused', '5 continuing']);
  });

  it('under `break` a new run must reach the threshold again before it goes on', () => {
    const [history, ...others] = casesOf([1n, 2n, 3n, null, 4n, 5n, 6n], { missing: 'break' });
    expect(others).toEqual([]);
    expect(steps(history)).toEqual(['3 new', '4 paused', '5 paused', '6 paused', '7 continuing']);
  });

  it('goes on while below although a policy change raised the threshold above the streak', () => {
    const [history] = casesOf([1n, 2n, 3n, 4n], { changes: [{ fromMonth: 4, thresholdMonths: 9 }] });
    expect(steps(history)).toEqual(['3 new', '4 continuing']);
  });

  it('goes on while below although the gap fell under the least gap of the policy', () => {
    // Gap in month 4: ⌈(99·100 − 49·200) / 100⌉ = 1 đồng, less than the 2 the policy asks for.
    const [history] = casesOf([1n, 2n, 3n, 49n], { minimumGapVnd: 2 });
    expect(steps(history)).toEqual(['3 new', '4 continuing']);
  });

  it('ends without clearing when the unit ends, when it is not rated, and with the plan year', () => {
    expect(casesOf([1n, 2n, 3n, 4n], {}, { validTo: '2024-03-31' })[0]).toMatchObject({
      state: 'ended',
      endedMonth: 4,
      endReason: 'unit-ended',
    });
    expect(casesOf([1n, 2n, 3n, 4n], {}, { planFrom: [100n, 100n, 100n, 0n] })[0]).toMatchObject({
      state: 'ended',
      endedMonth: 4,
      endReason: 'not-rated',
    });
    const year = casesOf(Array.from({ length: 13 }, () => 1n))[0];
    expect(year).toMatchObject({ openedMonth: 3, state: 'ended', endedMonth: 13, endReason: 'plan-year-ended' });
    expect(steps(year).at(-1)).toBe('13 continuing');
  });
});
