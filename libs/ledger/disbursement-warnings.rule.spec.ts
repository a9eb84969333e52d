import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  warningsOf,
  type JudgedEntry,
  type SeriesBooks,
  type UnitProjectBooks,
  type Warning,
} from './disbursement-warnings.rule.js';

const entry = (amount: bigint, more: Partial<JudgedEntry> = {}): JudgedEntry => ({
  unitCode: 'A',
  projectCode: 'P',
  sourceCode: 'NSDP',
  carriedOver: false,
  amount,
  ...more,
});
const series = (books: Partial<SeriesBooks> = {}): SeriesBooks => ({
  projectCode: 'P',
  sourceCode: 'NSDP',
  carriedOver: false,
  plan: 100n,
  cumulative: 60n,
  inMonth: 0n,
  ...books,
});
const unitProject = (books: Partial<UnitProjectBooks> = {}): UnitProjectBooks => ({
  unitCode: 'A',
  projectCode: 'P',
  carriedOver: false,
  plan: 100n,
  inMonth: 0n,
  earlierMonths: [],
  ...books,
});
const plain = (warnings: Warning[]): unknown[] =>
  warnings.map(({ entry: i, code, found, comparedWith }) => [i, code, found, comparedWith]);

describe('over plan: the cumulative of project × source × series beyond the plan in force', () => {
  // Plan 100, disbursed 60 so far.
  it.each([
    ['40 more reach the plan', [40n], []],
    ['41 more go beyond it', [41n], [[0, 'over-plan', 101n, 100n]]],
    ['20 and 21 together go beyond it: the larger one answers', [20n, 21n], [[1, 'over-plan', 101n, 100n]]],
    ['of two equal ones the first answers', [30n, 30n], [[0, 'over-plan', 120n, 100n]]],
    ['90 paid and 60 of an advance set off: 90 in all', [90n, -60n], []],
  ])('%s', (_, amounts, expected) => {
    const entries = amounts.map((amount) => entry(amount));
    expect(plain(warningsOf(5, entries, [series()], []))).toEqual(expected);
  });

  it('money that comes back while above the plan is no warning of it', () => {
    const books = series({ cumulative: 130n, inMonth: 30n });
    expect(warningsOf(5, [entry(-10n)], [books], [])).toEqual([]);
  });

  it('carried-over capital has a plan of its own', () => {
    const entries = [entry(41n), entry(41n, { carriedOver: true })];
    const books = [series(), series({ carriedOver: true, plan: 41n, cumulative: 0n })];
    expect(plain(warningsOf(5, entries, books, []))).toEqual([[0, 'over-plan', 101n, 100n]]);
  });
});

describe('no plan', () => {
  it.each([0n, -5n])('a plan of %s đồng in force', (plan) => {
    const books = series({ plan, cumulative: 0n });
    expect(plain(warningsOf(1, [entry(7n)], [books], []))).toEqual([[0, 'no-plan', 7n, 0n]]);
  });

  it('nothing disbursed asks for no plan', () => {
    expect(warningsOf(1, [entry(0n)], [series({ plan: 0n, cumulative: 0n })], [])).toEqual([]);
  });
});

