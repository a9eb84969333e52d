import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { guardTables, unguardTables } from './audited-tables.js';
import { databaseOptions } from './database.module.js';
import { platformEvent } from './platform-event.js';

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
      if ((await pendingMigrations(db)) > 0) await unguardTables(db);
      const ran = (await db.runMigrations()).map(({ name }) => name);
      await finish(db, ran);
      return ran;
    } finally {
      await db.destroy();
    }
  } finally {
    // Ending the session gives the lock back.
    await lock.end();
  }
}

/** Guards the tables, old and new. A database that has a history gets its upgrade into it; a new one has none yet. */
async function finish(db: DataSource, ran: readonly string[]): Promise<void> {
  await db.transaction(async (tx) => {
    await guardTables(tx);
    const [head]: { seq: number }[] = await tx.query('SELECT seq::int FROM audit_head');
    if (ran.length === 0 || !head || head.seq === 0) return;
    await tx.query(
      'INSERT INTO audit_event (at, actor, action, object_type, object_id, body) VALUES ($1, $2, $3, $4, $5, $6)',
      platformEvent('schema.migrate', { type: 'schema', id: ran.at(-1) ?? '' }, { ran }),
    );
  });
}

/** How many migrations this program knows and the database has not seen. */
export async function pendingMigrations(db: DataSource): Promise<number> {
  const [known]: { table: string | null }[] = await db.query("SELECT to_regclass('migrations') AS table");
  const executed: { name: string }[] = known?.table ? await db.query('SELECT name FROM migrations') : [];
  const names = new Set(executed.map(({ name }) => name));
  return db.migrations.filter(({ name, constructor }) => !names.has(name ?? constructor.name)).length;
}
