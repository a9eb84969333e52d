import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, type DatabaseError } from 'pg';
import { migrate, NOT_AUDITED } from '#libs/platform';
import { DIRECT_EVENT, withEvent } from '../harness/direct-sql.js';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';

/** Every table whose writes are acts. A table that is new belongs here or, with its reason, in `NOT_AUDITED`. */
const AUDITED = [
  'account',
  'account_identity',
  'account_request',
  'account_scope',
  'allocation_decision',
  'allocation_decision_total',
  'allocation_line',
  'answer',
  'answer_file',
  'api_token',
  'calendar_day',
  'cell_comment',
  'difficulty',
  'difficulty_category',
  'difficulty_step',
  'disbursement_entry',
  'disbursement_warning',
  'document',
  'document_file',
  'document_template_version',
  'document_version',
  'evaluation',
  'evaluation_average',
  'evaluation_line',
  'funding_source',
  'import_batch',
  'inspection',
  'inspection_attachment',
  'inspection_finding',
  'inspection_recommendation',
  'inspection_team',
  'inspection_visit',
  'instance_setting',
  'key_project',
  'key_project_list',
  'medium_term_plan',
  'meeting',
  'meeting_body',
  'meeting_decision',
  'meeting_item',
  'meeting_member',
  'month_decision',
  'month_reopening',
  'monthly_report',
  'national_average',
  'notice',
  'notice_line',
  'notice_step',
  'notice_transition',
  'one_time_link',
  'place',
  'policy_proposal',
  'policy_version',
  'press_project',
  'project',
  'project_place',
  'project_progress',
  'project_unit',
  'reconciliation_entry',
  'reconciliation_resolution',
  'reconciliation_sign_off',
  'recovery_code',
  'reorganisation',
  'reporting_month',
  'second_factor',
  'session',
  'site_clearance_month',
  'site_clearance_plan',
  'stored_file',
  'team_area',
  'treasury_line',
  'treasury_statement',
  'unit',
  'unit_succession',
  'uploaded_file',
  'warning_case',
  'warning_case_step',
  'webhook',
];

const PLACE = "INSERT INTO place (code, kind, name) VALUES ('1', 'commune', 'Xã')";

