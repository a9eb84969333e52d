import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError, dongToJson, isStorableDong, MAX_DONG, parseDong } from './index.js';

describe('an amount in whole đồng (I1)', () => {
  it.each([
    ['0', 0n],
    ['-0', 0n],
    ['3949300000000', 3_949_300_000_000n],
    ['-197000000000', -197_000_000_000n],
    ['007', 7n],
    ['9007199254740991', 9_007_199_254_740_991n],
    ['-9007199254740991', -9_007_199_254_740_991n],
    [`${'0'.repeat(30)}1`, 1n],
  ])('reads "%s"', (text, amount) => {
    expect(parseDong(text)).toBe(amount);
  });

  it.each(['', '-', '+5', '1.0', '1,5', '1.000', '1e3', ' 1', '1 ', '--1', '0x10', '٣', '１', '1\n'])(
    'does not take %j for an amount',
    (text) => {
      expect(parseDong(text)).toBeUndefined();
    },
  );

  it('ends at ±(2^53 − 1), where the next whole number would no longer be safe in JSON', () => {
    expect(MAX_DONG).toBe(2n ** 53n - 1n);
    expect(parseDong('9007199254740992')).toBeUndefined();
    expect(parseDong('-9007199254740992')).toBeUndefined();
    expect([MAX_DONG, -MAX_DONG, MAX_DONG + 1n, -MAX_DONG - 1n].map(isStorableDong)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('throws rather than lose a đồng on the way to JSON', () => {
    expect(dongToJson(MAX_DONG)).toBe(9007199254740991);
    expect(() => dongToJson(MAX_DONG + 1n)).toThrow(DomainError);
    expect(() => dongToJson(-MAX_DONG - 1n)).toThrow('amount-out-of-range');
  });

  it('has no minus zero: "-0" is printed as 0', () => {
    expect(Object.is(dongToJson(parseDong('-0') as bigint), 0)).toBe(true);
  });

  it('comes back from text and JSON unchanged', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -MAX_DONG, max: MAX_DONG }), (amount) => {
        expect(parseDong(amount.toString())).toBe(amount);
        expect(BigInt(JSON.parse(JSON.stringify(dongToJson(amount))) as number)).toBe(amount);
      }),
    );
  });
});
