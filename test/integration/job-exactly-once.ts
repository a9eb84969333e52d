import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Queue } from 'bullmq';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { inTransaction, Month } from '#libs/kernel';
import { MONTH_CLOSED } from '#libs/ledger';
import { confirmPolicy, MONTH_EVALUATED, proposePolicy } from '#libs/monitoring';
import { enqueue, QUEUES } from '#libs/platform';
import { DAILY_REMINDERS, MONTHLY_CHECK } from '../../apps/worker/jobs.js';
import { connectQueues } from '../../libs/platform/queue/queue-backend.js';
import { direct } from '../harness/direct-sql.js';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { actorFor, bookMonth, closeMonth, PLAN_YEAR, smallOffice } from '../harness/small-office.js';
import {
  hold,
  holdTable,
  releaseAll,
  startWorker,
  until,
  untilQuiet,
  untilWaiting,
  workerAtTheDoor,
  type Hold,
  type WorkerProcess,
} from '../harness/worker-process.js';
import { BY_HAND, casesAfter, paidIn, PLAN_DONG, reportingIn } from './job-thirteen-months.js';

/** Where the queue is kept: one test process has one such place. */
export interface QueueUnderTest {
  /** REDIS_URL of a new office; undefined: the queue is in its database. */
  freshUrl(): Promise<string | undefined>;
  /** All that the queue holds is gone; the database is not. */
  loseAll(office: Office): Promise<void>;
  stop(): Promise<void>;
}

type WorkerAtTheDoor = Awaited<ReturnType<typeof workerAtTheDoor>>;

/** One installation: a database and a queue of its own, and worker processes that come and go. */
export interface Office {
  databaseUrl: string;
  db: DataSource;
  queues: Queue[];
  workers: WorkerProcess[];
  start(): WorkerProcess;
  /** A worker that starts the moment it is let in. */
  atTheDoor(): Promise<WorkerAtTheDoor>;
  /** Waits until so many workers look into the outbox. */
  untilUp(workers: number): Promise<void>;
  close(...months: number[]): Promise<void>;
  /** Longer than work is left to the queue before it is handed over again. */
  passTime(): Promise<void>;
  untilQuiet(): Promise<void>;
  /** Stops the workers in order: with SIGTERM. */
  stopWorkers(): Promise<void>;
  reopenQueues(): Promise<void>;
  drop(): Promise<void>;
}

const SEED = Number(process.env['JOB_SEED'] ?? 20241007);
const WITH_PROCESSES_MS = 180_000;

