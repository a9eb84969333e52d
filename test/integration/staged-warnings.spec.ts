import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { commitImport, receiveImport } from '#libs/exchange';
import { Month } from '#libs/kernel';
import { recordDisbursements, USUAL_LIMITS, type NewDisbursement } from '#libs/ledger';
import { direct } from '../harness/direct-sql.js';
import { freshDatabase, openBooks, type NamedDatabase } from '../harness/fresh-database.js';
import { disbursementCsv, readWaiting } from '../harness/imports.js';
import { actorFor, PLAN_YEAR } from '../harness/small-office.js';
import { entry, treasuryOffice } from '../harness/treasury-office.js';

const staff = actorFor('staff');

interface Line {
  month: number;
  entry: NewDisbursement;
}

/**
 * The office of treasuryOffice: plans of 100 đồng for P-A … P-D, none for A1 … B2. September holds A1 100, A2 640,
 * B1 7,009, W-1 30, W-2 20, P-C 10.
 */
describe('warnings of a file', () => {
  let office: NamedDatabase;
  beforeAll(async () => {
    office = await freshDatabase();
    const db = await openBooks(office.url);
    await treasuryOffice(db);
    await db.destroy();
  });
  afterAll(async () => office?.drop());

  async function inOffice<T>(work: (db: DataSource) => Promise<T>): Promise<T> {
    const own = await freshDatabase(office.name);
    const db = await openBooks(own.url);
    try {
      return await work(db);
    } finally {
      await db.destroy();
      await own.drop();
    }
  }

  async function commitFile(
    db: DataSource,
    lines: readonly Line[],
    choices: { reason?: string } = {},
    limits = USUAL_LIMITS,
  ): Promise<void> {
    const rows = lines.map(({ month, entry: it }, i) =>
      [
        PLAN_YEAR,
        month,
        it.unitCode,
        it.projectCode,
        it.sourceCode,
        it.kind,
        it.carriedOver ? 1 : 0,
        it.basis,
        it.amount,
        `CT${i}`,
        it.reason ?? '',
      ].join(','),
    );
    const batch = await receiveImport(db, staff, {
      kind: 'disbursements',
      fileName: () => 'giai-ngan.csv',
      bytes: (async function* () {
        yield Buffer.from(disbursementCsv(rows, ',document_no,reason'));
      })(),
      choices: () => ({}),
    });
    await readWaiting(db);
    await commitImport(db, staff, batch.id, choices, limits);
  }

  /** Warnings with the line that answers for each, in one order. */
  async function warnings(db: DataSource): Promise<unknown[]> {
    return db.query(
      `SELECT e.month, e.unit_code, e.project_code, e.source_code, e.carried_over, e.basis, e.amount, w.code, w.found,
              w.compared_with
       FROM disbursement_warning AS w JOIN disbursement_entry AS e ON e.id = w.entry_id
       WHERE e.recorded_by = 'staff' AND e.id > (SELECT max(id) FROM mark) ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`,
    );
  }
  const mark = (db: DataSource): Promise<unknown> =>
    db.query('CREATE TABLE mark AS SELECT coalesce(max(id), 0) AS id FROM disbursement_entry');

  const HELD = [
    ['A', 'P-A'],
    ['A', 'A1'],
    ['A', 'A2'],
    ['B', 'B1'],
    ['C', 'P-C'],
  ] as const;
  const line = fc
    .record({
      month: fc.constantFrom(2, 3, 4, 5, 6, 12, 13),
      of: fc.constantFrom(...HELD),
      sourceCode: fc.constantFrom('NSDP', 'NSTW'),
      carriedOver: fc.boolean(),
      basis: fc.constantFrom('actual' as const, 'actual' as const, 'estimate' as const),
      kind: fc.constantFrom('payment' as const, 'payment' as const, 'payment' as const, 'transfer' as const),
      amount: fc.bigInt({ min: -60n, max: 90n }).filter((dong) => dong !== 0n),
    })
    .map(({ month, of: [unitCode, projectCode], amount, ...more }): Line => ({
      month,
      entry: entry(unitCode, projectCode, amount, { ...more, reason: amount < 0n ? 'Hoàn trả' : null }),
    }));
  const limits = fc.record({
    warningUsualTimes: fc.constantFrom(1, 2, 3),
    warningEarlierMonths: fc.constantFrom(1, 2, 3),
    warningDecemberPercent: fc.constantFrom(10, 30, 80),
  });

  it('are those that the rule finds, line by line, on random books', async () => {
    let found = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 30 }),
        fc.array(line, { minLength: 4, maxLength: 25 }),
        limits,
        async (before, file, of) => {
          const book = async (db: DataSource, lines: readonly Line[]): Promise<void> => {
            // The last month first: what is booked in later months says nothing about an earlier one.
            for (const month of [...new Set(lines.map((one) => one.month))].sort((a, b) => b - a))
              await recordDisbursements(
                db,
                staff,
                Month.of(PLAN_YEAR, month),
                lines.filter((one) => one.month === month).map((one) => one.entry),
                'keep',
                of,
              );
          };
          const expected = await inOffice(async (db) => {
            await book(db, before);
            await mark(db);
            await book(db, file);
            return warnings(db);
          });
          const kept = await inOffice(async (db) => {
            await book(db, before);
            await mark(db);
            await commitFile(db, file, {}, of);
            return warnings(db);
          });
          found += expected.length;
          expect(kept).toEqual(expected);
        },
      ),
      { numRuns: 12 },
    );
    expect(found).toBeGreaterThan(10);
  });

  it('of more than 5,000 lines are found in every one: 6,000 payments of 1 đồng without a plan', async () => {
    await inOffice(async (db) => {
      await direct(
        db,
        `INSERT INTO project (code, name, capital_type, programme)
                      SELECT 'N' || i, 'N ' || i, 'public', 'none' FROM generate_series(1, 6000) AS i`,
      );
      await direct(
        db,
        "INSERT INTO project_unit (project_code, unit_code) SELECT 'N' || i, 'A' FROM generate_series(1, 6000) AS i",
      );
      const file = Array.from({ length: 6000 }, (_, i) => ({ month: 3, entry: entry('A', `N${i + 1}`, 1n) }));
      await commitFile(db, file, { reason: 'Thanh toán trước khi giao vốn' });
      expect(
        await db.query(
          `SELECT w.code, e.reason, count(*)::int FROM disbursement_warning AS w
           JOIN disbursement_entry AS e ON e.id = w.entry_id WHERE e.project_code LIKE 'N%' GROUP BY 1, 2`,
        ),
      ).toEqual([{ code: 'no-plan', reason: 'Thanh toán trước khi giao vốn', count: 6000 }]);
    });
  });

  it('one reason serves all lines that are unusual and name none, and no other line', async () => {
    await inOffice(async (db) => {
      await commitFile(
        db,
        [
          { month: 3, entry: entry('A', 'P-A', 130n) },
          { month: 3, entry: entry('B', 'B1', 5n, { reason: 'Ứng trước' }) },
          { month: 3, entry: entry('C', 'P-C', 5n) },
        ],
        { reason: 'Theo khối lượng nghiệm thu' },
      );
      expect(
        await db.query('SELECT project_code AS project, reason FROM disbursement_entry WHERE month = 3 ORDER BY id'),
      ).toEqual([
        { project: 'P-A', reason: 'Theo khối lượng nghiệm thu' },
        { project: 'B1', reason: 'Ứng trước' },
        { project: 'P-C', reason: null },
      ]);
    });
  });

  it('are judged by the plan of their own month: P-A has 200 and P-C 50 from June on, both 100 before', async () => {
    await inOffice(async (db) => {
      await direct(
        db,
        `WITH decision AS (
           INSERT INTO allocation_decision (plan_year, number, decision_date, effective_date, level, kind, recorded_at, recorded_by)
           VALUES (${PLAN_YEAR}, '6/QĐ', '${PLAN_YEAR}-06-10', '${PLAN_YEAR}-06-10', 'province', 'adjustment', now(), 'staff')
           RETURNING id
         )
         INSERT INTO allocation_line (decision_id, plan_year, effective_month, basis, carried_over, unit_code, project_code, source_code, amount)
         SELECT decision.id, ${PLAN_YEAR}, 6, 'province', false, l.unit_code, l.project_code, l.source_code,
                CASE l.project_code WHEN 'P-A' THEN 100 ELSE -50 END
         FROM decision, allocation_line AS l
         WHERE l.project_code IN ('P-A', 'P-C') AND l.basis = 'province' AND NOT l.carried_over AND l.plan_year = ${PLAN_YEAR}`,
      );
      await db.query('CREATE TABLE mark AS SELECT coalesce(max(id), 0) AS id FROM disbursement_entry');
      await commitFile(db, [
        { month: 3, entry: entry('A', 'P-A', 150n) },
        { month: 3, entry: entry('C', 'P-C', 10n) },
        { month: 7, entry: entry('A', 'P-A', 20n) },
        { month: 7, entry: entry('C', 'P-C', 60n) },
      ]);
      expect(
        (await warnings(db)).map((w) => {
          const { month, project_code, code, found, compared_with } = w as Record<string, unknown>;
          return [month, project_code, code, Number(found), Number(compared_with)];
        }),
      ).toEqual([
        [3, 'P-A', 'over-plan', 150, 100],
        [7, 'P-C', 'over-plan', 60, 50],
      ]);
    });
  });
});
