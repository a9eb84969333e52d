import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { byCodePoint } from './index.js';

describe('order by Unicode code point', () => {
  it('puts digits before capitals before small letters before đ: U10 < U2 < u1 < Đ', () => {
    expect(['u1', 'Đ', 'U2', 'U10', ''].sort(byCodePoint)).toEqual(['', 'U10', 'U2', 'u1', 'Đ']);
  });

  it('puts U+1F600 after U+FF5E, where the order of UTF-16 units has it before', () => {
    expect(byCodePoint('\u{1F600}', '\uff5e')).toBeGreaterThan(0);
    expect(byCodePoint('\uff5e', '\u{1F600}')).toBeLessThan(0);
    expect('\u{1F600}' < '\uff5e').toBe(true);
    expect(['a\u{1F600}', 'a\uff5e', 'a\ud7ff'].sort(byCodePoint)).toEqual(['a\ud7ff', 'a\uff5e', 'a\u{1F600}']);
  });

  it('puts a beginning before what continues it', () => {
    expect(byCodePoint('U1', 'U10')).toBeLessThan(0);
    expect(byCodePoint('U10', 'U1')).toBeGreaterThan(0);
    expect(byCodePoint('U1', 'U1')).toBe(0);
  });

  it('is the order of the lists of code points, for any two texts', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const [x, y] = [a, b].map((s) => Array.from(s, (c) => c.codePointAt(0) as number)) as [number[], number[]];
        const at = x.findIndex((code, i) => code !== y[i]);
        const expected = at === -1 ? x.length - y.length : at >= y.length ? 1 : (x[at] as number) - (y[at] as number);
        expect(Math.sign(byCodePoint(a, b))).toBe(Math.sign(expected));
      }),
      { numRuns: 500 },
    );
  });
});
