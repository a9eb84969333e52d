import { DomainError } from '#libs/kernel';
import type { SheetErrorCode } from './errors.js';
import { BATCH_ROWS, MAX_CELL_LENGTH, MAX_COLUMNS, MAX_CSV_ROWS, ROWS_BESIDE } from './file-limits.js';
import type { SheetRow } from './sheet.js';

export type CsvSeparator = ',' | ';' | '\t';

const QUOTE = 0x22;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** A quoted cell that does not close within this many characters was never meant as one. */
const MAX_RECORD_LENGTH = 4 * MAX_CELL_LENGTH;

/**
 * Records of a csv text as its pieces arrive (`libs/exchange/folder` reads whole files and hears of every defect; here
 * half a million rows pass in constant memory). A quoted cell may span lines of the file and is one row, as Excel
 * counts them. Throws `file-quote-unclosed`, `file-too-many-rows`, `file-too-many-columns`, `file-cell-too-long`.
 */
export class CsvRecords {
  private rest = '';
  private row = 0;
  private batch: SheetRow[] = [];
  /** The next quote at or after the record being read; -1: none in this piece. Looked up once, not once a line. */
  private quote = -1;

  constructor(private readonly separator: CsvSeparator) {}

  /** The rows that are complete now; at the end of the text call it once more with `last`. */
  take(piece: string, last = false): SheetRow[] {
    const text = this.rest === '' ? piece : this.rest + piece;
    this.batch = [];
    this.quote = text.indexOf('"');
    let at = 0;
    while (at < text.length) {
      const next = this.record(text, at, last);
      if (next === -1) break;
      at = next;
    }
    this.rest = text.slice(at);
    if (this.rest.length > MAX_RECORD_LENGTH || (last && this.rest !== ''))
      throw new DomainError<SheetErrorCode>('file-quote-unclosed', { row: this.row + 1 });
    return this.batch;
  }

  /** Where the next record begins, or -1 when this one is not complete yet. */
  private record(text: string, from: number, last: boolean): number {
    let end = text.indexOf('\n', from);
    if (end === -1) {
      if (!last) return -1;
      end = text.length;
    }
    if (this.quote !== -1 && this.quote < from) this.quote = text.indexOf('"', from);
    if (this.quote !== -1 && this.quote < end) return this.quotedRecord(text, from, last);
    const stop = end > from && text.charCodeAt(end - 1) === CARRIAGE_RETURN ? end - 1 : end;
    this.add(stop === from ? [] : text.slice(from, stop).split(this.separator));
    return end + 1;
  }

  private quotedRecord(text: string, from: number, last: boolean): number {
    const cells: string[] = [];
    const separator = this.separator.charCodeAt(0);
    let defect = false;
    let at = from;
    for (;;) {
      let cell: string;
      if (text.charCodeAt(at) === QUOTE) {
        const close = closingQuote(text, at + 1);
        // A quote at the very end may be the first half of a doubled one.
        if (close === -1 || (close === text.length - 1 && !last)) return -1;
        cell = text.slice(at + 1, close).replaceAll('""', '"');
        at = close + 1;
        const stop = this.cellEnd(text, at, separator);
        if (text.slice(at, stop).trim() !== '') defect = true;
        at = stop;
      } else {
        const stop = this.cellEnd(text, at, separator);
        cell = text.slice(at, stop);
        at = stop;
      }
      if (at >= text.length && !last) return -1;
      cells.push(cell);
      if (text.charCodeAt(at) !== separator) break;
      at++;
    }
    this.add(cells, defect);
    if (text.charCodeAt(at) === CARRIAGE_RETURN && text.charCodeAt(at + 1) === LINE_FEED) at++;
    return at + 1;
  }

  private cellEnd(text: string, from: number, separator: number): number {
    let at = from;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === separator || code === LINE_FEED || code === CARRIAGE_RETURN) break;
    }
    return at;
  }

  private add(cells: string[], defect = false): void {
    const row = ++this.row;
    if (row > MAX_CSV_ROWS + ROWS_BESIDE)
      throw new DomainError<SheetErrorCode>('file-too-many-rows', { limit: MAX_CSV_ROWS });
    let blank = true;
    for (let i = 0; i < cells.length; i++) {
      const cell = tidyCell(cells[i] as string);
      if (cell !== '') blank = false;
      if (cell.length > MAX_CELL_LENGTH)
        throw new DomainError<SheetErrorCode>('file-cell-too-long', { row, limit: MAX_CELL_LENGTH });
      cells[i] = cell;
    }
    if (cells.length > MAX_COLUMNS)
      throw new DomainError<SheetErrorCode>('file-too-many-columns', { row, limit: MAX_COLUMNS });
    this.batch.push(defect ? { row, cells, defect: 'quote-text-after' } : { row, cells: blank ? [] : cells });
  }
}

/** Rows in groups of a fixed size, whatever the pieces they came in. */
export async function* inBatches(pieces: AsyncIterable<SheetRow[]>): AsyncGenerator<SheetRow[]> {
  for await (const rows of pieces)
    for (let at = 0; at < rows.length; at += BATCH_ROWS)
      yield rows.length <= BATCH_ROWS ? rows : rows.slice(at, at + BATCH_ROWS);
}

/** Where the quoted cell that began before `from` closes; a doubled quote is a quote within it. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text.charCodeAt(at + 1) === QUOTE) at = text.indexOf('"', at + 2);
  return at;
}

/** Trimmed and NFC; plain ASCII, the bulk of a large file, needs no more than a look at its ends. */
function tidyCell(cell: string): string {
  const trimmed = cell.trim();
  for (let i = 0; i < trimmed.length; i++)
    if (trimmed.charCodeAt(i) > 0x7f) return trimmed.replaceAll('\u200b', '').normalize('NFC').trim();
  return trimmed;
}
