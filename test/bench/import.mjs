// 200,000 disbursement rows through HTTP: upload of a real csv, the job of a real worker process, the commit; against
// COPY of the same rows into a table with the same foreign keys on the same PostgreSQL, turn by turn in one run.
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, chmod } from 'node:fs/promises';
import { request } from 'node:http';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { ensureInstance, migrate, startEmbeddedPostgres } from '#libs/platform';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ROWS = 200_000;
const ROUNDS = 5;
const LEAST_RATIO = 0.6;
const LIMIT_MEGABYTES = 350;
const READING_LIMIT_MS = 120_000;
const PROJECTS_A_UNIT = 10;
const SOURCES = ['NSTW', 'NSDP'];
const FIRST_YEAR = 2024;
const HEADER =
  'plan_year,month,unit_code,project_code,source_code,kind,carried_over,basis,amount_vnd,document_no,document_date,reason,corrects';

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Every row a cell of its own: unit × project × source × month. */
function* cellsOf(rows, planYear) {
  const months = 10;
  for (let i = 0; i < rows; i++) {
    const month = 1 + (i % months);
    const source = SOURCES[Math.floor(i / months) % SOURCES.length];
    const project = Math.floor(i / (months * SOURCES.length));
    const unit = Math.floor(project / PROJECTS_A_UNIT);
    yield {
      planYear,
      month,
      unit: unitCode(unit),
      project: projectCode(project),
      source,
      amount: 1_000_000 + i * 1009,
    };
  }
}
const unitCode = (i) => `U${String(i + 1).padStart(4, '0')}`;
const projectCode = (i) => `P${String(i + 1).padStart(6, '0')}`;
const unitsFor = (rows) => Math.ceil(rows / (10 * SOURCES.length * PROJECTS_A_UNIT));

async function prepare(sql, url, rows, rounds) {
  // Rows of the bench's own, past the guards that ask for an audit event.
  await sql.query('SET session_replication_role = replica');
  const units = unitsFor(rows);
  await sql.query(
    `INSERT INTO unit (code, kind, unit_group, name, short_name)
     SELECT 'U' || lpad(i::text, 4, '0'), 'investor', 'provincial', 'Đơn vị ' || i, 'ĐV ' || i FROM generate_series(1, ${units}) AS i`,
  );
  await sql.query(
    `INSERT INTO project (code, name, capital_type, programme)
     SELECT 'P' || lpad(i::text, 6, '0'), 'Dự án ' || i, 'public', 'none' FROM generate_series(1, ${units * PROJECTS_A_UNIT}) AS i`,
  );
  await sql.query(
    `INSERT INTO project_unit (project_code, unit_code)
     SELECT 'P' || lpad(i::text, 6, '0'), 'U' || lpad(((i - 1) / ${PROJECTS_A_UNIT} + 1)::text, 4, '0')
     FROM generate_series(1, ${units * PROJECTS_A_UNIT}) AS i`,
  );
  await sql.query(
    "INSERT INTO funding_source (code, name, level) VALUES ('NSTW', 'Trung ương', 'central'), ('NSDP', 'Địa phương', 'local')",
  );
  await sql.query(
    `INSERT INTO reporting_month (plan_year, month) SELECT y, m FROM generate_series(${FIRST_YEAR}, ${FIRST_YEAR + rounds}) AS y, generate_series(1, 13) AS m`,
  );
  // The province's plan, as it stands before anybody pays: more than the file disburses of any project and source.
  await sql.query(
    `INSERT INTO allocation_decision (plan_year, number, decision_date, effective_date, level, kind, recorded_at, recorded_by)
     SELECT y, '1/QĐ', make_date(y, 1, 2), make_date(y, 1, 2), 'province', 'initial', now(), 'bench'
     FROM generate_series(${FIRST_YEAR}, ${FIRST_YEAR + rounds}) AS y`,
  );
  await sql.query(
    `INSERT INTO allocation_line (decision_id, plan_year, effective_month, basis, carried_over, unit_code, project_code, source_code, amount)
     SELECT d.id, d.plan_year, 1, 'province', false, h.unit_code, h.project_code, s.code, 10000000000
     FROM allocation_decision AS d CROSS JOIN project_unit AS h CROSS JOIN funding_source AS s`,
  );
  // The same columns and foreign keys as the books, by the database's own definitions.
  await sql.query('CREATE TABLE copied (LIKE disbursement_entry INCLUDING IDENTITY)');
  await sql.query('ALTER TABLE copied ADD PRIMARY KEY (id)');
  const { rows: keys } = await sql.query(
    "SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conrelid = 'disbursement_entry'::regclass AND contype = 'f'",
  );
  for (const { definition } of keys)
    await sql.query(`ALTER TABLE copied ADD ${definition.replace('disbursement_entry', 'copied')}`);
  await sql.query('VACUUM ANALYZE');
  const secret = randomBytes(32).toString('base64url');
  await sql.query(
    `WITH bench AS (
       INSERT INTO account (username, display_name, role, password_hash, is_demonstration)
       VALUES ('bench', 'Bench', 'staff', '-', false) RETURNING id
     )
     INSERT INTO api_token (secret_hash, name, account_id, permissions, created_at, expires_at)
     SELECT $1, 'bench', id, '{books.read,imports.send}', now(), now() + interval '1 day' FROM bench`,
    [createHash('sha256').update(secret).digest('hex')],
  );
  await sql.query('RESET session_replication_role');
  return { secret, foreignKeys: keys.length };
}

