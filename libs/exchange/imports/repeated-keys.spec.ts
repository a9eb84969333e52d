import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keyPart, RepeatedKeys } from './repeated-keys.js';

const repeats = (keys: readonly (readonly [string, number])[]): boolean => {
  const seen = new RepeatedKeys();
  for (const [text, number] of keys) seen.add(keyPart(text), number);
  return seen.found;
};

describe('repeated keys', () => {
  it('are always found, wherever they stand', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string(), fc.nat(40_000)), { minLength: 1 }),
        fc.nat(),
        fc.nat(),
        (keys, from, to) => {
          const repeated = [...keys];
          repeated.splice(to % (keys.length + 1), 0, keys[from % keys.length] as [string, number]);
          return repeats(repeated);
        },
      ),
    );
  });

  it('are not claimed of 200,000 different cells, also beyond what the table first holds', () => {
    const keys = Array.from(
      { length: 200_000 },
      (_, i) => [`U${i % 997}\tP${Math.floor(i / 13)}\tNSDP\tpayment`, 2024 * 16 + (i % 13)] as const,
    );
    expect(repeats(keys)).toBe(false);
    expect(repeats([...keys, keys[123_456] as [string, number]])).toBe(true);
  });
});
