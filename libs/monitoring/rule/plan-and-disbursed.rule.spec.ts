import { describe, expect, it } from '@jest/globals';
import { effectiveMonth } from '#libs/kernel';
import { parsePolicy, sumPlanAndDisbursed, type AllocationLine, type DisbursementEntry } from './index.js';

const line = (amount: number, more: Partial<AllocationLine> = {}): AllocationLine => ({
  effectiveMonth: 1,
  basis: 'province',
  carriedOver: false,
  unit: 'U1',
  project: 'P1',
  amount: BigInt(amount),
  ...more,
});
const entry = (month: number, amount: number, more: Partial<DisbursementEntry> = {}): DisbursementEntry => ({
  month,
  unit: 'U1',
  project: 'P1',
  source: 'NSTW',
  carriedOver: false,
  basis: 'actual',
  amount: BigInt(amount),
  ...more,
});

function sums(
  given: { lines?: AllocationLine[]; entries?: DisbursementEntry[] },
  fields: Record<string, unknown>,
): { plan: number[]; disbursed: number[] } {
  const { policy } = parsePolicy({ planYear: 2024, ...fields });
  if (!policy) throw new Error('the policy of the test is wrong');
  const of = sumPlanAndDisbursed(['U1'], given.lines ?? [], given.entries ?? [], policy);
  return { plan: of.map(({ plan }) => Number(plan)), disbursed: of.map(({ disbursed }) => Number(disbursed)) };
}

describe('plan in force at the month end', () => {
  it('moves all year, also down: 100, from month 2 +50, in month 4 −30: 100, 150, 150, 120', () => {
    const lines = [line(100), line(50, { effectiveMonth: 2 }), line(-30, { effectiveMonth: 4 })];
    expect(sums({ lines }, { throughMonth: 4 }).plan).toEqual([100, 150, 150, 120]);
  });

  it('a decision of 29/2/2024 counts in month 2, one of 1/3/2024 in month 3, one of 31/1/2025 in month 13', () => {
    const lines = ['2024-02-29', '2024-03-01', '2025-01-31'].map((date, i) =>
      line(10 ** i, { effectiveMonth: effectiveMonth(2024, date) as number }),
    );
    expect(sums({ lines }, { throughMonth: 13 }).plan).toEqual([0, 1, ...Array<number>(10).fill(11), 111]);
  });

  it('takes the lines of the basis of the policy: province 100 + 20, of which the Prime Minister assigned 70', () => {
    const lines = [line(100), line(20, { project: 'P2' }), line(70, { basis: 'pm' })];
    expect(sums({ lines }, { throughMonth: 1 }).plan).toEqual([120]);
    expect(sums({ lines }, { throughMonth: 1, planBasis: 'pm' }).plan).toEqual([70]);
  });

  it('mixes carried-over capital in only when the policy says so: 100, or 100 + 40', () => {
    const lines = [line(100), line(40, { carriedOver: true })];
    expect(sums({ lines }, { throughMonth: 1 }).plan).toEqual([100]);
    expect(sums({ lines }, { throughMonth: 1, includeCarriedOver: true }).plan).toEqual([140]);
  });

  it('leaves excluded projects out: 1000 less the expressway of 517', () => {
    const lines = [line(483), line(517, { project: 'CT-HNCL' })];
    expect(sums({ lines }, { throughMonth: 1, excludeProjects: ['CT-HNCL'] }).plan).toEqual([483]);
  });

  it('a transfer between units moves the plan and keeps the sum', () => {
    const { policy } = parsePolicy({ planYear: 2024, throughMonth: 2 });
    const lines = [line(100), line(-40, { effectiveMonth: 2 }), line(40, { effectiveMonth: 2, unit: 'U2' })];
    expect(sumPlanAndDisbursed(['U1', 'U2'], lines, [], policy as NonNullable<typeof policy>)).toEqual([
      { month: 1, unit: 'U1', plan: 100n, disbursed: 0n },
      { month: 1, unit: 'U2', plan: 0n, disbursed: 0n },
      { month: 2, unit: 'U1', plan: 60n, disbursed: 0n },
      { month: 2, unit: 'U2', plan: 40n, disbursed: 0n },
    ]);
  });
});

