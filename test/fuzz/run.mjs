// npm run fuzz -- [--requests 10000] [--seed N]
// Requests drawn from apps/api/openapi.json, most of them spoilt, as every role and as nobody, to an api of our own.
// Every answer is judged (judge.mjs); a refusal must leave books and audit as they were; the chain holds at the end.
// The last line is `fuzz: N requests, M findings`; the same seed draws the same requests.
import { spawn } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { Agent, request as send } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { migrate, startEmbeddedPostgres } from '#libs/platform';
import { ERROR_WORDS } from '../../dist/apps/api/shell/error-words/index.js';
import { drawRequest, encode, randomSource, spoil } from './draw.mjs';
import { judge } from './judge.mjs';
import { openOffice, PASSWORD, readWaiting, ROLES } from './office.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_LIMIT_MS = 90_000;
const ANSWER_LIMIT_MS = 30_000;
const MOST_FINDINGS = 40;
/** Files are read so often, as a worker would. */
const READ_EVERY = 50;
const TELL_EVERY = 500;
const WITHOUT_LIMITS = ['ADDRESS', 'SIGN_IN', 'ACCOUNT', 'UPLOADS'].map((name) => [`RATE_LIMIT_${name}`, '0']);

const { values: asked } = parseArgs({ options: { requests: { type: 'string' }, seed: { type: 'string' } } });
const requests = Number(asked.requests ?? 10_000);
const seed = Number(asked.seed ?? randomInt(1_000_000));
if (!Number.isSafeInteger(requests) || requests < 1 || !Number.isSafeInteger(seed) || seed < 0) {
  console.error('usage: npm run fuzz -- [--requests 10000] [--seed N]');
  process.exit(2);
}
console.log(`fuzz: seed ${seed}`);

const random = randomSource(seed);
const codes = new Set(Object.keys(ERROR_WORDS));
const document = JSON.parse(await readFile(join(ROOT, 'apps/api/openapi.json'), 'utf8'));
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const findings = [];
const statuses = new Map();
const succeeded = new Set();

const folder = await mkdtemp(join(tmpdir(), 'tracker-fuzz-'));
// PostgreSQL refuses root and runs as another user, who must be able to enter.
await chmod(folder, 0o711);
const postgres = await startEmbeddedPostgres({ dataDir: folder, database: 'tracker', durable: false });
let office;
let api;
try {
  await migrate(postgres.url);
  office = await openOffice(postgres.url);
  api = await startApi();
  await fuzz();
  await judgeChain();
} catch (error) {
  findings.push(`the run itself: ${error.stack} ${JSON.stringify(error.problems ?? [])}`);
} finally {
  api?.child.kill('SIGKILL');
  agent.destroy();
  await office?.db.destroy();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}
for (const finding of findings.slice(0, MOST_FINDINGS)) console.log(finding);
const byStatus = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
console.log(
  `statuses ${byStatus.join(', ')}; ${succeeded.size} of ${operations.length} operations succeeded at least once`,
);
console.log(`fuzz: ${requests} requests, ${findings.length} findings`);
process.exit(findings.length === 0 ? 0 : 1);

