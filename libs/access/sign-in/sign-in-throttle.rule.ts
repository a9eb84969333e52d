/** Failed attempts in a row, of a name or from an address. */
export interface Failures {
  failures: number;
  failedAt: Date;
  blockedUntil: Date | null;
}

export interface ThrottleLimits {
  /** So many failures cost nothing. */
  free: number;
  /** Seconds to wait after the first that costs; twice as many after each further one. */
  firstSeconds: number;
  mostSeconds: number;
  /** After so many quiet seconds all is forgotten. */
  forgetSeconds: number;
}

/**
 * ASVS 5.0, 6.3.1. Of one name: a person mistypes a few times; then 30 s, 1, 2, 4, 8, and at most 15 minutes, so that
 * a stranger can delay somebody but never lock them out for good. At the most: under 100 guesses a day.
 */
export const NAME_LIMITS: ThrottleLimits = { free: 4, firstSeconds: 30, mostSeconds: 900, forgetSeconds: 86_400 };
/** From one address, behind which a whole office may sit: against one guess each for many names. */
export const ADDRESS_LIMITS: ThrottleLimits = { free: 50, firstSeconds: 30, mostSeconds: 900, forgetSeconds: 3_600 };

export function isBlocked(before: Failures, now: Date): boolean {
  return before.blockedUntil !== null && before.blockedUntil > now;
}

/** The count after one more attempt that failed, or is not known yet to succeed. */
export function withOneMore(before: Failures, limits: ThrottleLimits, now: Date): Failures {
  const isForgotten = now.getTime() - before.failedAt.getTime() > limits.forgetSeconds * 1000;
  const failures = (isForgotten ? 0 : before.failures) + 1;
  const beyond = failures - limits.free;
  if (beyond <= 0) return { failures, failedAt: now, blockedUntil: null };
  const seconds = Math.min(limits.firstSeconds * 2 ** (beyond - 1), limits.mostSeconds);
  return { failures, failedAt: now, blockedUntil: new Date(now.getTime() + seconds * 1000) };
}
