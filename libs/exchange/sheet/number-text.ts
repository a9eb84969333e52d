import { MAX_DONG } from '#libs/kernel';
import type { AmountUnit } from './sheet.js';

/** Powers of ten from the unit to đồng. */
export const UNIT_EXPONENT: Readonly<Record<AmountUnit, number>> = {
  dong: 0,
  'nghin-dong': 3,
  'trieu-dong': 6,
  'ty-dong': 9,
};

export type DecimalSign = ',' | '.';

/** Why a text is not an amount. */
export type AmountProblem = 'amount-malformed' | 'amount-ambiguous' | 'amount-not-whole' | 'amount-too-large';

/** Digits of whole đồng, or why not. */
export type AmountReading = { dong: string } | { problem: AmountProblem };

const SPACES = /[\s\u00a0\u2009\u202f]/g;
const GROUPED_BY_SPACES = /^[-(]?\d{1,3}([\s\u00a0\u2009\u202f]\d{3})+([.,]\d+)?\)?$/;
const PLAIN = /^-?(?:0|[1-9][0-9]{0,14})$/;

/**
 * An amount as people write it, in whole đồng. `decimal` says which sign stands before the decimals of this file;
 * undefined: unknown, and a text like "1.234" that could mean either is ambiguous unless it is in đồng, which have none.
 */
export function readAmount(text: string, unit: AmountUnit, decimal: DecimalSign | undefined): AmountReading {
  if (unit === 'dong' && PLAIN.test(text)) return { dong: text === '-0' ? '0' : text };
  let rest = text.trim().replace(/^[\u2212\u2013]/, '-');
  if (unit === 'dong') rest = rest.replace(/\s*(?:đồng|vnđ|vnd|₫|đ)$/i, '');
  // Excel's accounting format shows a zero as a dash.
  if (rest === '-') return { dong: '0' };
  if (/^\(.*\)$/.test(rest)) rest = `-${rest.slice(1, -1).trim()}`;
  if (GROUPED_BY_SPACES.test(rest)) rest = rest.replaceAll(SPACES, '');
  const negative = rest.startsWith('-');
  if (negative) rest = rest.slice(1).trimStart();
  if (!/^\d[\d.,]*$/.test(rest)) return { problem: 'amount-malformed' };
  const parts = splitDecimals(rest, unit === 'dong' ? (decimal ?? 'whole') : decimal);
  if ('problem' in parts) return parts;
  return scaled(negative, parts.whole, parts.fraction, UNIT_EXPONENT[unit]);
}

/** A number of a workbook, already a plain decimal with '.', in whole đồng. */
export function readAmountNumber(plain: string, unit: AmountUnit): AmountReading {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(plain);
  if (!match) return { problem: 'amount-malformed' };
  return scaled(match[1] === '-', match[2] as string, match[3] ?? '', UNIT_EXPONENT[unit]);
}

/** Which sign stands before decimals, as far as this one text proves it. */
export function decimalSignProvedBy(text: string): DecimalSign | undefined {
  const rest = text
    .trim()
    .replace(/^[-(\u2212]\s*/, '')
    .replace(/\)$/, '');
  if (!/^\d[\d.,]*$/.test(rest)) return undefined;
  const signs = rest.replaceAll(/\d/g, '');
  const last = signs.at(-1) as DecimalSign | undefined;
  if (!last) return undefined;
  const other: DecimalSign = last === ',' ? '.' : ',';
  if (signs.length > 1) return signs.includes(other) ? last : other;
  const [whole = '', fraction = ''] = rest.split(last);
  return fraction.length !== 3 || whole.length > 3 || whole.startsWith('0') ? last : undefined;
}

type Parts = { whole: string; fraction: string } | { problem: AmountProblem };

function splitDecimals(rest: string, decimal: DecimalSign | 'whole' | undefined): Parts {
  const signs = rest.replaceAll(/\d/g, '');
  if (signs === '') return { whole: rest, fraction: '' };
  let sign: DecimalSign | undefined;
  const proved = decimalSignProvedBy(rest);
  if (proved) sign = proved;
  else if (decimal === undefined) return { problem: 'amount-ambiguous' };
  else if (decimal !== 'whole') sign = decimal;
  const at = sign === undefined ? -1 : rest.indexOf(sign);
  const whole = at === -1 ? rest : rest.slice(0, at);
  const fraction = at === -1 ? '' : rest.slice(at + 1);
  if (!/^\d*$/.test(fraction) || (at !== -1 && fraction === '')) return { problem: 'amount-malformed' };
  const groups = /[.,]/.test(whole);
  if (groups && !/^\d{1,3}(?:\.\d{3})+$|^\d{1,3}(?:,\d{3})+$/.test(whole)) return { problem: 'amount-malformed' };
  return { whole: whole.replaceAll(/[.,]/g, ''), fraction };
}

function scaled(negative: boolean, whole: string, fraction: string, exponent: number): AmountReading {
  const kept = fraction.slice(0, exponent).padEnd(exponent, '0');
  if (/[1-9]/.test(fraction.slice(exponent))) return { problem: 'amount-not-whole' };
  const digits = (whole + kept).replace(/^0+(?=\d)/, '');
  if (digits.length > 16 || BigInt(digits) > MAX_DONG) return { problem: 'amount-too-large' };
  return { dong: negative && digits !== '0' ? `-${digits}` : digits };
}

/** Numbers of a workbook hold 15 significant digits; what lies beyond is noise of binary fractions. */
const SIGNIFICANT_DIGITS = 15;

/**
 * The number of a cell as a plain decimal with '.', rounded to Excel's 15 significant digits, without passing through
 * a float: "1234.5670000000001" → "1234.567", "2.5E+3" → "2500". Undefined: not a number.
 */
export function plainDecimal(raw: string): string | undefined {
  if (/^-?(?:0|[1-9][0-9]{0,14})$/.test(raw)) return raw === '-0' ? '0' : raw;
  const match = /^([-+]?)(\d*)(?:\.(\d*))?(?:[eE]([-+]?\d{1,3}))?$/.exec(raw.trim());
  if (!match || (!match[2] && !match[3])) return undefined;
  let digits = (match[2] ?? '') + (match[3] ?? '');
  // The value is 0.digits × 10^point.
  let point = (match[2] ?? '').length + Number(match[4] ?? 0);
  const leading = /^0*/.exec(digits)?.[0].length ?? 0;
  digits = digits.slice(leading);
  point -= leading;
  if (digits === '') return '0';
  if (digits.length > SIGNIFICANT_DIGITS) {
    const up = (digits.charCodeAt(SIGNIFICANT_DIGITS) ?? 0) >= 0x35;
    const rounded = (BigInt(digits.slice(0, SIGNIFICANT_DIGITS)) + (up ? 1n : 0n)).toString();
    point += rounded.length - SIGNIFICANT_DIGITS;
    digits = rounded;
  }
  digits = digits.replace(/0+$/, '');
  const sign = match[1] === '-' ? '-' : '';
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (digits.length <= point) return `${sign}${digits.padEnd(point, '0')}`;
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}