/** I7 with real processes: whatever happens to workers and queue, a month ends with one evaluation and one notice each. */
export function jobExactlyOnce(openQueue: () => Promise<QueueUnderTest>): void {
  let queue: QueueUnderTest;
  let template: FreshDatabase;
  const offices: Office[] = [];
  const openOffice = async (): Promise<Office> => {
    const office = await officeOn(await cloneOf(template), await queue.freshUrl());
    offices.push(office);
    return office;
  };

  beforeAll(async () => {
    queue = await openQueue();
    template = await freshDatabase();
    await bookTheYear(template.url);
  });
  afterEach(releaseAll);
  afterAll(async () => {
    for (const office of offices) await office.drop();
    await queue?.stop();
    await template?.drop();
  });

  describe('a worker killed with kill -9', () => {
    let office: Office;
    let worker: WorkerProcess;
    let next: WorkerAtTheDoor | undefined;
    beforeAll(async () => {
      office = await openOffice();
      worker = office.start();
      await office.untilUp(1);
    }, WITH_PROCESSES_MS);
    afterAll(() => office?.stopWorkers());

    // Whoever finishes a month is the victim of the next.
    it.each(KILLS.map(({ step, arrive }, i) => [i + 1, step, arrive] as const))(
      'month %i: %s',
      async (month, _step, arrive) => {
        next ??= await office.atTheDoor();
        const holds = await arrive(office, worker, month);
        await worker.kill();
        for (const { release } of holds) await release();
        await office.passTime();
        await next.letIn();
        worker = next.worker;
        await until('evaluated', async () => (await evaluations(office)).includes(month));
        // It loads its program while this one goes on to the notices.
        next = month < KILLS.length ? await office.atTheDoor() : undefined;
        await office.untilQuiet();
        await expectExactlyOnce(office, month);
      },
      WITH_PROCESSES_MS,
    );

    it('leaves one that goes on to the end of the plan year, which ends the cases', async () => {
      await office.close(13);
      await office.untilQuiet();
      await expectExactlyOnce(office, 13);
    });
  });

  describe('several workers', () => {
    let office: Office;
    beforeAll(async () => {
      office = await openOffice();
      for (let i = 0; i < 3; i++) office.start();
      await office.untilUp(3);
    }, WITH_PROCESSES_MS);
    afterAll(() => office?.stopWorkers());

    it('at the first two months of a plan year at once: its default policy is recorded once', async () => {
      const { release } = await holdTable(office.databaseUrl, 'policy_version');
      await office.close(1, 2);
      // A plan year is evaluated by one worker at a time: the second waits for the first.
      await untilWaiting(office.db, 'policy_version');
      await untilWaiting(office.db, 'advisory');
      await release();
      await office.untilQuiet();
      await expectExactlyOnce(office, 2);
    });

    it('with three orders for the same month at once: one evaluates, one writes the notices', async () => {
      const evaluating = await holdTable(office.databaseUrl, 'evaluation');
      const noticing = await holdTable(office.databaseUrl, 'notice');
      await office.close(3);
      const order = { planYear: PLAN_YEAR, month: 3, monthVersion: 1 };
      for (let i = 0; i < 2; i++) await inTransaction(office.db, (tx) => enqueue(tx, MONTH_CLOSED, order));
      await untilWaiting(office.db, 'evaluation');
      await untilWaiting(office.db, 'advisory', 2);
      await evaluating.release();
      await untilWaiting(office.db, 'notice');
      const [row]: { id: number }[] = await office.db.query('SELECT max(id) AS id FROM evaluation');
      const again = { evaluationId: row?.id as number };
      for (let i = 0; i < 2; i++) await inTransaction(office.db, (tx) => enqueue(tx, MONTH_EVALUATED, again));
      await untilWaiting(office.db, 'advisory', 2);
      await noticing.release();
      await office.untilQuiet();
      await expectExactlyOnce(office, 3, { messages: 10 });
    });

    it('and months evaluated out of order: a case that a later month cleared stays cleared', async () => {
      const [first, ...others] = office.workers as [WorkerProcess, ...WorkerProcess[]];
      for (const worker of others) await worker.kill();
      first.freeze();
      await office.close(4, 5, 6);
      const putOff = await hold(
        office.databaseUrl,
        `SELECT FROM outbox_message WHERE topic = '${MONTH_CLOSED}' AND payload @> '{"month": 5}' FOR UPDATE`,
      );
      first.thaw();
      // Month 6 is done, or it was tried and waits for month 5.
      await until('month 6 tried', async () => {
        const [row]: { tried: boolean }[] = await office.db.query(
          `SELECT done_at IS NOT NULL OR last_error IS NOT NULL OR attempts > 1 AS tried FROM outbox_message
           WHERE topic = $1 AND payload @> '{"month": 6}'`,
          [MONTH_CLOSED],
        );
        return row?.tried ?? false;
      });
      await putOff.release();
      await office.untilQuiet();
      await expectExactlyOnce(office, 6, { messages: 16 });
    });

    it('the database itself refuses a second evaluation, notice or step', async () => {
      const copy = async (table: string): Promise<string> => {
        const columns: { name: string }[] = await office.db.query(
          `SELECT attname AS name FROM pg_attribute
           WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = ''`,
          [table],
        );
        const names = columns.map(({ name }) => name).join(', ');
        return office.db.query(`INSERT INTO ${table} (${names}) SELECT ${names} FROM ${table} LIMIT 1`).then(
          () => 'taken',
          (error: { driverError: { constraint: string } }) => error.driverError.constraint,
        );
      };
      expect(await copy('evaluation')).toBe('evaluation_once_unique');
      expect(await copy('notice')).toBe('notice_once_unique');
      expect(await copy('warning_case')).toMatch(/^warning_case_(run_unique|one_open_index)$/);
      expect(await copy('warning_case_step')).toBe('warning_case_step_pk');
    });
  });

  describe('a message', () => {
    let office: Office;
    beforeAll(async () => {
      office = await openOffice();
      office.start();
      await office.untilUp(1);
    }, WITH_PROCESSES_MS);
    afterAll(() => office?.stopWorkers());

    it('handed over again and again while the worker is busy has its effect once', async () => {
      const { release } = await holdTable(office.databaseUrl, 'evaluation');
      await office.close(1, 2);
      await untilWaiting(office.db, 'evaluation');
      for (const times of [2, 3]) {
        await until('month 2 handed over', async () => (await messageOf(office, 2)).attempts >= times - 1);
        await office.db.query(
          `UPDATE outbox_message SET dispatched_at = dispatched_at - interval '1 hour' WHERE payload @> '{"month": 2}'`,
        );
        await until('month 2 handed over again', async () => (await messageOf(office, 2)).attempts >= times);
      }
      await release();
      await office.untilQuiet();
      await expectExactlyOnce(office, 2);
    });

    it('that is done and comes again changes nothing', async () => {
      await office.close(3);
      await office.untilQuiet();
      await office.db.query('UPDATE outbox_message SET done_at = NULL, dispatched_at = NULL');
      await office.untilQuiet();
      await expectExactlyOnce(office, 3);
    });

    it('waiting in a queue that loses everything is handed over again', async () => {
      const { release } = await holdTable(office.databaseUrl, 'evaluation');
      await office.close(4, 5);
      await untilWaiting(office.db, 'evaluation');
      await until('month 5 handed over', async () => (await messageOf(office, 5)).attempts >= 1);
      await queue.loseAll(office);
      await release();
      if (!office.workers.some(({ isAlive }) => isAlive)) office.start();
      await office.untilQuiet();
      await expectExactlyOnce(office, 5);
    });

    it('that was lost or marked as done by mistake is ordered anew by a worker that starts', async () => {
      await office.stopWorkers();
      await office.close(6, 7);
      await office.db.query(`DELETE FROM outbox_message WHERE topic = $1 AND payload @> '{"month": 6}'`, [
        MONTH_CLOSED,
      ]);
      await office.db.query('UPDATE outbox_message SET done_at = now() WHERE done_at IS NULL');
      office.start();
      await until('month 7 evaluated', async () => (await evaluations(office)).includes(7));
      await office.untilQuiet();
      await expectExactlyOnce(office, 7, { messages: 15 });
    });

    it('that finds a new policy leaves the months before it as they were evaluated', async () => {
      const [{ planYear }]: [{ planYear: number }] = await office.db.query(
        'SELECT max(plan_year) AS "planYear" FROM policy_version',
      );
      const change = { planYear, fields: { minimumGapVnd: 1 }, reason: 'thử' };
      const { id } = await proposePolicy(office.db, actorFor('staff'), change);
      await confirmPolicy(office.db, actorFor('approver'), id);
      await office.close(8);
      await office.untilQuiet();
      await expectExactlyOnce(office, 8, { messages: 17 });
    });
  });

  it(
    `nine months closed in a row while three workers die at random (JOB_SEED=${SEED})`,
    async () => {
      const office = await openOffice();
      const random = seededRandom(SEED);
      const upTo = (most: number): number => Math.floor(random() * most);
      for (let i = 0; i < 3; i++) office.start();
      await office.untilUp(3);
      const closing = (async () => {
        for (let month = 1; month <= 9; month++) {
          await office.close(month);
          await delay(upTo(300));
        }
      })();
      for (let kills = 0; kills < 3; kills++) {
        await delay(100 + upTo(400));
        const alive = office.workers.filter(({ isAlive }) => isAlive);
        await (alive[upTo(alive.length)] as WorkerProcess).kill();
        office.start();
      }
      await closing;
      await office.untilQuiet();
      await expectExactlyOnce(office, 9);
      await office.stopWorkers();
    },
    WITH_PROCESSES_MS,
  );

  describe('the daily reminders', () => {
    let office: Office;
    let notices: Queue;
    beforeAll(async () => {
      office = await openOffice();
      notices = office.queues.find(({ name }) => name === QUEUES.notices) as Queue;
      // Month 3 ends on Sunday 31 March, its reports are due on 5 April: on the 8th B is one working day late.
      await office.close(1, 2);
      await direct(office.db, "UPDATE instance_setting SET business_date = '2024-04-08'");
    }, WITH_PROCESSES_MS);
    afterAll(() => office?.stopWorkers());

    it(
      'a worker killed while it writes them: after a restart each unit and step is there once',
      async () => {
        const worker = office.start();
        await office.untilUp(1);
        await until('the schedule is written', async () => (await notices.getJobSchedulersCount()) > 0);
        expect(await notices.getJobSchedulers()).toMatchObject([
          { key: DAILY_REMINDERS, pattern: '0 8 * * *', tz: 'Asia/Ho_Chi_Minh' },
        ]);
        await office.untilQuiet();
        const { release } = await holdTable(office.databaseUrl, 'notice');
        await notices.add(DAILY_REMINDERS, {});
        await untilWaiting(office.db, 'notice');
        await worker.kill();
        await release();
        office.start();
        await office.untilUp(1);
        for (let i = 0; i < 2; i++) await notices.add(DAILY_REMINDERS, {});
        await office.untilQuiet();
        const written: { line: string }[] = await office.db.query(
          "SELECT concat_ws(' ', month, audience, recipient, step) AS line FROM notice WHERE step <> '' ORDER BY 1",
        );
        expect(written.map(({ line }) => line)).toEqual(['3 staff staff overdue', '3 unit B overdue']);
      },
      WITH_PROCESSES_MS,
    );
  });

  describe('the monthly check', () => {
    let office: Office;
    let monitoring: Queue;
    const reminders = (): Promise<string[]> => noticesOf(office, 'staff');
    const runs = async (): Promise<number> =>
      (await monitoring.getCompleted()).filter(({ name }) => name === MONTHLY_CHECK).length;
    const runTheScheduled = async (): Promise<void> => {
      const before = await runs();
      const [planned] = await monitoring.getDelayed();
      await planned?.promote();
      await until('the scheduled check has run', async () => (await runs()) > before);
    };

    beforeAll(async () => {
      office = await openOffice();
      monitoring = office.queues.find(({ name }) => name === QUEUES.monitoring) as Queue;
      // 5 April: month 3 is over.
      await direct(office.db, "UPDATE instance_setting SET business_date = '2024-04-05'");
      office.start();
      office.start();
      await office.untilUp(2);
    }, WITH_PROCESSES_MS);
    afterAll(() => office?.stopWorkers());

    it('stands in the schedule once after two workers started, by the clock of the province', async () => {
      await until('the schedule is written', async () => (await monitoring.getJobSchedulersCount()) > 0);
      expect(await monitoring.getJobSchedulers()).toMatchObject([
        { key: MONTHLY_CHECK, pattern: '0 7 7 * *', tz: 'Asia/Ho_Chi_Minh' },
      ]);
      const planned = await monitoring.getDelayed();
      expect(planned.map(({ name }) => name)).toEqual([MONTHLY_CHECK]);
    });

    it('orders a forgotten evaluation and reminds the staff of a month that is over and open', async () => {
      await office.close(1);
      await office.untilQuiet();
      // Between two looks of the watchdog.
      for (const worker of office.workers) worker.freeze();
      await office.close(2);
      await office.db.query('UPDATE outbox_message SET done_at = now() WHERE done_at IS NULL');
      for (const worker of office.workers) worker.thaw();
      await runTheScheduled();
      await until('month 2 evaluated', async () => (await evaluations(office)).includes(2));
      await office.untilQuiet();
      expect(await reminders()).toEqual(['3 staff staff issued: B missing-report 0']);
      await expectExactlyOnce(office, 2, { messages: 5, reminders: 1 });
    });

    it('reminds once, run again and run by two workers at once', async () => {
      await runTheScheduled();
      await direct(office.db, "UPDATE instance_setting SET business_date = '2024-05-05'");
      const { release } = await holdTable(office.databaseUrl, 'notice');
      for (let i = 0; i < 2; i++) await monitoring.add(MONTHLY_CHECK, {});
      await untilWaiting(office.db, 'notice');
      await untilWaiting(office.db, 'advisory');
      await release();
      await office.untilQuiet();
      expect(await reminders()).toEqual(['3 staff staff issued: B missing-report 0', '4 staff staff issued: ']);
      await expectExactlyOnce(office, 2, { messages: 5, reminders: 2 });
      expect(await monitoring.getJobSchedulersCount()).toBe(1);
      expect(await monitoring.getDelayed()).toHaveLength(1);
    });

    it('is back in the schedule when a worker starts after the queue lost everything', async () => {
      await queue.loseAll(office);
      // A worker that just lost its Redis takes ten seconds to stop in order.
      for (const worker of office.workers) await worker.kill();
      monitoring = office.queues.find(({ name }) => name === QUEUES.monitoring) as Queue;
      office.start();
      await until('the schedule is written', async () => (await monitoring.getJobSchedulersCount()) > 0);
      expect(await monitoring.getDelayed()).toHaveLength(1);
    });
  });
}

