import { describe, expect, it } from '@jest/globals';
import {
  evaluatePlanYear,
  frozenTexts,
  hashesOf,
  parsePolicy,
  publishedResult,
  sumPlanAndDisbursed,
  type AllocationLine,
  type DisbursementEntry,
  type Evaluation,
  type EvaluationHashes,
  type RatedUnit,
  type UnitMonth,
} from './index.js';

/** What a case is about: codes with their dates, plans from month 1 on, payments by month, who reported when. */
interface Case {
  units: Record<string, Partial<RatedUnit>>;
  plan: Record<string, number>;
  lines?: Partial<AllocationLine>[];
  /** By unit, what it paid in months 1, 2, 3 … */
  paid: Record<string, number[]>;
  entries?: Partial<DisbursementEntry>[];
  /** By unit, the months it reported. */
  reports?: Record<string, number[]>;
}

function evaluate(given: Case, fields: Record<string, unknown>): Evaluation & { hashes: EvaluationHashes } {
  const { policy, problems } = parsePolicy({ planYear: 2025, ...fields });
  if (!policy) throw new Error(JSON.stringify(problems));
  const units = Object.entries(given.units).map(([code, more]): RatedUnit => ({
    code,
    kind: 'investor',
    group: '',
    validFrom: '',
    validTo: '',
    ...more,
  }));
  const line = {
    effectiveMonth: 1,
    basis: 'province',
    carriedOver: false,
    unit: '',
    project: 'P1',
    amount: 0n,
  } as const;
  const lines: AllocationLine[] = [
    ...Object.entries(given.plan).map(([unit, amount]) => ({ ...line, unit, amount: BigInt(amount) })),
    ...(given.lines ?? []).map((more) => ({ ...line, ...more })),
  ];
  const entry = {
    month: 1,
    unit: '',
    project: 'P1',
    source: 'S',
    carriedOver: false,
    basis: 'actual',
    amount: 0n,
  } as const;
  const entries: DisbursementEntry[] = [
    ...Object.entries(given.paid).flatMap(([unit, amounts]) =>
      amounts.map((amount, i) => ({ ...entry, unit, month: i + 1, amount: BigInt(amount) })),
    ),
    ...(given.entries ?? []).map((more) => ({ ...entry, ...more })),
  ];
  const reports = given.reports
    ? Object.entries(given.reports).flatMap(([unit, months]) => months.map((month) => ({ month, unit })))
    : null;
  const codes = units.map(({ code }) => code);
  const evaluation = evaluatePlanYear(
    { units, sums: sumPlanAndDisbursed(codes, lines, entries, policy), reports },
    policy,
  );
  return { ...evaluation, hashes: hashesOf(frozenTexts(evaluation.inputs, policy, publishedResult(evaluation))) };
}

/** One field of one unit, month after month. */
const months = <K extends keyof UnitMonth>(
  { months }: Evaluation,
  unit: string,
  field: K,
): (UnitMonth[K] | 'absent')[] =>
  months.map(({ units }) => units.find((row) => row.unit === unit)?.[field] ?? 'absent');
const averages = ({ months }: Evaluation): Record<string, string>[] =>
  months.map((month) =>
    Object.fromEntries(
      month.averages.map(({ group, average: { numerator: n, denominator: d } }) => [group, `${n}/${d}`]),
    ),
  );

const TWO = { SLOW: {}, FAST: {} };

