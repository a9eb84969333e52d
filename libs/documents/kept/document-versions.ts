import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { claimFiles, fileFacts, openFile, type OpenedFile } from '#libs/files';
import { canonicalJson, DomainError, type Actor } from '#libs/kernel';
import { Unit } from '#libs/organisation';
import { businessNow } from '#libs/platform';
import { documentText } from '../document-text.js';
import type { DocumentsErrorCode } from '../errors.js';
import { fileText } from '../file-text.js';
import { textDifferences, type TextDifference } from '../text-difference.rule.js';
import { DocumentVersion, type DocumentFormat } from './document.entity.js';
import { documentContent } from './document-file.js';
import { findDocument } from './document-queries.js';
import { documentScope } from './document-scope.js';

/** More of them is another document: the rest is counted by nobody. */
const MOST_DIFFERENCES = 200;
const FORMATS: Readonly<Record<string, DocumentFormat>> = {
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
};

export interface SentVersion {
  id: number;
  format: DocumentFormat;
  fileName: string;
  sha256: string;
  /** bytes */
  size: number;
  hasText: boolean;
  /** Figures and names that differ; null for whom it is not for: the check is the department's own. */
  differences: TextDifference[] | null;
  uploadedAt: Date;
  uploadedBy: string;
}

/**
 * Keeps the signed or edited file of an issued document beside ours, and what of its figures and names differs. The
 * file is an upload of the actor's own.
 */
export async function sendVersion(db: DataSource, actor: Actor, id: number, fileId: number): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    const head = await findDocument(tx, actor, id);
    if (head.state !== 'issued') throw new DomainError<DocumentsErrorCode>('document-not-issued', { document: id });
    await claimFiles(tx, actor, [fileId], `document ${id}`);
    const file = await openFile(tx, fileId);
    const format = FORMATS[file.mediaType];
    if (!format) throw new DomainError<DocumentsErrorCode>('document-version-kind', { file: file.name });
    const text = await textOf(format, file);
    const content = await documentContent(db, id);
    const names = (await tx.find(Unit, { select: { name: true } })).map(({ name }) => name);
    const hasText = text !== '';
    const differences = hasText ? textDifferences(documentText(content).join('\n'), text, names) : [];
    const { identifiers } = await tx.insert(DocumentVersion, {
      documentId: id,
      fileId,
      format,
      hasText,
      differences: canonicalJson(differences.slice(0, MOST_DIFFERENCES)),
      uploadedAt: await businessNow(tx),
      uploadedBy: actor.username,
    });
    record({
      action: 'document.send-version',
      objectType: 'document',
      objectId: id,
      after: { ...identifiers[0], file: file.name, sha256: file.hash, hasText, differences: differences.length },
    });
  });
}

async function textOf(format: DocumentFormat, { bytes, name }: OpenedFile): Promise<string> {
  try {
    return await fileText(format, bytes, name);
  } catch {
    throw new DomainError<DocumentsErrorCode>('document-version-unreadable', { file: name });
  }
}

/** What was sent out in place of a document that the actor was found to be allowed to see, newest first. */
export async function documentVersions(db: DataSource, actor: Actor, id: number): Promise<SentVersion[]> {
  const rows = await db.manager.find(DocumentVersion, { where: { documentId: id }, order: { id: 'DESC' } });
  const files = await fileFacts(
    db,
    rows.map(({ fileId }) => fileId),
  );
  return rows.map(({ id: version, fileId, differences, ...row }) => ({
    ...row,
    id: version,
    fileName: files.get(fileId)?.name ?? '',
    sha256: files.get(fileId)?.hash ?? '',
    size: files.get(fileId)?.size ?? 0,
    differences: actor.units === 'all' ? (JSON.parse(differences) as TextDifference[]) : null,
  }));
}

/** A version of a document of the actor's; another's, and one that does not exist, is `document-version-unknown`. */
export async function openVersion(db: DataSource, actor: Actor, id: number, version: number): Promise<OpenedFile> {
  const values: unknown[] = [version, id];
  const scope = documentScope(actor, (value) => `$${values.push(value)}`);
  const [sent]: { fileId: number }[] = await db.query(
    `SELECT v.file_id AS "fileId" FROM document_version AS v JOIN document AS d ON d.id = v.document_id
     WHERE v.id = $1 AND d.id = $2 AND ${scope}`,
    values,
  );
  if (!sent) throw new DomainError<DocumentsErrorCode>('document-version-unknown', { version });
  return openFile(db, sent.fileId);
}
