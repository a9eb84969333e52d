import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, type DatabaseError, type QueryResult } from 'pg';
import { Month, systemActor } from '#libs/kernel';
import { evaluateMonth } from '#libs/monitoring';
import { issueNotices } from '#libs/notices';
import { DIRECT_EVENT, withEvent } from '../harness/direct-sql.js';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { actorFor, bookMonth, closeMonth, smallOffice } from '../harness/small-office.js';

/** Tables that are only ever added to, each with a column that a forger would like to change. */
const ONLY_ADDED_TO: [table: string, column: string][] = [
  ['audit_event', 'body'],
  ['allocation_decision', 'effective_date'],
  ['allocation_line', 'amount'],
  ['disbursement_entry', 'amount'],
  ['monthly_report', 'submitted_on'],
  ['policy_version', 'fields'],
  ['evaluation', 'result'],
  ['evaluation_average', 'numerator'],
  ['evaluation_line', 'disbursed'],
  ['warning_case_step', 'change'],
  ['notice_line', 'gap'],
];
/** Their rows move on (a month closes, a case clears, a notice is issued), and none ever goes away. */
const NEVER_REMOVED = ['reporting_month', 'warning_case', 'notice', 'unit'];
/** Written by triggers alone. */
const KEPT_BY_DATABASE: [table: string, column: string, row: string][] = [
  ['allocation_total', 'amount', "(2024, 5, 'A', 'province', false, 1000, 1)"],
  ['disbursement_total', 'amount', "(2024, 5, 'A', 'actual', false, 1000, 1)"],
  ['audit_head', 'hash', "(true, 0, repeat('0', 64))"],
];

const MAX = '9007199254740991';

/**
 * The small office, months 1-3 of 2024 closed, evaluated and noticed: A is flagged, so every table has rows. All that
 * follows goes past the program, straight at the database, as its owner.
 */