describe('one month', () => {
  it('10 of 100 beside 90 of 300: average 1/4; SLOW (10 %) is below and lacks 20, FAST (30 %) is not', () => {
    const result = evaluate(
      { units: TWO, plan: { SLOW: 100, FAST: 300 }, paid: { SLOW: [10], FAST: [90] } },
      { throughMonth: 1 },
    );
    expect(averages(result)).toEqual([{ '*': '1/4' }]);
    expect(result.months[0]?.units).toMatchObject([
      { unit: 'FAST', status: 'at-or-above', plan: 300n, disbursed: 90n, streak: 0, flagged: false, gap: 0n },
      { unit: 'SLOW', status: 'below', plan: 100n, disbursed: 10n, streak: 1, flagged: false, gap: 20n },
    ]);
  });

  it('exactly at the average is not below: 33 of 99 and 67 of 201 are both 1/3, which no decimal is', () => {
    const result = evaluate(
      { units: { A: {}, B: {} }, plan: { A: 99, B: 201 }, paid: { A: [33], B: [67] } },
      { throughMonth: 1 },
    );
    expect(averages(result)).toEqual([{ '*': '1/3' }]);
    expect(months(result, 'A', 'status')).toEqual(['at-or-above']);
    expect(months(result, 'B', 'status')).toEqual(['at-or-above']);
  });

  it('one đồng less of 10^15 is below, where percentages with 13 digits are equal', () => {
    const plan = 1_000_000_000_000_000;
    const paid = { A: [333_333_333_333_333], B: [333_333_333_333_334] };
    const result = evaluate({ units: { A: {}, B: {} }, plan: { A: plan, B: plan }, paid }, { throughMonth: 1 });
    expect(months(result, 'A', 'status')).toEqual(['below']);
    expect(months(result, 'A', 'gap')).toEqual([1n]);
  });

  it('a rate may exceed 100 %, and the average with it: 150 of 100 and 110 of 100: 13/10', () => {
    const result = evaluate(
      { units: TWO, plan: { SLOW: 100, FAST: 100 }, paid: { SLOW: [110], FAST: [150] } },
      { throughMonth: 1 },
    );
    expect(averages(result)).toEqual([{ '*': '13/10' }]);
    expect(months(result, 'SLOW', 'status')).toEqual(['below']);
  });
});

describe('Lạng Sơn on 30/4/2025: 13.4 % of the province plan, 16.5 % of the PM plan', () => {
  // 2,211 of 16,500 is 13.4 %; of the part of 13,400 that the Prime Minister assigned it is 16.5 %.
  const april: Case = {
    units: { A: {}, B: {} },
    plan: { A: 1000, B: 15_500 },
    lines: [
      { unit: 'A', basis: 'pm', amount: 900n },
      { unit: 'B', basis: 'pm', amount: 12_500n },
    ],
    paid: { A: [0, 0, 0, 140], B: [0, 0, 0, 2071] },
  };

  it('on the province plan A has 14 %, above 13.4 % (67/500)', () => {
    const result = evaluate(april, { throughMonth: 4 });
    expect(averages(result)[3]).toEqual({ '*': '67/500' });
    expect(months(result, 'A', 'status')[3]).toBe('at-or-above');
  });

  it('on the PM plan the same payments give A 140/900 = 15.6 %, below 16.5 % (33/200)', () => {
    const result = evaluate(april, { throughMonth: 4, planBasis: 'pm' });
    expect(averages(result)[3]).toEqual({ '*': '33/200' });
    expect(months(result, 'A', 'status')[3]).toBe('below');
  });

  it('judged against the declared 13.4 %: 134 of 1000 is at it, 133 is below and lacks 1', () => {
    const average = { method: 'declared', declaredPercent: { 1: '3.2', 2: '5.1', 3: '8.9', 4: '13.4' } };
    const paid = { A: [50, 50, 10, 24], B: [50, 50, 10, 23] };
    const result = evaluate(
      { units: { A: {}, B: {} }, plan: { A: 1000, B: 1000 }, paid },
      { throughMonth: 4, average },
    );
    expect(months(result, 'A', 'status')[3]).toBe('at-or-above');
    expect(months(result, 'B', 'status')[3]).toBe('below');
    expect(months(result, 'B', 'gap')[3]).toBe(1n);
  });
});

