import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DatabaseError } from 'pg';
import type { DataSource } from 'typeorm';
import {
  acceptDifference,
  correctDifference,
  listDifferences,
  signOffMonth,
  type Difference,
} from '#libs/reconciliation';
import { direct } from '../harness/direct-sql.js';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { actorFor } from '../harness/small-office.js';
import { importBoth, SEPTEMBER, treasuryOffice } from '../harness/treasury-office.js';

const staff = actorFor('staff');

/** September's differences are answered, its reconciliation signed, and a correction booked; October has one open. */
describe('of the Treasury’s statements the database itself refuses', () => {
  let database: FreshDatabase;
  let db: DataSource;
  const count = async (table: string): Promise<number> =>
    Number(((await db.query(`SELECT count(*) FROM ${table}`)) as { count: string }[])[0]?.count);

  beforeAll(async () => {
    database = await freshDatabase();
    db = await openBooks(database.url);
    await treasuryOffice(db);
    await importBoth(db);
    for (const seen of await listDifferences(db, staff, SEPTEMBER, { show: 'all', limit: 200 }))
      await acceptDifference(db, staff, SEPTEMBER, seen, { cause: seen.suggestion.cause, note: 'Đã xem' });
    await signOffMonth(db, staff, SEPTEMBER);
    const [missing] = await listDifferences(db, staff, SEPTEMBER, {
      show: 'all',
      key: { project: 'B2', sourceCode: 'NSDP', carriedOver: false },
      limit: 1,
    });
    await correctDifference(db, staff, SEPTEMBER, missing as Difference, {
      cause: 'missing-entry',
      note: 'Bù',
      entryMonth: SEPTEMBER,
      amount: null,
      withCounterpart: false,
    });
  });
  afterAll(async () => {
    await db?.destroy();
    await database?.drop();
  });

  const refusal = (sql: string): Promise<string> =>
    db.query(sql).then(
      () => 'went through',
      ({ driverError: { code: state, constraint } }: { driverError: DatabaseError }) => `${state} ${constraint}`,
    );

  const TABLES = [
    ['treasury_statement', 'as_of'],
    ['treasury_line', 'amount'],
    ['reconciliation_resolution', 'note'],
    ['reconciliation_entry', 'month'],
    ['reconciliation_sign_off', 'books'],
  ];
  it.each(TABLES)('to change, remove or empty %s', async (table, column) => {
    expect(await count(table as string)).toBeGreaterThan(0);
    for (const sql of [
      `UPDATE ${table} SET ${column} = ${column}`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table} CASCADE`,
    ])
      expect(await refusal(sql)).toBe('PT001 append_only');
  });

  it('a line more in a finished statement', async () => {
    const more = `INSERT INTO treasury_line (statement_id, ordinal, national_code, source_code, amount)
                  SELECT id, 99, '9000001', 'NSTW', 1 FROM treasury_statement WHERE month = 9`;
    expect(await refusal(more)).toBe('PT040 statement_frozen');
  });

  it('a statement without its lines', async () => {
    const bare = `INSERT INTO treasury_statement (plan_year, month, version, as_of, lines, lines_hash, imported_at, imported_by)
                  VALUES (2024, 9, 9, '2024-10-09', 2, '', now(), 'forger')`;
    expect(await refusal(bare)).toBe('PT040 statement_frozen');
    expect(await refusal(bare.replace('9, 9,', '9, 1,'))).toBe('23505 treasury_statement_version_unique');
  });

  const sign = (
    month: number,
    action = 'signed',
    statement = `(SELECT max(id) FROM treasury_statement WHERE month = ${month})`,
  ) =>
    `INSERT INTO reconciliation_sign_off (plan_year, month, action, statement_id, entries, differences, books, treasury,
                                          reason, recorded_at, recorded_by)
     VALUES (2024, ${month}, '${action}', ${statement}, 0, 0, 0, 0, 'x', now(), 'forger')`;

  it('a signature while a difference is open, or on the statement of another month', async () => {
    expect(await refusal(sign(10))).toBe('PT041 sign_off_unresolved');
    expect(await refusal(sign(9, 'signed', '(SELECT max(id) FROM treasury_statement WHERE month = 10)'))).toBe(
      'PT041 sign_off_unresolved',
    );
  });

  it('a withdrawal of what is not signed', async () => {
    expect(await refusal(sign(10, 'withdrawn'))).toBe('PT042 sign_off_order');
  });

  it('a second report of a unit’s own, and a way that there is not', async () => {
    const report = (via: string): string =>
      `INSERT INTO monthly_report (plan_year, month, unit_code, via, submitted_on, recorded_at, recorded_by)
       VALUES (2024, 9, 'A', '${via}', '2024-10-01', now(), 'forger')`;
    expect(await refusal(report('treasury'))).toBe('23505 monthly_report_pk');
    expect(await refusal(report('rumour'))).toBe('23514 monthly_report_via_check');
    await direct(db, report('unit'));
    expect(await refusal(report('staff'))).toBe('23505 monthly_report_submitted_unique');
  });

  it('a national code that is none', async () => {
    expect(
      await refusal(
        `INSERT INTO treasury_line (statement_id, ordinal, national_code, source_code, amount) VALUES (1, 99, '12', 'NSDP', 1)`,
      ),
    ).toBe('23514 treasury_line_national_code_check');
  });
});