async function fuzz() {
  const callers = new Map();
  for (let i = 0; i < requests; i++) {
    const role = random.one([...ROLES, 'reporter', 'inspector', 'nobody']);
    const proper = drawRequest(random, document, operations);
    const isSpoilt = random.chance(70);
    const drawn = isSpoilt ? spoil(random, proper) : proper;
    if (role !== 'nobody' && !callers.has(role)) callers.set(role, await signIn(role));
    const before = await fingerprint();
    const sent = wire(drawn, callers.get(role) ?? {});
    if (drawn.wantsETag && random.chance(80)) await addETag(sent, callers.get(role) ?? {});
    const answer = await exchange(sent);
    const after = await fingerprint();
    const wrong = answer.lost
      ? [answer.lost]
      : judge(answer, sent, { codes, foreign: office.foreign[seesAs(role, sent)] ?? [] });
    const mustNotMove = !answer.lost && (answer.status >= 400 || sent.method === 'GET');
    if (mustNotMove && after.books !== before.books) wrong.push(`the books moved with status ${answer.status}`);
    // Who tries to sign in or to set a password, and who takes a file away, may well be noted.
    const mayBeNoted = /^\/api\/v1\/(sessions|exports|imports|own-account|single-sign-on|links)/i.test(sent.path);
    if (mustNotMove && !mayBeNoted && after.audit !== before.audit)
      wrong.push(`the audit moved with status ${answer.status}`);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    if (answer.status < 400) succeeded.add(proper.name);
    for (const sentence of wrong)
      findings.push(
        `#${i} ${role} ${sent.method} ${sent.path.slice(0, 300)}\n    ${sent.text.slice(0, 600)}\n    ${sentence}`,
      );
    // Signed out, or its sessions ended by another: it signs in anew, or most of the run would be nobody's.
    if (/sessions\/current/i.test(sent.path) || answer.status === 401) callers.delete(role);
    if (i % READ_EVERY === READ_EVERY - 1) await readWaiting(office.db);
    if ((i + 1) % TELL_EVERY === 0 && i + 1 < requests)
      console.log(`fuzz: ${i + 1} of ${requests}, ${findings.length} findings`);
    if (findings.length > MOST_FINDINGS) return;
  }
}

/** Who signs in as a reporter is answered as one. */
function seesAs(role, { method, path }) {
  return role === 'nobody' && method === 'POST' && /^\/api\/v1\/sessions$/i.test(path) ? 'reporter' : role;
}

// --- one request ------------------------------------------------------------------------------------------------------

function wire({ method, path, query, headers, body, raw, file }, caller) {
  const search = query.map(([name, value]) => `${encode(name)}=${encode(value)}`);
  const sent = {
    method,
    path: search.length > 0 ? `${path}?${search.join('&')}` : path,
    headers: { ...caller },
  };
  if (file !== undefined) {
    sent.headers['content-type'] = 'multipart/form-data; boundary=grenze';
    sent.body = Buffer.from(
      `--grenze\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${file}\r\n--grenze--\r\n`,
    );
  } else if (body !== undefined || raw !== undefined) {
    sent.headers['content-type'] = 'application/json';
    sent.body = Buffer.from(raw ?? JSON.stringify(body) ?? '');
  }
  Object.assign(sent.headers, headers);
  if (sent.body) sent.headers['content-length'] ??= String(sent.body.length);
  const { cookie: _cookie, 'x-csrf-token': _token, ...told } = sent.headers;
  sent.text = `${JSON.stringify(told)} ${decoded(sent.path)} ${sent.body?.toString('utf8') ?? ''}`;
  return sent;
}

function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

async function addETag(sent, caller) {
  const { headers } = await exchange({ method: 'GET', path: sent.path, headers: caller });
  if (headers?.etag) sent.headers['if-match'] ??= headers.etag;
}

/** Sends what may be no proper request; `lost` where there was no answer at all. */
function exchange({ method, path, headers, body }) {
  return new Promise((resolve) => {
    const lost = (why) => resolve({ status: 0, lost: why, body: Buffer.alloc(0) });
    let request;
    try {
      request = send({ host: '127.0.0.1', port: api.port, method, path, headers, agent, timeout: ANSWER_LIMIT_MS });
    } catch {
      // The client refuses to write it: there is nothing to judge.
      resolve({ status: 299, body: Buffer.alloc(0), headers: {} });
      return;
    }
    request.on('timeout', () => request.destroy(new Error(`no answer within ${ANSWER_LIMIT_MS} ms`)));
    request.on('error', (error) => {
      // What could not be read as a request has no method: its refusal has a body, which this client dislikes on HEAD.
      if (method === 'HEAD' && /Data after/.test(error.message))
        resolve({ status: 299, body: Buffer.alloc(0), headers: {} });
      else lost(error.message);
    });
    request.on('continue', () => undefined);
    request.on('response', (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', (error) => lost(error.message));
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          headers: response.headers,
          contentType: response.headers['content-type'],
          body: Buffer.concat(chunks),
        }),
      );
    });
    request.end(body);
  });
}

