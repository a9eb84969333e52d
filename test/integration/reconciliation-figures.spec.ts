import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { recordDisbursements } from '#libs/ledger';
import { acceptDifference, correctDifference, importStatement, listDifferences } from '#libs/reconciliation';
import { direct } from '../harness/direct-sql.js';
import { freshDatabase, openBooks, type FreshDatabase, type NamedDatabase } from '../harness/fresh-database.js';
import { actorFor } from '../harness/small-office.js';
import {
  entry,
  importBoth,
  line,
  OCTOBER,
  SEPTEMBER,
  SEPTEMBER_LINES,
  treasuryOffice,
} from '../harness/treasury-office.js';

const staff = actorFor('staff');

/** September and October have statements; the figures were kept while the office worked. */
describe('the kept figures of the reconciliation', () => {
  let office: NamedDatabase;
  beforeAll(async () => {
    office = await freshDatabase();
    const db = await openBooks(office.url);
    await treasuryOffice(db);
    await importBoth(db);
    await db.destroy();
  });
  afterAll(async () => office?.drop());

  async function inOffice(work: (db: DataSource) => Promise<void>): Promise<void> {
    const own: FreshDatabase = await freshDatabase(office.name);
    const db = await openBooks(own.url);
    try {
      await work(db);
    } finally {
      await db.destroy();
      await own.drop();
    }
  }

  const COLUMNS = `cell_project, source_code, carried_over, project_code, national_code, books, treasury,
    books_recovered, treasury_recovered, treasury_advance, entry_unit, line_unit, project_name, resolution_id, state`;

  /** Rows that only one of the two has: the kept figures, and the months compared whole. */
  async function strayed(db: DataSource): Promise<unknown[]> {
    const whole = `SELECT m, c.* FROM generate_series(9, 10) AS m, LATERAL (SELECT ${COLUMNS} FROM reconciliation_cell(2024, m)) AS c`;
    const kept = `SELECT month, ${COLUMNS} FROM reconciliation_figure`;
    return db.query(`(${whole} EXCEPT ALL ${kept}) UNION ALL (${kept} EXCEPT ALL ${whole})`);
  }

  it('are those of the two months, compared whole', async () => {
    await inOffice(async (db) => {
      expect(await strayed(db)).toEqual([]);
      const [counted] = await db.query('SELECT count(*)::int AS cells FROM reconciliation_figure');
      // September: A1, A2 under two sources, B1, B2, W, P-C, KB:9999999. October: B1.
      expect(counted).toEqual({ cells: 9 });
    });
  });

  const PROJECTS = [
    ['A', 'A1'],
    ['A', 'A2'],
    ['B', 'B1'],
    ['B', 'B2'],
    ['B', 'W-1'],
    ['C', 'W-2'],
    ['C', 'P-C'],
    ['D', 'P-D'],
  ] as const;
  const month = fc.constantFrom(SEPTEMBER, OCTOBER);
  const amount = fc.bigInt({ min: 1n, max: 900n });
  const act = fc.oneof(
    fc.record({
      does: fc.constant('book' as const),
      month,
      of: fc.constantFrom(...PROJECTS),
      amount,
      central: fc.boolean(),
    }),
    fc.record({ does: fc.constant('move' as const), month, of: fc.constantFrom(...PROJECTS), amount }),
    fc.record({ does: fc.constant('accept' as const), month, at: fc.nat(5) }),
    fc.record({ does: fc.constant('correct' as const), month, at: fc.nat(5), later: fc.boolean() }),
    fc.record({ does: fc.constant('state' as const), month, more: amount }),
    fc.record({
      does: fc.constant('code' as const),
      project: fc.constantFrom('P-C', 'P-D', 'W', 'W-1', 'B2'),
      code: fc.constantFrom('9999999', '9000006', null),
    }),
    fc.record({
      does: fc.constant('parent' as const),
      project: fc.constantFrom('W-1', 'W-2'),
      parent: fc.constantFrom('W', null),
    }),
  );
  type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

  async function perform(db: DataSource, it: Act): Promise<void> {
    if (it.does === 'book' || it.does === 'move') {
      const more = it.does === 'move' ? { kind: 'transfer' as const } : { sourceCode: it.central ? 'NSTW' : 'NSDP' };
      await recordDisbursements(db, staff, it.month, [entry(it.of[0], it.of[1], it.amount, more)]);
    } else if (it.does === 'state') {
      const lines = [
        ...SEPTEMBER_LINES.slice(1),
        line('9000006', it.more),
        line('9000001', it.more, { sourceCode: 'NSTW' }),
      ];
      await importStatement(db, staff, it.month, { asOf: '2024-11-05', documentNo: `${it.more}`, lines });
    } else if (it.does === 'code') {
      // One project alone may have a code.
      await direct(db, 'UPDATE project SET national_code = NULL WHERE national_code = $1', [it.code]);
      await direct(db, 'UPDATE project SET national_code = $2 WHERE code = $1', [it.project, it.code]);
    } else if (it.does === 'parent')
      await direct(db, 'UPDATE project SET parent_code = $2 WHERE code = $1', [it.project, it.parent]);
    else {
      const found = await listDifferences(db, staff, it.month, { show: 'all', limit: 50 });
      const seen = found[it.at % Math.max(found.length, 1)];
      if (!seen || seen.books === seen.treasury) return;
      const answer = { cause: seen.suggestion.cause, note: 'Đã xem' };
      if (it.does === 'accept') return acceptDifference(db, staff, it.month, seen, answer);
      const entryMonth = it.later ? OCTOBER : it.month;
      await correctDifference(db, staff, it.month, seen, {
        ...answer,
        entryMonth,
        amount: null,
        withCounterpart: false,
      }).catch((error: { code?: string }) => {
        // A project that nobody knows or several hold takes no correction; then nothing was booked.
        if (error.code !== 'correction-impossible' && error.code !== 'entries-refused') throw error;
      });
    }
  }

  it('after any sequence of entries, transfers, answers, corrections, statements, codes and parents', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 10 }), (acts) =>
        inOffice(async (db) => {
          for (const one of acts) {
            await perform(db, one);
            expect(await strayed(db)).toEqual([]);
          }
        }),
      ),
      { numRuns: 12 },
    );
  });

  it('of a project that two book for at once count both', async () => {
    await inOffice(async (db) => {
      await Promise.all(
        [1n, 2n, 4n, 8n].map((dong) => recordDisbursements(db, staff, SEPTEMBER, [entry('B', 'B2', dong)])),
      );
      expect(await strayed(db)).toEqual([]);
      const [kept] = await db.query("SELECT books FROM reconciliation_figure WHERE cell_project = 'B2' AND month = 9");
      expect(kept).toEqual({ books: '15' });
    });
  });

  it('follow a file of more projects than are looked up one by one', async () => {
    await inOffice(async (db) => {
      await direct(
        db,
        `INSERT INTO project (code, national_code, name, capital_type, programme)
                      SELECT 'N' || i, (8000000 + i)::text, 'N ' || i, 'public', 'none' FROM generate_series(1, 5001) AS i`,
      );
      await direct(
        db,
        `INSERT INTO project_unit (project_code, unit_code)
                      SELECT 'N' || i, 'A' FROM generate_series(1, 5001) AS i`,
      );
      await direct(
        db,
        `INSERT INTO disbursement_entry (plan_year, month, unit_code, project_code, source_code, kind, basis,
                                                      amount, recorded_at, recorded_by)
                      SELECT 2024, 9, 'A', 'N' || i, 'NSDP', 'payment', 'actual', i, now(), 'x'
                      FROM generate_series(1, 5001) AS i`,
      );
      expect(await strayed(db)).toEqual([]);
      await direct(db, "UPDATE project SET national_code = NULL WHERE code LIKE 'N%'");
      expect(await strayed(db)).toEqual([]);
    });
  });

  it.each([
    'UPDATE reconciliation_figure SET books = 0',
    'DELETE FROM reconciliation_figure',
    'TRUNCATE reconciliation_figure',
  ])('are written by the database alone: %s', async (sql) => {
    await inOffice(async (db) => {
      await expect(db.query(sql)).rejects.toMatchObject({
        driverError: { code: 'PT005', constraint: 'kept_by_database' },
      });
    });
  });
});
