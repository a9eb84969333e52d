import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compare, rational } from '#libs/kernel';
import { averagesOf, gapOf, WHOLE_PROVINCE, type AverageMember, type AveragePolicy } from './index.js';

type Money = readonly [plan: number, disbursed: number];

const pooled: AveragePolicy = { method: 'pooled', scope: 'all', includeReserve: false };
const mean: AveragePolicy = { ...pooled, method: 'mean' };
const declared = (percent: string): AveragePolicy => ({
  ...pooled,
  method: 'declared',
  declaredPercent: { '1': percent },
});

const members = (units: readonly Money[], reserve: readonly Money[] = []): AverageMember[] =>
  [...units, ...reserve].map(([plan, disbursed], i) => ({
    unit: `U${i + 1}`,
    group: '',
    isReserve: i >= units.length,
    plan: BigInt(plan),
    disbursed: BigInt(disbursed),
  }));

/** The gap of the first unit, and whether it is below once it has paid so much, its payment counted everywhere. */
function firstUnit(policy: AveragePolicy, units: readonly Money[], reserve: readonly Money[] = []) {
  const averageWith = (paid: number) => {
    const [first, ...others] = units as [Money, ...Money[]];
    const all = members([[first[0], first[1] + paid], ...others], reserve);
    const average = averagesOf(all, policy, 1).get(WHOLE_PROVINCE);
    if (!average || !all[0]) throw new Error('nobody is rated');
    return { unit: all[0], average };
  };
  const { unit, average } = averageWith(0);
  return {
    gap: Number(gapOf(unit, average)),
    isBelowAfter(paid: number): boolean {
      const after = averageWith(paid);
      return compare(rational(after.unit.disbursed, after.unit.plan), after.average.average) < 0;
    },
  };
}

describe('gap, pooled: ⌈(D·p − d·P)/(P − p)⌉', () => {
  it('10 of 100 beside 90 of 300: (100·100 − 10·400)/(400 − 100) = 20', () => {
    const { gap, isBelowAfter } = firstUnit(pooled, [
      [100, 10],
      [300, 90],
    ]);
    expect(gap).toBe(20);
    expect(isBelowAfter(20)).toBe(false); // 30 % against 120/400 = 30 %
    expect(isBelowAfter(19)).toBe(true); //  29 % against 119/400 = 29.75 %
  });

  it('is more than the distance to the average of today: 25 % of 100 is only 15 away, and 15 is not enough', () => {
    const { isBelowAfter } = firstUnit(pooled, [
      [100, 10],
      [300, 90],
    ]);
    expect(isBelowAfter(15)).toBe(true); // 25 % against 115/400 = 28.75 %
  });

  it('rounds up to a whole đồng: beside 91 of 300, (101·100 − 10·400)/300 = 20 1/3, so 21', () => {
    const { gap, isBelowAfter } = firstUnit(pooled, [
      [100, 10],
      [300, 91],
    ]);
    expect(gap).toBe(21);
    expect(isBelowAfter(21)).toBe(false); // 31 % against 122/400 = 30.5 %
    expect(isBelowAfter(20)).toBe(true); //  30 % against 121/400 = 30.25 %
  });

  it('with a reserve of 200 in the pool: (100·100 − 10·600)/(600 − 100) = 8', () => {
    const { gap, isBelowAfter } = firstUnit(
      { ...pooled, includeReserve: true },
      [
        [100, 10],
        [300, 90],
      ],
      [[200, 0]],
    );
    expect(gap).toBe(8);
    expect(isBelowAfter(8)).toBe(false); // 18 % against 108/600 = 18 %
    expect(isBelowAfter(7)).toBe(true); //  17 % against 107/600 = 17.8 %
  });

  it('the only unit can be below the pool with a reserve: −20 and 0 of 100 each: (−20·100 + 20·200)/100 = 20', () => {
    const { gap, isBelowAfter } = firstUnit({ ...pooled, includeReserve: true }, [[100, -20]], [[100, 0]]);
    expect(gap).toBe(20);
    expect(isBelowAfter(20)).toBe(false); // 0 % against 0/200
    expect(isBelowAfter(19)).toBe(true); // −1 % against −1/200
  });

  it('after a refund, from below zero: −5 of 100 beside 50 of 100: (45·100 + 5·200)/100 = 55', () => {
    expect(
      firstUnit(pooled, [
        [100, -5],
        [100, 50],
      ]).gap,
    ).toBe(55);
  });

  it('may exceed what is left of the plan: 99 of 100 beside 15 of 10: (114·100 − 99·110)/10 = 51, with 1 left', () => {
    expect(
      firstUnit(pooled, [
        [100, 99],
        [10, 15],
      ]).gap,
    ).toBe(51);
  });

  it('is exact where a float is not: 2^53 − 1 đồng of plan, one đồng below the tie', () => {
    const plan = 9007199254740991;
    const { gap, isBelowAfter } = firstUnit(pooled, [
      [plan, 4503599627370494],
      [plan, 4503599627370495],
    ]);
    expect(gap).toBe(1);
    expect(isBelowAfter(0)).toBe(true);
    expect(isBelowAfter(1)).toBe(false);
  });
});