function startProcess(app, env) {
  const child = spawn(process.execPath, [`dist/apps/${app}/main.js`], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'test', NO_COLOR: '1', REDIS_URL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said = (said + chunk).slice(-4000)));
  const ended = new Promise((resolve) => child.once('close', resolve));
  return {
    pid: child.pid,
    said: () => said,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The largest resident memory of a process so far, in megabytes; undefined where the system does not tell. */
function peakMegabytes(pid) {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
  } catch {
    return undefined;
  }
}

function ask(port, secret, method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const call = request(
      {
        port,
        host: '127.0.0.1',
        method,
        path: `/api/v1${path}`,
        headers: { authorization: `Bearer ${secret}`, ...headers },
      },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk) => (text += chunk));
        answer.on('end', () =>
          answer.statusCode < 300
            ? resolve(JSON.parse(text))
            : reject(new Error(`${method} ${path} answered ${answer.statusCode}: ${text.slice(0, 500)}`)),
        );
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

/** Milliseconds from the first byte of the upload to the committed answer, and of its parts. */
async function importOnce(port, secret, rows, planYear) {
  const lines = [HEADER];
  for (const c of cellsOf(rows, planYear))
    lines.push(`${c.planYear},${c.month},${c.unit},${c.project},${c.source},payment,0,actual,${c.amount},,,,`);
  const boundary = 'bench-import-boundary';
  const body = Buffer.from(
    `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="giai-ngan-${planYear}.csv"\r\n` +
      `content-type: text/csv\r\n\r\n${lines.join('\n')}\n\r\n--${boundary}--\r\n`,
  );
  const began = performance.now();
  const sent = await ask(port, secret, 'POST', '/imports?kind=disbursements', body, {
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'content-length': body.length,
  });
  const uploaded = performance.now();
  let found = sent;
  while (found.state === 'waiting' || found.state === 'reading') {
    await delay(100);
    if (performance.now() - uploaded > READING_LIMIT_MS) throw new Error('the file is not read; is a worker running?');
    found = await ask(port, secret, 'GET', `/imports/${sent.id}`);
  }
  const read = performance.now();
  if (found.difference?.new.cells !== rows) throw new Error(`not all rows are new: ${JSON.stringify(found)}`);
  const done = await ask(port, secret, 'POST', `/imports/${sent.id}/commit`, '{}', {
    'content-type': 'application/json',
  });
  const ended = performance.now();
  if (done.state !== 'committed' || done.entries !== rows) throw new Error(`not committed: ${JSON.stringify(done)}`);
  return { ms: ended - began, upload: uploaded - began, read: read - uploaded, commit: ended - read };
}

/** Both sides begin with an empty table, and with nothing left to be written of what was before. */
async function emptied(sql, table) {
  await sql.query('SET session_replication_role = replica');
  await sql.query(`TRUNCATE ${table} CASCADE`);
  await sql.query('RESET session_replication_role');
  await sql.query('CHECKPOINT');
}

