import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { DomainError, Month } from '#libs/kernel';
import {
  carryOutReorganisation,
  prepareReorganisation,
  recordAllocationDecision,
  recordDisbursements,
  resultHashOf,
  type ReorganisationResult,
} from '#libs/ledger';
import { reusedOffice } from '../harness/reused-office.js';
import { actorFor, PLAN_YEAR, smallOffice, UNITS, closeMonth } from '../harness/small-office.js';

const staff = actorFor('staff');
const amount = fc.bigInt({ min: -50n, max: 200n });
const project = fc.nat({ max: UNITS.length - 1 });

/** What people do in a year, in any order. */
const step = fc.oneof(
  fc.record({
    does: fc.constant('pay' as const),
    project,
    amount,
    carriedOver: fc.boolean(),
    basis: fc.constantFrom('actual' as const, 'estimate' as const),
    kind: fc.constantFrom('payment' as const, 'advance' as const, 'advance-recovery' as const),
    later: fc.nat({ max: 2 }),
  }),
  fc.record({
    does: fc.constant('allocate' as const),
    project,
    amount,
    carriedOver: fc.boolean(),
    basis: fc.constantFrom('pm' as const, 'province' as const),
    assigned: fc.boolean(),
  }),
  fc.record({ does: fc.constant('close' as const) }),
  fc.record({
    does: fc.constant('reorganise' as const),
    /** The unit that ends is the one that holds this project. */
    project,
    into: fc.constantFrom('new' as const, 'existing' as const, 'both' as const),
    other: project,
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** The books kept by hand beside the real ones: per project and series, whoever holds it. */
class ByHand {
  month = 1;
  count = 0;
  readonly sums = new Map<string, bigint>();
  readonly holder: string[] = [...UNITS];
  readonly began = new Map<string, number>();

  add(key: unknown[], value: bigint): void {
    const name = key.join(' ');
    this.sums.set(name, (this.sums.get(name) ?? 0n) + value);
  }
}

async function take(db: DataSource, hand: ByHand, done: Step): Promise<void> {
  const code = 'project' in done ? `P-${UNITS[done.project]}` : '';
  const holder = 'project' in done ? (hand.holder[done.project] as string) : '';
  const first = `${PLAN_YEAR}-${String(hand.month).padStart(2, '0')}-01`;
  if (done.does === 'pay') {
    const { carriedOver, basis, kind } = done;
    await recordDisbursements(db, staff, Month.of(PLAN_YEAR, Math.min(hand.month + done.later, 12)), [
      {
        unitCode: holder,
        projectCode: code,
        sourceCode: 'NSDP',
        kind,
        carriedOver,
        basis,
        amount: done.amount,
        documentNo: null,
        documentDate: null,
        reason: 'theo chứng từ',
        corrects: null,
      },
    ]);
    hand.add(['disbursed', code, basis, carriedOver], done.amount);
  } else if (done.does === 'allocate') {
    const { carriedOver, basis, assigned } = done;
    await recordAllocationDecision(db, staff, {
      planYear: PLAN_YEAR,
      number: `${++hand.count}/QĐ`,
      decisionDate: first,
      effectiveDate: first,
      level: 'province',
      kind: 'adjustment',
      note: '',
      lines: [
        {
          basis,
          carriedOver,
          unitCode: holder,
          projectCode: assigned ? code : null,
          sourceCode: 'NSDP',
          amount: done.amount,
        },
      ],
    });
    hand.add(['plan', assigned ? code : '-', basis, carriedOver], done.amount);
  } else if (done.does === 'close') {
    if (hand.month >= 11) return;
    await closeMonth(db, actorFor('approver'), Month.of(PLAN_YEAR, hand.month));
    hand.month++;
  } else {
    const existing = hand.holder[done.other] as string;
    const isNew = done.into !== 'existing';
    if (hand.began.get(holder) === hand.month || (!isNew && existing === holder)) return;
    const next = isNew ? `N${++hand.count}` : existing;
    const elsewhere = done.into === 'both' && existing !== holder;
    await carryOut(db, {
      decisionNo: `${++hand.count}/NQ`,
      decisionDate: first,
      effectiveDate: first,
      note: '',
      ended: [{ unitCode: holder, successorCode: next, unassignedTo: elsewhere ? existing : null }],
      successors: isNew
        ? [{ code: next, kind: 'investor', group: 'provincial', name: next, shortName: next, teamCode: 'T1' }]
        : [],
      projects: elsewhere ? [{ projectCode: code, successorCode: existing }] : [],
    });
    hand.holder.forEach((unit, i) => {
      if (unit === holder) hand.holder[i] = elsewhere && i === done.project ? existing : next;
    });
    // A unit that takes over cannot end on the same day.
    hand.began.set(next, hand.month);
    if (elsewhere) hand.began.set(existing, hand.month);
  }
}

async function carryOut(db: DataSource, request: Parameters<typeof prepareReorganisation>[2]): Promise<void> {
  const draft = await prepareReorganisation(db, staff, request);
  const hash = resultHashOf(JSON.parse(draft.result) as ReorganisationResult);
  await carryOutReorganisation(db, actorFor('approver'), draft.id, hash);
}

/** Taken from capital that is not there, or recovered beyond the advance: refused, and the sums below show no trace. */
function leavesNoTrace(error: unknown): void {
  const isExpected =
    error instanceof DomainError &&
    (error.code === 'unassigned-too-little' || error.problems.some(({ code }) => code === 'advance-exceeded'));
  if (!isExpected) throw error;
}

const BOOKED = `(
  SELECT 'plan' AS series, effective_month AS month, unit_code, project_code, basis, carried_over, amount FROM allocation_line
  UNION ALL SELECT 'disbursed', month, unit_code, project_code, basis, carried_over, amount FROM disbursement_entry)`;

describe('any sequence of bookings and reorganisations', () => {
  let base: Awaited<ReturnType<typeof reusedOffice>>;
  beforeAll(async () => {
    base = await reusedOffice((db) => smallOffice(db));
  });
  afterAll(() => base.drop());

  it('keeps I2, I5 and I10: every đồng stays with its project, on the unit that holds it, and sums are sums', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 16 }), async (steps) => {
        const own = await base.open();
        try {
          const hand = new ByHand();
          for (const unit of UNITS) hand.add(['plan', `P-${unit}`, 'province', false], 100n);
          for (const done of steps) await take(own.db, hand, done).catch(leavesNoTrace);

          const kept: { key: string; sum: string }[] = await own.db.query(
            `SELECT concat_ws(' ', series, coalesce(project_code, '-'), basis, carried_over::text) AS key, sum(amount) AS sum
             FROM ${BOOKED} AS b GROUP BY series, project_code, basis, carried_over`,
          );
          const inBooks = new Map(kept.map(({ key, sum }) => [key, sum]));
          for (const [key, sum] of hand.sums) expect([key, inBooks.get(key)]).toEqual([key, sum.toString()]);
          expect(inBooks.size).toBe(hand.sums.size);

          // I10: at the year's end a project's money stands on nobody but its holder.
          const elsewhere = await own.db.query(
            `SELECT unit_code, project_code, series, basis, carried_over FROM ${BOOKED} AS b
             WHERE project_code IS NOT NULL AND unit_code <> (
               SELECT h.unit_code FROM project_unit AS h WHERE h.project_code = b.project_code
                 AND daterange(h.valid_from, h.valid_to, '[]') @> date '2024-12-31')
             GROUP BY 1, 2, 3, 4, 5 HAVING sum(amount) <> 0`,
          );
          expect(elsewhere).toEqual([]);
          // Nothing is left on a unit after its end, in any month.
          const left = await own.db.query(
            `SELECT b.unit_code FROM ${BOOKED} AS b JOIN unit AS u ON u.code = b.unit_code AND u.valid_to IS NOT NULL
             GROUP BY b.unit_code, b.project_code, b.series, b.basis, b.carried_over HAVING sum(b.amount) <> 0`,
          );
          expect(left).toEqual([]);
          // I2: what the database keeps as totals is the sum of what was booked, per unit and month.
          const sums = await own.db.query(
            `SELECT series, month, unit_code, basis, carried_over FROM (
               SELECT 'plan' AS series, effective_month AS month, unit_code, basis, carried_over, amount FROM allocation_total
               UNION ALL SELECT 'disbursed', month, unit_code, basis, carried_over, amount FROM disbursement_total
               UNION ALL SELECT series, month, unit_code, basis, carried_over, -amount FROM ${BOOKED} AS b) AS t
             GROUP BY 1, 2, 3, 4, 5 HAVING sum(amount) <> 0`,
          );
          expect(sums).toEqual([]);
        } finally {
          await own.close();
        }
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});
