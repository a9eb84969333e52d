import { wordParagraphs } from '#libs/exchange/sheet';
import type { DocumentFormat } from './kept/document.entity.js';

/** Pages beyond it are no official document. */
const MOST_PAGES = 500;

/** A run of text on a page, or a mark without any. */
interface PageText {
  str?: string;
  hasEOL?: boolean;
}

/** The text of an edited or signed file; empty of a PDF that holds pictures alone. Throws where it cannot be read. */
export async function fileText(format: DocumentFormat, bytes: Buffer, name: string): Promise<string> {
  return format === 'docx' ? (await wordParagraphs(bytes, name)).join('\n') : pdfText(bytes);
}

async function pdfText(bytes: Buffer): Promise<string> {
  // Two megabytes of a reader that few requests need.
  const { getDocumentProxy } = await import('unpdf');
  const document = await getDocumentProxy(new Uint8Array(bytes));
  try {
    const pages: string[] = [];
    for (let number = 1; number <= Math.min(document.numPages, MOST_PAGES); number++) {
      const page = (await document.getPage(number)) as { getTextContent(): Promise<{ items: PageText[] }> };
      const { items } = await page.getTextContent();
      pages.push(items.map(({ str = '', hasEOL }) => (hasEOL ? `${str}\n` : str)).join(''));
    }
    return pages.join('\n').trim();
  } finally {
    await document.destroy();
  }
}
