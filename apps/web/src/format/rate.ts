import { formatQuotient, MINUS, THIN_SPACE } from './amount';

/** A fraction as the server sends it: exact numerator and denominator beside a decimal for reading. */
export interface Rate {
  numerator: string;
  denominator: string;
  percent: string;
}

const ONE_PERCENT_POINT = 10_000n;

/** The server's decimals ("48.0992", "-8.0") as ten-thousandths of a point. */
export function tenThousandths(decimal: string): bigint {
  const [, sign, whole = '0', fraction = ''] = /^([-\u2212]?)(\d+)(?:\.(\d+))?$/.exec(decimal) ?? [];
  if (sign === undefined) throw new RangeError(`not a decimal: ${decimal}`);
  const value = BigInt(whole) * ONE_PERCENT_POINT + BigInt(fraction.padEnd(4, '0').slice(0, 4));
  return sign === '' ? value : -value;
}

/** "48,1": for columns whose head says %. */
export function formatPercentNumber(rate: Rate): string {
  return formatQuotient(BigInt(rate.numerator) * 100n, BigInt(rate.denominator), 1);
}

/** "48,1 %". */
export function formatPercent(rate: Rate): string {
  return `${formatPercentNumber(rate)}${THIN_SPACE}%`;
}

/** "48,0992 %": four decimals, only beside the fraction itself. */
export function formatPercentExact(rate: Rate): string {
  return `${formatQuotient(BigInt(rate.numerator) * 100n, BigInt(rate.denominator), 4)}${THIN_SPACE}%`;
}

/** A share that comes without its fraction: "24.2016" becomes "24,2 %". */
export function formatShare(decimal: string): string {
  return `${formatQuotient(tenThousandths(decimal), ONE_PERCENT_POINT, 1)}${THIN_SPACE}%`;
}

/** A difference of two rates, always signed, in points: "+6,7", "−8,0", "0,0". */
export function formatPoints(decimal: string, decimals = 1): string {
  const value = tenThousandths(decimal);
  const text = formatQuotient(value, ONE_PERCENT_POINT, decimals);
  const isZero = !/[1-9]/.test(text);
  // A tiny difference keeps its side: 0,0 next to "below average" would contradict itself.
  if (isZero && value !== 0n) return `${value < 0n ? MINUS : '+'}<${decimals === 1 ? '0,1' : '0,01'}`;
  return value > 0n ? `+${text}` : text;
}

/** first − second in ten-thousandths of a point, from the exact fractions; only its size is rounded, never its side. */
export function differenceInTenThousandths(first: Rate, second: Rate): bigint {
  const top =
    BigInt(first.numerator) * BigInt(second.denominator) - BigInt(second.numerator) * BigInt(first.denominator);
  const bottom = BigInt(first.denominator) * BigInt(second.denominator);
  const quotient = (top * 100n * ONE_PERCENT_POINT) / bottom;
  if (quotient === 0n && top !== 0n) return top < 0n ? -1n : 1n;
  return quotient;
}