describe('over three times the usual: the median of the earlier months of unit × project', () => {
  it.each<[string, bigint[], bigint, unknown[]]>([
    // Sorted 2, 4, 90: the middle is 4, three times are 12.
    ['12 after 4, 90, 2 is three times', [4n, 90n, 2n], 12n, []],
    ['13 after 4, 90, 2 is over', [4n, 90n, 2n], 13n, [[0, 'over-usual', 13n, 4n]]],
    // Sorted 2, 3, 4, 90: half of 3 + 4 is 3.5, three times are 10.5.
    ['10 after 4, 90, 2, 3 is below 10,5', [4n, 90n, 2n, 3n], 10n, []],
    ['11 after 4, 90, 2, 3 is over 10,5', [4n, 90n, 2n, 3n], 11n, [[0, 'over-usual', 11n, 3n]]],
    ['two months say nothing', [1n, 1n], 99n, []],
    ['months without payments or with refunds do not count', [1n, 0n, -4n, 1n], 99n, []],
  ])('%s', (_, earlierMonths, amount, expected) => {
    expect(plain(warningsOf(6, [entry(amount)], [], [unitProject({ earlierMonths })]))).toEqual(expected);
  });

  it('counts what the month holds already, and both sources together', () => {
    const books = unitProject({ earlierMonths: [4n, 4n, 4n], inMonth: 5n });
    const entries = [entry(3n), entry(5n, { sourceCode: 'NSTW' })];
    expect(plain(warningsOf(6, entries, [], [books]))).toEqual([[1, 'over-usual', 13n, 4n]]);
  });
});

describe('December spike: more than 30 % of the plan in one month', () => {
  it.each([
    ['30 of 100', 12, 30n, []],
    ['31 of 100', 12, 31n, [[0, 'december-spike', 31n, 100n]]],
    ['31 of 100 in November', 11, 31n, []],
    ['31 of 100 in month 13', 13, 31n, []],
  ])('%s', (_, month, amount, expected) => {
    expect(plain(warningsOf(month, [entry(amount)], [], [unitProject()]))).toEqual(expected);
  });

  it('without a plan there is nothing to take a share of', () => {
    expect(warningsOf(12, [entry(31n)], [], [unitProject({ plan: 0n })])).toEqual([]);
  });
});

describe('cumulative falls', () => {
  it.each([
    ['9 back in a month that paid 10', 10n, [-9n], []],
    ['11 back in a month that paid 10', 10n, [-11n], [[0, 'cumulative-falls', -1n, 0n]]],
    ['an advance set off in one go', 0n, [25n, -25n], []],
    ['a recovery whose payment is missing', 0n, [5n, -25n], [[1, 'cumulative-falls', -20n, 0n]]],
    ['a payment that mends a fall', -20n, [20n], []],
  ])('%s', (_, inMonth, amounts, expected) => {
    const entries = amounts.map((amount) => entry(amount));
    expect(plain(warningsOf(5, entries, [series({ inMonth })], [unitProject()]))).toEqual(expected);
  });
});

describe('all of them', () => {
  const amount = fc.bigInt({ min: -1000n, max: 1000n });

  it('entries that sum to zero in their series never warn of plan, usual or December, in a month that holds nothing', () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 13 }), (some, month) => {
        const entries = [...some, -some.reduce((a, b) => a + b, 0n)].map((each) => entry(each));
        const books = unitProject({ earlierMonths: [1n, 1n, 1n] });
        expect(warningsOf(month, entries, [series({ plan: 0n })], [books])).toEqual([]);
      }),
    );
  });

  it('the order of the entries changes neither the warnings nor what they found', () => {
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 6 }), (amounts) => {
        const judge = (list: bigint[]): unknown[] =>
          warningsOf(
            12,
            list.map((each) => entry(each)),
            [series()],
            [unitProject({ earlierMonths: [4n, 4n, 4n] })],
          )
            .map(({ code, found, comparedWith }) => `${code} ${found} ${comparedWith}`)
            .sort();
        expect(judge([...amounts].reverse())).toEqual(judge(amounts));
      }),
    );
  });

  it('what is compared is exact beyond 2^53', () => {
    const huge = 9_007_199_254_740_991n;
    const books = unitProject({ earlierMonths: [huge / 3n, huge / 3n, huge / 3n] });
    // 9 007 199 254 740 991 = 3 × 3 002 399 751 580 330 + 1.
    expect(plain(warningsOf(6, [entry(huge)], [], [books]))).toEqual([[0, 'over-usual', huge, huge / 3n]]);
    expect(warningsOf(6, [entry(huge - 1n)], [], [books])).toEqual([]);
  });
});
