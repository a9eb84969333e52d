import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeBackup } from '#libs/backup';
import { systemActor, Month } from '#libs/kernel';
import { evaluateMonth } from '#libs/monitoring';
import { issueNotices } from '#libs/notices';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { runProgram } from '../harness/product-process.js';
import { actorFor, bookMonth, closeMonth, smallOffice } from '../harness/small-office.js';
import { ask, contentsOf, emptyDatabase } from '../harness/whole-database.js';
import { startWorker, until, untilQuiet } from '../harness/worker-process.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WITH_PROCESSES_MS = 90_000;

describe('a backup between processes', () => {
  let office: FreshDatabase;
  let folder: string;
  const dropped: FreshDatabase[] = [];
  const target = async (): Promise<string> => {
    const database = await emptyDatabase();
    dropped.push(database);
    return database.url;
  };
  const environment = (url: string): NodeJS.ProcessEnv => ({
    ...process.env,
    DATABASE_URL: url,
    REDIS_URL: '',
    NODE_ENV: 'test',
    SKIP_FIRST_STEP: '1',
  });
  const cli = (url: string, ...args: string[]): ReturnType<typeof runProgram> =>
    runProgram('apps/cli/main.js', args, environment(url));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tracker-backup-'));
    office = await freshDatabase();
    const db = await openBooks(office.url);
    await smallOffice(db);
    for (const month of [1, 2, 3]) await bookMonth(db, month, { A: 6n, B: 14n, C: 10n, D: 10n });
    for (const month of [1, 2]) {
      await closeMonth(db, actorFor('approver'), Month.of(2024, month));
      const evaluation = await evaluateMonth(db, systemActor('job'), { planYear: 2024, month, monthVersion: 1 });
      if (evaluation) await issueNotices(db, systemActor('job'), evaluation.id);
    }
    await db.query('UPDATE outbox_message SET done_at = now()');
    // Closed, handed to a queue that the restored installation does not have, not evaluated.
    await closeMonth(db, actorFor('approver'), Month.of(2024, 3));
    await db.query('UPDATE outbox_message SET dispatched_at = now(), attempts = 1 WHERE done_at IS NULL');
    await db.destroy();
  });
  afterAll(async () => {
    for (const database of [office, ...dropped]) await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'an export of the audit chain goes into a file of its own, never over one that exists',
    async () => {
      const file = join(folder, 'chain.ndjson');
      await writeFile(file, 'of somebody else');
      const refused = await cli(office.url, 'audit-export', file);
      expect([refused.code, refused.stdout]).toEqual([1, '']);
      expect(refused.stderr).toBe(`${file} exists: an export never overwrites a file.\n`);
      expect(await readFile(file, 'utf8')).toBe('of somebody else');
      const whole = await cli(office.url, 'audit-export', join(folder, 'new.ndjson'));
      expect([whole.code, whole.stderr]).toEqual([0, '']);
      expect(whole.stdout).toMatch(/new\.ndjson\nhead \d+ [0-9a-f]{64}\nsha256 [0-9a-f]{64}\n$/);
    },
    WITH_PROCESSES_MS,
  );

  it(
    'by the commands: the same chain head printed, what is due done once after the restore, by however many workers',
    async () => {
      const file = join(folder, 'due.tar.gz');
      const backup = await cli(office.url, 'backup', file);
      expect([backup.code, backup.stderr]).toEqual([0, expect.stringContaining('whoever has the file can read it')]);
      const url = await target();
      const restore = await cli(url, 'restore', file);
      expect([restore.code, restore.stdout]).toEqual([0, backup.stdout]);
      expect(restore.stdout).toMatch(/\naudit \d+ [0-9a-f]{64}\n$/);
      const again = await cli(url, 'restore', file);
      expect([again.code, again.stdout]).toEqual([1, '']);
      expect(again.stderr).toMatch(/^The database tracker_\w+ is not empty [^\n]+\n$/);

      const db = await openBooks(url);
      const workers = [startWorker({ databaseUrl: url }), startWorker({ databaseUrl: url })];
      try {
        await until('evaluated', async () => (await ask(url, 'SELECT FROM evaluation WHERE month = 3')).length > 0);
        await untilQuiet(db, [], workers);
      } finally {
        for (const worker of workers) await worker.stop();
        await db.destroy();
      }
      expect(await ask(url, 'SELECT month, count(*)::int FROM evaluation GROUP BY 1 ORDER BY 1')).toEqual([
        { month: 1, count: 1 },
        { month: 2, count: 1 },
        { month: 3, count: 1 },
      ]);
      // A is below the average of 10 % three months running: its team hears of it once, and a letter is drafted once.
      expect(
        await ask(
          url,
          'SELECT audience, recipient, count(*)::int FROM notice WHERE month = 3 GROUP BY 1, 2 ORDER BY 1, 2',
        ),
      ).toEqual([
        { audience: 'announcement', recipient: 'province', count: 1 },
        { audience: 'team', recipient: 'T1', count: 1 },
        { audience: 'unit', recipient: 'A', count: 1 },
      ]);
      expect(await ask(url, 'SELECT id FROM outbox_message WHERE done_at IS NULL')).toEqual([]);
      // What the bystander did not touch.
      expect(await ask(office.url, 'SELECT FROM evaluation WHERE month = 3')).toEqual([]);
    },
    WITH_PROCESSES_MS,
  );

  it(
    'a restore killed in the middle leaves the database empty, and the next one succeeds',
    async () => {
      const large = await freshDatabase();
      dropped.push(large);
      // Long enough to be in the middle of it: 40 MB after the first table has been told.
      await ask(
        large.url,
        `INSERT INTO idempotency_record SELECT 'staff', i::text, repeat(md5(i::text), 60), 200, 'x', now()
         FROM generate_series(1, 20000) AS i`,
      );
      const file = join(folder, 'large.tar.gz');
      await writeBackup(large.url, file);
      const url = await target();
      const child = spawn(process.execPath, ['dist/apps/cli/main.js', 'restore', file], {
        cwd: ROOT,
        env: environment(url),
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      const ended = new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
      for await (const line of createInterface({ input: child.stderr })) {
        if (!line.startsWith('public.audit_head:')) continue;
        // It stands still in the middle while we look.
        child.kill('SIGSTOP');
        break;
      }
      const sessions = (): Promise<{ open: number }[]> =>
        ask(
          process.env['TEST_ADMIN_URL'] as string,
          'SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname = $1 AND xact_start IS NOT NULL',
          [new URL(url).pathname.slice(1)],
        );
      expect(await sessions()).toEqual([{ open: 1 }]);
      child.kill('SIGKILL');
      expect(await ended).toBe('SIGKILL');
      await until('rolled back', async () => (await sessions())[0]?.open === 0);
      expect(await contentsOf(url)).toEqual({});
      const next = await cli(url, 'restore', file);
      expect([next.code, next.stderr]).toEqual([0, expect.stringContaining('public.idempotency_record: 20000 rows')]);
      expect(await contentsOf(url)).toEqual(await contentsOf(large.url));
    },
    WITH_PROCESSES_MS,
  );

  it(
    'says in --help what is secret and what is omitted; a wrong call ends with status 1 and a sentence',
    async () => {
      const help = await cli(office.url, 'backup', '--help');
      for (const word of ['password hashes', 'token hashes', 'bullmq', 'session']) expect(help.stdout).toContain(word);
      const both = await cli(office.url, 'backup', join(folder, 'x'), '--key-file', 'k', '--recipient', 'age1x');
      expect([both.code, both.stderr]).toEqual([1, expect.stringMatching(/^Give either [^\n]+\n$/)]);
      const absent = await cli(office.url, 'backup', join(folder, 'x'), '--key-file', join(folder, 'no-key'));
      expect([absent.code, absent.stderr]).toEqual([1, expect.stringMatching(/cannot be read \(ENOENT\)\.\n$/)]);
    },
    WITH_PROCESSES_MS,
  );
});
