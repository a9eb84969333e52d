import type { EntityManager } from 'typeorm';
import { canonicalJson, inTransaction, systemClock, type Actor, type Transactional } from '#libs/kernel';

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

/**
 * A transaction whose changes leave their audit events in it. Events are appended just before the commit: the
 * chain has one head, so whoever appends holds it until the commit, and holding it through the whole work would
 * make every writer wait for the slowest.
 */
export async function auditedTransaction<T>(
  db: Transactional,
  actor: Actor,
  work: (tx: EntityManager, record: RecordAudit) => Promise<T>,
): Promise<T> {
  return inTransaction(db, async (tx) => {
    const entries: AuditEntry[] = [];
    const result = await work(tx, (entry) => void entries.push(entry));
    await appendAudit(tx, actor, entries);
    return result;
  });
}

async function appendAudit(tx: EntityManager, actor: Actor, entries: readonly AuditEntry[]): Promise<void> {
  for (const { action, objectType, objectId, before, after } of entries) {
    const at = systemClock.now().toISOString();
    const body = canonicalJson(
      plain({
        at,
        actor: { username: actor.username, role: actor.role },
        action,
        object: { type: objectType, id: String(objectId) },
        before: before ?? null,
        after: after ?? null,
        origin: actor.origin,
      }),
    );
    await tx.query(
      'INSERT INTO audit_event (at, actor, action, object_type, object_id, body) VALUES ($1, $2, $3, $4, $5, $6)',
      [at, actor.username, action, objectType, String(objectId), body],
    );
  }
}

/** JSON has neither bigint nor Date: đồng become integers where safe, else text; instants ISO 8601. */
function plain(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === 'bigint' ? (Number.isSafeInteger(Number(inner)) ? Number(inner) : inner.toString()) : inner,
    ),
  );
}
