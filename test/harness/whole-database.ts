import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import type { FreshDatabase } from './fresh-database.js';

/** A database with nothing in it, on the server of the suite or another one. */
export async function emptyDatabase(
  adminUrl = process.env['TEST_ADMIN_URL'] as string,
  owner?: string,
): Promise<FreshDatabase> {
  const name = `tracker_${randomBytes(6).toString('hex')}`;
  await ask(adminUrl, `CREATE DATABASE ${name} ${owner ? `OWNER ${owner}` : ''} TEMPLATE template0`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  return { url: url.href, drop: async () => void (await ask(adminUrl, `DROP DATABASE ${name} WITH (FORCE)`)) };
}

/** One statement on a connection of its own. */
export async function ask<T extends object>(url: string, sql: string, values: unknown[] = []): Promise<T[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<T>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

const OURS = "n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'bullmq')";

/** Every table outside the queue with the text of all its rows: what two equal databases have in common. */
export async function contentsOf(url: string): Promise<Record<string, string[]>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query("SET TimeZone = 'UTC'; SET DateStyle = 'ISO'");
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class AS c
       JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND ${OURS} ORDER BY 1`,
    );
    const contents: Record<string, string[]> = {};
    for (const { name } of tables) {
      const { rows } = await client.query<{ line: string }>(
        `SELECT t::text AS line FROM ${name} AS t ORDER BY t::text COLLATE "C"`,
      );
      contents[name] = rows.map(({ line }) => line);
    }
    return contents;
  } finally {
    await client.end();
  }
}

/** What the database refuses and numbers: constraints, triggers as they are set, where sequences stand. */
export async function guardsOf(url: string): Promise<string[]> {
  const rows = await ask<{ line: string }>(
    url,
    `SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(k.oid)) AS line
     FROM pg_constraint AS k JOIN pg_namespace AS n ON n.oid = k.connamespace
     WHERE ${OURS} AND k.conrelid <> 0 AND k.contype <> 'n'
     UNION ALL
     SELECT format('%s %s %s', tgrelid::regclass, tgenabled, pg_get_triggerdef(g.oid))
     FROM pg_trigger AS g JOIN pg_class AS c ON c.oid = g.tgrelid JOIN pg_namespace AS n ON n.oid = c.relnamespace
     WHERE ${OURS} AND NOT tgisinternal
     UNION ALL
     SELECT format('%s %s', sequencename, coalesce(last_value, 0)) FROM pg_sequences WHERE schemaname = 'public'
     ORDER BY 1`,
  );
  return rows.map(({ line }) => line);
}
