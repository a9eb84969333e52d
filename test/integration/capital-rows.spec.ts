import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { auditedTransaction, type RecordAudit } from '#libs/audit';
import { Month, type RowOutcome } from '#libs/kernel';
import { applyAllocationRows, listDecisions, type AllocationRow } from '#libs/ledger';
import { applyKeyProjectRows, applyProjectRows, type KeyProjectRow, type ProjectFileRow } from '#libs/projects';
import { direct } from '../harness/direct-sql.js';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { actorFor, smallOffice, closeMonth } from '../harness/small-office.js';

const staff = actorFor('staff');

/** The small office: A-D hold 100 each from January in decision 01/QĐ of 02/01/2024. */
describe('rows of a file', () => {
  let database: FreshDatabase;
  let db: DataSource;
  beforeAll(async () => {
    database = await freshDatabase();
    db = await openBooks(database.url);
    await smallOffice(db);
    await closeMonth(db, actorFor('approver'), Month.of(2024, 1));
  });
  afterAll(async () => {
    await db?.destroy();
    await database?.drop();
  });

  const applied = <Row>(
    apply: (
      tx: Parameters<typeof applyAllocationRows>[0],
      actor: typeof staff,
      rows: readonly Row[],
      record: RecordAudit,
    ) => Promise<RowOutcome[]>,
    rows: readonly Row[],
  ): Promise<RowOutcome[]> => auditedTransaction(db, staff, (tx, record) => apply(tx, staff, rows, record));
  const outcomes = (found: readonly RowOutcome[]): string[] => found.map(({ outcome }) => outcome);
  const problems = (found: readonly RowOutcome[]): string[][] =>
    found.map(({ problems: list }) => list.map(({ pointer, code }) => `${pointer} ${code}`));

  describe('allocations.csv', () => {
    const row = (more: AllocationRow = {}): AllocationRow => ({
      plan_year: '2024',
      decision_no: '10/QĐ',
      decision_date: '2024-03-05',
      effective_date: '',
      basis: 'province',
      carried_over: '0',
      unit_code: 'A',
      project_code: 'P-A',
      source_code: 'NSDP',
      amount_vnd: '25',
      ...more,
    });
    const allocations = (rows: AllocationRow[]) => applied(applyAllocationRows, rows);

    it('are appended by decision and line; the same rows again, in any order, change nothing (I8)', async () => {
      const rows = [
        row(),
        row({ unit_code: 'B', project_code: 'P-B', amount_vnd: '-5' }),
        row({ unit_code: 'R', project_code: '', amount_vnd: '7' }),
        row(),
      ];
      expect(outcomes(await allocations(rows))).toEqual(['new', 'new', 'new', 'new']);
      expect(outcomes(await allocations(rows))).toEqual(['same', 'same', 'same', 'same']);
      expect(outcomes(await allocations([...rows].reverse()))).toEqual(['same', 'same', 'same', 'same']);
      const { items } = await listDecisions(db, staff, { planYear: 2024, limit: 1 });
      expect(items[0]).toMatchObject({ number: '10/QĐ', kind: 'adjustment', level: 'province' });
      expect(items[0]?.amounts).toMatchObject([{ total: 52n, unassigned: 7n }]);
    });

    it('add lines to a decision that is there, and refuse to change one', async () => {
      const found = await allocations([
        row({ unit_code: 'C', project_code: 'P-C', amount_vnd: '3' }),
        row({ unit_code: 'B', project_code: 'P-B', amount_vnd: '-6' }),
      ]);
      expect(problems(found)).toEqual([['/decision_no decision-has-wrong-lines'], ['/amount_vnd line-differs']]);
      const alone = await allocations([row({ unit_code: 'C', project_code: 'P-C', amount_vnd: '3' })]);
      expect(outcomes(alone)).toEqual(['new']);
    });

    it('say what is wrong, by cell; a decision is never written in part, the others are', async () => {
      const found = await allocations([
        row({ decision_no: '11/QĐ', amount_vnd: '1,5' }),
        row({ decision_no: '11/QĐ', unit_code: 'X' }),
        row({ decision_no: '11/QĐ' }),
        row({ decision_no: '12/QĐ', decision_date: '2024-01-20' }),
        row({ decision_no: '', decision_date: '2024-02-30' }),
        row({ decision_no: '13/QĐ', project_code: 'P-B', effective_date: '2024-04-01' }),
        row({ decision_no: '13/QĐ', effective_date: '2024-04-02', basis: 'tỉnh' }),
        row({ decision_no: '14/QĐ', unit_code: 'D', project_code: 'P-D' }),
        row({ decision_no: '15/QĐ', unit_code: 'R', project_code: '', amount_vnd: '-8' }),
      ]);
      expect(problems(found)).toEqual([
        ['/amount_vnd value-malformed'],
        ['/unit_code unit-unknown'],
        ['/decision_no decision-has-wrong-lines'],
        ['/effective_date effective-from'],
        ['/decision_no value-malformed', '/decision_date value-malformed'],
        ['/project_code project-not-of-unit'],
        ['/basis value-malformed', '/effective_date decision-differs'],
        [],
        // 7 of the reserve are there, not 8: the database says so.
        ['/amount_vnd unassigned-too-little'],
      ]);
      expect(found[3]?.problems[0]?.facts).toMatchObject({ month: '2024-02', day: '2024-02-01' });
      const { items } = await listDecisions(db, staff, { planYear: 2024, limit: 9 });
      expect(items.map(({ number }) => number).sort()).toEqual(['01/QĐ', '10/QĐ', '14/QĐ']);
    });

    it('leave nothing behind when the caller rolls back', async () => {
      const before = await db.query('SELECT count(*) AS n FROM allocation_line');
      const rows = [row({ decision_no: '20/QĐ' })];
      await expect(
        auditedTransaction(db, staff, async (tx, record) => {
          expect(outcomes(await applyAllocationRows(tx, staff, rows, record))).toEqual(['new']);
          throw new Error('only looking');
        }),
      ).rejects.toThrow('only looking');
      expect(await db.query('SELECT count(*) AS n FROM allocation_line')).toEqual(before);
    });

    it('read the kind from the lines: the first of a year is initial, carried over, a transfer', async () => {
      await direct(
        db,
        'INSERT INTO reporting_month (plan_year, month) SELECT 2026, m FROM generate_series(1, 13) AS m',
      );
      const of2026 = (more: AllocationRow): AllocationRow =>
        row({ plan_year: '2026', decision_date: '2026-01-05', ...more });
      await allocations([
        of2026({ decision_no: '1' }),
        of2026({ decision_no: '2', decision_date: '2026-02-05' }),
        of2026({ decision_no: '3', carried_over: '1' }),
        of2026({ decision_no: '4', decision_date: '2026-03-05', amount_vnd: '-5' }),
        of2026({ decision_no: '4', decision_date: '2026-03-05', amount_vnd: '5', unit_code: 'B', project_code: 'P-B' }),
        of2026({ decision_no: '5', basis: 'pm' }),
      ]);
      const { items } = await listDecisions(db, staff, { planYear: 2026, limit: 9 });
      expect(items.map(({ number, kind, level }) => `${number} ${kind} ${level}`).sort()).toEqual([
        '1 initial province',
        '2 supplement province',
        '3 carried-over province',
        '4 transfer province',
        '5 initial central',
      ]);
    });
  });

  describe('projects.csv', () => {
    const row = (code: string, more: ProjectFileRow = {}): ProjectFileRow => ({
      code,
      national_code: '',
      name_vi: `Dự án ${code}`,
      parent_code: '',
      unit_code: 'A',
      investor_name: '',
      capital_type: 'public',
      programme: 'none',
      places: '178',
      total_investment_vnd: '1000',
      ...more,
    });
    const projects = (rows: ProjectFileRow[]) => applied(applyProjectRows, rows);

    it('are added and changed by code; the same again changes nothing; components may come first', async () => {
      const rows = [
        row('N-1.1', { parent_code: 'N-1', national_code: '7654321' }),
        row('N-1'),
        row('N-2', { unit_code: '', investor_name: 'Công ty X', capital_type: 'ppp' }),
      ];
      expect(outcomes(await projects(rows))).toEqual(['new', 'new', 'new']);
      expect(outcomes(await projects(rows))).toEqual(['same', 'same', 'same']);
      const changed = await projects([row('N-1', { total_investment_vnd: '2000', places: '', unit_code: 'B' })]);
      expect(changed[0]).toMatchObject({
        outcome: 'changed',
        before: { total_investment_vnd: '1000', places: '178', unit_code: 'A' },
      });
      // A column that the file does not have leaves the register as it is.
      expect(outcomes(await projects([{ code: 'N-1', name_vi: 'Dự án N-1' }]))).toEqual(['same']);
      const held = await db.query("SELECT unit_code FROM project_unit WHERE project_code = 'N-1'");
      expect(held).toEqual([{ unit_code: 'B' }]);
    });

    it('say what is wrong, by cell', async () => {
      const found = await projects([
        row('P-A', { unit_code: 'B', name_vi: 'Dự án của A' }),
        row('N-3', { parent_code: 'P-A' }),
        row('N-4', { parent_code: 'NOWHERE' }),
        row('N-5', { parent_code: 'N-4' }),
        row('N-6', { parent_code: 'N-7' }),
        row('N-7', { parent_code: 'N-6' }),
        row('N-8', { national_code: '7654321' }),
        row('N-9', { national_code: '12', capital_type: 'tư', total_investment_vnd: '1.5', places: '999' }),
        row('N-10'),
        row('N-10', { name_vi: 'khác' }),
        row('', { unit_code: 'X' }),
      ]);
      expect(problems(found)).toEqual([
        ['/unit_code project-unit-fixed'],
        ['/parent_code parent-holds-capital'],
        ['/parent_code parent-unknown'],
        ['/parent_code parent-unknown'],
        ['/parent_code parent-in-circle'],
        ['/parent_code parent-unknown'],
        ['/national_code national-code-in-use'],
        [
          '/total_investment_vnd cell-malformed',
          '/national_code cell-malformed',
          '/capital_type cell-malformed',
          '/places place-unknown',
        ],
        [],
        ['/code row-twice'],
        ['/code cell-malformed', '/unit_code unit-not-known'],
      ]);
    });

    it('two projects may swap their national codes', async () => {
      await projects([row('S-1', { national_code: '1000001' }), row('S-2', { national_code: '1000002' })]);
      const swapped = await projects([
        row('S-1', { national_code: '1000002' }),
        row('S-2', { national_code: '1000001' }),
      ]);
      expect(outcomes(swapped)).toEqual(['changed', 'changed']);
      // Whoever cannot let go keeps it.
      const half = await projects([
        row('S-1', { national_code: '1000001' }),
        row('S-2', { national_code: '1000002', places: '999' }),
      ]);
      expect(problems(half)).toEqual([['/national_code national-code-in-use'], ['/places place-unknown']]);
    });
  });

  it('a list of key projects, by year and number', async () => {
    const row = (ordinal: string, more: KeyProjectRow = {}): KeyProjectRow => ({
      year: '2025',
      ordinal,
      project_code: '',
      name_vi: `Dự án ${ordinal}`,
      capital_type: 'public',
      origin: 'new',
      ...more,
    });
    const rows = [row('1', { project_code: 'P-A', name_vi: '' }), row('2'), row('3', { origin: 'carried-over' })];
    const lists = (list: KeyProjectRow[]) => applied(applyKeyProjectRows, list);
    expect(outcomes(await lists(rows))).toEqual(['new', 'new', 'new']);
    expect(outcomes(await lists(rows))).toEqual(['same', 'same', 'same']);
    const found = await lists([
      row('2', { origin: 'unexplained' }),
      row('0'),
      row('4', { project_code: 'NOWHERE' }),
      row('5', { origin: 'cũ', year: '25' }),
    ]);
    expect(found[0]).toMatchObject({ outcome: 'changed', before: { origin: 'new' } });
    expect(problems(found.slice(1))).toEqual([
      ['/ordinal cell-malformed'],
      ['/project_code project-not-known'],
      ['/year cell-malformed', '/origin cell-malformed'],
    ]);
    const list = await db.query('SELECT declared_count FROM key_project_list WHERE year = 2025');
    expect(list).toEqual([{ declared_count: 3 }]);
  });

  it('ten thousand rows take seconds', async () => {
    const count = 10_000;
    const codes = Array.from({ length: count }, (_, i) => `L-${String(i).padStart(5, '0')}`);
    const took = async (work: () => Promise<RowOutcome[]>): Promise<number> => {
      const start = performance.now();
      const found = await work();
      expect(found.every(({ outcome }) => outcome === 'new')).toBe(true);
      return performance.now() - start;
    };
    const projects = await took(() =>
      applied(
        applyProjectRows,
        codes.map((code) => ({ code, name_vi: code, unit_code: 'A' })),
      ),
    );
    const lines = await took(() =>
      applied(
        applyAllocationRows,
        codes.map((code, i) => ({
          plan_year: '2024',
          decision_no: `${i % 20}/L`,
          decision_date: '2024-05-02',
          basis: 'province',
          carried_over: '0',
          unit_code: 'A',
          project_code: code,
          source_code: 'NSDP',
          amount_vnd: '1',
        })),
      ),
    );
    expect(projects).toBeLessThan(20_000);
    expect(lines).toBeLessThan(20_000);
  }, 60_000);
});
