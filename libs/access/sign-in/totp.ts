import { Secret, TOTP } from 'otpauth';

/** What every authenticator app understands: RFC 6238 with its defaults. */
const PERIOD_SECONDS = 30;
const SECRET_BYTES = 20;
/** The step before and the step after, for clocks that differ (ASVS 5.0, 6.5.5: at most 30 s for a code's age). */
const WINDOW_STEPS = 1;

function generator(secret: string, account = '', issuer = ''): TOTP {
  return new TOTP({
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_SECONDS,
    secret: Secret.fromBase32(secret),
    label: account,
    issuer,
  });
}

/** 160 random bits in base 32. */
export function newTotpSecret(): string {
  return new Secret({ size: SECRET_BYTES }).base32;
}

/** What the QR code says, to be read by an authenticator app. */
export function totpAddress(secret: string, account: string, issuer: string): string {
  return generator(secret, account, issuer).toString();
}

/**
 * The 30-second step that a code belongs to, if it is right now, a step ago or in a step, and newer than `lastStep`:
 * a code is accepted once, and none that is older than one already used (6.5.1).
 */
export function stepOfCode(secret: string, code: string, lastStep: number, now: Date): number | undefined {
  if (!/^[0-9]{6}$/.test(code)) return undefined;
  const timestamp = now.getTime();
  const delta = generator(secret).validate({ token: code, timestamp, window: WINDOW_STEPS });
  if (delta === null) return undefined;
  const step = Math.floor(timestamp / 1000 / PERIOD_SECONDS) + delta;
  return step > lastStep ? step : undefined;
}

/** The code that an authenticator app shows at an instant. */
export function codeAt(secret: string, instant: Date): string {
  return generator(secret).generate({ timestamp: instant.getTime() });
}
