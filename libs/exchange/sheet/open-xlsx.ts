import { DomainError } from '#libs/kernel';
import type { SheetErrorCode } from './errors.js';
import { legacyTextIn } from './legacy-text.js';
import { cellsOf } from './open-csv.js';
import type { MergedRange, OpenedSheet } from './sheet.js';
import { columnNumber, sheetRows } from './sheet-rows.js';
import { WorkbookPackage } from './workbook-package.js';
import { readWorkbookParts } from './workbook-parts.js';
import { attribute } from './xml-tokens.js';

/**
 * Opens the first visible sheet of a workbook. Merged ranges are written below the rows, so the sheet is unpacked twice:
 * once to look, once to read; neither holds it as a whole. Throws DomainError<SheetErrorCode>.
 */
export async function openXlsx(bytes: Buffer, fileName: string): Promise<OpenedSheet> {
  const parts = await WorkbookPackage.open(bytes, fileName);
  const book = await readWorkbookParts(parts, fileName);
  const legacy = legacyTextIn(book.shared.slice(0, 2_000));
  if (legacy) throw new DomainError<SheetErrorCode>(`file-${legacy}`);
  const { merges, hiddenRows, cells } = await lookOver(parts, book.sheetPart);
  if (cells === 0) throw new DomainError<SheetErrorCode>('file-sheet-empty', { sheet: book.sheetName });
  const batches = sheetRows(parts, book);
  return { name: book.sheetName, format: 'xlsx', batches, rows: cellsOf(batches), merges, hiddenRows };
}

interface Looked {
  merges: MergedRange[];
  hiddenRows: number;
  cells: number;
}

/** A table has a handful of merged titles; more than this and nobody could say what is merged with what. */
const MAX_MERGES = 20_000;

async function lookOver(parts: WorkbookPackage, part: string): Promise<Looked> {
  const looked: Looked = { merges: [], hiddenRows: 0, cells: 0 };
  const merge = /<(?:\w+:)?mergeCell\s([^>]*)>/g;
  const hidden = /<(?:\w+:)?row\s[^>]*\bhidden="(?:1|true)"/g;
  const cell = /<(?:\w+:)?(?:v|t)[\s>]/g;
  let rest = '';
  for await (const piece of parts.text(part)) {
    const text = rest + piece;
    // Whole tags only: what follows the last '>' waits for the next piece.
    const end = text.lastIndexOf('>') + 1;
    const tags = text.slice(0, end);
    rest = text.slice(end);
    looked.cells += looked.cells > 0 ? 0 : (tags.match(cell)?.length ?? 0);
    if (tags.includes('hidden=')) looked.hiddenRows += tags.match(hidden)?.length ?? 0;
    if (tags.includes('mergeCell'))
      for (const [, attributes] of tags.matchAll(merge)) {
        const range = rangeOf(attribute(` ${attributes}`, 'ref') ?? '');
        if (range && looked.merges.length < MAX_MERGES) looked.merges.push(range);
      }
    if (rest.length > 1_000_000) throw new DomainError<SheetErrorCode>('file-damaged');
  }
  return looked;
}

function rangeOf(reference: string): MergedRange | undefined {
  const match = /^\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)$/.exec(reference);
  if (!match) return undefined;
  return {
    left: columnNumber(match[1] as string),
    top: Number(match[2]),
    right: columnNumber(match[3] as string),
    bottom: Number(match[4]),
  };
}
