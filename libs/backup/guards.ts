import type { ClientBase } from 'pg';

/** Puts back what was taken off. */
export type PutBack = () => Promise<void>;

/**
 * Takes the foreign keys and our triggers off all tables for the rest of the transaction, so that rows go in as they
 * are and in any order. Needs only the tables' owner, where session_replication_role would need a superuser.
 * Putting back adds the foreign keys anew, which checks every row.
 */
export async function takeGuardsOff(client: ClientBase): Promise<PutBack> {
  const keys = await statements(
    client,
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS off,
            format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS on
     FROM pg_constraint WHERE contype = 'f' AND conparentid = 0 ORDER BY conrelid, conname`,
  );
  const triggers = await statements(
    client,
    `SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname) AS off,
            format('ALTER TABLE %s ENABLE %s TRIGGER %I', tgrelid::regclass,
                   CASE tgenabled WHEN 'A' THEN 'ALWAYS' WHEN 'R' THEN 'REPLICA' ELSE '' END, tgname) AS on
     FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D' ORDER BY tgrelid, tgname`,
  );
  for (const { off } of [...triggers, ...keys]) await client.query(off);
  return async () => {
    for (const { on } of [...keys, ...triggers]) await client.query(on);
  };
}

async function statements(client: ClientBase, sql: string): Promise<{ off: string; on: string }[]> {
  return (await client.query<{ off: string; on: string }>(sql)).rows;
}
