import { IsNull, MoreThan, type DataSource, type EntityManager } from 'typeorm';
import { auditedTransaction, type RecordAudit } from '#libs/audit';
import { DomainError, systemClock, type Actor } from '#libs/kernel';
import { instanceSetting } from '#libs/platform';
import { Account } from '../account.entity.js';
import { actorOf } from '../accounts.js';
import type { AccessErrorCode } from '../errors.js';
import { OneTimeLink } from '../one-time-link.entity.js';
import { issueLink, voidLinks } from '../one-time-links.js';
import { hashPassword, secretHash, verifyPassword } from '../secrets.js';
import { endSessions, type OpenedSession } from '../sessions.js';
import { refuseDemonstration, removeSecondFactor } from './second-factor.js';
import type { SignInPolicy, Visit } from './sign-in-policy.js';
import { openAfterFirstFactor } from './sign-in.js';
import { forgetFailures, giveBack, takeTurn } from './sign-in-throttle.js';

/** The account a link is for; `link-over` when it is unknown, used, void, over, or the account is disabled. */
export async function lookAtLink(
  db: DataSource | EntityManager,
  secret: string,
): Promise<{ link: OneTimeLink; account: Account }> {
  const tx = 'manager' in db ? db.manager : db;
  const link = await tx.findOneBy(OneTimeLink, {
    secretHash: secretHash(secret),
    redeemedAt: IsNull(),
    voidedAt: IsNull(),
    expiresAt: MoreThan(systemClock.now()),
  });
  const account = link && (await tx.findOneBy(Account, { id: link.accountId }));
  if (!link || !account || account.disabledAt) throw new DomainError<AccessErrorCode>('link-over');
  return { link, account };
}

/**
 * Sets the password with a link, once: of two who redeem at the same time, the second finds it over. Every session
 * ends; a second factor stays and is asked for (ASVS 5.0, 6.4.3). The person goes on as after the first step.
 */
export async function redeemLink(
  db: DataSource,
  policy: SignInPolicy,
  given: { secret: string; password: string },
  visit: Visit,
): Promise<OpenedSession> {
  const { account } = await lookAtLink(db, given.secret);
  const passwordHash = await hashPassword(given.password, await contextOf(db, account));
  const actor = await actorOf(db.manager, account, visit.origin);
  return auditedTransaction(db, actor, async (tx, record) => {
    // The account first, as whoever issues a link does.
    await takeAccount(tx, account.id);
    const { link } = await lookAtLink(tx, given.secret);
    const { affected } = await tx.update(
      OneTimeLink,
      { secretHash: link.secretHash, redeemedAt: IsNull(), voidedAt: IsNull() },
      { redeemedAt: systemClock.now() },
    );
    if (affected !== 1) throw new DomainError<AccessErrorCode>('link-over');
    record({
      action: 'link.redeem',
      objectType: 'account',
      objectId: account.id,
      after: { username: account.username, purpose: link.purpose },
    });
    await setPassword(tx, record, account, passwordHash);
    await forgetFailures(tx, policy.secretKey, account.username);
    return openAfterFirstFactor(tx, record, account, policy, visit, 'password');
  });
}

/** Another password, by somebody who knows the present one. Their other sessions and open links end. */
export async function changePassword(
  db: DataSource,
  policy: SignInPolicy,
  actor: Actor,
  sessionId: number,
  given: { current: string; next: string },
): Promise<void> {
  const account = await ownAccount(db, actor);
  refuseDemonstration(account);
  await requirePassword(db, policy, account, given.current, actor);
  const passwordHash = await hashPassword(given.next, await contextOf(db, account));
  await auditedTransaction(db, actor, async (tx, record) => {
    await takeAccount(tx, account.id);
    await setPassword(tx, record, account, passwordHash, sessionId);
  });
}

/** Somebody who is signed in proves once more that it is them; guesses count as those at the door. */
export async function requirePassword(
  db: DataSource,
  policy: SignInPolicy,
  account: Account,
  password: string,
  actor: Actor,
): Promise<void> {
  const turn = await takeTurn(db, policy.secretKey, account.username, actor.origin.address);
  const isRight = (await verifyPassword(account.passwordHash ?? undefined, password)) && !turn.isWaiting;
  await auditedTransaction(db, actor, async (tx, record) => {
    if (isRight) await giveBack(tx, turn);
    else {
      const reason = turn.isWaiting ? 'waiting' : 'wrong-password';
      record({ action: 'password.refuse', objectType: 'account', objectId: account.id, after: { reason } });
    }
  });
  if (!isRight) throw new DomainError<AccessErrorCode>('password-wrong');
}

export async function ownAccount(db: DataSource, { accountId }: Actor): Promise<Account> {
  return db.manager.findOneByOrFail(Account, { id: accountId ?? 0 });
}

/**
 * The office that locked itself out: a link from the command line of the server. `withSecondFactor` takes the second
 * factor away too, for who lost telephone and recovery codes.
 */
export async function orderResetLink(
  db: DataSource,
  actor: Actor,
  policy: Pick<SignInPolicy, 'invitationHours' | 'resetHours'>,
  username: string,
  withSecondFactor: boolean,
): Promise<{ secret: string; expiresAt: Date }> {
  return auditedTransaction(db, actor, async (tx, record) => {
    const account = await tx.findOneBy(Account, { username });
    if (!account || account.disabledAt) throw new DomainError<AccessErrorCode>('account-unknown', { username });
    if (withSecondFactor) {
      await removeSecondFactor(tx, record, account);
      await endSessions(tx, record, account.id);
    }
    const purpose = account.passwordHash === null ? 'invitation' : 'reset';
    const hours = purpose === 'invitation' ? policy.invitationHours : policy.resetHours;
    return issueLink(tx, record, account, purpose, hours);
  });
}

/** Lets a name try again at once, for an administrator at the telephone. */
export async function unlockName(
  db: DataSource,
  actor: Actor,
  { secretKey }: Pick<SignInPolicy, 'secretKey'>,
  accountId: number,
): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    const account = await tx.findOneBy(Account, { id: accountId });
    if (!account) throw new DomainError<AccessErrorCode>('account-unknown', { username: String(accountId) });
    if (await forgetFailures(tx, secretKey, account.username))
      record({ action: 'account.unlock', objectType: 'account', objectId: account.id });
  });
}

async function setPassword(
  tx: EntityManager,
  record: RecordAudit,
  account: Account,
  passwordHash: string,
  keptSession?: number,
): Promise<void> {
  await tx.update(Account, { id: account.id }, { passwordHash });
  await voidLinks(tx, account.id);
  await endSessions(tx, record, account.id, keptSession);
  record({
    action: 'password.set',
    objectType: 'account',
    objectId: account.id,
    after: { username: account.username },
  });
}

async function contextOf(db: DataSource, { username, displayName }: Account): Promise<string[]> {
  const { provinceName } = await instanceSetting(db);
  return [username, displayName, ...displayName.split(/\s+/), provinceName];
}

async function takeAccount(tx: EntityManager, id: number): Promise<void> {
  await tx.query('SELECT FROM account WHERE id = $1 FOR UPDATE', [id]);
}
