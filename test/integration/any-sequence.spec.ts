import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { Month } from '#libs/kernel';
import { recordAllocationDecision, recordDisbursements, type EntryKind } from '#libs/ledger';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { disbursementCsv, importFile } from '../harness/imports.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { actorFor, PLAN_YEAR, smallOffice, UNITS } from '../harness/small-office.js';

const unit = fc.constantFrom(...UNITS);
const month = fc.integer({ min: 1, max: 4 });
const amount = fc.integer({ min: -40, max: 40 });

const step = fc.oneof(
  fc.record({
    does: fc.constant('import' as const),
    cells: fc.uniqueArray(fc.record({ month, unit, amount }), {
      selector: (cell) => `${cell.month} ${cell.unit}`,
      minLength: 1,
      maxLength: 6,
    }),
  }),
  fc.record({ does: fc.constant('pay' as const), month, unit, amount }),
  fc.record({ does: fc.constant('correct' as const), amount, which: fc.nat() }),
  fc.record({ does: fc.constant('move-plan' as const), from: unit, to: unit, amount }),
  fc.record({ does: fc.constant('move-money' as const), from: unit, to: unit, amount, month }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/**
 * Imports, payments, corrections and transfers in any order, in one year that goes on from run to run: whatever came
 * before, I2 totals are the sums of entries, I3 no entry changes, I5 the province is the sum of its units, projects
 * and sources, I8 the same file again changes nothing, I10 a transfer keeps the sums.
 */
describe('any sequence of imports, corrections and transfers', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let db: DataSource;
  let staff: Caller;
  let decisions = 0;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    db = api.db;
    await smallOffice(db, 1000n);
    staff = await api.signIn('staff');
  });
  afterAll(async () => {
    await api.stop();
    await database.drop();
  });

  it('keeps I2, I3, I5, I8 and I10', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async (steps) => {
        for (const each of steps) {
          const before = await sums();
          const history = await checksum(before.lastEntry);
          await take(each);
          const after = await sums();
          expect(await checksum(before.lastEntry)).toBe(history);
          expect(await brokenTotals()).toEqual([]);
          if (each.does === 'move-plan') expect(after.plan).toBe(before.plan);
          if (each.does === 'move-money') expect(after.disbursed).toBe(before.disbursed);
        }
        await expectSumsAgree();
      }),
      { numRuns: 6 },
    );
  }, 120_000);

  async function take(done: Step): Promise<void> {
    switch (done.does) {
      case 'import': {
        const lines = done.cells.map(
          (cell) => `${PLAN_YEAR},${cell.month},${cell.unit},P-${cell.unit},NSDP,payment,0,actual,${cell.amount}`,
        );
        const sent = await importFile(db, staff, disbursementCsv(lines));
        const { state } = sent;
        if (state === 'ready') await staff.post(`/imports/${sent.id}/commit`, { reason: 'Theo bảng kê' }).expect(200);
        const entries = await sums();
        const again = await importFile(db, staff, disbursementCsv(lines));
        expect([again.difference.new.cells, again.difference.changed.cells]).toEqual([0, 0]);
        expect(await sums()).toEqual(entries);
        for (const { month: of, unit: code, amount: stated } of done.cells)
          expect(await cellTotal(of, code)).toBe(String(stated));
        return;
      }
      case 'pay':
        return book(done.month, [{ unit: done.unit, kind: 'payment', amount: done.amount, corrects: null }]);
      case 'correct': {
        const entries: { id: number; month: number; unit_code: string }[] = await db.query(
          "SELECT id, month, unit_code FROM disbursement_entry WHERE kind <> 'transfer' ORDER BY id",
        );
        const named = entries[done.which % Math.max(1, entries.length)];
        if (!named) return;
        return book(named.month, [
          { unit: named.unit_code, kind: 'correction', amount: done.amount, corrects: named.id },
        ]);
      }
      case 'move-money':
        return book(done.month, [
          { unit: done.from, kind: 'transfer', amount: -done.amount, corrects: null },
          { unit: done.to, kind: 'transfer', amount: done.amount, corrects: null },
        ]);
      case 'move-plan':
        await recordAllocationDecision(db, actorFor('staff'), {
          planYear: PLAN_YEAR,
          number: `${++decisions}/ĐC`,
          decisionDate: '2024-03-05',
          effectiveDate: '2024-03-05',
          level: 'province',
          kind: 'transfer',
          note: '',
          lines: [
            [done.from, -done.amount],
            [done.to, done.amount],
          ].map(([unitCode, moved]) => ({
            basis: 'province' as const,
            carriedOver: false,
            unitCode: String(unitCode),
            projectCode: `P-${unitCode}`,
            sourceCode: 'NSDP',
            amount: BigInt(moved as number),
          })),
        });
    }
  }

  async function book(
    of: number,
    entries: { unit: string; kind: EntryKind; amount: number; corrects: number | null }[],
  ): Promise<void> {
    await recordDisbursements(
      db,
      actorFor('staff'),
      Month.of(PLAN_YEAR, of),
      entries.map(({ unit: unitCode, amount: moved, ...entry }) => ({
        ...entry,
        unitCode,
        projectCode: `P-${unitCode}`,
        sourceCode: 'NSDP',
        carriedOver: false,
        basis: 'actual',
        amount: BigInt(moved),
        documentNo: null,
        documentDate: null,
        reason: 'theo chứng từ',
      })),
    );
  }

  const one = async <Row>(sql: string, values: unknown[] = []): Promise<Row> =>
    ((await db.query(sql, values)) as Row[])[0] as Row;

  const sums = (): Promise<{ plan: string; disbursed: string; lastEntry: number }> =>
    one(`SELECT (SELECT coalesce(sum(amount), 0)::text FROM allocation_line) AS plan,
                (SELECT coalesce(sum(amount), 0)::text FROM disbursement_entry) AS disbursed,
                (SELECT coalesce(max(id), 0) FROM disbursement_entry) AS "lastEntry"`);

  const checksum = async (through: number): Promise<string> =>
    (
      await one<{ sum: string }>(
        "SELECT md5(coalesce(string_agg(e::text, '|' ORDER BY id), '')) AS sum FROM disbursement_entry AS e WHERE id <= $1",
        [through],
      )
    ).sum;

  /** A stated cell is a cell of payments: corrections and transfers are cells of their own kind. */
  const cellTotal = async (of: number, code: string): Promise<string> =>
    (
      await one<{ sum: string }>(
        `SELECT coalesce(sum(amount), 0)::text AS sum FROM disbursement_entry
         WHERE month = $1 AND unit_code = $2 AND kind = 'payment'`,
        [of, code],
      )
    ).sum;

  const brokenTotals = (): Promise<unknown[]> =>
    db.query(`
      SELECT books, unit_code, month FROM (
        SELECT 'plan' AS books, unit_code, effective_month AS month, basis, carried_over, amount FROM allocation_total
        UNION ALL SELECT 'plan', unit_code, effective_month, basis, carried_over, -amount FROM allocation_line
        UNION ALL SELECT 'disbursed', unit_code, month, basis, carried_over, amount FROM disbursement_total
        UNION ALL SELECT 'disbursed', unit_code, month, basis, carried_over, -amount FROM disbursement_entry) AS both_sides
      GROUP BY books, unit_code, month, basis, carried_over HAVING sum(amount) <> 0`);

  /** As people read it over HTTP: the province, its units, its projects. */
  async function expectSumsAgree(): Promise<void> {
    for (const list of ['disbursements', 'allocation-lines']) {
      const total = async (filter: string): Promise<number> =>
        ((await staff.get(`/${list}?planYear=${PLAN_YEAR}${filter}`).expect(200)).body as { totalDong: number })
          .totalDong;
      const province = await total('');
      const add = (parts: number[]): number => parts.reduce((sum, part) => sum + part, 0);
      expect(add(await Promise.all(UNITS.map((code) => total(`&unit=${code}`))))).toBe(province);
      expect(add(await Promise.all(UNITS.map((code) => total(`&project=P-${code}`))))).toBe(province);
    }
    const { all, bySource } = (await staff.get(`/plan-totals?planYear=${PLAN_YEAR}&on=${PLAN_YEAR}-12-31`).expect(200))
      .body as Record<'all' | 'bySource', { basis: string; amountDong: number }[]>;
    const ofProvince = (rows: { basis: string; amountDong: number }[]): number =>
      rows.filter(({ basis }) => basis === 'province').reduce((sum, { amountDong }) => sum + amountDong, 0);
    expect([ofProvince(all), ofProvince(bySource)]).toEqual([4000, 4000]);
  }
});
