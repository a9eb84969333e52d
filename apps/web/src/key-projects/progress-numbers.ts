import { formatQuotient } from '../format/amount';

const MILLION_DIGITS = 6;
const MOST_DONG = 9_007_199_254_740_991n;

/**
 * Triệu đồng as people type them ("1.234,5") → whole đồng; null for an empty field, undefined for what is no amount
 * of whole đồng from 0 to 2^53 − 1. Points group thousands, the comma stands before decimals.
 */
export function readMillions(typed: string): number | null | undefined {
  const text = typed.replace(/[\s\u202f\u00a0]/g, '');
  if (text === '') return null;
  const match = /^(\d+|\d{1,3}(?:\.\d{3})+)(?:,(\d{1,6}))?$/.exec(text);
  if (!match) return undefined;
  const dong = BigInt(`${match[1]?.replaceAll('.', '')}${(match[2] ?? '').padEnd(MILLION_DIGITS, '0')}`);
  return dong > MOST_DONG ? undefined : Number(dong);
}

/** Whole đồng as they stand in the field: "1.234,5", all digits that are not zero, "" for null. */
export function writeMillions(dong: number | null): string {
  return dong === null ? '' : formatQuotient(BigInt(dong), 1_000_000n, MILLION_DIGITS).replace(/,?0+$/, trimmed);
}

/** "36,25" or "36.25" → "36.25"; null for an empty field, undefined for what is not 0 to 100 with four decimals. */
export function readPercent(typed: string): string | null | undefined {
  const text = typed.replace(/[\s%\u202f\u00a0]/g, '').replace(',', '.');
  if (text === '') return null;
  if (!/^\d{1,3}(\.\d{1,4})?$/.test(text)) return undefined;
  return Number(text) > 100 ? undefined : text;
}

/** "36.25" → "36,25", "" for null. */
export function writePercent(percent: string | null): string {
  return percent === null ? '' : percent.replace('.', ',');
}

/** Zeros after the comma go, zeros before it stay. */
function trimmed(zeros: string, at: number, whole: string): string {
  return zeros.startsWith(',') || whole.slice(0, at).includes(',') ? '' : zeros;
}