describe('who is rated', () => {
  it('nobody without a plan above 0: 0 and −5 are not rated, and their payments stay out of the average', () => {
    const result = evaluate(
      {
        units: { A: {}, ZERO: {}, MINUS: {} },
        plan: { A: 100, ZERO: 0, MINUS: -5 },
        paid: { A: [40], ZERO: [7], MINUS: [7] },
      },
      { throughMonth: 1 },
    );
    expect(averages(result)).toEqual([{ '*': '2/5' }]);
    expect(months(result, 'ZERO', 'status')).toEqual(['not-rated']);
    expect(months(result, 'MINUS', 'status')).toEqual(['not-rated']);
    expect(months(result, 'ZERO', 'disbursed')).toEqual([7n]);
  });

  it('a unit with a plan and nothing disbursed is rated: 0 % is below 20 %', () => {
    const result = evaluate({ units: TWO, plan: { SLOW: 100, FAST: 100 }, paid: { FAST: [40] } }, { throughMonth: 1 });
    expect(months(result, 'SLOW', 'status')).toEqual(['below']);
  });

  it('a month without a rated unit has no average and nobody is below: plans come in month 2', () => {
    const result = evaluate(
      { units: { A: {} }, plan: {}, lines: [{ unit: 'A', amount: 100n, effectiveMonth: 2 }], paid: { A: [0, 10] } },
      { throughMonth: 2 },
    );
    expect(averages(result)).toEqual([{}, { '*': '1/10' }]);
    expect(months(result, 'A', 'status')).toEqual(['not-rated', 'at-or-above']);
  });

  it('the reserve never, nor is it printed; a month of reserve alone has no average', () => {
    const result = evaluate(
      { units: { R: { kind: 'reserve' } }, plan: { R: 100 }, paid: {} },
      { throughMonth: 1, average: { includeReserve: true } },
    );
    expect(result.months[0]).toMatchObject({ averages: [], units: [] });
  });

  it('not rated in between starts the count anew: plan 100, in month 3 taken away, in month 4 given back', () => {
    const lines = [
      { unit: 'SLOW', amount: -100n, effectiveMonth: 3 },
      { unit: 'SLOW', amount: 100n, effectiveMonth: 4 },
    ];
    const result = evaluate(
      { units: TWO, plan: { SLOW: 100, FAST: 100 }, lines, paid: { FAST: [50] } },
      { throughMonth: 4 },
    );
    expect(months(result, 'SLOW', 'streak')).toEqual([1, 2, 0, 1]);
  });
});

describe('reserve in the pool', () => {
  const given: Case = {
    units: { A: {}, B: {}, R: { kind: 'reserve' } },
    plan: { A: 100, B: 100, R: 200 },
    paid: { A: [10], B: [30] },
  };

  it('without it 40/200 = 20 %: A (10 %) is below', () => {
    const result = evaluate(given, { throughMonth: 1 });
    expect(averages(result)).toEqual([{ '*': '1/5' }]);
    expect(months(result, 'A', 'status')).toEqual(['below']);
  });

  it('with it 40/400 = 10 %: A is exactly at the average', () => {
    const result = evaluate(given, { throughMonth: 1, average: { includeReserve: true } });
    expect(averages(result)).toEqual([{ '*': '1/10' }]);
    expect(months(result, 'A', 'status')).toEqual(['at-or-above']);
  });

  it('only while it is valid with a plan above 0', () => {
    const ended = { ...given, units: { ...given.units, R: { kind: 'reserve' as const, validTo: '2025-01-31' } } };
    const average = { includeReserve: true };
    expect(averages(evaluate(ended, { throughMonth: 2, average }))).toEqual([{ '*': '1/10' }, { '*': '1/5' }]);
    const negative = { ...given, plan: { A: 100, B: 100, R: -50 } };
    expect(averages(evaluate(negative, { throughMonth: 1, average }))).toEqual([{ '*': '1/5' }]);
  });
});

