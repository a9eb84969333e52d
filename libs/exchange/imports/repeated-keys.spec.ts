import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { RepeatedKeys } from './repeated-keys.js';

const repeats = (keys: readonly string[]): boolean => {
  const seen = new RepeatedKeys();
  for (const key of keys) seen.add(key);
  return seen.found;
};

describe('repeated keys', () => {
  it('are always found, wherever they stand', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), fc.nat(), fc.nat(), (keys, from, to) => {
        const repeated = [...keys];
        repeated.splice(to % (keys.length + 1), 0, keys[from % keys.length] as string);
        return repeats(repeated);
      }),
    );
  });

  it('are not claimed of 200,000 different cells, also beyond what the table first holds', () => {
    const keys = Array.from({ length: 200_000 }, (_, i) => `2024\t${i % 13}\tU${i % 997}\tP${i}\tNSDP\tpayment`);
    expect(repeats(keys)).toBe(false);
    expect(repeats([...keys, keys[123_456] as string])).toBe(true);
  });
});
