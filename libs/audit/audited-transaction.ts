import type { EntityManager } from 'typeorm';
import { canonicalJson, inTransaction, slicesOf, systemClock, type Actor, type Transactional } from '#libs/kernel';

/** What was changed. `before` is absent for something new, `after` for something ended. */
export interface AuditEntry {
  /** Verb in the domain's words, e.g. `month.close`. */
  action: string;
  objectType: string;
  objectId: string | number;
  before?: unknown;
  after?: unknown;
}

export type RecordAudit = (entry: AuditEntry) => void;

/** A transaction whose changes leave their audit events in it; the database chains them when it commits. */
export async function auditedTransaction<T>(
  db: Transactional,
  actor: Actor,
  work: (tx: EntityManager, record: RecordAudit) => Promise<T>,
): Promise<T> {
  return inTransaction(db, async (tx) => {
    const entries: AuditEntry[] = [];
    const result = await work(tx, (entry) => void entries.push(entry));
    if (entries.length > 0) await appendAudit(tx, actor, entries);
    return result;
  });
}

/** An event of a file may tell a thousand rows: this many travel together. */
const EVENTS_A_STATEMENT = 50;

/** In their order. */
async function appendAudit(tx: EntityManager, actor: Actor, entries: readonly AuditEntry[]): Promise<void> {
  const at = systemClock.now().toISOString();
  for (const some of slicesOf(entries, EVENTS_A_STATEMENT))
    await tx.query(
      `INSERT INTO audit_event (at, actor, action, object_type, object_id, body)
       SELECT $1, $2, e.action, e.object_type, e.object_id, e.body
       FROM unnest($3::text[], $4::text[], $5::text[], $6::text[]) WITH ORDINALITY
         AS e (action, object_type, object_id, body, ordinal)
       ORDER BY e.ordinal`,
      [
        at,
        actor.username,
        some.map(({ action }) => action),
        some.map(({ objectType }) => objectType),
        some.map(({ objectId }) => String(objectId)),
        some.map((entry) => bodyOf(at, actor, entry)),
      ],
    );
}

function bodyOf(at: string, { username, role, origin }: Actor, entry: AuditEntry): string {
  const { action, objectType, objectId, before, after } = entry;
  return canonicalJson(
    plain({
      at,
      actor: { username, role },
      action,
      object: { type: objectType, id: String(objectId) },
      before: before ?? null,
      after: after ?? null,
      origin,
    }),
  );
}

/** JSON has neither bigint nor Date: đồng become integers where safe, else text; instants ISO 8601. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === 'bigint' ? (Number.isSafeInteger(Number(inner)) ? Number(inner) : inner.toString()) : inner,
    ),
  );
}
