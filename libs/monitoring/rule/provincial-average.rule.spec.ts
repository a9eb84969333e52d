import { describe, expect, it } from '@jest/globals';
import { averageGroup, averagesOf, WHOLE_PROVINCE, type AverageMember, type AveragePolicy } from './index.js';

const pooled: AveragePolicy = { method: 'pooled', scope: 'all', includeReserve: false };
const mean: AveragePolicy = { ...pooled, method: 'mean' };

const member = (unit: string, plan: number, disbursed: number, group = ''): AverageMember => ({
  unit,
  group,
  isReserve: unit.startsWith('R'),
  plan: BigInt(plan),
  disbursed: BigInt(disbursed),
});

/** The averages as they are printed: `{ '*': '1/4' }`. */
const printed = (members: AverageMember[], policy: AveragePolicy, month = 1): Record<string, string> =>
  Object.fromEntries(
    [...averagesOf(members, policy, month).values()].map(({ group, average }) => [
      group,
      `${average.numerator}/${average.denominator}`,
    ]),
  );

describe('average, pooled: Σ disbursed / Σ plan', () => {
  it('10 of 100 and 90 of 300: 100/400 = 1/4', () => {
    expect(printed([member('A', 100, 10), member('B', 300, 90)], pooled)).toEqual({ '*': '1/4' });
  });

  it('one large project decides: 517 of plan 517 beside 24 of 483 is 541/1000, without it 24/483 = 8/161', () => {
    const others = member('B', 483, 24);
    expect(printed([member('A', 517, 517), others], pooled)).toEqual({ '*': '541/1000' });
    expect(printed([others], pooled)).toEqual({ '*': '8/161' });
  });

  it('may exceed 1 and may be negative after refunds; the denominator stays positive', () => {
    expect(printed([member('A', 100, 150)], pooled)).toEqual({ '*': '3/2' });
    expect(printed([member('A', 100, 10), member('B', 100, -30)], pooled)).toEqual({ '*': '-1/10' });
    expect(printed([member('A', 100, 0)], pooled)).toEqual({ '*': '0/1' });
  });

  it('leaves the reserve out unless the policy takes it in: 40/200 = 1/5, with its 200 it is 40/400 = 1/10', () => {
    const all = [member('A', 100, 10), member('B', 100, 30), member('R1', 200, 0)];
    expect(printed(all, pooled)).toEqual({ '*': '1/5' });
    expect(printed(all, { ...pooled, includeReserve: true })).toEqual({ '*': '1/10' });
  });

  it('reserve alone makes no average', () => {
    expect(printed([member('R1', 200, 0)], { ...pooled, includeReserve: true })).toEqual({});
    expect(printed([], pooled)).toEqual({});
  });
});

describe('average, mean: Σ rates / n', () => {
  it('10 %, 50 % and 15 %: 75 % / 3 = 1/4, whatever the size of the plans', () => {
    expect(printed([member('A', 100, 10), member('B', 1000, 500), member('C', 200, 30)], mean)).toEqual({ '*': '1/4' });
  });

  it('1/3 and 1/7: (7 + 3)/21 / 2 = 5/21', () => {
    expect(printed([member('A', 3, 1), member('B', 7, 1)], mean)).toEqual({ '*': '5/21' });
  });

  it('of one unit is its own rate', () => {
    expect(printed([member('A', 8, 6)], mean)).toEqual({ '*': '3/4' });
  });

  it('ignores includeReserve: a reserve has no rate', () => {
    const all = [member('A', 100, 10), member('R1', 100, 90)];
    expect(printed(all, { ...mean, includeReserve: true })).toEqual({ '*': '1/10' });
  });

  it('puts units below that the pool puts above (Đắk Nông on 11/9/2024): 50 % is above 132/320, below 52.5 %', () => {
    // Rates 50, 50, 90 and 20 %: pooled 132/320 = 41.25 %, mean 210/4 = 52.5 %.
    const units = [member('A', 20, 10), member('B', 20, 10), member('C', 80, 72), member('D', 200, 40)];
    expect(printed(units, pooled)).toEqual({ '*': '33/80' });
    expect(printed(units, mean)).toEqual({ '*': '21/40' });
  });
});

describe('average, declared', () => {
  const declared: AveragePolicy = { ...pooled, method: 'declared', declaredPercent: { '1': '12', '4': '13.4' } };

  it('13.4 % in month 4 is 67/500, 12 % in month 1 is 3/25, whatever the books say', () => {
    expect(printed([member('A', 100, 99)], declared, 4)).toEqual({ '*': '67/500' });
    expect(printed([member('A', 100, 99)], declared, 1)).toEqual({ '*': '3/25' });
  });

  it('is none in a month without a rated unit, although one is written', () => {
    expect(printed([], declared, 4)).toEqual({});
    expect(printed([member('R1', 100, 0)], { ...declared, includeReserve: true }, 4)).toEqual({});
  });

  it('never invents the figure of a month', () => {
    expect(() => averagesOf([member('A', 100, 99)], declared, 2)).toThrow('month 2 has no declared percentage');
  });
});

describe('scope group', () => {
  const byGroup: AveragePolicy = { ...pooled, scope: 'group' };
  const units = [
    member('A', 100, 10, 'investor'),
    member('B', 100, 30, 'investor'),
    member('C', 100, 60, 'district'),
    member('R1', 100, 0, 'district'),
    member('R2', 100, 0, 'reserve only'),
  ];

  it('investors 40/200 = 1/5, districts 60/100 = 3/5; a group of reserve alone has none', () => {
    expect(printed(units, byGroup)).toEqual({ investor: '1/5', district: '3/5' });
  });

  it('takes each reserve into its own group: districts 60/200 = 3/10', () => {
    expect(printed(units, { ...byGroup, includeReserve: true })).toEqual({ investor: '1/5', district: '3/10' });
  });

  it('means within the group: investors (10 % + 30 %)/2, districts 60 %', () => {
    expect(printed(units, { ...byGroup, method: 'mean' })).toEqual({ investor: '1/5', district: '3/5' });
  });

  it('names the whole province * when groups do not matter', () => {
    expect(averageGroup('district', pooled)).toBe(WHOLE_PROVINCE);
    expect(averageGroup('district', byGroup)).toBe('district');
  });
});

describe('the evidence beside an average', () => {
  it('holds the sums of the pool and how many were rated', () => {
    const all = [member('A', 100, 10), member('R1', 50, 5)];
    expect(averagesOf(all, { ...pooled, includeReserve: true }, 1).get('*')).toMatchObject({
      ratedUnits: 1,
      basis: { method: 'pooled', disbursed: 15n, plan: 150n },
    });
    expect(averagesOf(all, pooled, 1).get('*')?.basis).toEqual({ method: 'pooled', disbursed: 10n, plan: 100n });
  });
});