describe('scope group', () => {
  const given: Case = {
    units: {
      A: { group: 'investor' },
      B: { group: 'investor' },
      C: { kind: 'district', group: 'district' },
      D: { kind: 'commune', group: 'district' },
    },
    plan: { A: 100, B: 100, C: 100, D: 100 },
    paid: { A: [10], B: [20], C: [50], D: [70] },
  };

  it('all: 150/400 = 3/8; both investors are below', () => {
    const result = evaluate(given, { throughMonth: 1 });
    expect(averages(result)).toEqual([{ '*': '3/8' }]);
    expect(['A', 'B', 'C', 'D'].flatMap((code) => months(result, code, 'status'))).toEqual([
      'below',
      'below',
      'at-or-above',
      'at-or-above',
    ]);
  });

  it('group: investors 3/20, districts (and the commune) 3/5; one below in each, groups in code order', () => {
    const result = evaluate(given, { throughMonth: 1, average: { scope: 'group' } });
    expect(result.months[0]?.averages.map(({ group }) => group)).toEqual(['district', 'investor']);
    expect(averages(result)).toEqual([{ district: '3/5', investor: '3/20' }]);
    expect(['A', 'B', 'C', 'D'].flatMap((code) => months(result, code, 'status'))).toEqual([
      'below',
      'at-or-above',
      'below',
      'at-or-above',
    ]);
    // C: (120·100 − 50·200)/100 = 20, and 70/100 = 140/200.
    expect(months(result, 'C', 'gap')).toEqual([20n]);
  });
});

describe('the streak over the months', () => {
  /** SLOW has paid nothing of 100, FAST all of 100: SLOW is below in every month. */
  const idle: Case = { units: TWO, plan: { SLOW: 100, FAST: 100 }, paid: { FAST: [100] } };

  it('is flagged in the third month and after: 1, 2, 3, 4', () => {
    const result = evaluate(idle, { throughMonth: 4 });
    expect(months(result, 'SLOW', 'streak')).toEqual([1, 2, 3, 4]);
    expect(months(result, 'SLOW', 'flagged')).toEqual([false, false, true, true]);
    expect(months(result, 'FAST', 'flagged')).toEqual([false, false, false, false]);
  });

  it('month 13 continues month 12: 12, then 13; a plan year starts from 0', () => {
    const result = evaluate(idle, { throughMonth: 13 });
    expect(months(result, 'SLOW', 'streak').slice(10)).toEqual([11, 12, 13]);
    expect(result.months[12]?.units.find(({ unit }) => unit === 'SLOW')?.evidence.countedMonths).toEqual(
      Array.from({ length: 13 }, (_, i) => i + 1),
    );
  });

  it('catching up in month 3 clears it: 0 %, 0 %, 100 %, then 100 of a plan of 200', () => {
    const result = evaluate(
      { ...idle, paid: { FAST: [100], SLOW: [0, 0, 100] }, lines: [{ unit: 'SLOW', amount: 100n, effectiveMonth: 4 }] },
      { throughMonth: 4 },
    );
    expect(months(result, 'SLOW', 'streak')).toEqual([1, 2, 0, 1]);
  });

  it('below, but lacking less than the minimum, is counted and not flagged: the gap of 100 against 101', () => {
    // (100·100 − 0·200)/(200 − 100) = 100.
    expect(months(evaluate(idle, { throughMonth: 3, minimumGapVnd: 101 }), 'SLOW', 'flagged')).toEqual([
      false,
      false,
      false,
    ]);
    const exactly = evaluate(idle, { throughMonth: 3, minimumGapVnd: 100 });
    expect(months(exactly, 'SLOW', 'gap')).toEqual([100n, 100n, 100n]);
    expect(months(exactly, 'SLOW', 'flagged')).toEqual([false, false, true]);
    expect(months(exactly, 'SLOW', 'streak')).toEqual([1, 2, 3]);
  });
});

