import { Client } from 'pg';
import { DataSource, MigrationExecutor, type QueryRunner } from 'typeorm';
import { migrations } from './migrations/index.js';
import { guardTables, unguardTables } from './audited-tables.js';
import { databaseOptions } from './database.module.js';
import { platformEvent } from './platform-event.js';

/** One lock for all starters: the library's own migrations take none, and two at once break each other. */
const MIGRATION_LOCK = 7_202_409;

/** Brings the database to the newest schema; starters that come at once wait for the first. Names what it ran. */
export async function migrate(url: string): Promise<string[]> {
  return withMigrationsHeld(url, 'exclusive', async () => {
    const db = await new DataSource(databaseOptions(url, 2)).initialize();
    try {
      if ((await pendingMigrations(db)) > 0) await unguardTables(db);
      const ran = (await db.runMigrations()).map(({ name }) => name);
      await finish(db, ran);
      return ran;
    } finally {
      await db.destroy();
    }
  });
}

/** Nobody migrates meanwhile. `shared` lets others hold it too: they read a schema that must stay as it is. */
export async function withMigrationsHeld<T>(
  url: string,
  mode: 'exclusive' | 'shared',
  work: () => Promise<T>,
): Promise<T> {
  const lock = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  lock.on('error', () => undefined);
  await lock.connect();
  try {
    await lock.query(`SELECT pg_advisory_lock${mode === 'shared' ? '_shared' : ''}($1)`, [MIGRATION_LOCK]);
    return await work();
  } finally {
    // Ending the session gives the lock back.
    await lock.end();
  }
}

/** Those of the names that this program has no migration for. */
export function unknownMigrations(names: readonly string[]): string[] {
  const known = new Set(migrations.map((migration) => new migration().name));
  return names.filter((name) => !known.has(name));
}

/** Runs just these migrations, in the transaction that the runner is in. The caller holds migrations off. */
export async function runMigrationsNamed(url: string, names: readonly string[], runner: QueryRunner): Promise<void> {
  const db = new DataSource({
    ...databaseOptions(url, 2),
    migrations: migrations.filter((migration) => names.includes(new migration().name)),
  });
  await db.initialize();
  try {
    const executor = new MigrationExecutor(db, runner);
    executor.transaction = 'none';
    await executor.executePendingMigrations();
  } finally {
    await db.destroy();
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
