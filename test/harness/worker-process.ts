import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Queue } from 'bullmq';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { TEST_SECRET_KEY } from './secret-key.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const LOOK_EVERY_MS = 25;
const STEP_LIMIT_MS = 45_000;
/** Longer than the queue waits before it tries a failed job again. */
const STALL_LIMIT_MS = 45_000;
const STOP_LIMIT_MS = 45_000;
const OUTPUT_KEPT = 20_000;

export interface WorkerEnvironment {
  databaseUrl: string;
  /** Absent: the queue is in the database. */
  redisUrl?: string | undefined;
  redispatchSeconds?: number;
  /** Over the test's settings. */
  env?: Record<string, string>;
}

export interface WorkerProcess {
  readonly pid: number;
  readonly isAlive: boolean;
  /** The end of what it printed, without the list of modules. */
  output(): string;
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code or the signal's name, fails when the process does not end. */
  stop(): Promise<number | string>;
  /** It stands still wherever it is, its connections open. */
  freeze(): void;
  thaw(): void;
}

/** `npm run start:worker` without its first step: the built worker as a process of its own. */
export function startWorker({
  databaseUrl,
  redisUrl,
  redispatchSeconds = 1,
  env = {},
}: WorkerEnvironment): WorkerProcess {
  const child = spawn(process.execPath, ['dist/apps/worker/main.js'], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: 'test',
      NO_COLOR: '1',
      DATABASE_URL: databaseUrl,
      DATABASE_POOL: '5',
      REDIS_URL: redisUrl ?? '',
      REDISPATCH_SECONDS: String(redispatchSeconds),
      SECRET_KEY: TEST_SECRET_KEY,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed = (printed + chunk.toString()).slice(-OUTPUT_KEPT)));
  const ended = new Promise<number | string>((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'gone')),
  );
  return {
    pid: child.pid as number,
    get isAlive() {
      return child.exitCode === null && child.signalCode === null;
    },
    output: () => printed.replace(/^.*\bInstanceLoader\b.*\n/gm, ''),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: async () => {
      child.kill('SIGTERM');
      const outcome = await Promise.race([ended, delay(STOP_LIMIT_MS, undefined, { ref: false })]);
      if (outcome !== undefined) return outcome;
      child.kill('SIGKILL');
      throw new Error(`worker ${child.pid} did not end within ${STOP_LIMIT_MS} ms of SIGTERM:\n${printed}`);
    },
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  };
}

/** What a starting worker reads first. */
const DOOR = 'migrations';

/** A worker that has loaded its program, which takes most of its start, and waits to be let in to the database. */
export async function workerAtTheDoor(
  environment: WorkerEnvironment,
  db: DataSource,
): Promise<{ worker: WorkerProcess; letIn(): Promise<void> }> {
  const door = await lock(environment.databaseUrl, `LOCK TABLE ${DOOR} IN ACCESS EXCLUSIVE MODE`);
  const worker = startWorker(environment);
  return {
    worker,
    letIn: async () => {
      await untilWaiting(db, DOOR);
      await door.release();
    },
  };
}

/** A lock of the test's own, at which a worker stands still as long as it is held. */
export interface Hold {
  release(): Promise<void>;
}

/**
 * Locks a table in a transaction of its own. SHARE lets everybody read and nobody write; EXCLUSIVE also stops
 * SELECT … FOR UPDATE; ACCESS EXCLUSIVE stops everything.
 */
export async function holdTable(
  databaseUrl: string,
  table: string,
  mode: 'SHARE' | 'EXCLUSIVE' | 'ACCESS EXCLUSIVE' = 'SHARE',
): Promise<Hold> {
  return hold(databaseUrl, `LOCK TABLE ${table} IN ${mode} MODE`);
}

/** Keeps what the statement locks until it is released. */
export async function hold(databaseUrl: string, statement: string): Promise<Hold> {
  const { release } = await lock(databaseUrl, statement);
  const held = {
    release: async (): Promise<void> => {
      if (holds.delete(held)) await release();
    },
  };
  holds.add(held);
  return held;
}

async function lock(databaseUrl: string, statement: string): Promise<Hold> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'test' });
  // Dropping the database ends it.
  client.on('error', () => undefined);
  await client.connect();
  await client.query(`BEGIN; ${statement}`);
  return { release: () => client.end() };
}

const holds = new Set<Hold>();

/** What a test that failed half-way still holds would stop the next one. */
export async function releaseAll(): Promise<void> {
  for (const held of [...holds]) await held.release();
}

