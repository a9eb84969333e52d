/** An exact fraction. `reduced()` results have a positive denominator and no common factor. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export function rational(numerator: bigint, denominator: bigint): Rational {
  if (denominator === 0n) throw new RangeError('a fraction needs a denominator other than 0');
  return denominator < 0n ? { numerator: -numerator, denominator: -denominator } : { numerator, denominator };
}

export function reduced(value: Rational): Rational {
  const divisor = greatestCommonDivisor(value.numerator, value.denominator);
  return rational(value.numerator / divisor, value.denominator / divisor);
}

/** Negative, zero or positive as a is less than, equal to or greater than b; by cross-multiplication. */
export function compare(a: Rational, b: Rational): number {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  return left < right ? -1 : left > right ? 1 : 0;
}

/**
 * The exact sum, reduced. Terms of equal denominator are added first, the rest in pairs: adding a thousand
 * fractions one after the other makes every step pay for all the digits so far. A common factor of the sum and its
 * denominator divides one of the small denominators, so it is taken out there, never by Euclid on the long numbers.
 */
export function sumOf(values: readonly Rational[]): Rational {
  const byDenominator = new Map<bigint, bigint>();
  for (const { numerator, denominator } of values)
    byDenominator.set(denominator, (byDenominator.get(denominator) ?? 0n) + numerator);
  let terms: Rational[] = [...byDenominator].map(([denominator, numerator]) => ({ numerator, denominator }));
  while (terms.length > 1) {
    const next: Rational[] = [];
    for (let i = 0; i < terms.length; i += 2) {
      const a = terms[i] as Rational;
      const b = terms[i + 1];
      next.push(
        b === undefined
          ? a
          : {
              numerator: a.numerator * b.denominator + b.numerator * a.denominator,
              denominator: a.denominator * b.denominator,
            },
      );
    }
    terms = next;
  }
  let { numerator, denominator } = terms[0] ?? { numerator: 0n, denominator: 1n };
  if (numerator === 0n) return { numerator, denominator: 1n };
  for (const factor of byDenominator.keys()) {
    const common = greatestCommonDivisor(numerator % factor, factor);
    if (common === 1n) continue;
    numerator /= common;
    denominator /= common;
  }
  return { numerator, denominator };
}

/** A reduced fraction divided by a whole number > 0, reduced: only the divisor can still share a factor. */
export function dividedBy(value: Rational, divisor: bigint): Rational {
  const common = greatestCommonDivisor(value.numerator % divisor, divisor);
  return { numerator: value.numerator / common, denominator: value.denominator * (divisor / common) };
}

/** The least integer that is not less than numerator / denominator (denominator > 0). */
export function ceilingOf(value: Rational): bigint {
  const quotient = value.numerator / value.denominator;
  return value.numerator % value.denominator > 0n ? quotient + 1n : quotient;
}

/** Reads an unsigned decimal such as "13.4" exactly; undefined if it is not `[0-9]+(\.[0-9]+)?`. */
export function parseDecimal(text: string): Rational | undefined {
  const match = /^([0-9]+)(?:\.([0-9]+))?$/.exec(text);
  if (!match) return undefined;
  const decimals = match[2] ?? '';
  return { numerator: BigInt(`${match[1]}${decimals}`), denominator: 10n ** BigInt(decimals.length) };
}

/** For reading only, never for comparing: the value × 100 as a decimal string, cut (not rounded) after `decimals`. */
export function percentText(value: Rational, decimals: number): string {
  const scale = 10n ** BigInt(decimals);
  const negative = value.numerator < 0n;
  const scaled = ((negative ? -value.numerator : value.numerator) * 100n * scale) / value.denominator;
  const digits = scaled.toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  return `${negative && scaled > 0n ? '-' : ''}${decimals === 0 ? digits : `${whole}.${digits.slice(-decimals)}`}`;
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}
