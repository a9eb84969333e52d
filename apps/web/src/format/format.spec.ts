import { describe, expect, it } from '@jest/globals';
import { formatBillion, formatDong, formatMillion, formatQuotient } from './amount';
import { formatDay, formatDayOf, formatMoment } from './date';
import { compareVietnamese, fold } from './fold';
import { heatStep, heatStepOfDifference, heatStepOfRates } from './heat-step';
import { parseMonth, writeMonth } from './month';
import { differenceInTenThousandths, formatPercent, formatPercentExact, formatPoints, formatShare } from './rate';

const rate = (numerator: string, denominator: string) => ({ numerator, denominator, percent: '0' });

describe('amounts', () => {
  it('writes whole đồng with dots, to the last of 2^53', () => {
    expect(formatDong(2_935_858_860)).toBe('2.935.858.860');
    expect(formatDong(Number.MAX_SAFE_INTEGER)).toBe('9.007.199.254.740.991');
    expect(formatDong(-600)).toBe('\u2212600');
  });

  it('rounds half away from zero, and what becomes zero has no sign', () => {
    expect(formatBillion(1_884_950_000_000)).toBe('1.885,0');
    expect(formatBillion(50_000_000)).toBe('0,1');
    expect(formatBillion(49_999_999)).toBe('0,0');
    expect(formatBillion(-49_999_999)).toBe('0,0');
    expect(formatMillion(-412_450_000)).toBe('\u2212412,5');
    expect(formatQuotient(1n, 3n, 4)).toBe('0,3333');
    expect(formatQuotient(5n, 2n, 0)).toBe('3');
  });
});

describe('rates', () => {
  it('divides the exact fraction, not the shown percentage', () => {
    expect(formatPercent(rate('1885008', '3919000'))).toBe('48,1\u202f%');
    expect(formatPercentExact(rate('1885008', '3919000'))).toBe('48,0992\u202f%');
    expect(formatPercent(rate('9995', '10000'))).toBe('100,0\u202f%');
  });

  it('signs differences and never calls a tiny one zero', () => {
    expect(formatPoints('6.7214')).toBe('+6,7');
    expect(formatPoints('-8.0012')).toBe('\u22128,0');
    expect(formatPoints('0.0000')).toBe('0,0');
    expect(formatPoints('-0.0300')).toBe('\u2212<0,1');
    expect(formatPoints('0.0499')).toBe('+<0,1');
    expect(formatPoints('-2.8996', 2)).toBe('\u22122,90');
    expect(formatShare('24.2016')).toBe('24,2\u202f%');
  });

  it('keeps the side of a difference smaller than it can write', () => {
    const almost = rate('499999999999', '1000000000000');
    expect(differenceInTenThousandths(almost, rate('1', '2'))).toBe(-1n);
    expect(differenceInTenThousandths(rate('1', '2'), rate('2', '4'))).toBe(0n);
  });
});

describe('heat steps', () => {
  it('puts each border where the scale says', () => {
    expect([-20, -10, -3].map((points) => heatStep(BigInt(points) * 10_000n))).toEqual(['b4', 'b3', 'b2']);
    expect(heatStep(-1n)).toBe('b1');
    expect([0, 3, 10, 20].map((points) => heatStep(BigInt(points) * 10_000n))).toEqual(['a1', 'a2', 'a3', 'a4']);
  });

  it('believes the judged side over a rounded difference', () => {
    expect(heatStepOfDifference('0.0000', true)).toBe('b1');
    expect(heatStepOfDifference('0.0000', false)).toBe('a1');
    expect(heatStepOfRates(rate('1', '10'), rate('4', '10'))).toBe('b4');
  });
});

describe('dates and months', () => {
  it('does not let a time zone move a calendar day', () => {
    expect(formatDay('2024-09-30')).toBe('30/09/2024');
    expect(formatDayOf('2024-10-08T20:30:00Z')).toBe('09/10/2024');
    expect(formatMoment('2024-10-09T08:00:00+07:00')).toBe('09/10/2024, 08:00');
  });

  it('knows thirteen months', () => {
    expect(parseMonth('2024-13')).toEqual({ planYear: 2024, number: 13 });
    expect(writeMonth({ planYear: 2024, number: 9 })).toBe('2024-09');
    expect(() => parseMonth('2024-14')).toThrow(RangeError);
  });
});

describe('Vietnamese text', () => {
  it('finds without marks, composed or not', () => {
    expect(fold('Huyện Đình Lập')).toBe('huyen dinh lap');
    expect(fold('Bình Gia'.normalize('NFD'))).toBe(fold('BÌNH GIA'));
  });

  it('sorts by the Vietnamese alphabet', () => {
    const names = ['Ea', 'Đa', 'Da', 'Ơn', 'On', 'Ôn'];
    expect([...names].sort(compareVietnamese)).toEqual(['Da', 'Đa', 'Ea', 'On', 'Ôn', 'Ơn']);
  });
});