type Arrive = (office: Office, victim: WorkerProcess, month: number) => Promise<Hold[]>;

/** The worker stands at its next write to the table. */
function at(table: string): Arrive {
  return async (office, _victim, month) => {
    const held = await holdTable(office.databaseUrl, table);
    await office.close(month);
    await untilWaiting(office.db, table);
    return [held];
  };
}

/** Stopped at one table first, so that what the close itself and the relay write is past, then at a second. */
function past(first: string, table: string, mode: 'SHARE' | 'EXCLUSIVE' = 'SHARE'): Arrive {
  return async (office, victim, month) => {
    const [before] = (await at(first)(office, victim, month)) as [Hold];
    const held = await holdTable(office.databaseUrl, table, mode);
    await before.release();
    await untilWaiting(office.db, table);
    return [held];
  };
}

const KILLS: { step: string; arrive: Arrive }[] = [
  {
    step: 'before the relay sees the close',
    arrive: async (office, victim, month) => {
      victim.freeze();
      await office.close(month);
      return [];
    },
  },
  {
    step: 'handed to the queue, the outbox does not know it yet',
    arrive: async (office, victim, month) => {
      victim.freeze();
      await office.close(month);
      const held = await holdTable(office.databaseUrl, 'outbox_message');
      victim.thaw();
      await untilWaiting(office.db, 'outbox_message');
      return [held];
    },
  },
  { step: 'before the evaluation is inserted', arrive: at('evaluation') },
  { step: 'after the evaluation, before its lines', arrive: at('evaluation_line') },
  { step: 'after its lines, among the steps of the cases', arrive: at('warning_case_step') },
  { step: 'after the cases, before the notices are ordered', arrive: past('evaluation', 'outbox_message') },
  { step: 'evaluated and marked as done, before the commit', arrive: past('evaluation', 'audit_head', 'EXCLUSIVE') },
  {
    step: 'between the evaluation and its notices',
    arrive: async (office, victim, month) => {
      const [before] = (await past('evaluation', 'audit_head', 'EXCLUSIVE')(office, victim, month)) as [Hold];
      // Queued behind the evaluation and before the relay: it is granted at the commit of the one, against the other.
      const waiting = holdTable(office.databaseUrl, 'outbox_message', 'EXCLUSIVE');
      await untilWaiting(office.db, 'outbox_message');
      await before.release();
      const held = await waiting;
      expect(await evaluations(office)).toContain(month);
      expect(await noticesOf(office, 'announcement')).toHaveLength(month - 1);
      return [held];
    },
  },
  { step: 'before the first notice', arrive: at('notice') },
  { step: 'in a notice that has no lines yet', arrive: at('notice_line') },
  { step: 'all notices written, before they are marked as done', arrive: past('notice', 'outbox_message') },
  { step: 'notices written and marked as done, before the commit', arrive: past('notice', 'audit_head', 'EXCLUSIVE') },
];

