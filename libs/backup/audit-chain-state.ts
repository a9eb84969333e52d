import type { ClientBase } from 'pg';

export interface AuditChainState {
  /** Number of the last event; 0 in a database without events. */
  seq: string;
  hash: string;
  /** The first event whose link does not hold, or the end that the head does not name; null where all hold. */
  brokenAt: string | null;
}

/**
 * Recomputes the chain from its first event on: hash = SHA-256 of `seq`, previous hash and body, each on its line.
 * In plain SQL because it must also read the tables of an older program.
 */
export async function auditChainState(client: ClientBase): Promise<AuditChainState> {
  const { rows } = await client.query<AuditChainState & { lastSeq: string; lastHash: string }>(
    `SELECT h.seq::text, h.hash, coalesce(last.seq, 0)::text AS "lastSeq",
            coalesce(last.hash, repeat('0', 64)) AS "lastHash",
            (SELECT min(n) FROM (
               SELECT seq, hash, previous_hash, body, row_number() OVER (ORDER BY seq) AS n,
                      lag(hash, 1, repeat('0', 64)) OVER (ORDER BY seq) AS before
               FROM audit_event) AS link
             WHERE seq <> n OR previous_hash <> before
                OR hash <> encode(sha256(convert_to(seq || E'\\n' || before || E'\\n' || body, 'UTF8')), 'hex')
            )::text AS "brokenAt"
     FROM audit_head AS h LEFT JOIN (SELECT seq, hash FROM audit_event ORDER BY seq DESC LIMIT 1) AS last ON true`,
  );
  const [state] = rows;
  if (!state) return { seq: '0', hash: '', brokenAt: '0' };
  const { seq, hash, brokenAt, lastSeq, lastHash } = state;
  return { seq, hash, brokenAt: brokenAt ?? (seq === lastSeq && hash === lastHash ? null : lastSeq) };
}
