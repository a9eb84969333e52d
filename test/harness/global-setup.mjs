// One PostgreSQL from npm for the whole run, with a migrated template; each suite clones its own database from it.
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { ensureInstance, migrate, startEmbeddedPostgres } from '#libs/platform';

const TEMPLATE = 'tracker_template';

export default async function setUp() {
  // Whatever the shell points at is somebody's database: tests start their own unless told on purpose.
  delete process.env.DATABASE_URL;
  delete process.env.REDIS_URL;
  const given = process.env.TEST_DATABASE_URL;
  const folder = given ? undefined : await mkdtemp(join(tmpdir(), 'tracker-test-'));
  // PostgreSQL refuses root and runs as another user, who must be able to enter.
  if (folder) await chmod(folder, 0o711);
  const postgres = folder && (await startEmbeddedPostgres({ dataDir: folder, database: 'tracker', durable: false }));
  const adminUrl = given ?? postgres.adminUrl;
  // What the first suite that needs it makes, and the others copy: test/harness/demonstration-folder.ts.
  const shared = await mkdtemp(join(tmpdir(), 'tracker-shared-'));
  await chmod(shared, 0o711);
  process.env.TEST_SHARED_FOLDER = shared;
  globalThis.__TEST_SERVERS__ = { postgres, folder, shared };
  // Another run may share a given server: its template bears this process's number.
  const template = `${TEMPLATE}_${process.pid}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${template}`);
  await admin.end();
  const url = new URL(adminUrl);
  url.pathname = `/${template}`;
  await migrate(url.href);
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await ensureInstance(client, 'Tỉnh Thử');
  await client.end();
  process.env.TEST_ADMIN_URL = adminUrl;
  process.env.TEST_TEMPLATE = template;
}