/** What must hold when months 1 to `through` are closed, with the figures of job-thirteen-months.ts. */
async function expectExactlyOnce(
  office: Office,
  through: number,
  { messages = 2 * through, reminders = 0 } = {},
): Promise<void> {
  const { db } = office;
  const months = Array.from({ length: through }, (_, i) => i + 1);
  const evaluated: (object & { id: number })[] = await db.query(
    `SELECT e.id, e.month, e.month_version AS version,
       (SELECT a.numerator || '/' || a.denominator FROM evaluation_average AS a
        WHERE a.evaluation_id = e.id AND a.month = e.month) AS average,
       (SELECT array_agg(format('%s %s %s%s %s', unit_code, status, streak, CASE WHEN flagged THEN '!' END, gap)
                         ORDER BY unit_code)
        FROM evaluation_line AS l WHERE l.evaluation_id = e.id AND l.month = e.month) AS lines,
       (SELECT count(*)::int FROM evaluation_line AS l WHERE l.evaluation_id = e.id) AS "linesOfTheYear",
       (SELECT coalesce(array_agg(format('%s (%s) %s', unit_code, opened_month, change) ORDER BY unit_code, opened_month),
                        '{}')
        FROM warning_case_step AS s JOIN warning_case AS c ON c.id = s.case_id
        WHERE s.evaluation_id = e.id AND s.month = e.month) AS steps
     FROM evaluation AS e ORDER BY e.month, e.id`,
  );
  expect(evaluated.map(({ id: _id, ...rest }) => rest)).toEqual(
    months.map((month) => {
      const { average, lines, steps } = BY_HAND[month] as (typeof BY_HAND)[number];
      return { month, version: 1, average, lines, linesOfTheYear: 4 * month, steps };
    }),
  );
  const cases: { text: string }[] = await db.query(
    `SELECT concat_ws(' ', unit_code, '(' || opened_month || ')', state, ended_month) AS text
     FROM warning_case ORDER BY unit_code, opened_month`,
  );
  expect(cases.map(({ text }) => text)).toEqual(casesAfter(through));
  expect(await noticesOf(office)).toEqual(
    months.flatMap((month) => (BY_HAND[month]?.notices ?? []).map((notice) => `${month} ${notice}`)),
  );

  const [written]: { notices: number }[] = await db.query('SELECT count(*)::int AS notices FROM notice');
  const events: { action: string; events: number; objects: number }[] = await db.query(
    `SELECT CASE WHEN action LIKE 'notice.%' THEN 'notice' ELSE action END AS action, count(*)::int AS events,
            count(DISTINCT object_id)::int AS objects
     FROM audit_event WHERE action IN ('month.close', 'month.evaluate', 'policy.default', 'notice.issue', 'notice.draft')
     GROUP BY 1 ORDER BY 1`,
  );
  const notices = (written?.notices ?? 0) as number;
  expect(notices).toBe(months.reduce((sum, month) => sum + (BY_HAND[month]?.notices.length ?? 0), reminders));
  expect(events).toEqual([
    { action: 'month.close', events: through, objects: through },
    { action: 'month.evaluate', events: through, objects: through },
    { action: 'notice', events: notices, objects: notices },
    { action: 'policy.default', events: 1, objects: 1 },
  ]);
  await expectWholeChain(db);
  expect(
    await db.query(
      `SELECT count(*)::int AS messages, count(*) FILTER (WHERE done_at IS NULL)::int AS due,
              count(last_error)::int AS failed FROM outbox_message WHERE topic = ANY($1)`,
      [[MONTH_CLOSED, MONTH_EVALUATED]],
    ),
  ).toEqual([{ messages, due: 0, failed: 0 }]);
}

