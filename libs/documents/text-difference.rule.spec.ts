import { describe, expect, it } from '@jest/globals';
import { textDifferences } from './text-difference.rule.js';

const OURS = `1. Kết quả
- Bình quân chung của tỉnh: 48,1\u00a0%.
- Sở Xây dựng: 12,5 %, 4 tháng liên tiếp; cần giải ngân thêm 2.935.858.860 đồng.
Tính đến hết ngày 30/09/2024, mã 8f21e07 trang 2`;
const NAMES = ['Sở Xây dựng', 'Huyện Chi Lăng'];

const told = (theirs: string): (string | null)[][] =>
  textDifferences(OURS, theirs, NAMES).map(({ kind, ours, theirs: other }) => [kind, ours, other]);

describe('what differs between our text and an edited one', () => {
  it('is nothing where only words, line ends and the order differ', () => {
    const lines = OURS.split('\n').reverse().join('\n   ').replace('Kết quả', 'Tình hình thực hiện');
    expect(told(lines.replace('48,1\u00a0%', '48,1%'))).toEqual([]);
  });

  it('is a figure in place of another, told once with what stands before it', () => {
    const [difference, ...more] = textDifferences(OURS, OURS.replace('48,1', '48,9'), NAMES);
    expect(difference).toMatchObject({ kind: 'figure', ours: '48,1 %', theirs: '48,9 %' });
    expect(difference?.context).toContain('Bình quân chung của tỉnh: 48,1 %');
    expect(more).toEqual([]);
  });

  it('is a figure that is gone, one that came, and the number of a count', () => {
    expect(told(OURS.replace('2.935.858.860 đồng', 'số còn thiếu'))).toEqual([['figure', '2.935.858.860 đồng', null]]);
    expect(told(`${OURS}, thêm 7,5 tỷ`)).toEqual([['figure', null, '7,5 tỷ']]);
    expect(told(OURS.replace('4 tháng liên tiếp', '5 tháng liên tiếp'))).toEqual([
      ['figure', '4 tháng liên tiếp', '5 tháng liên tiếp'],
    ]);
  });

  it('is a date; an ordinal, a page and the digits of a hash are none', () => {
    expect(told(OURS.replace('30/09/2024', '31/10/2024'))).toEqual([['figure', '30/09/2024', '31/10/2024']]);
    expect(told(OURS.replace('1. ', '2. ').replace('8f21e07', '9f33e11').replace('trang 2', 'trang 3'))).toEqual([]);
  });

  it('counts: a figure that stood twice and stands once is one difference', () => {
    expect(textDifferences('a 5 % và b 5 %', 'a 5 %', []).map(({ ours }) => ours)).toEqual(['5 %']);
  });

  it('is the name of a unit that one of the two lacks', () => {
    expect(told(OURS.replace('Sở Xây dựng', 'Huyện Chi Lăng'))).toEqual([
      ['name', 'Sở Xây dựng', null],
      ['name', null, 'Huyện Chi Lăng'],
    ]);
  });
});
