import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { isVisibleProject } from '#libs/projects';
import { withEvent } from '../harness/direct-sql.js';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { smallOffice } from '../harness/small-office.js';

const ROWS = 40_000;
/** Looking at each entry beside each is 1.6 billion looks, minutes; one by one it is a second or two. */
const LIMIT = "SET LOCAL statement_timeout = '25s'";

/** What statistics tell of the books must not make a guard look at every entry beside every other. */
describe('the guards of the books take a large file in one pass', () => {
  let database: FreshDatabase;
  let sql: Client;
  beforeAll(async () => {
    database = await freshDatabase();
    const db = await openBooks(database.url);
    await smallOffice(db);
    await db.destroy();
    sql = new Client({ connectionString: database.url });
    await sql.connect();
  });
  afterAll(async () => {
    await sql?.end();
    await database?.drop();
  });

  const insert = `INSERT INTO disbursement_entry (plan_year, month, unit_code, project_code, source_code, kind,
      carried_over, basis, amount, document_no, recorded_at, recorded_by)
    SELECT 2024, 1, 'A', (SELECT project_code FROM project_unit WHERE unit_code = 'A' LIMIT 1),
           (SELECT code FROM funding_source LIMIT 1), 'payment', false, 'actual', 1, 'CT-' || i, now(), 'test'
    FROM generate_series(1, ${ROWS}) AS i`;

  it('even where an ANALYZE in the middle of the insert saw pages full of rows that nobody had committed', async () => {
    await sql.query(`BEGIN; ${LIMIT}`);
    await sql.query("UPDATE pg_class SET reltuples = 0, relpages = 1000 WHERE oid = 'disbursement_entry'::regclass");
    await sql.query(withEvent(insert));
    await sql.query('COMMIT');
    const { rows } = await sql.query('SELECT count(*)::int AS entries FROM disbursement_entry');
    expect(rows).toEqual([{ entries: ROWS }]);
  });

  it('the projects of a team’s places are found once a question, not once an entry', async () => {
    // As if the province had 200,000 projects, each in a place: read into the question, they fit in no hash.
    await sql.query(`BEGIN;
      UPDATE pg_class SET reltuples = 200000, relpages = 2000 WHERE oid IN ('project'::regclass, 'project_place'::regclass)`);
    const { rows } = await sql.query<{ 'QUERY PLAN': string }>(`EXPLAIN SELECT count(*) FROM disbursement_entry AS e
      WHERE e.plan_year = 2024 AND ${isVisibleProject(
        { unit: 'e.unit_code', project: 'e.project_code' },
        { units: `'{A}'::text[]`, places: `'{178}'::text[]` },
      )}`);
    await sql.query('ROLLBACK');
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toMatch(/hashed SubPlan/);
    expect(plan).toMatch(/Function Scan on projects_in_places/);
  });
});
