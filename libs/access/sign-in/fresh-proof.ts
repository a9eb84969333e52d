import type { DataSource } from 'typeorm';
import { DomainError, systemClock, type Actor } from '#libs/kernel';
import { Account, Session } from '../account.entity.js';
import type { AccessErrorCode } from '../errors.js';
import { requirePassword } from './passwords.js';
import type { SignInPolicy } from './sign-in-policy.js';

const FRESH_MINUTES = 10;

/**
 * What protects the account itself wants proof that its owner sits there (ASVS 5.0, 7.5.1, 7.5.2): a session not older
 * than ten minutes, for it began with all that signing in asks, or the password once more. Who has no password of
 * ours signs in again.
 */
export async function requireFreshProof(
  db: DataSource,
  policy: SignInPolicy,
  actor: Actor,
  account: Account,
  sessionId: number,
  password: string | undefined,
): Promise<void> {
  const session = await db.manager.findOneBy(Session, { id: sessionId, accountId: account.id });
  const isFresh = session && systemClock.now().getTime() - session.createdAt.getTime() < FRESH_MINUTES * 60_000;
  if (isFresh) return;
  if (password === undefined) throw new DomainError<AccessErrorCode>('proof-needed');
  await requirePassword(db, policy, account, password, actor);
}
