import type { Dong, IsoDate, Rational } from '#libs/kernel';

/** U+00A0: a figure and its unit stay on one line, in both files. */
const SPACE = '\u00a0';
const MINUS = '\u2212';

/** A quotient rounded half away from zero and written 1.234.567,8; exact whatever its size. */
function quotient({ numerator, denominator }: Rational, decimals: number): string {
  const scaled = numerator * 10n ** BigInt(decimals);
  const [top, bottom] = [scaled < 0n ? -scaled : scaled, denominator];
  const digits = ((2n * top + bottom) / (2n * bottom)).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, '.');
  const text = decimals === 0 ? whole : `${whole},${digits.slice(-decimals)}`;
  return scaled < 0n && /[1-9]/.test(digits) ? MINUS + text : text;
}

/** Tỷ đồng with one decimal, without the unit: for columns. */
export function billions(amount: Dong): string {
  return quotient({ numerator: amount, denominator: 1_000_000_000n }, 1);
}

/** "1.899,5 tỷ đồng". */
export function inBillions(amount: Dong): string {
  return `${billions(amount)}${SPACE}tỷ${SPACE}đồng`;
}

/** "2.935.858.860 đồng": to the đồng, where a unit must know what it owes. */
export function inDong(amount: Dong): string {
  return `${quotient({ numerator: amount, denominator: 1n }, 0)}${SPACE}đồng`;
}

/** "48,1" for columns whose head says %. */
export function percentNumber(rate: Rational): string {
  return quotient({ numerator: rate.numerator * 100n, denominator: rate.denominator }, 1);
}

/** "48,1 %" as the domain writes it. */
export function percent(rate: Rational): string {
  return `${percentNumber(rate)}${SPACE}%`;
}

/** a − b in points, signed: "+6,7", "−8,0". */
export function pointsBetween(a: Rational, b: Rational): string {
  const text = quotient(
    {
      numerator: (a.numerator * b.denominator - b.numerator * a.denominator) * 100n,
      denominator: a.denominator * b.denominator,
    },
    1,
  );
  return text.startsWith(MINUS) || /^0(,0)?$/.test(text) ? text : `+${text}`;
}

/** dd/mm/yyyy. */
export function writtenDay(day: IsoDate): string {
  return day.split('-').reverse().join('/');
}