async function expectWholeChain(db: DataSource): Promise<void> {
  const chain: { seq: number; body: string; previous_hash: string; hash: string }[] = await db.query(
    'SELECT seq::int, body, previous_hash, hash FROM audit_event ORDER BY seq',
  );
  let previous = '0'.repeat(64);
  for (const [i, { seq, body, previous_hash: before, hash }] of chain.entries()) {
    expect({ seq, before }).toEqual({ seq: i + 1, before: previous });
    previous = createHash('sha256').update(`${seq}\n${before}\n${body}`, 'utf8').digest('hex');
    expect(hash).toBe(previous);
  }
  expect(await db.query('SELECT seq::int, hash FROM audit_head')).toEqual([{ seq: chain.length, hash: previous }]);
}

/** `month audience recipient state-it-was-written-in: unit kind gap, …`; those of the job itself, or those of one audience. */
async function noticesOf(office: Office, audience?: string): Promise<string[]> {
  const rows: { text: string }[] = await office.db.query(
    `SELECT format('%s %s %s %s: %s', n.month, n.audience, n.recipient,
              (SELECT what FROM notice_step AS s WHERE s.notice_id = n.id ORDER BY s.id LIMIT 1),
              string_agg(format('%s %s %s', l.unit_code, l.kind, l.gap), ', ' ORDER BY l.ordinal)
                FILTER (WHERE l.unit_code IS NOT NULL)) AS text
     FROM notice AS n LEFT JOIN notice_line AS l ON l.notice_id = n.id
     WHERE n.audience = $1 OR ($1::text IS NULL AND n.audience <> 'staff' AND n.month_version = 1)
     GROUP BY n.id ORDER BY n.month, n.audience, n.recipient, n.id`,
    [audience ?? null],
  );
  return rows.map(({ text }) => text);
}

