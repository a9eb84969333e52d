import { DataSource } from 'typeorm';
import type { Config } from '../config.js';
import { databaseOptions } from '../database/database.module.js';
import { pendingMigrations } from '../database/migrate.js';
import { processConfig, ReadableFailure, startFailure } from './readable-failure.js';

/**
 * Runs the main function of a process. What goes wrong while it starts ends in one sentence on standard error and
 * status 1; only a fault of the program itself prints its stack.
 */
export async function runProcess(main: (config: Config) => Promise<void>): Promise<void> {
  let config: Config | undefined;
  try {
    config = processConfig();
    await main(config);
  } catch (error) {
    const sentence = startFailure(error, config);
    process.stderr.write(sentence ? `${sentence}\n` : `${(error as Error).stack}\n`);
    process.exit(1);
  }
}

/** The external database of a part that runs on its own: given, reachable, migrated. */
export async function requireMigratedDatabase(config: Config): Promise<void> {
  if (!config.databaseUrl)
    throw new ReadableFailure('DATABASE_URL is missing: this process runs on an external PostgreSQL.');
  const db = await new DataSource(databaseOptions(config.databaseUrl, 2)).initialize();
  try {
    const pending = await pendingMigrations(db);
    if (pending > 0)
      throw new ReadableFailure(`${pending} migrations are pending: run \`npm run cli -- migrate\` first.`);
  } finally {
    await db.destroy();
  }
}
