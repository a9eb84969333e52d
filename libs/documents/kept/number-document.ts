import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import { auditedTransaction, chainHead } from '#libs/audit';
import { canonicalJson, DomainError, isDuplicate, type Actor, type IsoDate } from '#libs/kernel';
import { businessDate, businessNow } from '#libs/platform';
import type { DocumentsErrorCode } from '../errors.js';
import { writtenNumber, type OfficialDocument } from '../official-document.js';
import { renderDocx } from '../render-docx.js';
import { renderPdf } from '../render-pdf.js';
import { DocumentFile, KeptDocument } from './document.entity.js';
import { findDocument } from './document-queries.js';

export interface Numbering {
  number: number;
  date: IsoDate;
  sentDate: IsoDate;
  /** In place of those of the template; the last line being where it is kept. */
  recipients: readonly string[] | null;
}

/**
 * The clerk's act: number, date and recipients are put into the document, its files are made once, and from then on
 * it is frozen. `seen` is when the draft was composed that the clerk looked at.
 */
export async function numberDocument(
  db: DataSource,
  actor: Actor,
  id: number,
  { number, date, sentDate, recipients }: Numbering,
  seen: number,
): Promise<void> {
  const year = Number(date.slice(0, 4));
  let symbol = '';
  await auditedTransaction(db, actor, async (tx, record) => {
    const kept = await tx.findOne(KeptDocument, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!kept) throw new DomainError<DocumentsErrorCode>('document-unknown', { document: id });
    if (kept.state === 'issued') throw new DomainError<DocumentsErrorCode>('document-issued', { document: id });
    if (kept.composedAt.getTime() !== seen)
      throw new DomainError<DocumentsErrorCode>('document-changed', { document: id });
    const { isReady, isOutdated } = await findDocument(tx, actor, id);
    if (isOutdated) throw new DomainError<DocumentsErrorCode>('document-outdated', { document: id });
    if (!isReady) throw new DomainError<DocumentsErrorCode>('document-not-released', { document: id });
    const today = await businessDate(tx);
    const future = [date, sentDate].find((day) => day > today);
    if (future) throw new DomainError<DocumentsErrorCode>('document-date-future', { date: future, today });
    symbol = kept.symbol;

    const draft = JSON.parse(kept.content) as OfficialDocument;
    const content = { ...draft, number: writtenNumber(number), date, ...(recipients ? { recipients } : {}) };
    const head = await chainHead(tx);
    await tx.update(KeptDocument, id, {
      content: canonicalJson(content),
      state: 'issued',
      numberYear: year,
      number,
      documentDate: date,
      sentDate,
      issuedAt: await businessNow(tx),
      issuedBy: actor.username,
      auditSeq: head.seq,
      auditHash: head.hash,
    });
    const pdf = await renderPdf(content);
    const docx = await renderDocx(content);
    const files = [
      { documentId: id, format: 'pdf' as const, bytes: pdf, sha256: hashOf(pdf) },
      { documentId: id, format: 'docx' as const, bytes: docx, sha256: hashOf(docx) },
    ];
    await tx.insert(DocumentFile, files);
    record({
      action: 'document.issue',
      objectType: 'document',
      objectId: id,
      before: { state: 'draft' },
      after: {
        state: 'issued',
        number: `${content.number}/${symbol}`,
        date,
        sentDate,
        recipients: content.recipients,
        files: files.map(({ format, sha256 }) => ({ format, sha256 })),
        auditHead: head,
      },
    });
  }).catch((error: unknown) => {
    throw isDuplicate(error, 'document_number_unique')
      ? new DomainError<DocumentsErrorCode>('document-number-taken', { number, symbol, year })
      : error;
  });
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
