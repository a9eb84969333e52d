import type { DataSource } from 'typeorm';
import type { Actor } from '#libs/kernel';
import type { OfficialDocument } from '../official-document.js';
import { renderDocx } from '../render-docx.js';
import { renderPdf } from '../render-pdf.js';
import { DocumentFile, KeptDocument, type DocumentFormat } from './document.entity.js';
import { findDocument, type DocumentHead } from './document-queries.js';

/** The file of a document: of an issued one the frozen bytes, of a draft as it would be now. */
export async function documentFile(
  db: DataSource,
  actor: Actor,
  id: number,
  format: DocumentFormat,
): Promise<{ name: string; bytes: Buffer }> {
  const head = await findDocument(db, actor, id);
  const frozen = await db.manager.findOneBy(DocumentFile, { documentId: id, format });
  const content = await documentContent(db, id);
  const bytes = frozen?.bytes ?? (await (format === 'pdf' ? renderPdf(content) : renderDocx(content)));
  return { name: `${fileName(head, content.illustrative)}.${format}`, bytes };
}

/** What stands in a document that the actor was found to be allowed to see. */
export async function documentContent(db: DataSource, id: number): Promise<OfficialDocument> {
  const { content } = await db.manager.findOneByOrFail(KeptDocument, { id });
  return JSON.parse(content) as OfficialDocument;
}

/** "so-lieu-minh-hoa_thong-bao_2024-09_12-TB-UBND": ASCII, so that every header and disk takes it. */
function fileName({ kind, about, recipient, number, symbol }: DocumentHead, illustrative: boolean): string {
  const parts = [
    illustrative ? 'so-lieu-minh-hoa' : '',
    FILE_WORDS[kind],
    about,
    recipient,
    number === null ? 'du-thao' : `${number}-${symbol}`,
  ];
  return parts
    .filter((part) => part !== '')
    .join('_')
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll('Đ', 'D')
    .replaceAll('đ', 'd')
    .replaceAll(/[^\w.-]+/g, '-');
}

const FILE_WORDS = {
  announcement: 'thong-bao',
  'unit-letter': 'cong-van-don-doc',
  'team-assignment': 'giao-kiem-tra',
  correction: 'dinh-chinh',
  agenda: 'chuong-trinh-hop',
  minutes: 'bien-ban',
} as const;
