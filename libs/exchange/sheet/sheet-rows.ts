import { DomainError } from '#libs/kernel';
import { dateOfSerial } from './date-text.js';
import type { SheetErrorCode } from './errors.js';
import { BATCH_ROWS, MAX_CELL_LENGTH, MAX_COLUMNS, MAX_XLSX_ROWS, ROWS_BESIDE } from './file-limits.js';
import { plainDecimal } from './number-text.js';
import {
  CELL_DATE,
  CELL_ERROR,
  CELL_FORMULA,
  CELL_FORMULA_EMPTY,
  CELL_FORMULA_OUTSIDE,
  CELL_NUMBER,
  CELL_PERCENT,
  CELL_TEXT,
  type SheetRow,
} from './sheet.js';
import type { WorkbookPackage } from './workbook-package.js';
import { cellText, type WorkbookParts } from './workbook-parts.js';
import { attribute, XmlTokens } from './xml-tokens.js';

/** 'A' → 0, 'AA' → 26. */
export function columnNumber(letters: string): number {
  let number = 0;
  for (let i = 0; i < letters.length; i++) number = number * 26 + letters.charCodeAt(i) - 64;
  return number - 1;
}

/** 0 → 'A', 26 → 'AA'. */
export function columnLetters(column: number): string {
  const rest = Math.floor(column / 26) - 1;
  return (rest >= 0 ? columnLetters(rest) : '') + String.fromCharCode(65 + (column % 26));
}

/** The rows of a sheet in order, gaps as blank rows. Throws `file-too-many-rows`, `file-too-many-columns`. */
export async function* sheetRows(parts: WorkbookPackage, book: WorkbookParts): AsyncGenerator<SheetRow[]> {
  const listener = new RowListener(book);
  const tokens = new XmlTokens(listener);
  for await (const piece of parts.text(book.sheetPart)) {
    tokens.take(piece);
    while (listener.rows.length >= BATCH_ROWS) yield listener.rows.splice(0, BATCH_ROWS);
  }
  yield listener.rows;
}

/** Formulas that fetch from elsewhere: other files ("[1]Sheet"), DDE ("cmd|…"), the network. */
const OUTSIDE = /\[|\||\b(?:WEBSERVICE|HYPERLINK|IMPORT\w*|RTD|CALL|EXEC)\s*\(/i;

class RowListener {
  rows: SheetRow[] = [];
  /** The last row handed on. */
  private last = 0;
  private row = 0;
  private cells: string[] = [];
  private forms: number[] = [];
  private column = -1;
  private type = 'n';
  private style = 0;
  private value = '';
  private formula: string | undefined;
  private reading: 'value' | 'formula' | undefined;
  private phonetic = false;

  constructor(private readonly book: WorkbookParts) {}

  open(name: string, attributes: string): void {
    if (name === 'c') {
      const reference = attribute(attributes, 'r');
      this.column = reference ? columnNumber(reference.replace(/\d+$/, '')) : this.column + 1;
      this.type = attribute(attributes, 't') ?? 'n';
      this.style = Number(attribute(attributes, 's') ?? 0);
      this.value = '';
      this.formula = undefined;
    } else if (name === 'v' || (name === 't' && !this.phonetic)) this.reading = 'value';
    else if (name === 'f') {
      this.formula = '';
      this.reading = 'formula';
    } else if (name === 'rPh') this.phonetic = true;
    else if (name === 'row') {
      this.row = Number(attribute(attributes, 'r') ?? this.row + 1);
      this.column = -1;
      this.cells = [];
      this.forms = [];
    }
  }

  text(text: string): void {
    if (this.reading === 'value') this.value += text;
    else if (this.reading === 'formula') this.formula += text;
  }

  close(name: string): void {
    if (name === 'v' || name === 't' || name === 'f') this.reading = undefined;
    else if (name === 'rPh') this.phonetic = false;
    else if (name === 'c') this.endCell();
    else if (name === 'row') this.endRow();
  }

  private endCell(): void {
    if (this.value === '' && this.formula === undefined) return;
    if (this.column >= MAX_COLUMNS)
      throw new DomainError<SheetErrorCode>('file-too-many-columns', { row: this.row, limit: MAX_COLUMNS });
    const [text, form] = this.cell();
    if (text.length > MAX_CELL_LENGTH)
      throw new DomainError<SheetErrorCode>('file-cell-too-long', { row: this.row, limit: MAX_CELL_LENGTH });
    while (this.cells.length < this.column) {
      this.cells.push('');
      this.forms.push(CELL_TEXT);
    }
    this.cells[this.column] = text;
    this.forms[this.column] = form + this.formulaForm();
  }

  private formulaForm(): number {
    if (this.formula === undefined) return 0;
    if (OUTSIDE.test(this.formula)) return CELL_FORMULA + CELL_FORMULA_OUTSIDE;
    // A formula that gives an empty text has a value, and its type says so.
    return this.value === '' && this.type !== 'str' ? CELL_FORMULA + CELL_FORMULA_EMPTY : CELL_FORMULA;
  }

  private cell(): [text: string, form: number] {
    switch (this.type) {
      case 's':
        return [this.book.shared[Number(this.value)] ?? '', CELL_TEXT];
      case 'str':
      case 'inlineStr':
        return [cellText(this.value), CELL_TEXT];
      case 'b':
        return [this.value === '1' ? '1' : '0', CELL_NUMBER];
      case 'e':
        return [this.value, CELL_ERROR];
      case 'd':
        return [this.value.slice(0, 10), CELL_DATE];
      default:
        return this.number();
    }
  }

  private number(): [text: string, form: number] {
    const plain = plainDecimal(this.value);
    if (plain === undefined) return [this.value, CELL_TEXT];
    const style = this.book.styles[this.style] ?? 'number';
    if (style === 'percent') return [plain, CELL_PERCENT];
    if (style === 'date') {
      const date = dateOfSerial(Number(plain), this.book.epoch1904);
      if (date) return [date, CELL_DATE];
    }
    // A code shown as 00042 means its zeros.
    if (typeof style === 'object' && /^\d+$/.test(plain)) return [plain.padStart(style.zeros, '0'), CELL_TEXT];
    return [plain, CELL_NUMBER];
  }

  private endRow(): void {
    if (this.cells.every((cell) => cell === '') && this.forms.every((form) => form === CELL_TEXT)) return;
    if (this.row > MAX_XLSX_ROWS + ROWS_BESIDE)
      throw new DomainError<SheetErrorCode>('file-too-many-rows', { limit: MAX_XLSX_ROWS });
    while (this.last < this.row - 1) this.rows.push({ row: ++this.last, cells: [] });
    // Rows out of order are no workbook that any program writes.
    if (this.row !== this.last + 1) throw new DomainError<SheetErrorCode>('file-damaged');
    this.last = this.row;
    this.rows.push({ row: this.row, cells: this.cells, forms: Uint8Array.from(this.forms) });
  }
}
