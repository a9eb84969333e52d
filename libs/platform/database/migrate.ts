import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { databaseOptions } from './database.module.js';

/** One lock for all starters: the library's own migrations take none, and two at once break each other. */
const MIGRATION_LOCK = 7_202_409;

/** Brings the database to the newest schema; starters that come at once wait for the first. Names what it ran. */
export async function migrate(url: string): Promise<string[]> {
  const lock = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const db = await new DataSource(databaseOptions(url, 2)).initialize();
    try {
      return (await db.runMigrations()).map(({ name }) => name);
    } finally {
      await db.destroy();
    }
  } finally {
    // Ending the session gives the lock back.
    await lock.end();
  }
}

/** How many migrations this program knows and the database has not seen. */
export async function pendingMigrations(db: DataSource): Promise<number> {
  const [known]: { table: string | null }[] = await db.query("SELECT to_regclass('migrations') AS table");
  const executed: { name: string }[] = known?.table ? await db.query('SELECT name FROM migrations') : [];
  const names = new Set(executed.map(({ name }) => name));
  return db.migrations.filter(({ name, constructor }) => !names.has(name ?? constructor.name)).length;
}
