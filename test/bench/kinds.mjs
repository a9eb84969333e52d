// The largest csv of every kind but disbursements: how long reading with its difference and the commit take, and the
// most memory of a process that does only that. No ratio: these rows are judged one by one, and the figures are what
// README's sizes rest on. `npm run bench -- kinds`; ROWS=n for a smaller file.
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { DataSource, getMetadataArgsStorage } from 'typeorm';
import { addAccount } from '#libs/access';
import { commitImport, findImport, MOST_CSV_ROWS, readImport, receiveImport } from '#libs/exchange';
import { systemActor } from '#libs/kernel';
import '#libs/reconciliation';
import { databaseOptions, ensureInstance, migrate, startEmbeddedPostgres } from '#libs/platform';

const ROWS = Number(process.env.ROWS ?? MOST_CSV_ROWS);
const SAMPLE_MS = 50;
const YEAR = 2024;
const MONTHS = 12;
const unit = (i) => `U${String(i + 1).padStart(6, '0')}`;
const project = (i) => `P${String(i + 1).padStart(6, '0')}`;

/** Of each kind: its header, its i-th row, and how many units and projects (one a unit, in turn) stand before. */
const KINDS = {
  units: {
    header: 'code,kind,group,name_vi,valid_from,valid_to',
    row: (i) => `N${i},commune,district,"Uỷ ban nhân dân xã số ${i}, huyện Hữu Lũng",2025-07-01,`,
  },
  projects: {
    header: 'code,national_code,name_vi,unit_code,capital_type,programme,total_investment_vnd',
    row: (i) =>
      `N${i},${1_000_000 + i},"Cải tạo, nâng cấp đường giao thông liên xã đoạn số ${i}, huyện Hữu Lũng",${unit(i % 50)},public,none,${14_990_000_000 + i}`,
    units: 50,
  },
  allocations: {
    header:
      'plan_year,decision_no,decision_date,effective_date,basis,carried_over,unit_code,project_code,source_code,amount_vnd',
    row: (i) => {
      const at = Math.floor(i / 2);
      return `${YEAR},${1 + (i % 20)}/QĐ-UBND,${YEAR}-01-02,${YEAR}-01-02,province,0,${unit(at % 50)},${project(at)},${i % 2 ? 'NSTW' : 'NSDP'},${1_000_000 + i}`;
    },
    units: 50,
    projects: (rows) => Math.ceil(rows / 2),
  },
  reports: {
    header: 'plan_year,month,unit_code',
    row: (i) => `${YEAR},${1 + (i % MONTHS)},${unit(Math.floor(i / MONTHS))}`,
    units: Math.ceil(ROWS / MONTHS),
  },
  progress: {
    header: 'plan_year,month,project_code,volume_vnd,physical_percent,done,unfinished,next',
    row: (i) =>
      `${YEAR},${1 + (i % MONTHS)},${project(Math.floor(i / MONTHS))},${1_000_000 + i},45.5,"Xong nền đường đoạn ${i}","Mặt đường, rãnh thoát nước","Thi công lớp móng"`,
    units: 50,
    projects: (rows) => Math.ceil(rows / MONTHS),
  },
  'key-projects': {
    header: 'year,ordinal,project_code,name_vi,capital_type,origin',
    row: (i) =>
      `${1900 + Math.floor(i / 9000)},${1 + (i % 9000)},,"Dự án trọng điểm số ${i}, tỉnh Lạng Sơn",public,new`,
  },
  treasury: {
    header: 'plan_year,month,national_code,unit_code,project_name,source_code,carried_over,amount_vnd,statement_date',
    row: (i) =>
      `${YEAR},${1 + (i % MONTHS)},${1_000_000 + Math.floor(i / MONTHS / 2)},,Dự án số ${i},${Math.floor(i / MONTHS) % 2 ? 'NSTW' : 'NSDP'},0,${1_000_000 + i},${YEAR}-12-31`,
  },
};

export async function benchKinds() {
  for (const kind of Object.keys(KINDS)) {
    const child = fork(fileURLToPath(import.meta.url), [kind], { stdio: 'inherit' });
    const code = await new Promise((resolve) => child.once('exit', resolve));
    if (code !== 0) return false;
  }
  return true;
}