describe('no commit without an audit event', () => {
  let database: FreshDatabase;
  let sql: Client;
  beforeAll(async () => {
    database = await freshDatabase();
    sql = new Client({ connectionString: database.url });
    await sql.connect();
  });
  afterAll(async () => {
    await sql?.end();
    await database?.drop();
  });

  const refusal = async (work: () => Promise<unknown>): Promise<string> => {
    try {
      await work();
    } catch (error) {
      const { code, constraint, message } = error as DatabaseError;
      return `${code} ${constraint}: ${message}`;
    } finally {
      await sql.query('ROLLBACK');
    }
    return 'went through';
  };
  const inOne = (...statements: string[]): Promise<string> =>
    refusal(() => sql.query(['BEGIN', ...statements, 'COMMIT'].join(';')));
  const UNAUDITED = 'PT010 unaudited: a transaction that wrote place leaves no audit event';
  const count = async (table: string): Promise<number> =>
    Number((await sql.query<{ count: string }>(`SELECT count(*) FROM ${table}`)).rows[0]?.count);

  it('every table is either guarded or named with the reason why not', async () => {
    const { rows } = await sql.query<{ name: string; guarded: boolean }>(
      `SELECT c.relname AS name, EXISTS (
         SELECT FROM pg_trigger AS t WHERE t.tgrelid = c.oid AND t.tgname = 'z_audited' AND t.tgenabled = 'O'
       ) AS guarded
       FROM pg_class AS c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`,
    );
    const named = (guarded: boolean): string[] => rows.filter((row) => row.guarded === guarded).map(({ name }) => name);
    expect(named(true)).toEqual(AUDITED);
    expect(named(false)).toEqual(Object.keys(NOT_AUDITED).sort());
    for (const reason of Object.values(NOT_AUDITED)) expect(reason.length).toBeGreaterThan(8);
  });

  it('a table made later is guarded when the migrations are run', async () => {
    const own = await freshDatabase();
    const client = new Client({ connectionString: own.url });
    await client.connect();
    await client.query('CREATE TABLE ledger_of_tomorrow (id int)');
    await client.query('INSERT INTO ledger_of_tomorrow VALUES (1)');
    await migrate(own.url);
    await expect(client.query('INSERT INTO ledger_of_tomorrow VALUES (2)')).rejects.toMatchObject({ code: 'PT010' });
    await client.end();
    await own.drop();
  });

  it('a write alone is refused, by one statement and in a transaction, and leaves nothing', async () => {
    expect(await refusal(() => sql.query(PLACE))).toBe(UNAUDITED);
    expect(await inOne(PLACE)).toBe(UNAUDITED);
    expect(await inOne(PLACE, 'UPDATE place SET name = name', 'DELETE FROM place')).toBe(UNAUDITED);
    expect(await count('place')).toBe(0);
  });

  it.each(['UPDATE place SET name = name', 'DELETE FROM place', 'TRUNCATE place CASCADE'])(
    'so is %s, even of no row',
    async (statement) => {
      expect(await inOne(statement)).toBe(UNAUDITED);
    },
  );

  it('with an event it is taken, the event before the write or after it', async () => {
    expect(await inOne(PLACE, DIRECT_EVENT)).toBe('went through');
    expect(await inOne(DIRECT_EVENT, 'DELETE FROM place')).toBe('went through');
    await sql.query(withEvent(PLACE));
    expect(await inOne(DIRECT_EVENT, DIRECT_EVENT, 'DELETE FROM place')).toBe('went through');
  });

  it('an event of another transaction does not do', async () => {
    await sql.query(DIRECT_EVENT);
    expect(await inOne(PLACE)).toBe(UNAUDITED);
    const other = new Client({ connectionString: database.url });
    await other.connect();
    await other.query(`BEGIN; ${DIRECT_EVENT}`);
    expect(await inOne(PLACE)).toBe(UNAUDITED);
    await other.query('COMMIT');
    await other.end();
  });

  describe('with savepoints', () => {
    const kept = (...statements: string[]): string[] => ['SAVEPOINT s', ...statements, 'RELEASE s'];
    const undone = (...statements: string[]): string[] => ['SAVEPOINT s', ...statements, 'ROLLBACK TO s'];

    it.each<[string, string[], string]>([
      ['a write in one, no event', kept(PLACE), UNAUDITED],
      ['a write and its event in two', [...kept(PLACE), ...kept(DIRECT_EVENT, 'DELETE FROM place')], 'went through'],
      ['a write outside, its event in one', [PLACE, ...kept(DIRECT_EVENT, 'DELETE FROM place')], 'went through'],
      ['a write in one, its event outside', [...kept(PLACE, 'DELETE FROM place'), DIRECT_EVENT], 'went through'],
      ['a write whose event is undone', [PLACE, ...undone(DIRECT_EVENT)], UNAUDITED],
      ['a write in one whose event is undone', [...kept(PLACE), ...undone(DIRECT_EVENT)], UNAUDITED],
      ['a write that is undone', undone(PLACE), 'went through'],
      ['a write that is undone, and another', [...undone(PLACE), PLACE], UNAUDITED],
      ['an event that is undone, and another', [...undone(DIRECT_EVENT), ...kept(DIRECT_EVENT)], 'went through'],
      ['one in the other', ['SAVEPOINT a', ...undone(DIRECT_EVENT), PLACE, 'RELEASE a'], UNAUDITED],
    ])('%s', async (_, statements, expected) => {
      const before = await count('audit_event');
      expect(await inOne(...statements)).toBe(expected);
      const grown = (await count('audit_event')) - before;
      expect(grown).toBe(expected === 'went through' && statements.join().includes('audit_event') ? 1 : 0);
    });
  });

  it('checked early it asks for an event for what is written after', async () => {
    expect(await inOne(PLACE, DIRECT_EVENT, 'SET CONSTRAINTS ALL IMMEDIATE', 'DELETE FROM place')).toBe(UNAUDITED);
    expect(await inOne(PLACE, 'SET CONSTRAINTS ALL IMMEDIATE', DIRECT_EVENT)).toBe(UNAUDITED);
  });

  it('costs one row a transaction, however many rows and statements, and leaves none behind', async () => {
    await sql.query('BEGIN');
    for (let i = 0; i < 5; i++)
      await sql.query(
        `INSERT INTO place (code, kind, name) SELECT '${i}-' || n, 'commune', 'Xã' FROM generate_series(1, 1000) AS n`,
      );
    expect(await count('audit_transaction')).toBe(1);
    await sql.query(DIRECT_EVENT);
    expect([await count('audit_transaction'), await count('audit_waiting')]).toEqual([1, 1]);
    await sql.query('COMMIT');
    expect([await count('audit_transaction'), await count('audit_waiting')]).toEqual([0, 0]);
  });

  it('a session’s last sight and a file’s progress are no acts', async () => {
    expect(await inOne("UPDATE session SET seen_at = now() WHERE secret_hash = ''")).toBe('went through');
    expect(await inOne('UPDATE import_batch SET rows_read = 1 WHERE id = 0')).toBe('went through');
    expect(await inOne('DELETE FROM session')).toContain('PT010 unaudited');
    expect(await inOne('UPDATE import_batch SET committed_at = now() WHERE id = 0')).toContain('PT010 unaudited');
  });

  describe('the chain has no way out', () => {
    it.each([
      'DELETE FROM audit_event',
      'TRUNCATE audit_event',
      'UPDATE audit_event SET body = body',
      'DELETE FROM audit_head',
      'DROP TABLE audit_event',
      'DROP TABLE audit_event CASCADE',
      'DROP TABLE audit_head',
      'ALTER TABLE audit_event DROP COLUMN body',
      'DROP TRIGGER append_only ON audit_event',
      'DROP TRIGGER queue_audit_event ON audit_event',
      'DROP FUNCTION refuse_change CASCADE',
    ])('%s', async (statement) => {
      expect(await refusal(() => sql.query(statement))).toMatch(/^PT00[15] (append_only|kept_by_database)/);
      expect(await count('audit_event')).toBeGreaterThan(0);
    });
  });

  it('an upgrade leaves its event, a new database begins without any', async () => {
    const own = await freshDatabase();
    const client = new Client({ connectionString: own.url });
    await client.connect();
    const actions = async (): Promise<string[]> =>
      (await client.query<{ action: string }>('SELECT action FROM audit_event ORDER BY seq')).rows.map((r) => r.action);
    expect(await actions()).toEqual(['instance.begin']);
    const books = await openBooks(own.url);
    await books.undoLastMigration();
    await books.destroy();
    const ran = await migrate(own.url);
    expect(ran).toHaveLength(1);
    expect(await actions()).toEqual(['instance.begin', 'schema.migrate']);
    await migrate(own.url);
    expect(await actions()).toHaveLength(2);
    await client.end();
    await own.drop();
  });
});
