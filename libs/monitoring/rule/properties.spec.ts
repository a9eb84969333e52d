import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { monthEnd } from '#libs/kernel';
import {
  evaluatePlanYear,
  frozenTexts,
  hashesOf,
  parsePolicy,
  policyInMonth,
  publishedResult,
  sumPlanAndDisbursed,
  type AllocationLine,
  type DisbursementEntry,
  type EvaluationHashes,
  type EvaluationInputs,
  type MonthlyReport,
  type Policy,
  type PublishedResult,
  type RatedUnit,
} from './index.js';

const PLAN_YEAR = 2025;
const CODES = ['U1', 'U2', 'U3', 'U10', 'R', 'Đ', '\u{1F600}'];

interface Books {
  units: RatedUnit[];
  lines: AllocationLine[];
  entries: DisbursementEntry[];
  reports: MonthlyReport[] | null;
}

const amount = (min: number, max: number) => fc.integer({ min, max }).map(BigInt);
const unitCode = fc.constantFrom(...CODES);
const project = fc.constantFrom('P1', 'P2', 'P3');

const unit = (code: string): fc.Arbitrary<RatedUnit> =>
  fc.record({
    code: fc.constant(code),
    kind: code === 'R' ? fc.constant('reserve' as const) : fc.constantFrom('investor' as const, 'commune' as const),
    group: fc.constantFrom('a', 'b'),
    validFrom: fc.constantFrom('', '', '', '2025-02-28', '2025-07-01'),
    validTo: fc.constantFrom('', '', '', '2025-08-15', '2025-10-31', '2026-01-31'),
  });
const line: fc.Arbitrary<AllocationLine> = fc.record({
  effectiveMonth: fc.constantFrom(1, 1, 1, 2, 5, 13),
  basis: fc.constantFrom('province', 'province', 'pm'),
  carriedOver: fc.constantFrom(false, false, true),
  unit: unitCode,
  project,
  amount: amount(-40, 150),
});
const entry: fc.Arbitrary<DisbursementEntry> = fc.record({
  month: fc.integer({ min: 1, max: 13 }),
  unit: unitCode,
  project,
  source: fc.constantFrom('S1', 'S2'),
  carriedOver: fc.constantFrom(false, false, true),
  basis: fc.constantFrom('actual', 'actual', 'estimate'),
  amount: amount(-10, 40),
});
const report = fc.record({ month: fc.integer({ min: 1, max: 13 }), unit: unitCode });

/** Nearly every unit has a plan, most months a payment: few cases in which nothing happens. */
const books: fc.Arbitrary<Books> = fc.record({
  units: fc.tuple(...CODES.map(unit)).chain((all) => fc.subarray(all, { minLength: 2 })),
  lines: fc
    .tuple(
      fc.array(line, { maxLength: 8 }),
      fc.tuple(
        ...CODES.map((code) => line.map((of) => ({ ...of, unit: code, basis: 'province' as const, amount: 100n }))),
      ),
    )
    .map(([some, basic]) => [...some, ...basic]),
  entries: fc.array(entry, { minLength: 10, maxLength: 40, size: 'max' }),
  reports: fc.option(fc.array(report, { minLength: 40, maxLength: 120 }), { freq: 3 }),
});

const averageParts = fc.constantFrom(
  { method: 'pooled' },
  { method: 'pooled', includeReserve: true },
  { method: 'pooled', scope: 'group', includeReserve: true },
  { method: 'mean' },
  { method: 'mean', scope: 'group' },
  { method: 'declared' },
);
const declaredPercent = Object.fromEntries(Array.from({ length: 13 }, (_, i) => [String(i + 1), `${7 * i + 3}.4`]));
const policyFields = fc.record({
  thresholdMonths: fc.integer({ min: 1, max: 4 }),
  planBasis: fc.constantFrom('province', 'province', 'province', 'pm'),
  includeCarriedOver: fc.boolean(),
  includeEstimates: fc.boolean(),
  excludeProjects: fc.constantFrom([], [], ['P3']),
  missing: fc.constantFrom('pause', 'break', 'carry-forward'),
  average: averageParts,
});
const policy: fc.Arbitrary<Policy> = fc
  .record({
    first: policyFields,
    throughMonth: fc.constantFrom(3, 6, 9, 12, 13),
    // A change writes method and scope both, so that declared never meets group.
    changes: fc.array(fc.tuple(fc.integer({ min: 2, max: 13 }), policyFields), { maxLength: 2 }),
  })
  .map(({ first, throughMonth, changes }) =>
    policyOf({
      ...first,
      throughMonth,
      average: { ...first.average, declaredPercent },
      changes: changes.map(([fromMonth, fields]) => ({
        ...fields,
        fromMonth,
        average: { scope: 'all', includeReserve: false, ...fields.average },
      })),
    }),
  );

