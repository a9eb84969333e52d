import { describe, expect, it } from '@jest/globals';
import { ceilingOf, compare, dividedBy, parseDecimal, percentText, rational, reduced, sumOf } from './index.js';

describe('Rational', () => {
  it('adds fractions exactly and reduces: 1/6 + 1/10 + 1/15 = 1/3', () => {
    const sum = sumOf([rational(1n, 6n), rational(1n, 10n), rational(1n, 15n)]);
    expect(sum).toEqual({ numerator: 1n, denominator: 3n });
  });

  it('adds terms of one denominator and ends at 0/1 when they cancel', () => {
    expect(sumOf([rational(5n, 12n), rational(-5n, 12n)])).toEqual({ numerator: 0n, denominator: 1n });
    expect(sumOf([])).toEqual({ numerator: 0n, denominator: 1n });
  });

  it('divides by a whole number: 4/9 ÷ 6 = 2/27', () => {
    expect(dividedBy(rational(4n, 9n), 6n)).toEqual({ numerator: 2n, denominator: 27n });
  });

  it('compares by cross-multiplication where floats are equal', () => {
    const a = rational(9007199254740990n, 9007199254740991n);
    const b = rational(9007199254740989n, 9007199254740990n);
    expect(compare(a, b)).toBe(1);
    expect(compare(b, a)).toBe(-1);
    expect(compare(rational(2n, 4n), rational(1n, 2n))).toBe(0);
  });

  it('keeps the sign in the numerator', () => {
    expect(reduced(rational(3n, -6n))).toEqual({ numerator: -1n, denominator: 2n });
  });

  it('rounds up, also below zero', () => {
    expect(ceilingOf(rational(7n, 2n))).toBe(4n);
    expect(ceilingOf(rational(8n, 2n))).toBe(4n);
    expect(ceilingOf(rational(-7n, 2n))).toBe(-3n);
  });

  it('reads decimals exactly and nothing else', () => {
    expect(parseDecimal('13.4')).toEqual({ numerator: 134n, denominator: 10n });
    expect(parseDecimal('84')).toEqual({ numerator: 84n, denominator: 1n });
    for (const text of ['', '.5', '5.', '-1', '1,5', '1e3', ' 1']) expect(parseDecimal(text)).toBeUndefined();
  });

  it('writes percent for reading, cut and not rounded', () => {
    expect(percentText(rational(1885008n, 3919000n), 4)).toBe('48.0992');
    expect(percentText(rational(-1n, 3n), 1)).toBe('-33.3');
    expect(percentText(rational(1n, 1n), 0)).toBe('100');
  });
});