async function measure(kind) {
  const folder = await mkdtemp(join(tmpdir(), 'tracker-bench-'));
  // PostgreSQL refuses root and runs as another user, who must be able to enter.
  await chmod(folder, 0o711);
  const postgres = await startEmbeddedPostgres({ dataDir: folder, database: 'bench', durable: true });
  try {
    await migrate(postgres.url);
    const entities = getMetadataArgsStorage().tables.map(({ target }) => target);
    const db = await new DataSource({ ...databaseOptions(postgres.url, 4), entities }).initialize();
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    await ensureInstance(client, 'Tỉnh Thử');
    await client.end();
    await prepare(db, KINDS[kind]);
    await addAccount(db, systemActor('command-line'), {
      username: 'bench',
      displayName: 'Bench',
      role: 'staff',
      password: randomBytes(16).toString('base64url'),
      units: [],
      teams: [],
    });
    const actor = { ...systemActor('command-line'), username: 'bench', role: 'staff' };
    const received = await receiveImport(db, actor, {
      kind,
      fileName: () => 'tep.csv',
      bytes: fileOf(KINDS[kind]),
      choices: () => ({}),
    });
    const [message] = await db.query("SELECT id, payload FROM outbox_message WHERE topic = 'import-received'");
    const reading = await watched(() =>
      readImport(db, systemActor('job'), { ...message.payload, messageId: message.id }),
    );
    const { batch } = await findImport(db, actor, received.id);
    if (batch.difference?.new.rows !== ROWS)
      throw new Error(`${kind}: ${JSON.stringify([batch.failure, batch.difference])}`);
    const commit = await watched(() => commitImport(db, actor, received.id, {}));
    console.log(`kinds ${kind}: ${ROWS} rows, reading ${reading}, commit ${commit}`);
    await db.destroy();
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function watched(work) {
  let most = 0;
  const look = () => (most = Math.max(most, process.memoryUsage.rss()));
  const timer = setInterval(look, SAMPLE_MS);
  const start = performance.now();
  await work();
  clearInterval(timer);
  look();
  return `${((performance.now() - start) / 1000).toFixed(1)} s ${Math.round(most / 1024 / 1024)} MB`;
}

async function* fileOf({ header, row }) {
  let text = `${header}\n`;
  for (let i = 0; i < ROWS; i++) {
    text += `${row(i)}\n`;
    if (text.length > 65_536) {
      yield Buffer.from(text);
      text = '';
    }
  }
  yield Buffer.from(text);
}

/** Rows of the bench's own, past the guards that ask for an audit event. */
async function prepare(db, { units = 0, projects = () => 0 }) {
  await db.transaction(async (tx) => {
    await tx.query('SET LOCAL session_replication_role = replica');
    await tx.query(
      `INSERT INTO unit (code, kind, unit_group, name, short_name)
       SELECT 'U' || lpad(i::text, 6, '0'), 'investor', 'provincial', 'Đơn vị ' || i, 'ĐV ' || i FROM generate_series(1, $1) AS i`,
      [units],
    );
    await tx.query(
      `INSERT INTO project (code, name, capital_type, programme)
       SELECT 'P' || lpad(i::text, 6, '0'), 'Dự án ' || i, 'public', 'none' FROM generate_series(1, $1) AS i`,
      [projects(ROWS)],
    );
    await tx.query(
      `INSERT INTO project_unit (project_code, unit_code)
       SELECT 'P' || lpad(i::text, 6, '0'), 'U' || lpad(((i - 1) % 50 + 1)::text, 6, '0') FROM generate_series(1, $1) AS i`,
      [projects(ROWS)],
    );
    await tx.query(
      "INSERT INTO funding_source (code, name, level) VALUES ('NSTW', 'Trung ương', 'central'), ('NSDP', 'Địa phương', 'local')",
    );
    await tx.query('INSERT INTO reporting_month (plan_year, month) SELECT $1, m FROM generate_series(1, 13) AS m', [
      YEAR,
    ]);
  });
  await db.query('ANALYZE');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await measure(process.argv[2]);