describe('a month without a report (I9)', () => {
  /** SLOW does not report month 2. */
  const silent: Case = {
    units: TWO,
    plan: { SLOW: 100, FAST: 100 },
    paid: { FAST: [100], SLOW: [5, 5] },
    reports: { FAST: [1, 2, 3, 4], SLOW: [1, 3, 4] },
  };

  it('pause: 1, 1, 2, 3, flagged in month 4; the evidence names months 1, 3 and 4', () => {
    const result = evaluate(silent, { throughMonth: 4 });
    expect(months(result, 'SLOW', 'status')).toEqual(['below', 'missing', 'below', 'below']);
    expect(months(result, 'SLOW', 'streak')).toEqual([1, 1, 2, 3]);
    expect(months(result, 'SLOW', 'flagged')).toEqual([false, false, false, true]);
    expect(months(result, 'SLOW', 'gap')[1]).toBe(0n);
    expect(months(result, 'SLOW', 'evidence')[3]).toMatchObject({ reported: true, countedMonths: [1, 3, 4] });
    expect(months(result, 'SLOW', 'evidence')[1]).toMatchObject({ reported: false, countedMonths: [1] });
  });

  it('break: 1, 0, 1, 2, and nobody flagged', () => {
    const result = evaluate(silent, { throughMonth: 4, missing: 'break' });
    expect(months(result, 'SLOW', 'streak')).toEqual([1, 0, 1, 2]);
    expect(months(result, 'SLOW', 'flagged')).toEqual([false, false, false, false]);
    expect(months(result, 'SLOW', 'evidence')[3]).toMatchObject({ countedMonths: [3, 4] });
  });

  it('carry-forward: 1, 2, 3, 4, flagged in month 3', () => {
    const result = evaluate(silent, { throughMonth: 4, missing: 'carry-forward' });
    expect(months(result, 'SLOW', 'status')).toEqual(['below', 'below', 'below', 'below']);
    expect(months(result, 'SLOW', 'streak')).toEqual([1, 2, 3, 4]);
    expect(months(result, 'SLOW', 'flagged')).toEqual([false, false, true, true]);
  });

  it('a missing unit stays in the average with what the books hold: (100 + 10)/200 = 11/20 in month 2', () => {
    for (const missing of ['pause', 'break', 'carry-forward'])
      expect(averages(evaluate(silent, { throughMonth: 2, missing }))[1]).toEqual({ '*': '11/20' });
  });

  it('an entry is not a report: SLOW paid in month 2 and is missing all the same', () => {
    const result = evaluate(silent, { throughMonth: 2 });
    expect(months(result, 'SLOW', 'disbursed')).toEqual([5n, 10n]);
    expect(months(result, 'SLOW', 'status')[1]).toBe('missing');
  });

  it('no reports file: every month counts as reported; an empty one: nobody did', () => {
    const { reports: _, ...without } = silent;
    expect(months(evaluate(without, { throughMonth: 2 }), 'SLOW', 'status')).toEqual(['below', 'below']);
    const empty = evaluate({ ...silent, reports: {} }, { throughMonth: 2 });
    expect(months(empty, 'SLOW', 'status')).toEqual(['missing', 'missing']);
    expect(months(empty, 'FAST', 'status')).toEqual(['missing', 'missing']);
    expect(averages(empty)).toEqual([{ '*': '21/40' }, { '*': '11/20' }]); // 105/200 and 110/200
  });

  it('a missing month before the unit is rated is not a missing month', () => {
    const result = evaluate({ ...silent, plan: { FAST: 100 }, reports: { FAST: [1] } }, { throughMonth: 1 });
    expect(months(result, 'SLOW', 'status')).toEqual(['not-rated']);
  });
});

