import { formatDong } from '../format/amount';
import type { Words } from '../words/vi';
import type { Reading } from './types';

/** 0 → A, 26 → AA: as the sheet names its columns. */
export function lettersOf(column: number): string {
  const [first, last] = [Math.floor(column / 26), column % 26];
  return `${first === 0 ? '' : lettersOf(first - 1)}${String.fromCharCode(65 + last)}`;
}

export function fieldName(words: Words, field: string): string {
  return words.imports.fields[field] ?? field;
}

/** A canonical value as people write it. */
export function valueText(words: Words, field: string, value: string): string {
  const known = words.imports.values[`${field}=${value}`];
  if (known !== undefined) return known;
  if (field.endsWith('_vnd') && /^-?\d{1,16}$/.test(value)) return formatDong(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return value.split('-').reverse().join('/');
  return value === '' ? words.imports.empty : value;
}

/** "181, Huyện Bình Gia"; the code alone where its name is not known. */
export function codeAndName(code = '', name?: string): string {
  return name === undefined ? code : `${code}, ${name}`;
}

/** "Tháng: 9, Mã đơn vị: 181", in the order that tables of the books have. */
export function pairsText(words: Words, values: Readonly<Record<string, string>>): string {
  const order = Object.keys(words.imports.fields);
  return Object.entries(values)
    .sort(([a], [b]) => order.indexOf(a) - order.indexOf(b))
    .map(([field, value]) => `${fieldName(words, field)}: ${valueText(words, field, value)}`)
    .join(', ');
}

/** What a column was taken for; an amount column names the values that its heading states. */
export function columnText(words: Words, { field, use }: Reading['columns'][number]): string {
  if (use === 'unknown') return words.imports.notUnderstood;
  if (field === null || use === 'passed-over') return words.imports.leaveOut;
  const [name = '', ...stated] = field.split(';');
  const values = Object.fromEntries(stated.map((one) => one.split('=', 2) as [string, string]));
  return stated.length === 0 ? fieldName(words, name) : `${fieldName(words, name)} (${pairsText(words, values)})`;
}

const MEGABYTE = 1_000_000;

/** 1.234.567 bytes as "1,2 MB": megabytes of a million bytes, as the limit counts them. */
export function sizeText(bytes: number): string {
  if (bytes < MEGABYTE) return `${formatDong(Math.max(1, Math.round(bytes / 1_000)))} kB`;
  const tenths = Math.round(bytes / (MEGABYTE / 10));
  return `${formatDong(Math.floor(tenths / 10))},${tenths % 10} MB`;
}