describe('gap, declared: ⌈r·p − d⌉', () => {
  it('13.4 % of 1000 is 134: with 100 disbursed 34 are lacking', () => {
    const { gap, isBelowAfter } = firstUnit(declared('13.4'), [
      [1000, 100],
      [1000, 900],
    ]);
    expect(gap).toBe(34);
    expect(isBelowAfter(34)).toBe(false); // 134/1000 is 13.4 %
    expect(isBelowAfter(33)).toBe(true);
  });

  it('13.4 % of 999 is 133.866: 33.866 are lacking, so 34', () => {
    const { gap, isBelowAfter } = firstUnit(declared('13.4'), [
      [999, 100],
      [1, 0],
    ]);
    expect(gap).toBe(34);
    expect(isBelowAfter(34)).toBe(false);
    expect(isBelowAfter(33)).toBe(true);
  });

  it('does not move with the payment of the unit, which may be the only one', () => {
    expect(firstUnit(declared('84.47'), [[10_000, 8446]]).gap).toBe(1);
  });
});

describe('gap, mean over n units: ⌈p·(Σ rates of the others)/(n − 1) − d⌉', () => {
  it('10 % beside 50 % and 15 %: 100·(0.65)/2 − 10 = 22.5, so 23', () => {
    const { gap, isBelowAfter } = firstUnit(mean, [
      [100, 10],
      [100, 50],
      [200, 30],
    ]);
    expect(gap).toBe(23);
    expect(isBelowAfter(23)).toBe(false); // 33 % against (33 + 65)/3 = 32.67 %
    expect(isBelowAfter(22)).toBe(true); //  32 % against (32 + 65)/3 = 32.33 %
  });

  it('of two units: up to the rate of the other one: 50 % of 80 is 40, less 12 = 28', () => {
    const { gap, isBelowAfter } = firstUnit(mean, [
      [80, 12],
      [10, 5],
    ]);
    expect(gap).toBe(28);
    expect(isBelowAfter(28)).toBe(false);
    expect(isBelowAfter(27)).toBe(true);
  });

  it('adds thirds and sevenths exactly: 21·(1/3 + 1/7)/2 = 5, less 0 = 5, not 6', () => {
    const { gap, isBelowAfter } = firstUnit(mean, [
      [21, 0],
      [3, 1],
      [7, 1],
    ]);
    expect(gap).toBe(5);
    expect(isBelowAfter(5)).toBe(false);
    expect(isBelowAfter(4)).toBe(true);
  });

  it('the size of the others does not matter, only their rates', () => {
    const small = firstUnit(mean, [
      [100, 10],
      [2, 1],
      [20, 3],
    ]).gap;
    expect(small).toBe(
      firstUnit(mean, [
        [100, 10],
        [2_000_000, 1_000_000],
        [200, 30],
      ]).gap,
    );
  });
});

describe('the gap of any unit below any average', () => {
  const money = fc.tuple(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: -50, max: 1200 }));
  const policies = fc.constantFrom(
    pooled,
    { ...pooled, includeReserve: true },
    mean,
    declared('13.4'),
    declared('100'),
  );

  it('puts it at the average; one đồng less does not', () => {
    const units = fc.array(money, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(policies, units, fc.array(money, { maxLength: 2 }), (policy, all, reserve) => {
        const before = averagesOf(members(all, reserve), policy, 1).get(WHOLE_PROVINCE);
        const [plan, paid] = all[0] as Money;
        if (!before || compare(rational(BigInt(paid), BigInt(plan)), before.average) >= 0) return;
        const { gap, isBelowAfter } = firstUnit(policy, all, reserve);
        expect(gap).toBeGreaterThan(0);
        expect(isBelowAfter(gap)).toBe(false);
        expect(isBelowAfter(gap - 1)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