/** Waits until so many sessions stand at a lock on one of the tables, or at an advisory lock. */
export async function untilWaiting(db: DataSource, at: string | string[], sessions = 1): Promise<void> {
  const places = [at].flat();
  await until(
    `${sessions} waiting at ${places.join(' or ')}`,
    async () => {
      const [row]: { waiting: number }[] = await db.query(
        `SELECT count(DISTINCT pid)::int AS waiting FROM pg_locks
         WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
           AND (locktype = ANY($1) OR relation IN (SELECT to_regclass(place) FROM unnest($1::text[]) AS place))`,
        [places],
      );
      return (row?.waiting ?? 0) >= sessions;
    },
    () => stallReport(db),
  );
}

/** Polls until it holds; after 15 seconds it fails with the report. */
export async function until(
  what: string,
  holds: () => Promise<boolean>,
  report: () => Promise<string> = () => Promise.resolve(''),
): Promise<void> {
  const limit = Date.now() + STEP_LIMIT_MS;
  while (!(await holds())) {
    if (Date.now() > limit) throw new Error(`${what}: not so after ${STEP_LIMIT_MS} ms\n${await report()}`);
    await delay(LOOK_EVERY_MS);
  }
}

/**
 * Waits until nothing is left to do: no message due, no session in a transaction, no job waiting in the queues, twice
 * in a row. A worker at the door does not count. A job that only a killed worker held does not count: the library hands it out again half a minute later,
 * and nothing may hang on that. Fails with a report when nothing moves any more.
 */
export async function untilQuiet(
  db: DataSource,
  queues: readonly Queue[],
  workers: readonly WorkerProcess[] = [],
): Promise<void> {
  let movedAt = Date.now();
  let last = '';
  let quietBefore = false;
  for (;;) {
    const { due, running, moved } = await work(db);
    const isQuiet = due === 0 && running === 0 && (await jobsWaiting(queues)) === 0;
    if (isQuiet && quietBefore && moved === last) return;
    quietBefore = isQuiet;
    if (moved !== last) movedAt = Date.now();
    last = moved;
    if (Date.now() - movedAt > STALL_LIMIT_MS)
      throw new Error(`nothing moves for ${STALL_LIMIT_MS} ms\n${await stallReport(db, queues, workers)}`);
    await delay(isQuiet ? 4 * LOOK_EVERY_MS : LOOK_EVERY_MS);
  }
}

async function work(db: DataSource): Promise<{ due: number; running: number; moved: string }> {
  const [row]: { due: number; running: number; moved: string }[] = await db.query(
    `SELECT (SELECT count(*)::int FROM outbox_message WHERE done_at IS NULL) AS due,
            (SELECT count(*)::int FROM pg_stat_activity AS s
             WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
               AND backend_type = 'client backend' AND application_name <> 'test'
               AND NOT EXISTS (SELECT FROM pg_locks AS l
                               WHERE l.pid = s.pid AND NOT granted AND relation = '${DOOR}'::regclass)) AS running,
            concat_ws(' ', (SELECT seq FROM audit_head), (SELECT count(done_at) FROM outbox_message)) AS moved`,
  );
  return row as { due: number; running: number; moved: string };
}

/** The run that a job scheduler has planned is always there and is not work. */
async function jobsWaiting(queues: readonly Queue[]): Promise<number> {
  let waiting = 0;
  for (const queue of queues) {
    const counts = await queue.getJobCounts('waiting', 'prioritized');
    const delayed = await queue.getDelayed();
    waiting += Object.values(counts).reduce((sum, count) => sum + count, 0);
    waiting += delayed.filter(({ repeatJobKey }) => !repeatJobKey).length;
  }
  return waiting;
}

async function stallReport(
  db: DataSource,
  queues: readonly Queue[] = [],
  workers: readonly WorkerProcess[] = [],
): Promise<string> {
  // The test itself may hold the table.
  const due = await db
    .transaction(async (tx) => {
      await tx.query("SET LOCAL lock_timeout = '1s'");
      return tx.query('SELECT * FROM outbox_message WHERE done_at IS NULL ORDER BY id');
    })
    .catch((error: Error) => [{ unread: error.message }]);
  const sessions = await db.query(
    `SELECT pid, application_name, state, wait_event_type, wait_event, pg_blocking_pids(pid) AS blocked_by,
            left(regexp_replace(query, '\\s+', ' ', 'g'), 150) AS query
     FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() ORDER BY pid`,
  );
  const counts = await Promise.all(
    queues.map(async (queue) => `${queue.name} ${JSON.stringify(await queue.getJobCounts())}`),
  );
  const rows = (table: readonly object[]): string[] => table.map((row) => `  ${JSON.stringify(row)}`);
  return [
    'messages due:',
    ...rows(due as object[]),
    'sessions:',
    ...rows(sessions as object[]),
    'queues:',
    ...counts.map((line) => `  ${line}`),
    ...workers.map((worker) => `worker ${worker.pid}, ${worker.isAlive ? 'alive' : 'dead'}:\n${worker.output()}`),
  ].join('\n');
}