async function copyOnce(sql, rows, planYear) {
  await emptied(sql, 'copied');
  const lines = [];
  for (const c of cellsOf(rows, planYear))
    lines.push(
      `${c.planYear}\t${c.month}\t${c.unit}\t${c.project}\t${c.source}\tpayment\tf\tactual\t${c.amount}\t2024-10-07 08:00:00+07\tbench\n`,
    );
  const text = Buffer.from(lines.join(''));
  const pieces = [];
  for (let at = 0; at < text.length; at += 64 * 1024) pieces.push(text.subarray(at, at + 64 * 1024));
  const began = performance.now();
  await pipeline(
    Readable.from(pieces),
    sql.query(
      copyFrom(
        'COPY copied (plan_year, month, unit_code, project_code, source_code, kind, carried_over, basis, amount, recorded_at, recorded_by) FROM STDIN',
      ),
    ),
  );
  return performance.now() - began;
}

/**
 * Measures on an empty, migrated database. Returns the ratio (1 = as fast as COPY) of the medians, and the peaks of the
 * two processes in megabytes.
 */
export async function measureImport(url, { rows, rounds, say = console.log }) {
  const sql = new pg.Client({ connectionString: url });
  sql.on('error', () => undefined);
  await sql.connect();
  const { secret, foreignKeys } = await prepare(sql, url, rows, rounds);
  const port = 20_000 + (process.pid % 20_000);
  const env = { DATABASE_URL: url, PORT: String(port) };
  const api = startProcess('api', env);
  const worker = startProcess('worker', env);
  try {
    for (let tries = 0; ; tries++) {
      try {
        await ask(port, secret, 'GET', '/health/ready');
        await ask(port, secret, 'GET', '/imports');
        break;
      } catch (error) {
        if (tries > 200) throw new Error(`the api does not serve: ${error}\n${api.said()}`);
        await delay(100);
      }
    }
    // The worker's first job pays for what every process pays once.
    await importOnce(port, secret, Math.min(rows, 1000), FIRST_YEAR);
    const runs = [];
    for (let round = 1; round <= rounds; round++) {
      const year = FIRST_YEAR + round;
      const importing = async () => {
        await emptied(sql, 'disbursement_entry, disbursement_total, staged_disbursement');
        return importOnce(port, secret, rows, year);
      };
      let imported;
      let copied;
      if (round % 2 === 1) {
        imported = await importing();
        copied = await copyOnce(sql, rows, year);
      } else {
        copied = await copyOnce(sql, rows, year);
        imported = await importing();
      }
      runs.push({ ...imported, copied, ratio: copied / imported.ms });
      say(
        `round ${round}: import ${seconds(imported.ms)} (upload ${seconds(imported.upload)}, read and compare ` +
          `${seconds(imported.read)}, commit ${seconds(imported.commit)}), COPY with ${foreignKeys} foreign keys ${seconds(copied)}`,
      );
    }
    const ratio = median(runs.map((run) => run.copied)) / median(runs.map((run) => run.ms));
    return { ratio, worker: peakMegabytes(worker.pid), api: peakMegabytes(api.pid), runs };
  } catch (error) {
    throw new Error(`${error.message}\nworker: ${worker.said()}\napi: ${api.said()}`, { cause: error });
  } finally {
    await api.stop();
    await worker.stop();
    await sql.end();
  }
}

const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;

export function lastLine(ratio) {
  return `import ratio ${ratio.toFixed(2)}`;
}

export async function benchImport() {
  console.log(
    `machine: ${cpus().length} × ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
  );
  const folder = await mkdtemp(join(tmpdir(), 'bench-import-'));
  await chmod(folder, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir: folder, database: 'tracker' });
  try {
    await migrate(postgres.url);
    const instance = new pg.Client({ connectionString: postgres.url });
    await instance.connect();
    await ensureInstance(instance, 'Đo tốc độ');
    await instance.end();
    const { ratio, worker, api } = await measureImport(postgres.url, { rows: ROWS, rounds: ROUNDS });
    const memory = [worker, api].every((peak) => peak === undefined || peak < LIMIT_MEGABYTES);
    const told = (peak) => (peak === undefined ? 'not told' : `${peak.toFixed(0)} MB`);
    console.log(`peak memory: worker ${told(worker)}, api ${told(api)} (limit ${LIMIT_MEGABYTES} MB)`);
    console.log(
      `import of ${ROWS} rows, median of ${ROUNDS}, at least ${LEAST_RATIO} of COPY and below the limit: ${ratio >= LEAST_RATIO && memory ? 'yes' : 'no'}`,
    );
    console.log(lastLine(ratio));
    return ratio >= LEAST_RATIO && memory;
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
