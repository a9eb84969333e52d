import { rm } from 'node:fs/promises';
import pg from 'pg';

export default async function tearDown() {
  const { postgres, folder, shared } = globalThis.__TEST_SERVERS__;
  await rm(shared, { recursive: true, force: true });
  if (postgres) {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
    return;
  }
  const admin = new pg.Client({ connectionString: process.env.TEST_ADMIN_URL });
  await admin.connect();
  await admin.query(`DROP DATABASE ${process.env.TEST_TEMPLATE}`);
  await admin.end();
}
