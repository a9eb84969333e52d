// npm run chaos -- [--minutes N] [--seed S] [--queue redis|postgres]
// Three workers are killed and started at random, and so is the queue server, while the months of plan year after
// plan year close. All years have the same books (drawn from the seed): each must end like the first, which is
// evaluated here in this process and in peace: one evaluation a month, one notice each, the same hashes and cases.
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { DataSource, getMetadataArgsStorage } from 'typeorm';
import * as access from '#libs/access';
import * as audit from '#libs/audit';
import * as calendar from '#libs/calendar';
import * as closing from '#libs/closing';
import { Month, systemActor } from '#libs/kernel';
import * as ledger from '#libs/ledger';
import * as monitoring from '#libs/monitoring';
import * as notices from '#libs/notices';
import * as organisation from '#libs/organisation';
import * as platform from '#libs/platform';
import * as projects from '#libs/projects';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const WORKERS = 3;
const FIRST_YEAR = 2001;
const LAST_YEAR = 2099;
const MONTHS = 13;
const DEADLINES = { reportDeadlineWorkingDays: 5, closingDeadlineWorkingDays: 6 };
const UNITS = ['A', 'B', 'C', 'D', 'E', 'F'];
const OURS = 'chaos';
const QUIET_LIMIT_MS = 180_000;

const { values: asked } = parseArgs({
  options: { minutes: { type: 'string' }, seed: { type: 'string' }, queue: { type: 'string' } },
});
const minutes = Number(asked.minutes ?? 2);
const seed = Number(asked.seed ?? randomInt(1_000_000));
const hasRedis = spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).error === undefined;
const queue = asked.queue ?? (hasRedis ? 'redis' : 'postgres');
if (!(minutes > 0) || !Number.isSafeInteger(seed) || !['redis', 'postgres'].includes(queue)) {
  console.error('usage: npm run chaos -- [--minutes N] [--seed S] [--queue redis|postgres]');
  process.exit(2);
}
console.log(`chaos: seed ${seed}, BullMQ on ${queue}, ${minutes} minutes`);

const random = seededRandom(seed);
const upTo = (most) => Math.floor(random() * most);
const actor = systemActor('command-line');
const counted = { kills: 0, losses: 0, ownEnds: 0 };
const began = Date.now();
const say = (line) => console.log(`[${String(Math.round((Date.now() - began) / 1000)).padStart(4)} s] ${line}`);