function policyOf(fields: Record<string, unknown>): Policy {
  const { policy: parsed, problems } = parsePolicy({ planYear: PLAN_YEAR, ...fields });
  if (!parsed) throw new Error(JSON.stringify(problems));
  return parsed;
}

function inputsOf(given: Books, by: Policy): EvaluationInputs {
  const codes = given.units.map(({ code }) => code);
  return {
    units: given.units,
    sums: sumPlanAndDisbursed(codes, given.lines, given.entries, by),
    reports: given.reports,
  };
}

function evaluate(inputs: EvaluationInputs, by: Policy): PublishedResult & EvaluationHashes {
  const evaluation = evaluatePlanYear(inputs, by);
  const result = publishedResult(evaluation);
  return { ...result, ...hashesOf(frozenTexts(evaluation.inputs, by, result)) };
}

const evaluateBooks = (given: Books, by: Policy) => evaluate(inputsOf(given, by), by);

type Row = PublishedResult['months'][number]['units'][number];
const rows = ({ months }: PublishedResult): { month: number; row: Row }[] =>
  months.flatMap(({ month, units }) => units.map((row) => ({ month, row })));
const statuses = (result: PublishedResult) =>
  rows(result).map(({ month, row: { unit: code, status, streak, flagged } }) => ({
    month,
    code,
    status,
    streak,
    flagged,
  }));

const RUNS = { numRuns: 150 };

