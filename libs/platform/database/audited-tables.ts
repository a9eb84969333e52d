import type { DataSource, EntityManager } from 'typeorm';

/** Tables whose writes are no acts of anybody, each with the reason. Every other table is guarded. */
export const NOT_AUDITED: Readonly<Record<string, string>> = {
  migrations: 'the list of the migrations that ran; an upgrade leaves `schema.migrate`',
  audit_event: 'the chain',
  audit_head: 'the end of the chain',
  audit_transaction: 'the workings of the chain',
  audit_waiting: 'the workings of the chain',
  outbox_message: 'what the queue is to carry; the act that orders it has its event',
  rate_limit: 'counts of requests, for a few minutes',
  sign_in_throttle: 'counts of failed attempts, each of which has its event',
  idempotency_record: 'answers kept for a repeated request',
  import_file_chunk: 'bytes of a file that is being received',
  import_row: 'rows read from a file, before anything is booked',
  import_mapping: 'how a sender’s last file was laid out; `import.choose` and `import.read` tell what was used',
  staged_disbursement: 'rows read from a file, before anything is booked',
  allocation_total: 'kept by triggers of `allocation_line`',
  allocation_decision_sum: 'kept by triggers of `allocation_line`',
  unassigned_capital: 'kept by triggers of `allocation_line`',
  disbursement_total: 'kept by triggers of `disbursement_entry`',
  reconciliation_figure: 'kept by triggers of entries, statements, answers and projects',
  delivery: 'how far a message came; the step it tells, and who had it tried again, have their events',
  month_closing: 'kept by triggers of `reporting_month`',
};

/** Where only some writes are acts: the rest is how far a file is read, when a session was last
 * seen, which code was the last, or a secret that nobody has confirmed. */
const ACTS: Readonly<Record<string, string>> = {
  import_batch: 'UPDATE OF import_key, difference, failure, committed_at OR TRUNCATE',
  // Not when a token was last used.
  api_token: 'INSERT OR DELETE OR UPDATE OF revoked_at, expires_at OR TRUNCATE',
  second_factor: 'UPDATE OF sealed_secret OR DELETE OR TRUNCATE',
  session: 'INSERT OR DELETE OR TRUNCATE',
};

const EVERY_WRITE = 'INSERT OR UPDATE OR DELETE OR TRUNCATE';

/** After every migration, so that a table is guarded without its author thinking of it. */
export async function guardTables(db: DataSource | EntityManager): Promise<void> {
  const unguarded: { name: string }[] = await db.query(
    `SELECT c.relname AS name FROM pg_class AS c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT (c.relname = ANY($1))
       AND NOT EXISTS (SELECT FROM pg_trigger AS t WHERE t.tgrelid = c.oid AND t.tgname = 'z_audited')
     ORDER BY c.relname`,
    [Object.keys(NOT_AUDITED)],
  );
  for (const { name } of unguarded)
    await db.query(`CREATE TRIGGER z_audited AFTER ${ACTS[name] ?? EVERY_WRITE} ON "${name}"
      FOR EACH STATEMENT EXECUTE FUNCTION note_audited_transaction()`);
}

/** Before migrations that change rows: what they do is told by the one event `schema.migrate`. */
export async function unguardTables(db: DataSource | EntityManager): Promise<void> {
  const guarded: { name: string }[] = await db.query(
    "SELECT tgrelid::regclass::text AS name FROM pg_trigger WHERE tgname = 'z_audited' ORDER BY 1",
  );
  for (const { name } of guarded) await db.query(`DROP TRIGGER z_audited ON ${name}`);
}