const folder = await mkdtemp(join(tmpdir(), 'tracker-chaos-'));
// PostgreSQL refuses root and runs as another user, who must be able to enter.
await chmod(folder, 0o711);
const postgres = await platform.startEmbeddedPostgres({
  dataDir: join(folder, 'postgres'),
  database: 'tracker',
  durable: false,
});
let db;
let redis;
let supervising = true;
const workers = [];
try {
  process.exitCode = (await run()) ? 0 : 1;
} catch (error) {
  console.log(`chaos: FAILED (seed ${seed}): ${error.stack}`);
  process.exitCode = 1;
} finally {
  supervising = false;
  for (const worker of workers) worker.kill('SIGKILL');
  redis?.server.kill('SIGKILL');
  await db?.destroy();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit();

async function run() {
  db = await openOffice();
  const books = drawBooks();
  await openYear(FIRST_YEAR, books);
  await inPeace(FIRST_YEAR);
  say(`plan year ${FIRST_YEAR} evaluated in peace, the others must end like it`);

  if (queue === 'redis') redis = { port: await freePort(), server: undefined };
  if (redis) await startRedis();
  for (let i = 0; i < WORKERS; i++) startWorker();
  const until = Date.now() + minutes * 60_000;
  const disturbing = [killWorkers(until), loseQueue(until)];
  const years = [];
  const closers = [0, 1].map(async () => {
    while (Date.now() < until && FIRST_YEAR + years.length < LAST_YEAR) {
      const year = FIRST_YEAR + 1 + years.length;
      years.push(year);
      await openYear(year, books);
      for (let month = 1; month <= MONTHS; month++) {
        await closeMonth(Month.of(year, month));
        await delay(upTo(900));
      }
      say(`plan year ${year} closed; ${counted.kills} workers killed, ${counted.losses} times the queue was lost`);
    }
  });
  await Promise.all([...closers, ...disturbing]);
  await untilQuiet();
  return judge(years);
}

// --- the office ---------------------------------------------------------------------------------------------------

async function openOffice() {
  await platform.migrate(postgres.url);
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  await platform.ensureInstance(client, 'Tỉnh Thử');
  await client.query(
    `BEGIN; SET LOCAL session_replication_role = replica;
     UPDATE instance_setting SET business_date = '${LAST_YEAR + 2}-01-01'; COMMIT`,
  );
  await client.end();
  // Use cases need their tables known: every class of the contexts that is one.
  const classes = [
    access,
    audit,
    calendar,
    closing,
    ledger,
    monitoring,
    notices,
    organisation,
    platform,
    projects,
  ].flatMap(Object.values);
  const tables = new Set(getMetadataArgsStorage().tables.map(({ target }) => target));
  const office = await new DataSource({
    ...platform.databaseOptions(postgres.url, 5),
    applicationName: OURS,
    entities: classes.filter((candidate) => tables.has(candidate)),
  }).initialize();
  await organisation.registerOrganisation(office, actor, {
    units: UNITS.map((code) => ({
      code,
      kind: 'investor',
      group: 'provincial',
      name: `Đơn vị ${code}`,
      shortName: code,
      validFrom: null,
      validTo: null,
    })),
    places: [{ code: '178', kind: 'district', name: 'Thành phố', validFrom: null, validTo: null }],
    teams: [
      { code: 'T0', name: 'Đầu mối', isFallback: true },
      { code: 'T1', name: 'Đoàn 1', isFallback: false },
      { code: 'T2', name: 'Đoàn 2', isFallback: false },
    ],
    teamAreas: ['A', 'B', 'C', 'D'].map((unitCode, i) => ({
      teamCode: i < 2 ? 'T1' : 'T2',
      unitCode,
      validFrom: '2000-01-01',
    })),
    fundingSources: [{ code: 'NSDP', name: 'NSĐP cân đối', level: 'local' }],
  });
  await projects.registerProjects(
    office,
    actor,
    UNITS.map((code) => ({
      code: `P-${code}`,
      nationalCode: null,
      name: `Dự án của ${code}`,
      parentCode: null,
      investorName: null,
      capitalType: 'public',
      programme: 'none',
      totalInvestment: null,
      totalInvestmentNote: null,
      unitCode: code,
      places: ['178'],
    })),
  );
  return office;
}

/** What each unit pays in each month, and whether it reports: streaks that begin, pause, clear and begin again. */
function drawBooks() {
  return Array.from({ length: MONTHS }, () =>
    UNITS.map((unit) => ({ unit, amount: BigInt(upTo(4) === 0 ? upTo(60) : upTo(12)), reports: upTo(12) > 0 })),
  );
}

async function openYear(year, books) {
  await ledger.openPlanYear(db, actor, year);
  await ledger.recordAllocationDecision(db, actor, {
    planYear: year,
    number: '01/QĐ',
    decisionDate: `${year}-01-02`,
    effectiveDate: `${year}-01-02`,
    level: 'province',
    kind: 'initial',
    note: '',
    lines: UNITS.map((unit) => ({
      basis: 'province',
      carriedOver: false,
      unitCode: unit,
      projectCode: `P-${unit}`,
      sourceCode: 'NSDP',
      amount: 1000n,
    })),
  });
  for (const [i, cells] of books.entries()) {
    const month = Month.of(year, i + 1);
    const paid = cells.filter(({ amount }) => amount > 0n);
    await ledger.recordDisbursements(
      db,
      actor,
      month,
      paid.map(({ unit, amount }) => ({
        unitCode: unit,
        projectCode: `P-${unit}`,
        sourceCode: 'NSDP',
        kind: 'payment',
        carriedOver: false,
        basis: 'actual',
        amount,
        documentNo: null,
        documentDate: null,
        reason: null,
        corrects: null,
      })),
    );
    for (const { unit, reports } of cells) if (reports) await ledger.submitReport(db, actor, month, unit);
  }
}

/** Whoever did not report is accepted as missing. */
async function closeMonth(month) {
  const { missing } = await closing.closingSheet(db, month, DEADLINES);
  const decisions = missing.map(({ kind, subject }) => ({
    kind,
    subject,
    decision: closing.DECISION_OF[kind],
    note: 'chaos',
  }));
  await closing.closeMonth(db, actor, month, decisions);
}

async function inPeace(year) {
  for (let month = 1; month <= MONTHS; month++) {
    await closeMonth(Month.of(year, month));
    const [{ id }] = await db.query('SELECT max(id) AS id FROM outbox_message');
    const order = { planYear: year, month, monthVersion: 1, messageId: id };
    const evaluation = await monitoring.evaluateMonth(db, actor, order);
    await notices.issueNotices(db, actor, evaluation.id, id + 1);
  }
}

// --- the disturbance ----------------------------------------------------------------------------------------------

function startWorker() {
  const worker = spawn(process.execPath, ['dist/apps/worker/main.js'], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: 'test',
      DATABASE_URL: postgres.url,
      DATABASE_POOL: '5',
      REDIS_URL: redis ? `redis://127.0.0.1:${redis.port}` : '',
      REDISPATCH_SECONDS: '2',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  worker.stderr.on('data', (chunk) => (complaint = (complaint + chunk).slice(-2000)));
  workers.push(worker);
  // As a service manager would: whoever ends is started again.
  worker.once('close', async (code, signal) => {
    workers.splice(workers.indexOf(worker), 1);
    if (!supervising) return;
    if (signal !== 'SIGKILL') {
      counted.ownEnds += 1;
      const why = complaint.trim().split('\n').at(-1) ?? '';
      say(`a worker ended by itself with ${code ?? signal}: ${why.slice(0, 200)}`);
    }
    await delay(500);
    if (supervising) startWorker();
  });
}

async function killWorkers(until) {
  while (Date.now() < until) {
    await delay(300 + upTo(2500));
    const victim = workers[upTo(workers.length)];
    if (!victim) continue;
    victim.kill('SIGKILL');
    counted.kills += 1;
  }
}

/** Redis is killed and comes back empty; a PostgreSQL that carries the queue drops the workers' connections. */
async function loseQueue(until) {
  while (Date.now() < until) {
    await delay(4000 + upTo(8000));
    counted.losses += 1;
    if (redis) {
      await endRedis();
      await delay(upTo(3000));
      await startRedis();
    } else
      await db.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name <> '${OURS}'`,
      );
  }
}

async function startRedis() {
  const settings = ['--port', String(redis.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  redis.server = spawn('redis-server', [...settings, '--dir', folder], { stdio: ['ignore', 'pipe', 'ignore'] });
  const { server } = redis;
  await new Promise((resolve, reject) => {
    server.stdout.on('data', (chunk) => String(chunk).includes('Ready to accept connections') && resolve());
    server.once('exit', (code) => reject(new Error(`redis-server ended with ${code}`)));
  });
}

async function endRedis() {
  const ended = new Promise((resolve) => redis.server.once('close', resolve));
  redis.server.kill('SIGKILL');
  await ended;
}

// --- the judgement ------------------------------------------------------------------------------------------------

/** Until nothing is due; a standstill of three minutes is a failure and prints what is left. */
async function untilQuiet() {
  let last = '';
  let movedAt = Date.now();
  for (;;) {
    const [{ due, moved }] = await db.query(
      `SELECT count(*) FILTER (WHERE done_at IS NULL)::int AS due,
              concat(count(done_at), ' ', (SELECT seq FROM audit_head)) AS moved FROM outbox_message`,
    );
    if (due === 0) break;
    if (moved !== last) movedAt = Date.now();
    last = moved;
    if (Date.now() - movedAt > QUIET_LIMIT_MS) {
      const left = await db.query('SELECT * FROM outbox_message WHERE done_at IS NULL ORDER BY id LIMIT 20');
      throw new Error(`${due} messages stay due:\n${left.map((row) => JSON.stringify(row)).join('\n')}`);
    }
    await delay(200);
  }
  // Whatever is delivered again from here on must change nothing.
  await delay(5000);
}

async function judge(years) {
  const wrong = [];
  const expected = await yearAsItIs(FIRST_YEAR);
  for (const year of years) {
    const found = await yearAsItIs(year);
    for (const part of Object.keys(expected))
      if (JSON.stringify(found[part]) !== JSON.stringify(expected[part]))
        wrong.push(`${year} ${part}: ${firstDifference(expected[part], found[part])}`);
  }
  const events = await db.query('SELECT seq::int, body, previous_hash, hash FROM audit_event ORDER BY seq');
  let previous = '0'.repeat(64);
  for (const [i, { seq, body, previous_hash: before, hash }] of events.entries()) {
    const right = createHash('sha256').update(`${seq}\n${previous}\n${body}`, 'utf8').digest('hex');
    if (seq !== i + 1 || before !== previous || hash !== right) {
      wrong.push(`audit event ${seq} breaks the chain`);
      break;
    }
    previous = hash;
  }
  const [{ notices: written }] = await db.query('SELECT count(*)::int AS notices FROM notice');
  for (const line of wrong) console.log(`  ${line}`);
  const did =
    `seed ${seed}, BullMQ on ${queue}, ${Math.round((Date.now() - began) / 1000)} s, ${years.length} plan years, ` +
    `${years.length * MONTHS} months, ${counted.kills} workers killed, ${counted.losses} times the queue lost, ` +
    `${counted.ownEnds} workers ended by themselves`;
  console.log(
    wrong.length === 0
      ? `chaos: passed: ${did}; ${written} notices, ${events.length} audit events, everything exactly once`
      : `chaos: FAILED: ${did}; ${wrong.length} differences`,
  );
  return wrong.length === 0;
}

/** Everything the job leaves for a plan year, without its ids and times. */
async function yearAsItIs(year) {
  const list = async (query) => (await db.query(query, [year])).map(({ text }) => text);
  return {
    evaluations: await list(
      `SELECT concat_ws(' ', month, month_version, policy_version, input_hash, result_hash,
         (SELECT count(*) FROM evaluation_line AS l WHERE l.evaluation_id = e.id),
         (SELECT count(*) FROM evaluation_average AS a WHERE a.evaluation_id = e.id)) AS text
       FROM evaluation AS e WHERE plan_year = $1 ORDER BY month, id`,
    ),
    cases: await list(
      `SELECT concat_ws(' ', unit_code, opened_month, state, ended_month, end_reason,
         (SELECT string_agg(concat_ws(' ', e.month, s.month, s.change), ', ' ORDER BY e.month, e.id)
          FROM warning_case_step AS s JOIN evaluation AS e ON e.id = s.evaluation_id WHERE s.case_id = c.id)) AS text
       FROM warning_case AS c WHERE plan_year = $1 ORDER BY unit_code, opened_month`,
    ),
    notices: await list(
      `SELECT concat_ws(' ', n.month, n.audience, n.recipient, n.state,
         (SELECT string_agg(concat_ws(' ', l.kind, l.unit_code, l.streak, l.plan, l.disbursed, l.gap), ', '
                            ORDER BY l.ordinal) FROM notice_line AS l WHERE l.notice_id = n.id)) AS text
       FROM notice AS n WHERE plan_year = $1 ORDER BY n.month, n.audience, n.recipient, n.id`,
    ),
    events: await list(
      `SELECT concat_ws(' ', action, count(*), count(DISTINCT object_id)) AS text FROM audit_event
       WHERE (object_type = 'evaluation' AND object_id IN (SELECT id::text FROM evaluation WHERE plan_year = $1))
          OR (object_type = 'notice' AND object_id IN (SELECT id::text FROM notice WHERE plan_year = $1))
          OR (object_type = 'policy' AND object_id LIKE $1::text || ' %')
       GROUP BY action ORDER BY action`,
    ),
    messages: await list(
      `SELECT concat_ws(' ', topic, count(*), count(done_at)) AS text FROM outbox_message
       WHERE payload @> jsonb_build_object('planYear', $1::int)
          OR (payload->>'evaluationId')::int IN (SELECT id FROM evaluation WHERE plan_year = $1)
       GROUP BY topic ORDER BY topic`,
    ),
  };
}

function firstDifference(expected, found) {
  const i = expected.findIndex((text, at) => text !== found[at]);
  const at = i < 0 ? expected.length : i;
  return `expected ${expected[at] ?? 'nothing more'}, found ${found[at] ?? 'nothing more'}`;
}

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** mulberry32 */
function seededRandom(from) {
  let state = from;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