async function signIn(role) {
  const body = Buffer.from(JSON.stringify({ username: role, password: PASSWORD }));
  const {
    status,
    headers,
    body: answer,
  } = await exchange({
    method: 'POST',
    path: '/api/v1/sessions',
    headers: { 'content-type': 'application/json', 'content-length': String(body.length) },
    body,
  });
  if (status !== 201) throw new Error(`${role} cannot sign in: ${status} ${answer}`);
  return {
    cookie: String(headers['set-cookie']).split(';')[0],
    'x-csrf-token': JSON.parse(answer.toString()).csrfToken,
  };
}

// --- the books ---------------------------------------------------------------------------------------------------------

async function fingerprint() {
  const [row] = await office.db.query(`
    SELECT (SELECT seq || hash FROM audit_head) AS audit,
           md5(concat_ws('|',
             (SELECT count(*) || ':' || coalesce(sum(amount), 0) || ':' || coalesce(max(id), 0) FROM disbursement_entry),
             (SELECT count(*) || ':' || coalesce(sum(amount), 0) || ':' || coalesce(max(id), 0) FROM allocation_line),
             (SELECT count(*) || ':' || coalesce(max(id), 0) FROM allocation_decision),
             (SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM disbursement_total AS t),
             (SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM allocation_total AS t),
             (SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM reporting_month AS t),
             (SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM monthly_report AS t),
             (SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM unit AS t),
             (SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM project AS t),
             (SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM project_progress AS t),
             (SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM medium_term_plan AS t),
             (SELECT count(*) FROM evaluation), (SELECT count(*) FROM treasury_line), (SELECT count(*) FROM cell_comment),
             (SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM notice AS t)
           )) AS books`);
  return row;
}

async function judgeChain() {
  const events = await office.db.query('SELECT seq, previous_hash, hash, body FROM audit_event ORDER BY seq');
  let previous = '0'.repeat(64);
  for (const [i, { seq, previous_hash: before, hash, body }] of events.entries()) {
    const expected = createHash('sha256').update(`${seq}\n${previous}\n${body}`, 'utf8').digest('hex');
    if (Number(seq) !== i + 1 || before !== previous || hash !== expected) {
      findings.push(`the audit chain breaks at event ${seq}`);
      return;
    }
    previous = hash;
  }
  console.log(`audit chain: ${events.length} events, unbroken`);
}

// --- the api -----------------------------------------------------------------------------------------------------------

async function startApi() {
  const port = await freePort();
  const child = spawn(process.execPath, ['dist/apps/api/main.js'], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...Object.fromEntries(WITHOUT_LIMITS),
      NODE_ENV: 'test',
      NO_COLOR: '1',
      DATABASE_URL: postgres.url,
      DATABASE_POOL: '5',
      REDIS_URL: '',
      PORT: String(port),
      REQUEST_SECONDS: '5',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const note = (chunk) => {
    printed += chunk.toString();
    // A fault of the program prints its stack here and nowhere else.
    if (/ERROR/.test(chunk.toString())) console.log(chunk.toString().slice(0, 1500));
  };
  child.stdout.on('data', note);
  child.stderr.on('data', note);
  child.once('exit', (code, signal) => {
    if (signal !== 'SIGKILL') findings.push(`the api ended with ${code ?? signal}:\n${printed.slice(-2000)}`);
  });
  const limit = Date.now() + START_LIMIT_MS;
  const lives = () =>
    fetch(`http://127.0.0.1:${port}/api/v1/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
  while (!(await lives())) {
    if (Date.now() > limit) throw new Error(`the api does not serve:\n${printed}`);
    await delay(50);
  }
  return { port, child };
}

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
