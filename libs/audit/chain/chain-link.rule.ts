import { canonicalJson, sha256 } from '#libs/kernel';

/** What the first event follows. */
export const GENESIS = '0'.repeat(64);

/** An event as the chain knows it; who, what and when are in the body. */
export interface ChainedEvent {
  seq: number;
  previousHash: string;
  hash: string;
  /** Canonical JSON (RFC 8785): at, actor, action, object, before, after, origin. */
  body: string;
}

/** SHA-256 of `seq`, the hash of the event before and the body, each on its line; the database computes the same. */
export function chainHash({ seq, previousHash, body }: Pick<ChainedEvent, 'seq' | 'previousHash' | 'body'>): string {
  return sha256(`${seq}\n${previousHash}\n${body}`);
}

/** An event as one line of an export, without the line's end. One event has one spelling. */
export function exportLine({ seq, previousHash, hash, body }: ChainedEvent): string {
  return canonicalJson({ body, hash, previousHash, seq });
}

/** The event of a line, however wrong its hash; undefined where an export would never be spelt so. */
export function readExportLine(text: string): ChainedEvent | undefined {
  let told: unknown;
  try {
    told = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof told !== 'object' || told === null) return undefined;
  const { seq, previousHash, hash, body } = told as Record<string, unknown>;
  if (typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 1) return undefined;
  if (typeof previousHash !== 'string' || typeof hash !== 'string' || typeof body !== 'string') return undefined;
  const event = { seq, previousHash, hash, body };
  return exportLine(event) === text ? event : undefined;
}
