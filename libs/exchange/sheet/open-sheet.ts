import { DomainError } from '#libs/kernel';
import type { SheetErrorCode } from './errors.js';
import { fileTypeOf, refuseType } from './file-type.js';
import { MAX_CSV_BYTES, MAX_XLSX_BYTES } from './file-limits.js';
import { openCsv } from './open-csv.js';
import { openXlsx } from './open-xlsx.js';
import type { OpenedSheet } from './sheet.js';

/** Enough of a csv to judge it by; files that are not csv are told by their first bytes. */
const FIRST_BYTES = 256 * 1024;

/**
 * Opens an uploaded file by what it contains, whatever its name says. A workbook is held in memory (30 MB at most), csv
 * streams. Throws DomainError<SheetErrorCode>, each of which tells what to do instead; reading on may throw it too,
 * for what only shows further down (bytes that are not UTF-8, too many rows).
 */
export async function openSheet(bytes: AsyncIterable<Buffer>, fileName: string): Promise<OpenedSheet> {
  const pieces = bytes[Symbol.asyncIterator]();
  const start = await gather(pieces, FIRST_BYTES);
  if (start.length === 0) throw new DomainError<SheetErrorCode>('file-empty', { file: fileName });
  const type = fileTypeOf(start, fileName);
  if (type === 'csv') return openCsv(start, limited(rest(pieces), start.length, MAX_CSV_BYTES), fileName);
  if (type !== 'zip' && type !== 'ole') return refuseType(type, fileName);
  const parts = [start];
  for await (const piece of limited(rest(pieces), start.length, MAX_XLSX_BYTES)) parts.push(piece);
  const whole = Buffer.concat(parts);
  return type === 'zip' ? openXlsx(whole, fileName) : refuseType(type, fileName, whole);
}

async function gather(pieces: AsyncIterator<Buffer>, enough: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  while (length < enough) {
    const next = await pieces.next();
    if (next.done) break;
    parts.push(next.value);
    length += next.value.length;
  }
  return Buffer.concat(parts);
}

async function* rest(pieces: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  try {
    for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
  } finally {
    await pieces.return?.();
  }
}

async function* limited(pieces: AsyncIterable<Buffer>, before: number, limit: number): AsyncGenerator<Buffer> {
  const refuseBeyond = (length: number): void => {
    if (length > limit) throw new DomainError<SheetErrorCode>('file-too-large', { limit: limit / 1024 / 1024 });
  };
  let length = before;
  refuseBeyond(length);
  for await (const piece of pieces) {
    refuseBeyond((length += piece.length));
    yield piece;
  }
}