describe('evaluation, whatever the books and the policy', () => {
  it('the generated books are worth evaluating: every status, flags and problems occur', () => {
    const seen = new Set<string>();
    for (const [given, by] of fc.sample(fc.tuple(books, policy), { numRuns: 200, seed: 1 })) {
      const result = evaluateBooks(given, by);
      for (const { row } of rows(result)) seen.add(row.status).add(row.flagged ? 'flagged' : 'free');
      for (const { code } of result.problems) seen.add(code);
    }
    expect([...seen].sort()).toEqual([
      'at-or-above',
      'below',
      'flagged',
      'free',
      'missing',
      'money-without-plan',
      'not-rated',
      'outside-validity',
    ]);
  });

  it('the order of units, lines, entries and reports does not matter, hashes included (I2, I6)', () => {
    const shuffled = books.chain((given) =>
      fc.record({
        given: fc.constant(given),
        turned: fc.record({
          units: fc.shuffledSubarray(given.units, { minLength: given.units.length }),
          lines: fc.shuffledSubarray(given.lines, { minLength: given.lines.length }),
          entries: fc.shuffledSubarray(given.entries, { minLength: given.entries.length }),
          reports: given.reports
            ? fc.shuffledSubarray(given.reports, { minLength: given.reports.length })
            : fc.constant(null),
        }),
      }),
    );
    fc.assert(
      fc.property(shuffled, policy, ({ given, turned }, by) => {
        expect(evaluateBooks(turned, by)).toEqual(evaluateBooks(given, by));
      }),
      RUNS,
    );
  });

  it('an entry split in two of the same cell changes nothing', () => {
    fc.assert(
      fc.property(books, entry, amount(-30, 30), policy, (given, whole, part, by) => {
        const one = { ...given, entries: [...given.entries, whole] };
        const two = {
          ...given,
          entries: [...given.entries, { ...whole, amount: part }, { ...whole, amount: whole.amount - part }],
        };
        expect(evaluateBooks(two, by)).toEqual(evaluateBooks(one, by));
      }),
      RUNS,
    );
  });

  it('all amounts times k change no average, status, streak or flag', () => {
    fc.assert(
      fc.property(books, policy, amount(2, 1_000_000), (given, by, k) => {
        const larger = {
          ...given,
          lines: given.lines.map((of) => ({ ...of, amount: of.amount * k })),
          entries: given.entries.map((of) => ({ ...of, amount: of.amount * k })),
        };
        const [before, after] = [evaluateBooks(given, by), evaluateBooks(larger, by)];
        expect(after.months.map(({ averages }) => averages)).toEqual(before.months.map(({ averages }) => averages));
        expect(statuses(after)).toEqual(statuses(before));
        expect(after.problems).toEqual(before.problems);
      }),
      RUNS,
    );
  });

  it('pooled: a unit exactly at the average, added, changes nobody’s status, streak or flag, nor the average', () => {
    fc.assert(
      fc.property(books, policy, amount(1, 1000), (given, drawn, k) => {
        const by = {
          ...drawn,
          average: { method: 'pooled', scope: 'all', includeReserve: true } as const,
          changes: [],
        };
        const inputs = inputsOf(given, by);
        const before = evaluate(inputs, by);
        const newcomer: RatedUnit = { code: 'NEW', kind: 'investor', group: 'a', validFrom: '', validTo: '' };
        const sums = before.months.map(({ month, averages: [average] }) => ({
          month,
          unit: 'NEW',
          plan: k * BigInt(average?.denominator ?? 0),
          disbursed: k * BigInt(average?.numerator ?? 0),
        }));
        const reports = inputs.reports && [
          ...inputs.reports,
          ...before.months.map(({ month }) => ({ month, unit: 'NEW' })),
        ];
        const after = evaluate({ units: [newcomer, ...inputs.units], sums: [...sums, ...inputs.sums], reports }, by);
        expect(after.months.map(({ averages }) => averages)).toEqual(before.months.map(({ averages }) => averages));
        expect(statuses(after).filter(({ code }) => code !== 'NEW')).toEqual(statuses(before));
        for (const { month, row } of rows(after).filter(({ row: { unit: code } }) => code === 'NEW'))
          expect(row.status).toBe(before.months[month - 1]?.averages.length === 0 ? 'not-rated' : 'at-or-above');
      }),
      RUNS,
    );
  });

  it.each(['pooled', 'mean', 'declared'])(
    '%s: paying the gap in that month puts the unit at the average; one đồng less does not',
    (method) => {
      let tried = 0;
      fc.assert(
        fc.property(books, policy, fc.boolean(), (drawnBooks, drawn, includeReserve) => {
          const given = { ...drawnBooks, reports: null };
          const scope = method === 'declared' ? 'all' : drawn.average.scope;
          const average = { ...drawn.average, method, scope, includeReserve } as Policy['average'];
          const by: Policy = { ...drawn, average, changes: [] };
          const before = evaluateBooks(given, by);
          const below = rows(before).filter(({ row }) => row.status === 'below');
          for (const { month, row } of [below[0], below.at(-1)].filter((found) => found !== undefined)) {
            tried++;
            expect(row.gap).toBeGreaterThan(0);
            const statusAfter = (paid: number) => {
              const payment: DisbursementEntry = {
                month,
                unit: row.unit,
                project: 'NEW',
                source: 'S1',
                carriedOver: false,
                basis: 'actual',
                amount: BigInt(paid),
              };
              const after = evaluateBooks({ ...given, entries: [...given.entries, payment] }, by);
              return after.months[month - 1]?.units.find(({ unit: code }) => code === row.unit)?.status;
            };
            expect(statusAfter(row.gap)).toBe('at-or-above');
            expect(statusAfter(row.gap - 1)).toBe('below');
          }
        }),
        RUNS,
      );
      expect(tried).toBeGreaterThan(30);
    },
  );

  it('a gap stands exactly where the status is below, a flag only where the streak has reached the threshold', () => {
    fc.assert(
      fc.property(books, policy, (given, by) => {
        const evaluation = evaluatePlanYear(inputsOf(given, by), by);
        for (const { units, policy: inForce } of evaluation.months)
          for (const { status, gap, flagged, streak, evidence } of units) {
            expect(gap > 0n).toBe(status === 'below');
            expect(flagged).toBe(status === 'below' && streak >= inForce.thresholdMonths);
            expect(evidence.countedMonths).toHaveLength(streak);
          }
      }),
      RUNS,
    );
  });

  it('missing is not zero (I9): a report withheld changes no average and no sum, and never makes a unit below', () => {
    fc.assert(
      fc.property(books, policy, fc.nat(), (given, by, pick) => {
        const reports = given.reports ?? [];
        const silent = reports[pick % Math.max(reports.length, 1)];
        const [all, fewer] = [
          evaluateBooks({ ...given, reports }, by),
          evaluateBooks(
            { ...given, reports: reports.filter((of) => of.month !== silent?.month || of.unit !== silent.unit) },
            by,
          ),
        ];
        expect(fewer.months.map(({ averages }) => averages)).toEqual(all.months.map(({ averages }) => averages));
        expect(fewer.problems).toEqual(all.problems);
        const before = rows(all);
        rows(fewer).forEach(({ month, row }, i) => {
          const same = before[i]?.row as Row;
          expect([row.plan, row.disbursed]).toEqual([same.plan, same.disbursed]);
          const isSilent = month === silent?.month && row.unit === silent.unit;
          const isMissing =
            isSilent && row.status !== 'not-rated' && policyInMonth(by, month).missing !== 'carry-forward';
          expect([month, row.unit, row.status]).toEqual([month, row.unit, isMissing ? 'missing' : same.status]);
        });
      }),
      RUNS,
    );
  });

  it('missing is not zero (I9): an entry of 0 đồng reports nothing and changes nothing', () => {
    fc.assert(
      fc.property(books, entry, policy, (given, at, by) => {
        const zero = { ...at, project: 'NEW', amount: 0n };
        expect(evaluateBooks({ ...given, entries: [...given.entries, zero] }, by)).toEqual(evaluateBooks(given, by));
      }),
      RUNS,
    );
  });

  it('an old month replays to the same hashes after units were added or ended and entries made later', () => {
    fc.assert(
      fc.property(books, policy, fc.array(entry), fc.array(line), (given, by, entries, lines) => {
        const last = by.throughMonth;
        const afterwards = `${PLAN_YEAR + 1}-02-01`;
        const known = {
          ...given,
          units: given.units.map((of) => ({
            ...of,
            validTo: of.validTo > monthEnd(PLAN_YEAR, last) ? '' : of.validTo,
          })),
        };
        const later: Books = {
          units: [
            ...known.units.map((of) => ({ ...of, validTo: of.validTo === '' ? afterwards : of.validTo })),
            { code: 'LATER', kind: 'commune', group: 'a', validFrom: afterwards, validTo: '' },
          ],
          lines: [
            ...known.lines,
            ...lines.flatMap((of) => (of.effectiveMonth > last ? [of] : [])),
            ...lines.map((of) => ({ ...of, unit: 'LATER' })),
          ],
          entries: [...known.entries, ...entries.filter(({ month }) => month > last)],
          reports: known.reports && [
            ...known.reports,
            ...entries.filter(({ month }) => month > last),
            { month: 1, unit: 'LATER' },
          ],
        };
        expect(evaluateBooks(later, by)).toEqual(evaluateBooks(known, by));
      }),
      RUNS,
    );
  });

  it('the months before do not change when one month more is evaluated', () => {
    fc.assert(
      fc.property(books, policy, (given, by) => {
        const units = given.units.map((of) => ({ ...of, validFrom: '', validTo: '' }));
        const shorter = { ...by, throughMonth: by.throughMonth - 1 };
        const [longer, before] = [evaluateBooks({ ...given, units }, by), evaluateBooks({ ...given, units }, shorter)];
        expect(longer.months.slice(0, -1)).toEqual(before.months);
        expect(longer.problems.filter(({ month }) => month < by.throughMonth)).toEqual(before.problems);
      }),
      RUNS,
    );
  });
});
