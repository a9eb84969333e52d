// Audited writes by 50 writers at once, with the chain and without it: the same use case, the same events, on two
// databases of one PostgreSQL that writes durably, turn by turn. Without the chain an event takes its number from a
// sequence and no hash, and nothing is checked at the commit.
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { DataSource, getMetadataArgsStorage } from 'typeorm';
import * as access from '#libs/access';
import * as audit from '#libs/audit';
import * as calendar from '#libs/calendar';
import * as ledger from '#libs/ledger';
import * as monitoring from '#libs/monitoring';
import * as notices from '#libs/notices';
import * as organisation from '#libs/organisation';
import * as platform from '#libs/platform';
import * as projects from '#libs/projects';
import { Month, systemActor } from '#libs/kernel';

const WRITERS = 50;
const WRITES = 4;
// Many short turns side by side: what else the machine does falls on both.
const ROUNDS = 15;
const YEAR = 2024;

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const times = (count, of) => Array.from({ length: count }, (_, i) => of(i));
const unitCode = (i) => `U${String(i + 1).padStart(2, '0')}`;
const projectCode = (i) => `P${String(i + 1).padStart(2, '0')}`;
const actor = systemActor('command-line');

const NO_CHAIN = `
CREATE SEQUENCE unchained START 1000000;
CREATE FUNCTION number_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.seq := nextval('unchained');
  NEW.previous_hash := '';
  NEW.hash := '';
  RETURN NEW;
END $$;
ALTER TABLE audit_event DISABLE TRIGGER queue_audit_event;
CREATE TRIGGER number_only BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION number_only();
DO $$
DECLARE
  guarded regclass;
BEGIN
  FOR guarded IN SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = 'z_audited' LOOP
    EXECUTE 'ALTER TABLE ' || guarded || ' DISABLE TRIGGER z_audited';
  END LOOP;
END $$`;

async function open(url, writers) {
  const classes = [access, audit, calendar, ledger, monitoring, notices, organisation, platform, projects];
  const tables = new Set(getMetadataArgsStorage().tables.map(({ target }) => target));
  const entities = classes.flatMap(Object.values).filter((candidate) => tables.has(candidate));
  return new DataSource({ ...platform.databaseOptions(url, writers), entities }).initialize();
}

/** A unit and a project for each writer: nothing but the chain makes one wait for another. */
async function fill(db, writers) {
  await organisation.registerOrganisation(db, actor, {
    units: times(writers, (i) => ({
      code: unitCode(i),
      kind: 'investor',
      group: 'provincial',
      name: `Đơn vị ${i + 1}`,
      shortName: `Đơn vị ${i + 1}`,
      validFrom: null,
      validTo: null,
    })),
    places: [],
    teams: [],
    teamAreas: [],
    fundingSources: [{ code: 'NSDP', name: 'NSĐP cân đối', level: 'local' }],
  });
  await projects.registerProjects(
    db,
    actor,
    times(writers, (i) => ({
      code: projectCode(i),
      nationalCode: null,
      name: `Dự án ${i + 1}`,
      parentCode: null,
      investorName: null,
      capitalType: 'public',
      programme: 'none',
      totalInvestment: null,
      totalInvestmentNote: null,
      unitCode: unitCode(i),
      places: [],
    })),
  );
  await ledger.openPlanYear(db, actor, YEAR);
}

/** Writes a second of all writers together. */
async function writesASecond(db, writers, writes) {
  const began = performance.now();
  await Promise.all(
    times(writers, async (i) => {
      for (let n = 0; n < writes; n++)
        await ledger.recordDisbursements(db, actor, Month.of(YEAR, 1), [
          {
            unitCode: unitCode(i),
            projectCode: projectCode(i),
            sourceCode: 'NSDP',
            kind: 'payment',
            carriedOver: false,
            basis: 'actual',
            amount: 1n,
            documentNo: null,
            documentDate: null,
            reason: 'đo',
            corrects: null,
          },
        ]);
    }),
  );
  return (writers * writes * 1000) / (performance.now() - began);
}

/**
 * Measures on two migrated databases without an office. Returns the median of the rounds' ratios (1 = as fast as without the
 * chain), and what is wrong with the chain afterwards, if anything.
 */
export async function measureAudit(urls, { writers, writes, rounds, say = console.log }) {
  const [chained, plain] = [await open(urls.chained, writers), await open(urls.plain, writers)];
  try {
    for (const db of [chained, plain]) {
      await fill(db, writers);
      await writesASecond(db, writers, 1);
    }
    await plain.query(NO_CHAIN);
    const runs = [];
    for (let round = 1; round <= rounds; round++) {
      const run = {};
      const turns = [
        async () => (run.chained = await writesASecond(chained, writers, writes)),
        async () => (run.plain = await writesASecond(plain, writers, writes)),
      ];
      for (const turn of round % 2 === 1 ? turns : turns.reverse()) await turn();
      runs.push(run);
      say(
        `round ${round}: ${run.chained.toFixed(0)} writes/s with the chain, ${run.plain.toFixed(0)} without, ` +
          `load ${loadavg()[0].toFixed(1)}`,
      );
    }
    const { findings, done, head } = await audit.verifyStoredPart(chained, 0);
    const ratio = median(runs.map((run) => run.chained / run.plain));
    return { ratio, runs, isWhole: done && findings.length === 0, events: head.seq };
  } finally {
    await chained.destroy();
    await plain.destroy();
  }
}

export function lastLine(ratio) {
  return `audit ratio ${ratio.toFixed(2)}`;
}

export async function benchAudit() {
  console.log(
    `machine: ${cpus().length} × ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}, Node ${process.version}`,
  );
  const folder = await mkdtemp(join(tmpdir(), 'bench-audit-'));
  await chmod(folder, 0o711);
  const postgres = await platform.startEmbeddedPostgres({ dataDir: folder, database: 'tracker' });
  try {
    const urls = { chained: postgres.url, plain: new URL(postgres.url) };
    const sql = new pg.Client({ connectionString: postgres.url });
    await sql.connect();
    await sql.query('CREATE DATABASE plain');
    await sql.end();
    urls.plain.pathname = '/plain';
    urls.plain = urls.plain.href;
    for (const url of Object.values(urls)) {
      await platform.migrate(url);
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      await platform.ensureInstance(client, 'Đo tốc độ');
      await client.end();
    }
    const { ratio, isWhole, events } = await measureAudit(urls, { writers: WRITERS, writes: WRITES, rounds: ROUNDS });
    console.log(`chain of ${events} events after ${WRITERS} writers at once: ${isWhole ? 'whole' : 'BROKEN'}`);
    console.log(lastLine(ratio));
    return isWhole;
  } finally {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
