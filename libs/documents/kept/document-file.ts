import type { DataSource } from 'typeorm';
import type { Actor } from '#libs/kernel';
import type { Block, OfficialDocument } from '../official-document.js';
import { renderDocx } from '../render-docx.js';
import { renderPdf } from '../render-pdf.js';
import { DocumentFile, KeptDocument, type DocumentFormat } from './document.entity.js';
import { findDocument, type DocumentHead } from './document-queries.js';
import { draftRemarks } from './draft-remarks.js';

/** The file of a document: of an issued one the frozen bytes, of a draft as it would be now, what is open before it. */
export async function documentFile(
  db: DataSource,
  actor: Actor,
  id: number,
  format: DocumentFormat,
): Promise<{ name: string; bytes: Buffer }> {
  const head = await findDocument(db, actor, id);
  const frozen = await db.manager.findOneBy(DocumentFile, { documentId: id, format });
  const content = withRemarks(await documentContent(db, id), await draftRemarks(db, head));
  const bytes = frozen?.bytes ?? (await (format === 'pdf' ? renderPdf(content) : renderDocx(content)));
  return { name: `${fileName(head, content.illustrative)}.${format}`, bytes };
}

function withRemarks(content: OfficialDocument, remarks: readonly string[]): OfficialDocument {
  const blocks = remarks.map((text): Block => ({
    kind: 'paragraph',
    runs: [{ text: `Dự thảo, còn để ngỏ: ${text}`, bold: true }],
  }));
  return { ...content, body: [...blocks, ...content.body] };
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