describe('policy.changes', () => {
  it('a threshold of 2 from month 4 on flags at once a unit that has three months behind it', () => {
    const idle: Case = { units: TWO, plan: { SLOW: 100, FAST: 100 }, paid: { FAST: [100] } };
    const fields = { throughMonth: 4, thresholdMonths: 5, changes: [{ fromMonth: 4, thresholdMonths: 2 }] };
    expect(months(evaluate(idle, fields), 'SLOW', 'streak')).toEqual([1, 2, 3, 4]);
    expect(months(evaluate(idle, fields), 'SLOW', 'flagged')).toEqual([false, false, false, true]);
  });

  it('a new basis applies to the whole cumulative sums while the streak goes on', () => {
    // SLOW 30, 60, 90 of 100 (PM plan: 300); FAST 50, 100, 150 of 100 (PM plan: 300).
    const given: Case = {
      units: TWO,
      plan: { SLOW: 100, FAST: 100 },
      lines: [
        { unit: 'SLOW', basis: 'pm', amount: 300n },
        { unit: 'FAST', basis: 'pm', amount: 300n },
      ],
      paid: { SLOW: [30, 30, 30], FAST: [50, 50, 50] },
    };
    const result = evaluate(given, { throughMonth: 3, changes: [{ fromMonth: 3, planBasis: 'pm' }] });
    expect(months(result, 'SLOW', 'plan')).toEqual([100n, 100n, 300n]);
    expect(averages(result)).toEqual([{ '*': '2/5' }, { '*': '4/5' }, { '*': '2/5' }]); // 80/200, 160/200, 240/600
    expect(months(result, 'SLOW', 'streak')).toEqual([1, 2, 3]);
    expect(months(result, 'SLOW', 'flagged')).toEqual([false, false, true]);
  });

  it('without the dominating project from month 2 on: 10 % is below 527/1100, but at 50/500', () => {
    const given: Case = {
      units: { SMALL: {}, BOARD: {} },
      plan: { SMALL: 100, BOARD: 400 },
      lines: [{ unit: 'BOARD', project: 'EXPRESSWAY', amount: 600n }],
      paid: { SMALL: [10], BOARD: [40] },
      entries: [{ unit: 'BOARD', project: 'EXPRESSWAY', amount: 477n }],
    };
    const result = evaluate(given, { throughMonth: 2, changes: [{ fromMonth: 2, excludeProjects: ['EXPRESSWAY'] }] });
    expect(averages(result)).toEqual([{ '*': '527/1100' }, { '*': '1/10' }]);
    expect(months(result, 'SMALL', 'status')).toEqual(['below', 'at-or-above']);
  });

  it('from pooled to mean: 1/4 pooled is 20 % mean, so a unit of 20 % comes off the list', () => {
    const given: Case = {
      units: { A: {}, B: {}, C: {} },
      plan: { A: 100, B: 100, C: 400 },
      paid: { A: [20], B: [10], C: [120] },
    };
    const result = evaluate(given, { throughMonth: 2, changes: [{ fromMonth: 2, average: { method: 'mean' } }] });
    expect(averages(result)).toEqual([{ '*': '1/4' }, { '*': '1/5' }]); // 150/600, (20 + 10 + 30)/3 %
    expect(months(result, 'A', 'status')).toEqual(['below', 'at-or-above']);
    // B: pooled ⌈(150·100 − 10·600)/500⌉ = 18, mean ⌈100·(0.2 + 0.3)/2 − 10⌉ = 15.
    expect(months(result, 'B', 'gap')).toEqual([18n, 15n]);
  });

  it('from pause to break in month 3: the silent month 2 paused, the silent month 4 breaks', () => {
    const given: Case = {
      units: TWO,
      plan: { SLOW: 100, FAST: 100 },
      paid: { FAST: [100] },
      reports: { FAST: [1, 2, 3, 4, 5], SLOW: [1, 3, 5] },
    };
    const result = evaluate(given, { throughMonth: 5, changes: [{ fromMonth: 3, missing: 'break' }] });
    expect(months(result, 'SLOW', 'streak')).toEqual([1, 1, 2, 0, 1]);
  });
});

describe('estimates', () => {
  it('an estimate brings a unit to the average until the actual figure shows that it was not paid', () => {
    const given: Case = {
      units: TWO,
      plan: { SLOW: 100, FAST: 100 },
      paid: { FAST: [50] },
      entries: [{ unit: 'SLOW', basis: 'estimate', amount: 50n }],
    };
    const policy = { throughMonth: 1, includeEstimates: true };
    expect(months(evaluate(given, policy), 'SLOW', 'status')).toEqual(['at-or-above']);
    expect(months(evaluate({ ...given, paid: { FAST: [50], SLOW: [20] } }, policy), 'SLOW', 'disbursed')).toEqual([
      20n,
    ]);
    expect(months(evaluate({ ...given, paid: { FAST: [50], SLOW: [20] } }, policy), 'SLOW', 'status')).toEqual([
      'below',
    ]);
  });
});

