/** U+202F: the unit of a number never goes to the next line. */
export const THIN_SPACE = '\u202f';
/** U+2212: as wide as a digit, so that signed columns align. */
export const MINUS = '\u2212';

/**
 * Rounds numerator/denominator half away from zero to `decimals` places and writes it the Vietnamese way: 1.234.567,8.
 * Whole-number arithmetic throughout, because a float moves the last digit of a large sum.
 */
export function formatQuotient(numerator: bigint, denominator: bigint, decimals: number): string {
  const scaled = numerator * 10n ** BigInt(decimals);
  const negative = scaled < 0n !== denominator < 0n && scaled !== 0n;
  const top = scaled < 0n ? -scaled : scaled;
  const bottom = denominator < 0n ? -denominator : denominator;
  const rounded = (2n * top + bottom) / (2n * bottom);
  const digits = rounded.toString().padStart(decimals + 1, '0');
  const whole = groupThousands(digits.slice(0, digits.length - decimals));
  const text = decimals === 0 ? whole : `${whole},${digits.slice(-decimals)}`;
  // What rounds to zero carries no sign: "−0,0" would read as a fall.
  return negative && rounded !== 0n ? MINUS + text : text;
}

/** Whole đồng, for explanations and evidence: 2.935.858.860. */
export function formatDong(amountDong: number | string | bigint): string {
  return formatQuotient(BigInt(amountDong), 1n, 0);
}

/** Tỷ đồng with one decimal, for dashboards. The unit stands in the head of the column or card. */
export function formatBillion(amountDong: number): string {
  return formatQuotient(BigInt(amountDong), 1_000_000_000n, 1);
}

/** Triệu đồng with one decimal, for entries. */
export function formatMillion(amountDong: number): string {
  return formatQuotient(BigInt(amountDong), 1_000_000n, 1);
}

function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, '.');
}
