import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { addToken } from '#libs/access';
import { systemActor } from '#libs/kernel';
import { startApi, type ApiProcess } from '../harness/api-process.js';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { disbursementCsv, type SentImport } from '../harness/imports.js';
import { runProgram, type Outcome } from '../harness/product-process.js';
import { smallOffice, UNITS } from '../harness/small-office.js';
import {
  holdTable,
  releaseAll,
  startWorker,
  until,
  untilWaiting,
  type WorkerProcess,
} from '../harness/worker-process.js';

const WITH_PROCESSES_MS = 60_000;

/** I7 and I8 with real processes: whoever is killed, and wherever, a file is read once and booked once. */
describe('an import through a real api and a real worker', () => {
  let database: FreshDatabase;
  let db: DataSource;
  let api: ApiProcess;
  let worker: WorkerProcess;
  let authorization: string;

  beforeAll(async () => {
    database = await freshDatabase();
    db = await openBooks(database.url);
    await smallOffice(db);
    const { secret } = await addToken(db, systemActor('command-line'), { username: 'staff', name: 'p', days: 1 });
    authorization = `Bearer ${secret}`;
    worker = startWorker({ databaseUrl: database.url });
    api = await startApi(database.url);
  }, WITH_PROCESSES_MS);
  afterEach(releaseAll);
  afterAll(async () => {
    await worker?.kill();
    await api?.kill();
    await db?.destroy();
    await database?.drop();
  });

  const ask = async (path: string, init: RequestInit = {}): Promise<{ status: number; body: SentImport }> => {
    const answer = await fetch(`${api.address}${path}`, { ...init, headers: { authorization, ...init.headers } });
    return { status: answer.status, body: (await answer.json()) as SentImport };
  };
  const send = async (month: number): Promise<number> => {
    const rows = UNITS.map((unit, i) => `2024,${month},${unit},P-${unit},NSDP,payment,0,actual,${10 + i}`);
    const form = new FormData();
    form.set('file', new Blob([disbursementCsv(rows)]), `thang-${month}.csv`);
    const { status, body } = await ask('/imports?kind=disbursements', { method: 'POST', body: form });
    expect([status, body.state]).toEqual([202, 'waiting']);
    return body.id;
  };
  const commit = (id: number): Promise<{ status: number; body: SentImport }> =>
    ask(`/imports/${id}/commit`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
  const untilReady = (id: number): Promise<void> =>
    until(
      'the import is ready',
      async () => (await ask(`/imports/${id}`)).body.state === 'ready',
      async () => worker.output(),
    );
  /** How often each step left its mark. */
  const marks = async (id: number, month: number): Promise<unknown> => {
    const [row]: unknown[] = await db.query(
      `SELECT (SELECT count(*)::int FROM audit_event WHERE object_type = 'import' AND object_id = $1::int::text AND action = 'import.read') AS reads,
              (SELECT count(*)::int FROM audit_event WHERE object_type = 'import' AND object_id = $1::int::text AND action = 'import.commit') AS commits,
              (SELECT count(*)::int FROM staged_disbursement WHERE batch_id = $1::int) AS staged,
              (SELECT count(*)::int FROM disbursement_entry WHERE import_id = $1::int) AS entries,
              (SELECT coalesce(sum(amount), 0)::int FROM disbursement_total WHERE month = $2) AS dong,
              (SELECT count(*)::int FROM outbox_message WHERE done_at IS NULL) AS due`,
      [id, month],
    );
    return row;
  };

  it.each([
    [1, 'while its rows are staged', 'staged_disbursement'],
    [2, 'at its last step', 'audit_event'],
  ])(
    'month %i: the worker is killed with kill -9 %s',
    async (month, _, table) => {
      // The upload itself writes an audit event: it is through before the worker is stopped there.
      worker.freeze();
      const id = await send(month);
      const { release } = await holdTable(database.url, table);
      worker.thaw();
      await untilWaiting(db, table);
      await worker.kill();
      await release();
      expect(await marks(id, month)).toMatchObject({ reads: 0, staged: 0, due: 1 });
      worker = startWorker({ databaseUrl: database.url });
      await untilReady(id);
      await until('its message is done', async () => ((await marks(id, month)) as { due: number }).due === 0);
      expect(await marks(id, month)).toEqual({ reads: 1, commits: 0, staged: 4, entries: 0, dong: 0, due: 0 });
      expect((await commit(id)).body).toMatchObject({ state: 'committed', entries: 4 });
      expect(await marks(id, month)).toEqual({ reads: 1, commits: 1, staged: 4, entries: 4, dong: 46, due: 0 });
    },
    WITH_PROCESSES_MS,
  );

  it.each([
    [3, 'while it books', 'disbursement_entry'],
    [4, 'when all is booked but the audit', 'audit_event'],
  ])(
    'month %i: the server is killed with kill -9 %s: nothing is booked, and the commit sent again books once',
    async (month, _, table) => {
      const id = await send(month);
      await untilReady(id);
      const { release } = await holdTable(database.url, table);
      const cutOff = commit(id).catch(() => 'cut off');
      await untilWaiting(db, table);
      await api.kill();
      await release();
      expect(await cutOff).toBe('cut off');
      await until('its transaction is gone', async () => {
        const [row]: { running: number }[] = await db.query(
          `SELECT count(*)::int AS running FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL AND query LIKE '%disbursement_entry%'`,
        );
        return row?.running === 0;
      });
      expect(await marks(id, month)).toMatchObject({ commits: 0, entries: 0, dong: 0 });
      api = await startApi(database.url);
      const answers = await Promise.all([commit(id), commit(id)]);
      expect(answers.map(({ status, body }) => [status, body.entries])).toEqual([
        [200, 4],
        [200, 4],
      ]);
      expect(await marks(id, month)).toMatchObject({ commits: 1, entries: 4, dong: 46 });
    },
    WITH_PROCESSES_MS,
  );

  it(
    'the command line reads a file, prints what it would change, and books it with --commit',
    async () => {
      const folder = await mkdtemp(join(tmpdir(), 'tracker-import-'));
      const file = join(folder, 'thang-5.csv');
      await writeFile(
        file,
        disbursementCsv(['2024,5,A,P-A,NSDP,payment,0,actual,7', '2024,5,Z,P-A,NSDP,payment,0,actual,1']),
      );
      const env = { ...process.env, DATABASE_URL: database.url, SKIP_FIRST_STEP: '1', REDIS_URL: '' };
      const run = (...more: string[]): Promise<Outcome> =>
        runProgram('apps/cli/main.js', ['import', file, '--kind', 'disbursements', '--as', 'staff', ...more], env);
      const looked = await run();
      expect([looked.code, looked.stderr]).toEqual([0, 'row 3, unit_code: Không có đơn vị mã Z.\n']);
      expect(looked.stdout).toContain('new: 1 (1 rows), 7 đồng, books 7 đồng');
      const refused = await run('--commit');
      expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('Có 1 dòng bị loại.')]);
      const done = await run('--commit', '--without-rejected');
      expect([done.code, done.stdout]).toEqual([0, expect.stringContaining('1 entries written')]);
      expect(await db.query('SELECT amount FROM disbursement_entry WHERE month = 5')).toEqual([{ amount: '7' }]);
      await rm(folder, { recursive: true, force: true });
    },
    WITH_PROCESSES_MS,
  );
});