describe('the reorganisation of 30/6/2025', () => {
  /** District ends, its commune begins on 1 July; the plan moves in July or is forgotten. */
  const units: Case['units'] = {
    CITY: {},
    DISTRICT: { kind: 'district', validTo: '2025-06-30' },
    COMMUNE: { kind: 'commune', validFrom: '2025-07-01' },
  };

  it('the district is rated for June and not for July; the commune begins in July with its own count', () => {
    const given: Case = {
      units,
      plan: { CITY: 100, DISTRICT: 100 },
      lines: [
        { unit: 'DISTRICT', amount: -100n, effectiveMonth: 7 },
        { unit: 'COMMUNE', amount: 100n, effectiveMonth: 7 },
      ],
      paid: { CITY: [60], DISTRICT: [10, 0, 0, 0, 0, 0, -10], COMMUNE: [0, 0, 0, 0, 0, 0, 10] },
    };
    const result = evaluate(given, { throughMonth: 8 });
    expect(months(result, 'DISTRICT', 'status').slice(4)).toEqual(['below', 'below', 'not-rated', 'not-rated']);
    expect(months(result, 'DISTRICT', 'streak').slice(4)).toEqual([5, 6, 0, 0]);
    expect(months(result, 'COMMUNE', 'streak')).toEqual([0, 0, 0, 0, 0, 0, 1, 2]);
    expect(averages(result).slice(5)).toEqual([{ '*': '7/20' }, { '*': '7/20' }, { '*': '7/20' }]); // I10: conserved
    expect(result.problems).toEqual([]);
  });

  it('money forgotten on the district is a problem in every later month and changes nothing else', () => {
    const given: Case = { units, plan: { CITY: 100, DISTRICT: 100 }, paid: { CITY: [60], DISTRICT: [10] } };
    const result = evaluate(given, { throughMonth: 8 });
    expect(result.problems).toEqual([
      { code: 'outside-validity', month: 7, unit: 'DISTRICT' },
      { code: 'outside-validity', month: 8, unit: 'DISTRICT' },
    ]);
    expect(averages(result).slice(5)).toEqual([{ '*': '7/20' }, { '*': '3/5' }, { '*': '3/5' }]);
  });

  it('so is a plan without a payment, or payments without a plan, but not a plan moved to 0', () => {
    const plan = { CITY: 100, DISTRICT: 100 };
    const outside = (given: Pick<Case, 'plan' | 'paid' | 'lines'>) =>
      evaluate({ units, ...given }, { throughMonth: 7 }).problems.filter(({ code }) => code === 'outside-validity');
    const july = [{ code: 'outside-validity', month: 7, unit: 'DISTRICT' }];
    expect(outside({ plan, paid: {} })).toEqual(july);
    expect(outside({ plan: { CITY: 100 }, paid: { DISTRICT: [10] } })).toEqual(july);
    expect(outside({ plan, paid: {}, lines: [{ unit: 'DISTRICT', amount: -100n, effectiveMonth: 7 }] })).toEqual([]);
  });

  it('a unit valid on no month end so far is left out, its money too', () => {
    const given: Case = { units, plan: { CITY: 100, COMMUNE: 100 }, paid: { CITY: [60], COMMUNE: [1] } };
    const result = evaluate(given, { throughMonth: 6 });
    expect(months(result, 'COMMUNE', 'status')).toEqual(Array(6).fill('absent'));
    expect(result.problems).toEqual([]);
    expect(result.inputs.units.map(({ code }) => code)).toEqual(['CITY', 'DISTRICT']);
  });
});