describe('disbursed, cumulative', () => {
  it('adds up to the month: 10, nothing, 5, a refund of 8: 10, 10, 15, 7', () => {
    const entries = [entry(1, 10), entry(3, 5), entry(4, -8)];
    expect(sums({ entries }, { throughMonth: 4 }).disbursed).toEqual([10, 10, 15, 7]);
  });

  it('an advance recovered by offset is neutral: volume +30, advance −30', () => {
    const entries = [entry(1, 50), entry(2, 30), entry(2, -30)];
    expect(sums({ entries }, { throughMonth: 2 }).disbursed).toEqual([50, 50]);
  });

  it('planBasis does not filter payments', () => {
    expect(sums({ entries: [entry(1, 10)] }, { throughMonth: 1, planBasis: 'pm' }).disbursed).toEqual([10]);
  });

  it('carried-over and excluded projects are treated as in the plan', () => {
    const entries = [entry(1, 1), entry(1, 10, { carriedOver: true }), entry(1, 100, { project: 'P2' })];
    expect(sums({ entries }, { throughMonth: 1 }).disbursed).toEqual([101]);
    expect(sums({ entries }, { throughMonth: 1, includeCarriedOver: true }).disbursed).toEqual([111]);
    expect(sums({ entries }, { throughMonth: 1, excludeProjects: ['P2'] }).disbursed).toEqual([1]);
  });

  it('a payment after the last month evaluated is not seen', () => {
    expect(sums({ entries: [entry(1, 10), entry(3, 5)] }, { throughMonth: 2 }).disbursed).toEqual([10, 10]);
  });
});

describe('estimates ("ước")', () => {
  const estimate = (month: number, amount: number, more: Partial<DisbursementEntry> = {}) =>
    entry(month, amount, { basis: 'estimate', ...more });

  it('do not count unless the policy includes them', () => {
    const entries = [entry(1, 10), estimate(2, 7)];
    expect(sums({ entries }, { throughMonth: 2 }).disbursed).toEqual([10, 10]);
    expect(sums({ entries }, { throughMonth: 2, includeEstimates: true }).disbursed).toEqual([10, 17]);
  });

  it('give way to an actual figure of the same cell, and only of that month: 10 + 20, not 10 + 15 + 20', () => {
    const entries = [entry(1, 10), estimate(2, 15), entry(2, 20), estimate(3, 5)];
    expect(sums({ entries }, { throughMonth: 3, includeEstimates: true }).disbursed).toEqual([10, 30, 35]);
  });

  it('give way to an actual figure of 0 too: it is known that nothing was paid', () => {
    expect(
      sums({ entries: [estimate(1, 15), entry(1, 0)] }, { throughMonth: 1, includeEstimates: true }).disbursed,
    ).toEqual([0]);
  });

  it.each([
    ['unit', { unit: 'U2' }, 15],
    ['project', { project: 'P2' }, 115],
    ['source', { source: 'NSDP' }, 115],
    ['carried_over', { carriedOver: true }, 115],
    ['month', { month: 2 }, 15],
  ])('stay beside an actual figure of another %s', (_, elsewhere, inMonth1) => {
    const given = { entries: [estimate(1, 15), entry(1, 100, elsewhere)] };
    const fields = { throughMonth: 1, includeEstimates: true, includeCarriedOver: true };
    expect(sums(given, fields).disbursed).toEqual([inMonth1]);
  });
});

describe('policy.changes', () => {
  it('apply to the whole cumulative sums: from month 3 on carried-over capital counts from the beginning', () => {
    const given = {
      lines: [line(100), line(40, { carriedOver: true })],
      entries: [1, 2, 3].flatMap((month) => [entry(month, 10), entry(month, 1, { carriedOver: true })]),
    };
    const fields = { throughMonth: 4, changes: [{ fromMonth: 3, includeCarriedOver: true }] };
    expect(sums(given, fields)).toEqual({ plan: [100, 100, 140, 140], disbursed: [10, 20, 33, 33] });
  });

  it('may take a project out and put it back', () => {
    const given = { lines: [line(100), line(900, { project: 'P2' })], entries: [entry(1, 5, { project: 'P2' })] };
    const changes = [
      { fromMonth: 2, excludeProjects: ['P2'] },
      { fromMonth: 3, excludeProjects: [] },
    ];
    expect(sums(given, { throughMonth: 3, changes })).toEqual({ plan: [1000, 100, 1000], disbursed: [5, 0, 5] });
  });
});