async function evaluations(office: Office): Promise<number[]> {
  const rows: { month: number }[] = await office.db.query('SELECT month FROM evaluation ORDER BY id');
  return rows.map(({ month }) => month);
}

async function messageOf(office: Office, month: number): Promise<{ attempts: number }> {
  const [message]: { attempts: number }[] = await office.db.query(
    `SELECT attempts FROM outbox_message
     WHERE topic = $1 AND payload @> jsonb_build_object('month', $2::int) AND dispatched_at IS NOT NULL`,
    [MONTH_CLOSED, month],
  );
  return message ?? { attempts: 0 };
}

async function officeOn(database: FreshDatabase, redisUrl: string | undefined): Promise<Office> {
  const databaseUrl = database.url;
  const db = await openBooks(databaseUrl);
  const openQueues = (): Queue[] => {
    const connection = connectQueues({ databaseUrl, redisUrl });
    return Object.values(QUEUES).map((name) => {
      const queue = new Queue(name, { connection });
      // Losing the queue is part of the test.
      queue.on('error', () => undefined);
      return queue;
    });
  };
  const closeQueues = async (): Promise<void> => {
    for (const queue of office.queues) await queue.close();
  };
  const office: Office = {
    databaseUrl,
    db,
    queues: openQueues(),
    workers: [],
    start: () => {
      const worker = startWorker({ databaseUrl, redisUrl });
      office.workers.push(worker);
      return worker;
    },
    atTheDoor: async () => {
      const next = await workerAtTheDoor({ databaseUrl, redisUrl }, db);
      office.workers.push(next.worker);
      return next;
    },
    untilUp: async (workers) => {
      const { release } = await holdTable(databaseUrl, 'outbox_message', 'ACCESS EXCLUSIVE');
      try {
        // Of the watchdogs that start at once, one is at the outbox and the rest behind it.
        await untilWaiting(db, ['outbox_message', 'advisory'], workers);
      } finally {
        await release();
      }
    },
    close: async (...months) => {
      for (const month of months) await closeMonth(db, actorFor('approver'), Month.of(PLAN_YEAR, month));
    },
    passTime: async () => {
      await db.query(
        "UPDATE outbox_message SET dispatched_at = dispatched_at - interval '1 hour' WHERE done_at IS NULL",
      );
    },
    untilQuiet: () => untilQuiet(db, office.queues, office.workers),
    stopWorkers: async () => {
      const alive = office.workers.filter(({ isAlive }) => isAlive);
      office.workers.length = 0;
      await Promise.all(alive.map((worker) => worker.stop()));
    },
    reopenQueues: async () => {
      await closeQueues();
      office.queues = openQueues();
      for (const queue of office.queues) await queue.waitUntilReady();
    },
    drop: async () => {
      for (const worker of office.workers) await worker.kill();
      await closeQueues();
      await db.destroy();
      await database.drop();
    },
  };
  for (const queue of office.queues) await queue.waitUntilReady();
  return office;
}

/** The small office with all that job-thirteen-months.ts says in its books, every month still open. */
async function bookTheYear(url: string): Promise<void> {
  const db = await openBooks(url);
  await smallOffice(db, PLAN_DONG);
  // Month 13 ends on 31 January.
  await direct(db, "UPDATE instance_setting SET business_date = '2025-02-03'");
  for (const month of Object.keys(BY_HAND).map(Number)) await bookMonth(db, month, paidIn(month), reportingIn(month));
  await db.destroy();
}

async function cloneOf(template: FreshDatabase): Promise<FreshDatabase> {
  const name = `tracker_${randomBytes(6).toString('hex')}`;
  const admin = async (statement: string): Promise<void> => {
    const client = new Client({ connectionString: process.env['TEST_ADMIN_URL'] });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await admin(`CREATE DATABASE ${name} TEMPLATE ${new URL(template.url).pathname.slice(1)}`);
  const url = new URL(template.url);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => admin(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/** mulberry32 */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