describe('problems', () => {
  const given: Case = {
    units: { B: {}, A: {}, R: { kind: 'reserve' }, GONE: { validTo: '2025-01-31' } },
    plan: { A: 0, B: -1 },
    paid: { A: [5], B: [5], R: [5], GONE: [5] },
  };

  it('are sorted by month, unit, code, the reserve among them', () => {
    expect(evaluate(given, { throughMonth: 2 }).problems).toEqual([
      { code: 'money-without-plan', month: 1, unit: 'A' },
      { code: 'money-without-plan', month: 1, unit: 'B' },
      { code: 'money-without-plan', month: 1, unit: 'GONE' },
      { code: 'money-without-plan', month: 1, unit: 'R' },
      { code: 'money-without-plan', month: 2, unit: 'A' },
      { code: 'money-without-plan', month: 2, unit: 'B' },
      { code: 'money-without-plan', month: 2, unit: 'GONE' },
      { code: 'outside-validity', month: 2, unit: 'GONE' },
      { code: 'money-without-plan', month: 2, unit: 'R' },
    ]);
  });

  it('money without a PM plan is none: planBasis does not filter payments', () => {
    expect(evaluate(given, { throughMonth: 1, planBasis: 'pm' }).problems).toEqual([]);
  });

  it('follow the policy of the month', () => {
    const fields = { throughMonth: 2, changes: [{ fromMonth: 2, planBasis: 'pm' }] };
    expect(evaluate(given, fields).problems.filter(({ month }) => month === 2)).toEqual([
      { code: 'outside-validity', month: 2, unit: 'GONE' },
    ]);
  });

  it('a plan of 0 and nothing paid is no problem, nor is a negative plan without money', () => {
    expect(evaluate({ ...given, paid: {} }, { throughMonth: 1 }).problems).toEqual([]);
  });
});

describe('an old month replays', () => {
  const june: Case = {
    units: { CITY: {}, DISTRICT: { kind: 'district' } },
    plan: { CITY: 100, DISTRICT: 100 },
    paid: { CITY: [60, 0, 0, 0, 0, 1], DISTRICT: [10] },
    reports: { CITY: [1, 2, 3, 4, 5, 6], DISTRICT: [1, 2, 4, 5, 6] },
  };
  const december: Case = {
    units: {
      COMMUNE: { kind: 'commune', validFrom: '2025-07-01' },
      DISTRICT: { kind: 'district', validTo: '2025-07-31' },
      CITY: {},
    },
    plan: { CITY: 100, DISTRICT: 100 },
    lines: [
      { unit: 'DISTRICT', amount: -100n, effectiveMonth: 8 },
      { unit: 'COMMUNE', amount: 100n, effectiveMonth: 8 },
    ],
    paid: { CITY: [60, 0, 0, 0, 0, 1, 9], DISTRICT: [10, 0, 0, 0, 0, 0, 5], COMMUNE: [0, 0, 0, 0, 0, 0, 0, 8] },
    reports: { CITY: [1, 2, 3, 4, 5, 6, 7], DISTRICT: [1, 2, 4, 5, 6, 7], COMMUNE: [7, 8] },
  };

  it('to the same three hashes after units were added and ended, and entries and reports made, later', () => {
    expect(evaluate(december, { throughMonth: 6 }).hashes).toEqual(evaluate(june, { throughMonth: 6 }).hashes);
  });

  it('but not once something of the month itself is changed', () => {
    const now = evaluate(june, { throughMonth: 6 }).hashes;
    const corrected = evaluate(
      { ...june, paid: { CITY: [60, 0, 0, 0, 0, 2], DISTRICT: [10] } },
      { throughMonth: 6 },
    ).hashes;
    expect(corrected.inputHash).not.toBe(now.inputHash);
    expect(corrected.resultHash).not.toBe(now.resultHash);
    expect(corrected.policyHash).toBe(now.policyHash);
    const ended = { ...june, units: { CITY: {}, DISTRICT: { kind: 'district' as const, validTo: '2025-06-30' } } };
    expect(evaluate(ended, { throughMonth: 6 }).hashes.inputHash).not.toBe(now.inputHash);
  });
});
