import { describe, expect, it } from '@jest/globals';
import { isCommon } from './common-passwords.js';
import { passwordProblem } from './password-rules.js';
import { keyedHash, seal, unseal } from './secret-box.js';
import { NAME_LIMITS, withOneMore, type Failures } from './sign-in-throttle.rule.js';
import { codeAt, stepOfCode } from './totp.js';

const KEY = 'a-key-for-tests-alone-that-is-long-enough-00';

describe('the delay of a name', () => {
  const now = new Date('2024-10-01T08:00:00Z');
  const after = (failures: number, quietSeconds = 0): Failures =>
    withOneMore(
      { failures, failedAt: new Date(now.getTime() - quietSeconds * 1000), blockedUntil: null },
      NAME_LIMITS,
      now,
    );

  it.each([
    [0, null],
    [3, null],
    [4, 30],
    [5, 60],
    [6, 120],
    [8, 480],
    [9, 900],
    [500, 900],
  ])('after %i failures one more waits %s s', (failures, seconds) => {
    const { blockedUntil } = after(failures);
    expect(blockedUntil && (blockedUntil.getTime() - now.getTime()) / 1000).toBe(seconds);
  });

  it('is forgotten after a quiet day, not before', () => {
    expect(after(9, 86_400).failures).toBe(10);
    expect(after(9, 86_401).failures).toBe(1);
  });
});

describe('a code (RFC 6238, appendix B, SHA-1, cut to six digits)', () => {
  // The RFC's secret "12345678901234567890" in base 32.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

  it.each([
    [59, '287082'],
    [1111111109, '081804'],
    [1234567890, '005924'],
    [2000000000, '279037'],
  ])('at %i s is %s', (seconds, code) => {
    const instant = new Date(seconds * 1000);
    expect(codeAt(secret, instant)).toBe(code);
    const step = Math.floor(seconds / 30);
    expect(stepOfCode(secret, code, 0, instant)).toBe(step);
    expect(stepOfCode(secret, code, step - 1, instant)).toBe(step);
    expect(stepOfCode(secret, code, step, instant)).toBeUndefined();
  });

  it.each(['', '12345', '1234567', '28708a', ' 287082'])('%j is none', (code) => {
    expect(stepOfCode(secret, code, 0, new Date(59_000))).toBeUndefined();
  });
});

describe('a password', () => {
  it.each(['qwerty123456', 'QWERTY123456', '!!Password2024', 'iloveyouiloveyou', '123456123456', 'monkey......99'])(
    '%s is common',
    (password) => expect(isCommon(password)).toBe(true),
  );
  it.each(['bốn con trâu cày đồng', 'correct horse battery staple', 'tháng chín mưa nhiều'])('%s is not', (password) =>
    expect(isCommon(password)).toBe(false),
  );

  const codeOf = (password: string): string | undefined =>
    passwordProblem(password, ['nguyen.van.an', 'Nguyễn Văn An', 'Lạng Sơn'])?.code;
  it.each([
    ['LangSon-GiaiNgan1', 'password-of-context'],
    ['lạng sơn lạng sơn', 'password-of-context'],
    ['nguyenvanan2024', 'password-of-context'],
    ['ra chợ Lạng Sơn mua quýt', undefined],
    ['12 ký tự thôi', undefined],
  ])('%s: %s', (password, code) => expect(codeOf(password)).toBe(code));
});

describe('a sealed text', () => {
  it('opens with the same key, use and owner only, and not when a bit of it was changed', () => {
    const box = seal(KEY, 'use', 7, 'bí mật');
    expect(unseal(KEY, 'use', 7, box)).toBe('bí mật');
    expect(unseal(`${KEY}x`, 'use', 7, box)).toBeUndefined();
    expect(unseal(KEY, 'other use', 7, box)).toBeUndefined();
    expect(unseal(KEY, 'use', 8, box)).toBeUndefined();
    const bytes = Buffer.from(box.slice(3), 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] as number) ^ 1;
      expect(unseal(KEY, 'use', 7, `v1.${changed.toString('base64url')}`)).toBeUndefined();
    }
    expect(seal(KEY, 'use', 7, 'bí mật')).not.toBe(box);
  });

  it('and a keyed hash is another with another key', () => {
    expect(keyedHash(KEY, 'use', 'a')).toBe(keyedHash(KEY, 'use', 'a'));
    expect(keyedHash(KEY, 'use', 'a')).not.toBe(keyedHash(`${KEY}x`, 'use', 'a'));
  });
});
