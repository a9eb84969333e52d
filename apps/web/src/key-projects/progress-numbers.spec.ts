import { describe, expect, it } from '@jest/globals';
import { readMillions, readPercent, writeMillions, writePercent } from './progress-numbers';

describe('triệu đồng as people type them', () => {
  it.each([
    ['1.234,5', 1_234_500_000],
    ['1234,5', 1_234_500_000],
    ['1.234.567', 1_234_567_000_000],
    ['0,000001', 1],
    ['0', 0],
    [' 12 ', 12_000_000],
    ['', null],
    ['1.23', undefined],
    ['1,2345678', undefined],
    ['-5', undefined],
    ['năm', undefined],
    ['9.007.199.254,740991', 9_007_199_254_740_991],
    ['9.007.199.254,740992', undefined],
  ])('%s → %s đồng', (typed, dong) => expect(readMillions(typed)).toBe(dong));

  it.each([
    [1_234_500_000, '1.234,5'],
    [1, '0,000001'],
    [0, '0'],
    [100_000_000, '100'],
    [10_000_000_000, '10.000'],
    [null, ''],
  ])('%s đồng stand as %s', (dong, text) => {
    expect(writeMillions(dong)).toBe(text);
    expect(readMillions(text)).toBe(dong);
  });
});

describe('percentages', () => {
  it.each([
    ['36,25', '36.25'],
    ['36.25 %', '36.25'],
    ['100', '100'],
    ['', null],
    ['100,1', undefined],
    ['1,23456', undefined],
    ['-1', undefined],
  ])('%s → %s', (typed, percent) => expect(readPercent(typed)).toBe(percent));

  it('stands with a comma', () => expect([writePercent('36.25'), writePercent(null)]).toEqual(['36,25', '']));
});
