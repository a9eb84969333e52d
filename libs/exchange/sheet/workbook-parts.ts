import { DomainError } from '#libs/kernel';
import type { SheetErrorCode } from './errors.js';
import { MAX_SHARED_TEXT } from './file-limits.js';
import type { WorkbookPackage } from './workbook-package.js';
import { attribute } from './xml-tokens.js';

/** How the number of a cell is shown, as far as it changes what the number means. */
export type NumberStyle = 'number' | 'date' | 'percent' | { zeros: number };

export interface WorkbookParts {
  sheetName: string;
  sheetPart: string;
  /** Dates count from 1904. */
  epoch1904: boolean;
  /** By the style index of a cell. */
  styles: readonly NumberStyle[];
  shared: readonly string[];
}

/** What stands around the first visible sheet of a workbook. Throws `file-damaged`, `file-too-large`. */
export async function readWorkbookParts(parts: WorkbookPackage, file: string): Promise<WorkbookParts> {
  const book = await officeDocument(parts);
  const folder = book.slice(0, book.lastIndexOf('/') + 1);
  const sheets: { name: string; id: string; visible: boolean }[] = [];
  let epoch1904 = false;
  await parts.tell(book, {
    open(name, attributes) {
      if (name === 'workbookPr') epoch1904 = ['1', 'true'].includes(attribute(attributes, 'date1904') ?? '');
      if (name === 'sheet')
        sheets.push({
          name: attribute(attributes, 'name') ?? '',
          id: relationId(attributes),
          visible: !(attribute(attributes, 'state') ?? '').toLowerCase().includes('hidden'),
        });
    },
    text: nothing,
    close: nothing,
  });
  const relations = await readRelations(parts, `${folder}_rels/${book.slice(folder.length)}.rels`, folder);
  const worksheets = sheets.filter(({ id }) => relations.get(id)?.type === 'worksheet');
  const sheet = worksheets.find(({ visible }) => visible) ?? worksheets[0];
  if (!sheet) throw new DomainError<SheetErrorCode>('file-damaged', { file });
  const named = (type: string): string | undefined => [...relations.values()].find((one) => one.type === type)?.target;
  return {
    sheetName: sheet.name,
    sheetPart: relations.get(sheet.id)?.target as string,
    epoch1904,
    styles: await readStyles(parts, named('styles')),
    shared: await readShared(parts, named('sharedStrings')),
  };
}

const nothing = (): void => undefined;

function relationId(attributes: string): string {
  return attribute(attributes, 'r:id') ?? /\s\w+:id\s*=\s*["']([^"']*)/.exec(attributes)?.[1] ?? '';
}

interface Relation {
  type: string;
  target: string;
}

async function readRelations(parts: WorkbookPackage, part: string, folder: string): Promise<Map<string, Relation>> {
  const found = new Map<string, Relation>();
  if (!parts.has(part)) return found;
  await parts.tell(part, {
    open(name, attributes) {
      if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return;
      const target = attribute(attributes, 'Target') ?? '';
      found.set(attribute(attributes, 'Id') ?? '', {
        type: (attribute(attributes, 'Type') ?? '').replace(/^.*\//, ''),
        target: target.startsWith('/') ? target.slice(1) : folder + target.replace(/^\.\//, ''),
      });
    },
    text: nothing,
    close: nothing,
  });
  return found;
}

async function officeDocument(parts: WorkbookPackage): Promise<string> {
  const relations = await readRelations(parts, '_rels/.rels', '');
  return [...relations.values()].find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
}

/** Formats that Excel knows by number and shows as dates: 14-22, 45-47, and those of East Asia. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

export function styleOfFormat(id: number, code: string | undefined): NumberStyle {
  if (code === undefined) return isBuiltInDate(id) ? 'date' : id === 9 || id === 10 ? 'percent' : 'number';
  const bare = code.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '').split(';')[0] ?? '';
  if (/^0{2,}$/.test(bare)) return { zeros: bare.length };
  if (bare.includes('%')) return 'percent';
  return /[ymd]/i.test(bare) && !/general|standard/i.test(bare) ? 'date' : 'number';
}

async function readStyles(parts: WorkbookPackage, part: string | undefined): Promise<NumberStyle[]> {
  const styles: NumberStyle[] = [];
  if (!part || !parts.has(part)) return styles;
  const codes = new Map<number, string>();
  let inCells = false;
  await parts.tell(part, {
    open(name, attributes) {
      if (name === 'numFmt')
        codes.set(Number(attribute(attributes, 'numFmtId')), attribute(attributes, 'formatCode') ?? '');
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells) {
        const id = Number(attribute(attributes, 'numFmtId') ?? 0);
        styles.push(styleOfFormat(id, codes.get(id)));
      }
    },
    text: nothing,
    close(name) {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles;
}

async function readShared(parts: WorkbookPackage, part: string | undefined): Promise<string[]> {
  const shared: string[] = [];
  if (!part || !parts.has(part)) return shared;
  let text = '';
  let length = 0;
  let inText = false;
  let phonetic = false;
  await parts.tell(part, {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 't') inText = !phonetic;
      else if (name === 'rPh') phonetic = true;
    },
    text(piece) {
      if (inText) text += piece;
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') phonetic = false;
      else if (name === 'si') {
        shared.push(cellText(text));
        if ((length += text.length) > MAX_SHARED_TEXT)
          throw new DomainError<SheetErrorCode>('file-too-large', { limit: 30 });
      }
    },
  });
  return shared;
}

/** Text of a cell: `_x000D_` stands for a control character, NFC, trimmed. */
export function cellText(text: string): string {
  const plain = text.includes('_x')
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text;
  return plain.normalize('NFC').trim();
}
