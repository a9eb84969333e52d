import type { ClientBase } from 'pg';

/**
 * Every value gets one text whatever the server's version and configuration, so that hashes compare; no time limit of
 * the server ends the work; and a table with row security fails instead of giving a part.
 */
export async function settleSession(client: ClientBase): Promise<void> {
  await client.query(`
    SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; SET extra_float_digits = 1;
    SET bytea_output = 'hex'; SET client_encoding = 'UTF8'; SET row_security = off;
    SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0`);
  // From PostgreSQL 17 on.
  await client.query(
    "SELECT set_config(name, '0', false) FROM pg_settings WHERE name IN ('transaction_timeout', 'idle_session_timeout')",
  );
}
