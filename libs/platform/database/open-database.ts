import { isAbsolute, join, resolve } from 'node:path';
import type { Config } from '../config.js';
import { startEmbeddedPostgres } from '../embedded-postgres/index.js';

export interface OpenDatabase {
  url: string;
  isEmbedded: boolean;
  /** Where what belongs to this database is kept. */
  folder: string;
  stop(): Promise<void>;
}

/** Name of the database inside the PostgreSQL from npm. */
const DATABASE = 'tracker';

/**
 * The database of DATABASE_URL, or the PostgreSQL from npm under DATA_DIR (a relative one lies in `root`), started
 * or joined if another process of ours runs it already.
 */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'>,
  root: string,
  onNote: (sentence: string) => void,
): Promise<OpenDatabase> {
  const folder = isAbsolute(config.dataDir) ? config.dataDir : resolve(root, config.dataDir);
  if (config.databaseUrl) return { url: config.databaseUrl, isEmbedded: false, folder, stop: () => Promise.resolve() };
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), database: DATABASE, onNote });
  return { url: postgres.url, isEmbedded: true, folder, stop: () => postgres.stop() };
}
