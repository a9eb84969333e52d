import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { auditChainState } from '#libs/backup';
import { exportEvaluation } from '#libs/exchange';
import { Month, systemActor } from '#libs/kernel';
import { recordDisbursements } from '#libs/ledger';
import { evaluateMonth } from '#libs/monitoring';
import { migrate } from '#libs/platform';
import { Client } from 'pg';
import { openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { actorFor } from '../harness/small-office.js';
import { ask, emptyDatabase } from '../harness/whole-database.js';

const FIXTURE = new URL('../fixtures/first-migrations/office.sql', import.meta.url);

/** What must be after the upgrade what it was before, in the columns that were there then. */
const KEPT = {
  entries: `SELECT id, plan_year, month, unit_code, project_code, source_code, kind, carried_over, basis, amount,
                   document_no, document_date::text, reason, corrects, recorded_at, recorded_by
            FROM disbursement_entry ORDER BY id`,
  lines: `SELECT id, decision_id, plan_year, effective_month, basis, carried_over, unit_code, project_code, source_code, amount
          FROM allocation_line ORDER BY id`,
  decisions: `SELECT id, plan_year, number, decision_date::text, effective_date::text, level, kind, note
              FROM allocation_decision ORDER BY id`,
  paidTotals:
    'SELECT plan_year, month, unit_code, basis, carried_over, amount, entries FROM disbursement_total ORDER BY 1, 2, 3, 4, 5',
  months: 'SELECT plan_year, month, state, version, closed_at, closed_by FROM reporting_month ORDER BY 1, 2',
  reports: 'SELECT plan_year, month, unit_code, submitted_on::text, recorded_at FROM monthly_report ORDER BY 1, 2, 3',
  evaluations: `SELECT id, month, month_version, inputs, policy, result, input_hash, policy_hash, result_hash FROM evaluation
                ORDER BY id`,
  cases: 'SELECT id, unit_code, opened_month, state FROM warning_case ORDER BY id',
  notices: `SELECT id, month, audience, recipient, recipient_name, state, subject, issued_at, released_by, acknowledged_by
            FROM notice ORDER BY id`,
  accounts: 'SELECT id, username, role, password_hash FROM account ORDER BY id',
  chain:
    'SELECT seq, at, actor, action, object_type, object_id, body, previous_hash, hash FROM audit_event ORDER BY seq',
  head: 'SELECT seq, hash FROM audit_head',
};

describe('a database of the first program', () => {
  let database: FreshDatabase;
  let db: DataSource;
  let before: Record<string, unknown[]>;
  let ran: string[];

  const kept = async (): Promise<Record<string, unknown[]>> => {
    const found: Record<string, unknown[]> = {};
    for (const [what, sql] of Object.entries(KEPT)) found[what] = await ask(database.url, sql);
    return found;
  };

  beforeAll(async () => {
    database = await emptyDatabase();
    await ask(database.url, await readFile(FIXTURE, 'utf8'));
    before = await kept();
    ran = await migrate(database.url);
    db = await openBooks(database.url);
  });
  afterAll(async () => {
    await db?.destroy();
    await database?.drop();
  });

  it('is the small office with three months evaluated and one closed', () => {
    expect(Object.fromEntries(Object.entries(before).map(([what, rows]) => [what, rows.length]))).toEqual({
      entries: 15,
      lines: 6,
      decisions: 2,
      paidTotals: 14,
      months: 13,
      reports: 12,
      evaluations: 3,
      cases: 2,
      notices: 8,
      accounts: 9,
      chain: before['chain']?.length,
      head: 1,
    });
    expect(ran).not.toContain('BookGuards1732320000001');
    expect(ran.length).toBeGreaterThanOrEqual(7);
  });

  it('migrated to the newest keeps its books, evaluations with their hashes, notices, accounts and the audit chain', async () => {
    const { chain = [], head: heads, ...books } = await kept();
    const { chain: chainBefore = [], head: _head, ...booksBefore } = before;
    expect(books).toEqual(booksBefore);
    // The upgrade itself is the one event that is new.
    expect(chain.slice(0, -1)).toEqual(chainBefore);
    const upgrade = chain.at(-1) as { seq: string; hash: string };
    expect(upgrade).toMatchObject({ action: 'schema.migrate', seq: String(chainBefore.length + 1) });
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      expect(heads).toEqual([{ seq: upgrade.seq, hash: upgrade.hash }]);
      expect(await auditChainState(client)).toEqual({ seq: upgrade.seq, hash: upgrade.hash, brokenAt: null });
    } finally {
      await client.end();
    }
  });

  it('has the newest schema, and money totals that are the sums of its books', async () => {
    const log = await db.driver.createSchemaBuilder().log();
    expect(log.upQueries.map(({ query }) => query)).toEqual([]);
    expect(
      await ask(
        database.url,
        `SELECT plan_year, month, unit_code, basis, carried_over, sum(amount)::bigint AS amount, count(*) AS entries
         FROM disbursement_entry GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5`,
      ),
    ).toEqual(before['paidTotals']);
  });

  it('replays an old month to the same hashes, refuses entries in it, and evaluates the month that was due', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tracker-export-'));
    try {
      const { resultHash } = await exportEvaluation(db, Month.of(2024, 3), join(folder, 'march'));
      expect(before['evaluations']).toContainEqual(expect.objectContaining({ month: 3, result_hash: resultHash }));
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    const entry = {
      unitCode: 'A',
      projectCode: 'P-A',
      sourceCode: 'NSDP',
      kind: 'payment' as const,
      carriedOver: false,
      basis: 'actual' as const,
      amount: 1n,
      documentNo: null,
      documentDate: null,
      reason: null,
      corrects: null,
    };
    await expect(recordDisbursements(db, actorFor('staff'), Month.of(2024, 3), [entry])).rejects.toMatchObject({
      code: 'month-closed',
    });
    await recordDisbursements(db, actorFor('staff'), Month.of(2024, 5), [entry]);
    const april = await evaluateMonth(db, systemActor('job'), { planYear: 2024, month: 4, monthVersion: 1 });
    expect(april?.month).toBe(4);
  });
});
