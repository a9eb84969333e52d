import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, systemClock, type Actor, type Origin } from '#libs/kernel';
import { Account, ApiToken, Session } from './account.entity.js';
import { actorOf } from './accounts.js';
import type { AccessErrorCode } from './errors.js';
import { newSecret, secretHash, verifyPassword } from './secrets.js';

export interface SignedIn {
  actor: Actor;
  csrfToken: string;
  expiresAt: Date;
}

/** Opens a session. Unknown name, wrong password and disabled account get one and the same answer. */
export async function signIn(
  db: DataSource,
  given: { username: string; password: string },
  hours: number,
  origin: Origin,
): Promise<SignedIn & { secret: string }> {
  const account = await db.manager.findOneBy(Account, { username: given.username.toLowerCase() });
  const verified = await verifyPassword(account?.passwordHash ?? undefined, given.password);
  if (!account || !verified || account.disabledAt) throw new DomainError<AccessErrorCode>('sign-in-refused');
  const actor = await actorOf(db.manager, account, origin);
  const secret = newSecret();
  const csrfToken = newSecret();
  const now = systemClock.now();
  const expiresAt = new Date(now.getTime() + hours * 3_600_000);
  await auditedTransaction(db, actor, async (tx, record) => {
    await tx.insert(Session, {
      secretHash: secretHash(secret),
      accountId: account.id,
      csrfToken,
      createdAt: now,
      seenAt: now,
      expiresAt,
    });
    record({ action: 'session.open', objectType: 'account', objectId: account.id });
  });
  return { actor, secret, csrfToken, expiresAt };
}

export async function signOut(db: DataSource, actor: Actor, secret: string): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    await tx.delete(Session, { secretHash: secretHash(secret) });
    record({ action: 'session.end', objectType: 'account', objectId: actor.accountId ?? '' });
  });
}

/** Who the cookie belongs to; undefined when it is unknown or over. */
export async function actorOfSession(db: DataSource, secret: string, origin: Origin): Promise<SignedIn | undefined> {
  const session = await db.manager.findOneBy(Session, { secretHash: secretHash(secret) });
  if (!session || session.expiresAt <= systemClock.now()) return undefined;
  const account = await db.manager.findOneBy(Account, { id: session.accountId });
  if (!account || account.disabledAt) return undefined;
  return {
    actor: await actorOf(db.manager, account, origin),
    csrfToken: session.csrfToken,
    expiresAt: session.expiresAt,
  };
}

/** Who a bearer token acts for; undefined when it is unknown, revoked or over. */
export async function actorOfToken(db: DataSource, secret: string, origin: Origin): Promise<Actor | undefined> {
  const token = await db.manager.findOneBy(ApiToken, { secretHash: secretHash(secret) });
  if (!token || token.revokedAt || token.expiresAt <= systemClock.now()) return undefined;
  const account = await db.manager.findOneBy(Account, { id: token.accountId });
  return account && !account.disabledAt ? actorOf(db.manager, account, origin) : undefined;
}
