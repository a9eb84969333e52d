import pg from 'pg';
import { EmbeddedPostgresError, systemCode } from './errors.js';
import { SUPERUSER } from './cluster.js';

const CONNECT_LIMIT_MS = 10_000;
const DUPLICATE_DATABASE = '42P04';
const UNIQUE_VIOLATION = '23505';

export function connectionUrl(port: number, password: string, database: string): string {
  return `postgres://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
}

/** The data folder of the server that answers with this password, or the code of what went wrong. */
export async function ping(adminUrl: string): Promise<{ folder: string } | { refusal: string }> {
  try {
    return await withClient(adminUrl, async (client) => {
      const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
      return { folder: rows[0]?.data_directory ?? '' };
    });
  } catch (error) {
    return { refusal: systemCode(error) };
  }
}

/** The collation is said again because template0 of an adopted cluster might have been made by other hands. */
export async function ensureDatabase(adminUrl: string, database: string): Promise<void> {
  try {
    await withClient(adminUrl, async (client) => {
      const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
      if (rowCount) return;
      await client.query(
        `CREATE DATABASE ${client.escapeIdentifier(database)} ` +
          `TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'vi-VN'`,
      );
    });
  } catch (error) {
    if ([DUPLICATE_DATABASE, UNIQUE_VIOLATION].includes(systemCode(error))) return;
    const reason = error instanceof Error ? error.message : String(error);
    throw new EmbeddedPostgresError(
      'start-failed',
      `PostgreSQL could not create the database ${database}: ${reason}.`,
      {
        cause: error,
      },
    );
  }
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_LIMIT_MS });
  // A server that dies under the connection is reported by the query; without a listener it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
