import type { DataSource } from 'typeorm';

/**
 * SQL of the test itself that the database is to take: with the event that it asks of every transaction which writes
 * a guarded table. What is to be refused goes by `db.query`.
 */
export async function direct<T = unknown>(
  db: Pick<DataSource, 'transaction'>,
  sql: string,
  parameters: unknown[] = [],
): Promise<T> {
  return db.transaction(async (tx) => {
    const answer = await tx.query<T>(sql, parameters);
    await tx.query(DIRECT_EVENT);
    return answer;
  });
}

/** The same as one text for a connection of the driver's: both statements are one transaction. */
export function withEvent(sql: string): string {
  return `${sql}; ${DIRECT_EVENT}`;
}

/** For transactions of the test's own. */
export const DIRECT_EVENT = `INSERT INTO audit_event (at, actor, action, object_type, object_id, body)
  SELECT clock.at, 'test', 'test.direct', 'test', 'sql',
         '{"action":"test.direct","actor":{"role":"system","username":"test"},"after":null,"at":"'
         || to_char(clock.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
         || '","before":null,"object":{"id":"sql","type":"test"},"origin":{"via":"command-line"}}'
  FROM (SELECT date_trunc('milliseconds', clock_timestamp()) AS at) AS clock`;
