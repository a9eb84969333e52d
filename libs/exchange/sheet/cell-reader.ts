import { readDate } from './date-text.js';
import type { RowProblemCode } from './errors.js';
import { isLegacyCell, isPlainAscii } from './legacy-text.js';
import type { NameLists } from './name-lists.js';
import { readAmount, readAmountNumber, type DecimalSign } from './number-text.js';
import { plainTitle, tidyText } from './plain-title.js';
import {
  CELL_DATE,
  CELL_ERROR,
  CELL_FORMULA,
  CELL_FORMULA_EMPTY,
  CELL_FORMULA_OUTSIDE,
  CELL_NUMBER,
  CELL_PERCENT,
  type AmountUnit,
  type FieldSpec,
} from './sheet.js';

/** Hears why a cell has no value. */
export type OnProblem = (code: RowProblemCode, facts: Record<string, string | number>) => void;

const MAX_CODE_LENGTH = 100;
const MAX_TEXT_LENGTH = 2_000;

/**
 * Reads one cell as its field demands: amounts to whole đồng, dates to yyyy-mm-dd, names to codes, choices to their
 * canonical value. Undefined: there is a problem, which was told.
 */
export class CellReader {
  private readonly choices = new Map<FieldSpec, Map<string, string>>();

  constructor(
    private readonly lists: NameLists,
    private readonly decimal: DecimalSign | undefined,
  ) {}

  read(field: FieldSpec, text: string, form: number, unit: AmountUnit, tell: OnProblem): string | undefined {
    if (form >= CELL_FORMULA && !trusted(form, text, tell)) return undefined;
    const kind = form & 7;
    if (kind === CELL_ERROR) {
      tell('cell-error-value', { found: text });
      return undefined;
    }
    if (text === '') return '';
    switch (field.type) {
      case 'amount':
        return this.amount(text, kind, unit, tell);
      case 'code':
        return this.code(field, text, kind, tell);
      case 'text':
        return safeText(text, MAX_TEXT_LENGTH, tell);
      case 'month':
        return month(text, tell);
      case 'year':
        return year(text, tell);
      case 'count':
        return /^0*[1-9]\d{0,5}$/.test(text) ? String(Number(text)) : told(tell, 'count-malformed', text);
      case 'date':
        return date(text, kind, tell);
      case 'percent':
        return percent(text, kind, tell);
      case 'flag':
      case 'choice':
        return this.choice(field, text, tell);
    }
  }

  private amount(text: string, kind: number, unit: AmountUnit, tell: OnProblem): string | undefined {
    const reading =
      kind === CELL_NUMBER || kind === CELL_PERCENT
        ? readAmountNumber(text, unit)
        : kind === CELL_DATE
          ? ({ problem: 'amount-malformed' } as const)
          : readAmount(text, unit, this.decimal);
    if ('dong' in reading) return reading.dong;
    tell(reading.problem, { found: text, unit });
    return undefined;
  }

  private code(field: FieldSpec, text: string, kind: number, tell: OnProblem): string | undefined {
    if (kind === CELL_DATE || (kind !== 0 && !/^\d+$/.test(text))) return told(tell, 'code-malformed', text);
    if (/^\d(?:[.,]\d+)?E\+?\d+$/i.test(text)) return told(tell, 'code-scientific', text);
    const code = safeText(text, MAX_CODE_LENGTH, tell);
    if (code === undefined || !field.list) return code;
    const reading = this.lists.code(field.list, code, kind === CELL_NUMBER);
    if ('code' in reading) return reading.code;
    tell(reading.problem, { ...reading.facts, list: field.list });
    return undefined;
  }

  private choice(field: FieldSpec, text: string, tell: OnProblem): string | undefined {
    let known = this.choices.get(field);
    if (!known) {
      known = new Map();
      for (const { value, titles } of field.choices ?? []) {
        known.set(value, value);
        for (const title of [value, ...titles]) known.set(plainTitle(title), value);
      }
      this.choices.set(field, known);
    }
    const value = known.get(text) ?? known.get(plainTitle(text));
    if (value !== undefined) return value;
    const allowed = (field.choices ?? []).map((choice) => choice.titles[0] ?? choice.value).join(', ');
    tell('choice-unknown', { found: text, allowed });
    return undefined;
  }
}

function trusted(form: number, text: string, tell: OnProblem): boolean {
  if (form & CELL_FORMULA_OUTSIDE) tell('formula-outside-file', { found: text });
  else if (form & CELL_FORMULA_EMPTY) tell('formula-without-value', {});
  else return true;
  return false;
}

function told(tell: OnProblem, code: RowProblemCode, found: string): undefined {
  tell(code, { found });
  return undefined;
}

/** Signs with which a cell becomes a formula when it leaves in a csv, full-width forms included. */
const STARTS_FORMULA = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;
const BULLETS = /^(?:[-+•*]\s+)+(?=[\p{L}\d])/u;

/**
 * A text that no program will take for a formula. A bullet ("- Gói thầu 1", "+ Hạng mục") is a habit of Vietnamese lists
 * and is taken off; what still begins with = + - @ is refused.
 */
function safeText(text: string, limit: number, tell: OnProblem): string | undefined {
  if (isLetterOrDigit(text.charCodeAt(0))) return plainText(text, limit, tell);
  const bare = text.replace(BULLETS, '');
  return STARTS_FORMULA.test(bare) ? told(tell, 'text-starts-formula', text) : plainText(bare, limit, tell);
}

function isLetterOrDigit(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);
}

function plainText(text: string, limit: number, tell: OnProblem): string | undefined {
  if (text.length > limit) {
    tell('text-too-long', { length: text.length, limit });
    return undefined;
  }
  if (isPlainAscii(text)) return text.includes('\n') || text.includes('\t') ? tidyText(text) : text;
  if (isLegacyCell(text)) return told(tell, 'text-legacy-font', text);
  return tidyText(text);
}

function month(text: string, tell: OnProblem): string | undefined {
  const match = /^(?:tháng|thang|t\.?)?\s*(0?[1-9]|1[0-3])$/i.exec(text);
  return match ? String(Number(match[1])) : told(tell, 'month-unreadable', text);
}

function year(text: string, tell: OnProblem): string | undefined {
  const match = /^(?:năm|nam)?\s*([12]\d{3})$/i.exec(text);
  return match ? (match[1] as string) : told(tell, 'year-malformed', text);
}

function date(text: string, kind: number, tell: OnProblem): string | undefined {
  if (kind === CELL_DATE) return text;
  const reading = kind === CELL_NUMBER ? ({ problem: 'date-malformed' } as const) : readDate(text);
  return 'date' in reading ? reading.date : told(tell, reading.problem, text);
}

/** A decimal string: "45,5 %" → "45.5"; a cell in percent format holds 0.455. */
function percent(text: string, kind: number, tell: OnProblem): string | undefined {
  const plain = text.replace(/\s*%$/, '').replace(',', '.');
  if (!/^\d{1,4}(?:\.\d{1,15})?$/.test(plain)) return told(tell, 'percent-malformed', text);
  return kind === CELL_PERCENT ? hundredfold(plain) : plain.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');
}

function hundredfold(plain: string): string {
  const [whole = '', fraction = ''] = plain.split('.');
  const digits = fraction.padEnd(2, '0');
  const result = `${whole}${digits.slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  const rest = digits.slice(2).replace(/0+$/, '');
  return rest === '' ? result : `${result}.${rest}`;
}
