import type { DataSource, EntityManager } from 'typeorm';
import { exportLine, type ChainedEvent } from './chain/index.js';

/** Events that one statement reads or verifies: an event of a file may tell a thousand rows. */
const EVENTS_A_STEP = 250;
/** Events that one question verifies: well below a second. */
export const EVENTS_A_PART = 50_000;

export interface ChainHead {
  /** 0 before the first event. */
  seq: number;
  hash: string;
}

export async function chainHead(db: DataSource | EntityManager): Promise<ChainHead> {
  const [head]: ChainHead[] = await db.query('SELECT seq::int, hash FROM audit_head');
  if (!head) throw new Error('the audit chain has no head: run `npm run cli -- migrate`');
  return head;
}

/** The chain from one event to the head as it is now, one line of an export each; some events in memory at a time. */
export async function* exportedChain(db: DataSource | EntityManager, from: number): AsyncGenerator<string> {
  const { seq: until } = await chainHead(db);
  for (let after = from - 1; after < until; after += EVENTS_A_STEP) {
    const events: ChainedEvent[] = await db.query(
      `SELECT seq::int, previous_hash AS "previousHash", hash, body FROM audit_event
       WHERE seq > $1 AND seq <= $2 ORDER BY seq`,
      [after, Math.min(after + EVENTS_A_STEP, until)],
    );
    // A number that is missing does not stop it: that it is missing is for the reader to find.
    if (events.length > 0) yield `${events.map(exportLine).join('\n')}\n`;
  }
}

export interface PartVerdict {
  /** The last event that was looked at. */
  through: number;
  head: ChainHead;
  /** Where the stored chain is broken, at most 100. */
  findings: { seq: number; kind: 'changed' | 'removed' | 'inserted' }[];
  done: boolean;
}

/**
 * Verifies the stored events after one, up to `EVENTS_A_PART` of them, and that the columns beside each body say the
 * same as it. Part after part until `done`, it has verified the whole chain and its head.
 */
export async function verifyStoredPart(db: Pick<DataSource, 'query'>, after: number): Promise<PartVerdict> {
  const [head] = await db.query<ChainHead[]>('SELECT seq::int, hash FROM audit_head');
  const [end] = await db.query<{ seq: number }[]>('SELECT coalesce(max(seq), 0)::int AS seq FROM audit_event');
  const last = Math.max(head?.seq ?? 0, end?.seq ?? 0);
  const through = Math.min(after + EVENTS_A_PART, last);
  const findings: PartVerdict['findings'] = await db.query(PART, [after, through]);
  return { through, head: head ?? { seq: 0, hash: '' }, findings, done: through >= last };
}

/** In the database itself: 50,000 bodies need not travel to be hashed. */
const PART = `
WITH part AS (
  SELECT n.seq, e.seq AS found, e.at, e.actor, e.action, e.object_type, e.object_id, e.body, e.hash, e.previous_hash,
         CASE WHEN n.seq = 1 THEN repeat('0', 64) ELSE lag(e.hash) OVER (ORDER BY n.seq) END AS previous
  FROM generate_series(greatest($1::bigint, 1), $2::bigint) AS n (seq) LEFT JOIN audit_event AS e ON e.seq = n.seq
)
SELECT part.seq::int, CASE WHEN found IS NULL THEN 'removed' ELSE 'changed' END AS kind FROM part
WHERE part.seq > $1::bigint AND (
  found IS NULL
  OR previous_hash <> previous
  OR CASE
    WHEN hash <> encode(sha256(convert_to(part.seq || E'\\n' || previous_hash || E'\\n' || body, 'UTF8')), 'hex') THEN true
    -- Only a body whose hash is right is surely the JSON that it was.
    ELSE (actor, action, object_type, object_id, at) IS DISTINCT FROM
         (body::jsonb #>> '{actor,username}', body::jsonb ->> 'action', body::jsonb #>> '{object,type}',
          body::jsonb #>> '{object,id}', (body::jsonb ->> 'at')::timestamptz)
  END
)
UNION ALL
SELECT h.seq::int, 'changed' FROM audit_head AS h
WHERE h.seq BETWEEN $1::bigint + 1 AND $2::bigint
  AND h.hash IS DISTINCT FROM (SELECT hash FROM audit_event WHERE seq = h.seq)
UNION ALL
SELECT e.seq::int, 'inserted' FROM audit_event AS e, audit_head AS h
WHERE e.seq > h.seq AND e.seq BETWEEN $1::bigint + 1 AND $2::bigint
ORDER BY 1 LIMIT 100`;
