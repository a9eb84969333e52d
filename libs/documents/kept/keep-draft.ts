import type { EntityManager } from 'typeorm';
import type { RecordAudit } from '#libs/audit';
import { canonicalJson, DomainError, type Actor } from '#libs/kernel';
import { businessNow } from '#libs/platform';
import type { DocumentKind } from '../document-template.js';
import type { DocumentsErrorCode } from '../errors.js';
import type { OfficialDocument } from '../official-document.js';
import { KeptDocument } from './document.entity.js';

/** A document as it was composed, before it is kept. */
export interface Draft {
  kind: DocumentKind;
  /** What it is about, one document of each: `2024-09 v1`, `meeting 12`. */
  about: string;
  /** Unit or team it goes to; empty where it goes to many. */
  recipient: { code: string; name: string };
  templateVersion: number;
  content: OfficialDocument;
  /** The closed month behind it; null of a meeting. */
  evaluated: Pick<KeptDocument, 'planYear' | 'month' | 'monthVersion' | 'evaluationId'> | null;
}

/**
 * Keeps a draft, or puts it in the place of the one that was composed before; what has its number stays
 * (`document-issued`). Composed the same again, nothing is written.
 */
export async function keepDraft(
  tx: EntityManager,
  record: RecordAudit,
  actor: Actor,
  { kind, about, recipient, templateVersion, content, evaluated }: Draft,
): Promise<number> {
  const key = { kind, about, recipient: recipient.code };
  await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`document ${Object.values(key).join(' ')}`]);
  const kept = await tx.findOneBy(KeptDocument, key);
  if (kept?.state === 'issued') throw new DomainError<DocumentsErrorCode>('document-issued', { document: kept.id });
  const text = canonicalJson(content);
  if (kept?.content === text) return kept.id;
  const composed = {
    recipientName: recipient.name,
    templateVersion,
    subject: content.subject,
    symbol: content.symbol,
    content: text,
    composedAt: await businessNow(tx),
    composedBy: actor.username,
    evaluationId: evaluated?.evaluationId ?? null,
  };
  if (kept) await tx.update(KeptDocument, kept.id, composed);
  const id = kept?.id ?? (await inserted(tx, { ...key, ...composed, ...(evaluated ?? {}), state: 'draft' }));
  record({
    action: 'document.compose',
    objectType: 'document',
    objectId: id,
    before: kept ? { templateVersion: kept.templateVersion, composedBy: kept.composedBy } : undefined,
    after: { ...key, templateVersion, subject: content.subject, symbol: content.symbol },
  });
  return id;
}

async function inserted(tx: EntityManager, row: Partial<KeptDocument>): Promise<number> {
  const { identifiers } = await tx.insert(KeptDocument, row);
  return (identifiers[0] as { id: number }).id;
}
