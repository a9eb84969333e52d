import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { judgeKeyProject, type KeyProjectFacts } from './key-project-behind.rule.js';

const percent = (value: bigint) => ({ numerator: value, denominator: 100n });
const ofPublic = (more: Partial<KeyProjectFacts & { capitalType: 'public' }> = {}): KeyProjectFacts => ({
  capitalType: 'public',
  plan: 200n,
  disbursed: 90n,
  average: percent(45n),
  lastMonths: [10n, 10n, 10n],
  ...more,
});
const verdict = (facts: KeyProjectFacts): [string, string | null] => {
  const { state, because } = judgeKeyProject(facts);
  return [state, because];
};

describe('public capital', () => {
  it.each<[string, Partial<KeyProjectFacts & { capitalType: 'public' }>, [string, string | null]]>([
    // 90 of 200 are 45 %.
    ['exactly at the average', {}, ['on-track', null]],
    ['one đồng below it', { disbursed: 89n }, ['behind', 'below-average']],
    ['above it, nothing for three months', { lastMonths: [0n, 0n, 0n] }, ['behind', 'nothing-disbursed']],
    ['above it, nothing for two months', { lastMonths: [1n, 0n, 0n] }, ['on-track', null]],
    ['above it, money only came back', { lastMonths: [0n, -5n, 0n] }, ['behind', 'nothing-disbursed']],
    [
      'below it and nothing for three months: the average is said first',
      { disbursed: 0n, lastMonths: [0n, 0n, 0n] },
      ['behind', 'below-average'],
    ],
    ['February: two months are not three', { lastMonths: [0n, 0n] }, ['on-track', null]],
    ['without a plan', { plan: 0n }, ['no-data', null]],
    ['without an average', { average: undefined }, ['no-data', null]],
    [
      'without an average, nothing for three months',
      { average: undefined, lastMonths: [0n, 0n, 0n] },
      ['behind', 'nothing-disbursed'],
    ],
  ])('%s', (_, more, expected) => {
    expect(verdict(ofPublic(more))).toEqual(expected);
  });

  it('gives both rates as its evidence', () => {
    expect(judgeKeyProject(ofPublic({ disbursed: 89n })).evidence).toEqual({
      found: { numerator: 89n, denominator: 200n },
      comparedWith: { numerator: 45n, denominator: 100n },
    });
  });
});

describe.each(['ppp', 'non-budget'] as const)('%s', (capitalType) => {
  it.each<[string, bigint | null, bigint | null, [string, string | null]]>([
    ['60 of the 80 planned by then', 60n, 80n, ['behind', 'below-plan']],
    ['as planned', 80n, 80n, ['on-track', null]],
    ['ahead', 81n, 80n, ['on-track', null]],
    ['nothing planned yet, nothing done', 0n, 0n, ['on-track', null]],
    ['a reported zero is a figure', 0n, 80n, ['behind', 'below-plan']],
    ['nothing reported', null, null, ['no-data', null]],
    ['no plan reported', 60n, null, ['no-data', null]],
    ['no progress reported', null, 80n, ['no-data', null]],
  ])('%s', (_, implemented, implementedPlan, expected) => {
    expect(verdict({ capitalType, implemented, implementedPlan })).toEqual(expected);
  });
});

it('a project of unknown capital has no data', () => {
  expect(verdict({ capitalType: 'unknown' })).toEqual(['no-data', null]);
});

it('scaling plan and money alike changes nothing', () => {
  const amount = fc.bigInt({ min: 1n, max: 10n ** 15n });
  fc.assert(
    fc.property(
      amount,
      amount,
      fc.integer({ min: 0, max: 100 }),
      fc.bigInt({ min: 2n, max: 999n }),
      (plan, disbursed, average, k) => {
        const facts = { plan, disbursed, average: percent(BigInt(average)) };
        expect(verdict(ofPublic({ ...facts, plan: plan * k, disbursed: disbursed * k }))).toEqual(
          verdict(ofPublic(facts)),
        );
      },
    ),
  );
});
