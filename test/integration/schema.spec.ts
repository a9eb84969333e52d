import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { pendingMigrations } from '#libs/platform';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';

describe('the schema', () => {
  let database: FreshDatabase;
  let db: DataSource;
  beforeAll(async () => {
    database = await freshDatabase();
    db = await openBooks(database.url);
  });
  afterAll(async () => {
    await db?.destroy();
    await database?.drop();
  });

  it('after migrating is what the entities say: the schema builder has nothing left to do', async () => {
    const log = await db.driver.createSchemaBuilder().log();
    expect(log.upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('has no pending migration, and says so when one has not run', async () => {
    expect(await pendingMigrations(db)).toBe(0);
    await db.query('DELETE FROM migrations WHERE id = (SELECT max(id) FROM migrations)');
    expect(await pendingMigrations(db)).toBe(1);
  });

  it('goes back to nothing: every migration can be undone', async () => {
    const own = await freshDatabase();
    const books = await openBooks(own.url);
    for (let i = 0; i < books.migrations.length; i++) await books.undoLastMigration();
    const left: unknown[] = await books.query(
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> 'migrations'",
    );
    expect(left).toEqual([]);
    await books.destroy();
    await own.drop();
  });
});
