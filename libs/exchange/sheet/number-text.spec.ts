import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decimalSignProvedBy, plainDecimal, readAmount, readAmountNumber } from './number-text.js';
import type { AmountUnit } from './sheet.js';

describe('an amount as text', () => {
  it.each<[string, AmountUnit, ',' | '.' | undefined, string]>([
    ['1234567', 'dong', undefined, '1234567'],
    ['1.234.567', 'dong', undefined, '1234567'],
    ['1,234,567', 'dong', undefined, '1234567'],
    ['1 234 567', 'dong', undefined, '1234567'],
    ['1\u00a0234\u00a0567', 'dong', undefined, '1234567'],
    ['1.234', 'dong', undefined, '1234'],
    ['1.234.567 đ', 'dong', undefined, '1234567'],
    ['1.234.567 đồng', 'dong', undefined, '1234567'],
    ['(1.000)', 'dong', undefined, '-1000'],
    ['-1.000', 'dong', undefined, '-1000'],
    ['−1.000', 'dong', undefined, '-1000'],
    ['-', 'dong', undefined, '0'],
    ['-0', 'dong', undefined, '0'],
    ['007', 'dong', undefined, '7'],
    ['1.234,5', 'trieu-dong', undefined, '1234500000'],
    ['1,234.5', 'trieu-dong', undefined, '1234500000'],
    ['0,000001', 'trieu-dong', undefined, '1'],
    ['1,5', 'ty-dong', undefined, '1500000000'],
    ['1.234', 'trieu-dong', '.', '1234000'],
    ['1.234', 'trieu-dong', ',', '1234000000'],
    ['9.007.199.254.740.991', 'dong', undefined, '9007199254740991'],
  ])('%s in %s (decimals by %s) is %s', (text, unit, decimal, dong) => {
    expect(readAmount(text, unit, decimal)).toEqual({ dong });
  });

  it.each<[string, AmountUnit, ',' | '.' | undefined, string]>([
    ['1.234', 'trieu-dong', undefined, 'amount-ambiguous'],
    ['12,345', 'ty-dong', undefined, 'amount-ambiguous'],
    ['1,5', 'dong', undefined, 'amount-not-whole'],
    ['0,0000001', 'trieu-dong', ',', 'amount-not-whole'],
    ['1.234', 'dong', '.', 'amount-not-whole'],
    ['9.007.199.254.740.992', 'dong', undefined, 'amount-too-large'],
    ['9.007.199.254,740992', 'trieu-dong', undefined, 'amount-too-large'],
    ['1.23.456', 'dong', undefined, 'amount-malformed'],
    ['1,234.567,8', 'dong', undefined, 'amount-malformed'],
    ['12 34', 'dong', undefined, 'amount-malformed'],
    ['5 triệu', 'dong', undefined, 'amount-malformed'],
    ['5 đồng', 'trieu-dong', undefined, 'amount-malformed'],
    ['1e6', 'dong', undefined, 'amount-malformed'],
    ['--5', 'dong', undefined, 'amount-malformed'],
    ['5,', 'dong', undefined, 'amount-malformed'],
    ['٣', 'dong', undefined, 'amount-malformed'],
  ])('%s in %s (decimals by %s) is refused: %s', (text, unit, decimal, problem) => {
    expect(readAmount(text, unit, decimal)).toEqual({ problem });
  });

  it.each<[string, ',' | '.' | undefined]>([
    ['1.234', undefined],
    ['1,234', undefined],
    ['1234', undefined],
    ['1.234.567', ','],
    ['1,234,567', '.'],
    ['1,5', ','],
    ['0,123', ','],
    ['1234,567', ','],
    ['1.234,567', ','],
    ['(0.5)', '.'],
    ['chữ', undefined],
  ])('%s proves that decimals stand after %s', (text, sign) => {
    expect(decimalSignProvedBy(text)).toBe(sign);
  });

  const dongs = fc.bigInt({ min: -9007199254740991n, max: 9007199254740991n });
  const UNITS: Record<AmountUnit, number> = { dong: 0, 'nghin-dong': 3, 'trieu-dong': 6, 'ty-dong': 9 };

  it('comes back from every unit and every style', () => {
    fc.assert(
      fc.property(
        dongs,
        fc.constantFrom(...(Object.keys(UNITS) as AmountUnit[])),
        fc.constantFrom<',' | '.'>(',', '.'),
        fc.boolean(),
        (dong, unit, decimal, grouped) => {
          const text = written(dong, UNITS[unit], decimal, grouped);
          expect(readAmount(text, unit, decimal)).toEqual({ dong: dong.toString() });
        },
      ),
    );
  });

  it('of a workbook comes back however the number is written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -999999999999999n, max: 999999999999999n }), fc.nat(9), (digits, scale) => {
        const raw = `${digits}E-${scale}`;
        const plain = plainDecimal(raw) as string;
        expect(plainDecimal(plain)).toBe(plain);
        const read = readAmountNumber(plain, 'ty-dong');
        const exact = digits * 10n ** BigInt(9 - scale);
        const fits = exact <= 9007199254740991n && exact >= -9007199254740991n;
        expect(read).toEqual(fits ? { dong: exact.toString() } : { problem: 'amount-too-large' });
      }),
    );
  });
});

describe('the number of a cell', () => {
  it.each([
    ['0.30000000000000004', '0.3'],
    ['1234.5670000000001', '1234.567'],
    ['2.5E+3', '2500'],
    ['-1.5e-3', '-0.0015'],
    ['9007199254740993', '9007199254740990'],
    ['999999999999999.9', '1000000000000000'],
    ['1E-6', '0.000001'],
    ['-0', '0'],
    ['0.000', '0'],
    ['.5', '0.5'],
    ['+7', '7'],
  ])('%s is %s to 15 digits', (raw, plain) => {
    expect(plainDecimal(raw)).toBe(plain);
  });

  it.each(['', 'abc', '1,5', '1e', 'NaN', 'Infinity', '0x10', '1e99999'])('%s is none', (raw) => {
    expect(plainDecimal(raw)).toBeUndefined();
  });
});

/** An amount of đồng in a unit of 10^exponent, as people write it. */
function written(dong: bigint, exponent: number, decimal: ',' | '.', grouped: boolean): string {
  const digits = (dong < 0n ? -dong : dong).toString().padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const fraction = digits.slice(digits.length - exponent).replace(/0+$/, '');
  const shown = grouped ? whole.replaceAll(/\B(?=(?:\d{3})+$)/g, decimal === ',' ? '.' : ',') : whole;
  return `${dong < 0n ? '-' : ''}${shown}${fraction === '' ? '' : decimal + fraction}`;
}
