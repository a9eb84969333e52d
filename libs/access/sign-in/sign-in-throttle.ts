import type { DataSource, EntityManager } from 'typeorm';
import { DomainError, inTransaction, systemClock } from '#libs/kernel';
import type { AccessErrorCode } from '../errors.js';
import { keyedHash } from './secret-box.js';
import { SignInThrottle } from './sign-in-throttle.entity.js';
import { ADDRESS_LIMITS, isBlocked, NAME_LIMITS, withOneMore, type ThrottleLimits } from './sign-in-throttle.rule.js';

/** An attempt that was let in and counts as failed until it is given back. */
export interface Turn {
  nameSubject: string;
  addressSubject: string;
  /** The name must wait: whatever was typed, the answer is no. */
  isWaiting: boolean;
}

export function nameSubject(secretKey: string | undefined, username: string): string {
  return `name:${keyedHash(secretKey, 'sign-in name', username)}`;
}

/**
 * Takes a turn to guess for a name from an address. It is counted before the password is looked at, so that guesses
 * sent at once cannot all be let in by one look at the count; what proves right is given back. An address that failed
 * too often is told so; a name never is, for the answer would tell that somebody bears it.
 */
export async function takeTurn(
  db: DataSource,
  secretKey: string | undefined,
  username: string,
  address: string | undefined,
): Promise<Turn> {
  const turn = {
    nameSubject: nameSubject(secretKey, username),
    addressSubject: `address:${address ?? 'none'}`,
    isWaiting: false,
  };
  await inTransaction(db, async (tx) => {
    // Always the address first: two attempts never wait for each other crosswise.
    const retryAfter = await count(tx, turn.addressSubject, ADDRESS_LIMITS);
    if (retryAfter > 0) throw new DomainError<AccessErrorCode>('sign-in-too-often', { retryAfterSeconds: retryAfter });
    turn.isWaiting = (await count(tx, turn.nameSubject, NAME_LIMITS)) > 0;
  });
  return turn;
}

/** What was typed was right so far: the turn does not count, neither as a failure nor as a success. */
export async function giveBack(tx: EntityManager, { nameSubject: name, addressSubject: address }: Turn): Promise<void> {
  for (const subject of [address, name])
    await tx.query(
      'UPDATE sign_in_throttle SET failures = greatest(failures - 1, 0), blocked_until = NULL WHERE subject = $1',
      [subject],
    );
}

/** Somebody signed in, or an administrator helps: the name begins anew. */
export async function forgetFailures(
  tx: EntityManager,
  secretKey: string | undefined,
  username: string,
): Promise<boolean> {
  const { affected } = await tx.delete(SignInThrottle, { subject: nameSubject(secretKey, username) });
  return (affected ?? 0) > 0;
}

/** Counts one attempt; how many seconds the subject must wait instead, 0 if it was let in. */
async function count(tx: EntityManager, subject: string, limits: ThrottleLimits): Promise<number> {
  const now = systemClock.now();
  await tx.query(
    `INSERT INTO sign_in_throttle (subject, failures, failed_at) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING`,
    [subject, now],
  );
  const before = await tx.findOneOrFail(SignInThrottle, { where: { subject }, lock: { mode: 'pessimistic_write' } });
  if (isBlocked(before, now)) return Math.ceil(((before.blockedUntil as Date).getTime() - now.getTime()) / 1000);
  await tx.update(SignInThrottle, { subject }, withOneMore(before, limits, now));
  return 0;
}