describe('the database itself refuses', () => {
  let database: FreshDatabase;
  let sql: Client;

  beforeAll(async () => {
    database = await freshDatabase();
    const db = await openBooks(database.url);
    await smallOffice(db);
    for (const month of [1, 2, 3]) {
      await bookMonth(db, month, { A: 6n, B: 14n, C: 10n, D: 10n });
      await closeMonth(db, actorFor('approver'), Month.of(2024, month));
      const evaluation = await evaluateMonth(db, systemActor('job'), { planYear: 2024, month, monthVersion: 1 });
      await issueNotices(db, systemActor('job'), evaluation?.id ?? 0);
    }
    await db.destroy();
    sql = new Client({ connectionString: database.url });
    await sql.connect();
  });
  afterAll(async () => {
    await sql?.end();
    await database?.drop();
  });

  /** SQLSTATE and constraint of the refusal; fails when the statement goes through. */
  async function refusal(statement: string, client = sql): Promise<string> {
    try {
      await client.query(statement);
    } catch (error) {
      const { code, constraint } = error as DatabaseError;
      return `${code} ${constraint}`;
    }
    throw new Error(`went through: ${statement}`);
  }

  const entry = (values: Record<string, string> = {}): string => {
    const row: Record<string, string> = {
      plan_year: '2024',
      month: '4',
      unit_code: "'A'",
      project_code: "'P-A'",
      source_code: "'NSDP'",
      kind: "'payment'",
      basis: "'actual'",
      amount: '1',
      recorded_at: 'now()',
      recorded_by: "'forger'",
      ...values,
    };
    return `INSERT INTO disbursement_entry (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).join(', ')})`;
  };
  /** A line added to the decision of 02/01/2024 unless another decision is given. */
  const line = (values: Record<string, string> = {}): string => {
    const row: Record<string, string> = {
      decision_id: '(SELECT min(id) FROM allocation_decision)',
      plan_year: '2024',
      effective_month: '4',
      basis: "'province'",
      carried_over: 'false',
      unit_code: "'A'",
      project_code: "'P-A'",
      source_code: "'NSDP'",
      amount: '1',
      ...values,
    };
    return `INSERT INTO allocation_line (${Object.keys(row).join(', ')}) VALUES (${Object.values(row).join(', ')})`;
  };
  const decision = (number: string, day: string): string =>
    `INSERT INTO allocation_decision (plan_year, number, decision_date, effective_date, level, kind, recorded_at, recorded_by)
     VALUES (2024, '${number}', '${day}', '${day}', 'province', 'supplement', now(), 'forger') RETURNING id`;
  const decided = async (number: string, day: string): Promise<string> =>
    String(
      ((await sql.query(withEvent(decision(number, day)))) as unknown as [QueryResult<{ id: number }>])[0].rows[0]?.id,
    );

  describe('to change what is only added to (I3)', () => {
    it.each(ONLY_ADDED_TO)('UPDATE of %s.%s', async (table, column) => {
      expect(await refusal(`UPDATE ${table} SET ${column} = ${column}`)).toBe('PT001 append_only');
    });

    it.each([...ONLY_ADDED_TO.map(([table]) => table), ...NEVER_REMOVED])('DELETE from %s', async (table) => {
      expect(await refusal(`DELETE FROM ${table}`)).toBe('PT001 append_only');
    });

    it.each([...ONLY_ADDED_TO.map(([table]) => table), ...NEVER_REMOVED])('TRUNCATE of %s', async (table) => {
      expect(await refusal(`TRUNCATE ${table} CASCADE`)).toBe('PT001 append_only');
    });

    it('a TRUNCATE that reaches the books from a register', async () => {
      expect(await refusal('TRUNCATE funding_source CASCADE')).toBe('PT001 append_only');
      expect(await refusal('TRUNCATE project CASCADE')).toBe('PT001 append_only');
    });

    it('an insert that turns into an update', async () => {
      const report = `INSERT INTO monthly_report VALUES (2024, 1, 'A', '2024-01-31', now(), 'forger')
                      ON CONFLICT (plan_year, month, unit_code, via) DO UPDATE SET submitted_on = excluded.submitted_on`;
      expect(await refusal(report)).toBe('PT001 append_only');
    });

    it('and every table was there to be refused: none of the list is empty', async () => {
      for (const [table] of ONLY_ADDED_TO) {
        const { rows } = await sql.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
        expect([table, rows[0]?.n ?? 0]).not.toEqual([table, 0]);
      }
    });
  });

  describe('any write to a closed month (I4)', () => {
    it.each([1, 2, 3])('an entry in month %i', async (month) => {
      expect(await refusal(entry({ month: String(month) }))).toBe('PT002 month_closed');
    });

    it('a line in month 3, under a new decision of that month', async () => {
      const id = await decided('late', '2024-03-15');
      expect(await refusal(line({ decision_id: id, effective_month: '3' }))).toBe('PT002 month_closed');
    });

    it('a line in month 1, added to the decision of that month', async () => {
      expect(await refusal(line({ effective_month: '1' }))).toBe('PT002 month_closed');
    });

    it('a report', async () => {
      const report = `INSERT INTO monthly_report VALUES (2024, 3, 'R', '2024-03-31', now(), 'forger')`;
      expect(await refusal(report)).toBe('PT002 month_closed');
    });

    it('one entry of a closed month among many of an open one: none is kept', async () => {
      const rows = entry().replace(
        /VALUES .*$/,
        `SELECT 2024, m, 'A', 'P-A', 'NSDP', 'payment', 'actual', 1, now(), 'forger' FROM generate_series(3, 13) AS m`,
      );
      expect(await refusal(rows)).toBe('PT002 month_closed');
      const { rows: left } = await sql.query("SELECT FROM disbursement_entry WHERE recorded_by = 'forger'");
      expect(left).toHaveLength(0);
    });

    it('an entry in a month that was never opened', async () => {
      expect(await refusal(entry({ plan_year: '2025' }))).toBe('23503 disbursement_entry_month_plan_year_fk');
    });

    it('but an open month takes entries', async () => {
      await sql.query('BEGIN');
      await sql.query(entry());
      await sql.query('ROLLBACK');
    });
  });

  describe('months out of order', () => {
    const close = (month: number, version = 1): string =>
      `UPDATE reporting_month SET state = 'closed', version = ${version}, closed_at = now(), closed_by = 'forger'
       WHERE plan_year = 2024 AND month = ${month}`;

    it('month 5 before month 4', async () => {
      expect(await refusal(close(5))).toBe('PT003 month_order');
    });

    it.each([
      ['a closed month to open', "state = 'open', closed_at = NULL WHERE month = 3"],
      ['an open month to reopened', "state = 'reopened' WHERE month = 4"],
      ['a closed month to be closed once more', "state = 'closed', version = version + 1 WHERE month = 3"],
      ['a month to change its number', 'month = 14 WHERE month = 13'],
      ['a month to change its year', 'plan_year = 2025 WHERE month = 13'],
      ['who closed it to be another', "closed_by = 'forger' WHERE month = 3"],
      ['when it was closed to be another', "closed_on = '2024-01-01' WHERE month = 3"],
    ])('%s', async (_, change) => {
      expect(await refusal(`UPDATE reporting_month SET ${change}`)).toBe('PT003 month_order');
    });

    it.each([0, 2, 7])('a first close that says version %i', async (version) => {
      expect(await refusal(close(4, version))).toBe('PT003 month_order');
    });

    it('reopening that counts the version up', async () => {
      const reopen = `UPDATE reporting_month SET state = 'reopened', version = 2, closed_at = NULL WHERE month = 3`;
      expect(await refusal(reopen)).toBe('PT003 month_order');
    });

    it('a month that begins closed, or with a version', async () => {
      const month = (values: string): string =>
        `INSERT INTO reporting_month (plan_year, month, state, version, closed_at) VALUES (2030, 1, ${values})`;
      expect(await refusal(month("'closed', 0, now()"))).toBe('PT003 month_order');
      expect(await refusal(month("'reopened', 0, NULL"))).toBe('PT003 month_order');
      expect(await refusal(month("'open', 1, NULL"))).toBe('PT003 month_order');
    });

    it('a month 14', async () => {
      expect(await refusal('INSERT INTO reporting_month (plan_year, month) VALUES (2030, 14)')).toBe(
        '23514 reporting_month_number_check',
      );
    });

    it('a close without its instant', async () => {
      const instantless =
        "UPDATE reporting_month SET state = 'closed', version = 1 WHERE plan_year = 2024 AND month = 4";
      expect(await refusal(instantless)).toBe('23514 reporting_month_closed_check');
    });

    it('month 4 while month 2 is reopened: months of a plan year close in order', async () => {
      await sql.query('BEGIN');
      await sql.query(
        `INSERT INTO month_reopening (plan_year, month, month_version, state, reason, requested_by, requested_at)
         VALUES (2024, 2, 1, 'requested', 'sai số', 'staff', now())`,
      );
      await sql.query("UPDATE month_reopening SET state = 'approved', decided_by = 'approver', decided_at = now()");
      await sql.query("UPDATE reporting_month SET state = 'reopened', closed_at = NULL WHERE month = 2");
      const outcome = await refusal(close(4)).finally(() => sql.query('ROLLBACK'));
      expect(outcome).toBe('PT003 month_order');
    });
  });

  describe('a line whose month is not that of its decision', () => {
    it('earlier or later than the effective date says', async () => {
      // 10/05/2024 takes effect in month 5.
      const id = await decided('may', '2024-05-10');
      expect(await refusal(line({ decision_id: id, effective_month: '4' }))).toBe('PT004 effective_month');
      expect(await refusal(line({ decision_id: id, effective_month: '6' }))).toBe('PT004 effective_month');
    });

    it('a line of another plan year than its decision', async () => {
      await sql.query('BEGIN');
      await sql.query('INSERT INTO reporting_month (plan_year, month) SELECT 2025, m FROM generate_series(1, 13) AS m');
      const id = await decided('may-2025', '2024-05-10');
      const outcome = await refusal(line({ decision_id: id, plan_year: '2025', effective_month: '1' })).finally(() =>
        sql.query('ROLLBACK'),
      );
      expect(outcome).toBe('PT004 effective_month');
    });

    it('a line of a decision that takes effect after the year is over', async () => {
      // 01/02/2025 is after the end of month 13, 31/01/2025.
      const id = await decided('too-late', '2025-02-01');
      expect(await refusal(line({ decision_id: id, effective_month: '13' }))).toBe('PT004 effective_month');
    });

    it.each([
      ['2023-06-30', 1],
      ['2024-01-31', 1],
      ['2024-02-29', 2],
      ['2024-12-31', 12],
      ['2025-01-01', 13],
      ['2025-01-31', 13],
      ['2025-02-01', null],
    ])('the database reckons as the program does: %s of plan year 2024 is month %s', async (day, month) => {
      const { rows } = await sql.query('SELECT effective_month(2024, $1::date) AS month', [day]);
      expect(rows).toEqual([{ month }]);
    });
  });

  describe('figures of its own to be written by hand', () => {
    it.each(KEPT_BY_DATABASE)('%s', async (table, column, row) => {
      const kept = 'PT005 kept_by_database';
      expect(await refusal(`INSERT INTO ${table} VALUES ${row}`)).toBe(kept);
      expect(await refusal(`UPDATE ${table} SET ${column} = ${column}`)).toBe(kept);
      expect(await refusal(`DELETE FROM ${table}`)).toBe(kept);
      expect(await refusal(`TRUNCATE ${table}`)).toBe(kept);
    });
  });

  describe('capital and money anywhere but on the leaves', () => {
    const component = (parent: string): string =>
      `INSERT INTO project (code, name, parent_code, capital_type) VALUES ('${parent}-1', 'Thành phần', '${parent}', 'public')`;

    it('a line and an entry on a project that has components', async () => {
      await sql.query(
        withEvent("INSERT INTO project (code, name, capital_type) VALUES ('WHOLE', 'Dự án lớn', 'public')"),
      );
      await sql.query(withEvent(component('WHOLE')));
      const id = await decided('whole', '2024-04-01');
      expect(await refusal(line({ decision_id: id, project_code: "'WHOLE'" }))).toBe('PT006 leaf_projects_only');
      expect(await refusal(entry({ project_code: "'WHOLE'" }))).toBe('PT006 leaf_projects_only');
    });

    it('a component under a project that holds capital', async () => {
      expect(await refusal(component('P-A'))).toBe('PT006 leaf_projects_only');
      const moved = "UPDATE project SET parent_code = 'P-B' WHERE code = 'P-A'";
      expect(await refusal(moved)).toBe('PT006 leaf_projects_only');
    });

    it('a project that is its own component', async () => {
      const own = "INSERT INTO project (code, name, parent_code, capital_type) VALUES ('X', 'X', 'X', 'public')";
      expect(await refusal(own)).toBe('23514 project_parent_check');
    });

    it('both at once: of a component and a line for its parent, written side by side, one is refused', async () => {
      await sql.query(
        withEvent("INSERT INTO project (code, name, capital_type) VALUES ('RACE', 'Dự án đua', 'public')"),
      );
      const id = await decided('race', '2024-04-02');
      const other = new Client({ connectionString: database.url });
      await other.connect();
      try {
        await sql.query('BEGIN');
        await sql.query(component('RACE'));
        await other.query('BEGIN');
        // Waits for the first transaction if the two know of each other, and finds the component then.
        const second = refusal(line({ decision_id: id, project_code: "'RACE'" }), other).catch(String);
        await new Promise((resolve) => setTimeout(resolve, 200));
        await sql.query(`${DIRECT_EVENT}; COMMIT`);
        expect(await second).toBe('PT006 leaf_projects_only');
      } finally {
        // Ending the session takes back whatever went through.
        await other.end();
      }
    });
  });

  describe('amounts and entries that cannot be', () => {
    it.each([
      ['9007199254740992', '2^53'],
      [`-${MAX}2`, 'ten times less than −(2^53 − 1)'],
    ])('an amount of %s đồng (%s)', async (amount) => {
      const id = await decided(`amount ${amount}`, '2024-04-03');
      expect(await refusal(entry({ amount, reason: "'Hoàn trả'" }))).toBe('23514 disbursement_entry_amount_check');
      expect(await refusal(line({ decision_id: id, amount }))).toBe('23514 allocation_line_amount_check');
    });

    it('but ±(2^53 − 1) đồng are amounts', async () => {
      await sql.query('BEGIN');
      // A year without other money: the sums of a year stay within the range too.
      await sql.query('INSERT INTO reporting_month (plan_year, month) VALUES (2028, 4)');
      await sql.query(entry({ plan_year: '2028', amount: MAX }));
      await sql.query(entry({ plan_year: '2028', amount: `-${MAX}`, reason: "'Hoàn trả'" }));
      await sql.query('ROLLBACK');
    });

    it.each([
      ['a negative payment', { amount: '-1' }],
      ['a negative transfer', { amount: '-1', kind: "'transfer'" }],
      ['a refund', { amount: '-1', kind: "'refund'" }],
      ['a correction, even upwards', { amount: '1', kind: "'correction'" }],
      ['an empty reason', { amount: '-1', reason: "''" }],
    ])('without a reason: %s', async (_, values: Record<string, string>) => {
      expect(await refusal(entry(values))).toBe('23514 disbursement_entry_reason_check');
    });

    it('but recovering an advance needs none', async () => {
      await sql.query('BEGIN');
      await sql.query(entry({ amount: '-1', kind: "'advance-recovery'" }));
      await sql.query('ROLLBACK');
    });

    it.each([
      ['kind', "'gift'", '23514 disbursement_entry_kind_check'],
      ['basis', "'guess'", '23514 disbursement_entry_basis_check'],
      ['unit_code', "'NOBODY'", '23503 disbursement_entry_unit_code_fk'],
      ['project_code', "'NOTHING'", '23503 disbursement_entry_project_code_fk'],
      ['source_code', "'NOWHERE'", '23503 disbursement_entry_source_code_fk'],
      ['corrects', '2147483647', '23503 disbursement_entry_corrects_fk'],
      ['month', '14', '23514 disbursement_entry_month_check'],
    ])('an unknown %s', async (column, value, expected) => {
      expect(await refusal(entry({ [column]: value }))).toBe(expected);
    });
  });

  describe('two answers to one question', () => {
    const area = (team: string, from: string, to: string): string =>
      `INSERT INTO team_area (team_code, unit_code, valid_from, valid_to) VALUES ('${team}', 'D', '${from}', ${to})`;

    it('two teams for one unit on one day', async () => {
      await sql.query(withEvent(area('T1', '2024-01-01', "'2024-06-30'")));
      expect(await refusal(area('T2', '2024-06-30', 'NULL'))).toBe('23P01 team_area_one_team_a_unit');
      // From the next day on it is another team's.
      await sql.query(withEvent(area('T2', '2024-07-01', 'NULL')));
    });

    it('two teams for one place on one day', async () => {
      const place = (team: string): string =>
        `INSERT INTO team_area (team_code, place_code, valid_from) VALUES ('${team}', '178', '2024-01-01')`;
      await sql.query(withEvent(place('T1')));
      expect(await refusal(place('T2'))).toBe('23P01 team_area_one_team_a_place');
    });

    it('two units for one project at a time', async () => {
      const held = "INSERT INTO project_unit (project_code, unit_code, valid_from) VALUES ('P-A', 'B', '2024-06-01')";
      expect(await refusal(held)).toBe('23P01 project_unit_one_at_a_time');
    });

    it('two fallback teams', async () => {
      const team = "INSERT INTO inspection_team VALUES ('T9', 'Đầu mối thứ hai', true)";
      expect(await refusal(team)).toBe('23505 inspection_team_one_fallback_index');
    });

    it('two open warning cases of one unit', async () => {
      const opened =
        "INSERT INTO warning_case (plan_year, unit_code, opened_month, state) VALUES (2024, 'A', 4, 'open')";
      expect(await refusal(opened)).toBe('23505 warning_case_one_open_index');
    });

    it('two evaluations of one month, version and policy', async () => {
      const again = `INSERT INTO evaluation (plan_year, month, month_version, policy_version, inputs, policy, result,
          input_hash, policy_hash, result_hash, last_line_id, last_entry_id, evaluated_at)
        SELECT plan_year, month, month_version, policy_version, inputs, policy, result, input_hash, policy_hash,
          result_hash, last_line_id, last_entry_id, now() FROM evaluation WHERE month = 3`;
      expect(await refusal(again)).toBe('23505 evaluation_once_unique');
    });

    it('two notices to one recipient about one month', async () => {
      const again = `INSERT INTO notice (plan_year, month, month_version, audience, recipient, recipient_name, state,
          subject, created_at, issued_at)
        SELECT plan_year, month, month_version, audience, recipient, recipient_name, state, subject, now(), issued_at
        FROM notice WHERE month = 3 AND audience = 'team'`;
      expect(await refusal(again)).toBe('23505 notice_once_unique');
    });
  });

  describe('an evaluation whose text is not the one that was hashed', () => {
    it.each(['inputs', 'policy', 'result'])('%s', async (text) => {
      const hash = { inputs: 'input', policy: 'policy', result: 'result' }[text] as string;
      const columns = ['inputs', 'policy', 'result', 'input_hash', 'policy_hash', 'result_hash'];
      // A copy of month 3's evaluation, told as month 4's, with one character more.
      const copy = `INSERT INTO evaluation (plan_year, month, month_version, policy_version, ${columns.join(', ')},
          last_line_id, last_entry_id, evaluated_at)
        SELECT plan_year, 4, 1, policy_version, ${columns.map((c) => (c === text ? `${c} || ' '` : c)).join(', ')},
          last_line_id, last_entry_id, now() FROM evaluation WHERE month = 3`;
      expect(await refusal(copy)).toBe(`23514 evaluation_${hash}_hash_check`);
    });
  });

  describe('a notice to say something else than it said', () => {
    it.each([
      'recipient',
      'recipient_name',
      'subject',
      'audience',
      'month_version = month_version + 1, subject',
      'is_fallback = NOT is_fallback, subject',
      'evaluation_id = NULL, subject',
    ])('%s', async (column) => {
      const issue = `UPDATE notice SET state = 'issued', issued_at = now(), ${column} = 'staff'
                     WHERE month = 3 AND audience = 'unit'`;
      expect(await refusal(issue)).toBe('PT001 append_only');
    });

    it.each([
      ['a draft to be acknowledged', "state = 'acknowledged', acknowledged_at = now() WHERE audience = 'unit'"],
      ['an issued one to be a draft again', "state = 'draft', issued_at = NULL WHERE audience = 'team'"],
      ['an issued one to be issued later', "issued_at = now() WHERE audience = 'team'"],
    ])('%s', async (_, change) => {
      expect(await refusal(`UPDATE notice SET ${change}`)).toBe('PT001 append_only');
    });

    it('an acknowledged one to be acknowledged by somebody else', async () => {
      await sql.query('BEGIN');
      const acknowledge = (by: string): string =>
        `UPDATE notice SET state = 'acknowledged', acknowledged_at = now(), acknowledged_by = '${by}'
         WHERE month = 3 AND audience = 'team'`;
      await sql.query(acknowledge('first'));
      const outcome = await refusal(acknowledge('second')).finally(() => sql.query('ROLLBACK'));
      expect(outcome).toBe('PT001 append_only');
    });
  });

  it('text that is not NFC, so that one name is never two', async () => {
    const name = 'Đơn vị'.normalize('NFD');
    const unit = `INSERT INTO unit (code, kind, unit_group, name, short_name) VALUES ('Z', 'district', 'district', $1, 'Z')`;
    await expect(sql.query(unit, [name])).rejects.toMatchObject({ code: '23514', constraint: 'unit_name_check' });
  });

  describe('a write and a close at once, to pass each other (I4)', () => {
    const close = (month: number): string =>
      `UPDATE reporting_month SET state = 'closed', version = 1, closed_at = now()
       WHERE plan_year = 2029 AND month = ${month}`;
    beforeAll(async () => {
      await sql.query(
        withEvent('INSERT INTO reporting_month (plan_year, month) SELECT 2029, m FROM generate_series(1, 13) AS m'),
      );
    });

    it('an entry while another session closes its month: it waits, and finds the month closed', async () => {
      const other = new Client({ connectionString: database.url });
      await other.connect();
      try {
        await sql.query('BEGIN');
        await sql.query(close(1));
        const late = refusal(entry({ plan_year: '2029', month: '1' }), other).catch(String);
        await new Promise((resolve) => setTimeout(resolve, 150));
        await sql.query(`${DIRECT_EVENT}; COMMIT`);
        expect(await late).toBe('PT002 month_closed');
      } finally {
        await other.end();
      }
    });

    it('a close while another session books an entry: it waits until the entry is there', async () => {
      const other = new Client({ connectionString: database.url });
      await other.connect();
      try {
        await sql.query('BEGIN');
        await sql.query(entry({ plan_year: '2029', month: '2' }));
        await other.query("SET lock_timeout = '150ms'");
        // 55P03: it would have waited longer.
        expect(await refusal(close(2), other)).toBe('55P03 undefined');
      } finally {
        await sql.query('ROLLBACK');
        await other.end();
      }
    });
  });

  it('and after all of it the totals are still the sums of the books (I2)', async () => {
    const { rows } = await sql.query(
      `SELECT 'allocation' AS books, (SELECT sum(amount) FROM allocation_line)::int AS rows,
              (SELECT sum(amount) FROM allocation_total)::int AS totals
       UNION ALL SELECT 'disbursement', (SELECT sum(amount) FROM disbursement_entry)::int,
              (SELECT sum(amount) FROM disbursement_total)::int`,
    );
    // 4 units × 100; 3 months × (6 + 14 + 10 + 10).
    expect(rows).toEqual([
      { books: 'allocation', rows: 400, totals: 400 },
      { books: 'disbursement', rows: 120, totals: 120 },
    ]);
  });
});
