import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, sha256 } from './index.js';

describe('canonical JSON (RFC 8785)', () => {
  it('sorts keys at every depth, keeps lists as they are and writes no space', () => {
    expect(canonicalJson({ unit: 'U1', gap: 0, deep: [{ b: null, a: true }, 3, 1] })).toBe(
      '{"deep":[{"a":true,"b":null},3,1],"gap":0,"unit":"U1"}',
    );
  });

  it('orders the keys of the example in RFC 8785, 3.2.3, by UTF-16 unit', () => {
    const keys = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
    const text = canonicalJson(Object.fromEntries(keys.map((key) => [key, 0])));
    expect(text).toBe('{"\\r":0,"1":0,"\u0080":0,"ö":0,"€":0,"\u{1f600}":0,"\ufb33":0}');
  });

  it('orders months written as keys as texts: "1" < "10" < "11" < "2"', () => {
    expect(canonicalJson({ 2: '7', 11: '8', 1: '5', 10: '6' })).toBe('{"1":"5","10":"6","11":"8","2":"7"}');
  });

  it('escapes only what it must: Vietnamese stands as it is', () => {
    expect(canonicalJson('Đường "4B"\n\u0001\\/é')).toBe('"Đường \\"4B\\"\\n\\u0001\\\\/é"');
  });

  it('writes whole numbers without fraction or exponent up to 2^53 − 1', () => {
    expect(canonicalJson([9007199254740991, -9007199254740991, -0, 1e15])).toBe(
      '[9007199254740991,-9007199254740991,0,1000000000000000]',
    );
  });

  it('leaves an absent field out and has no text for nothing', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
    expect(() => canonicalJson(undefined)).toThrow(TypeError);
  });

  it('is one text for one value, in whatever order it was built (I6)', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(canonicalJson(JSON.parse(canonicalJson(value)))).toBe(canonicalJson(value));
      }),
    );
  });
});

describe('SHA-256', () => {
  it('gives the digests of FIPS 180 for "" and "abc"', () => {
    expect(sha256('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('is taken over UTF-8: "đồng" is the bytes c4 91 e1 bb 93 6e 67', () => {
    expect(sha256('đồng')).toBe('90c70d4241e5d6db2350be7ce11a64095d2cdcda914959c038111a8aa9ce6680');
  });
});
