import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction, type RecordAudit } from '#libs/audit';
import { DomainError } from '#libs/kernel';
import { Account, Session, type SessionStage } from '../account.entity.js';
import { actorOf } from '../accounts.js';
import type { AccessErrorCode } from '../errors.js';
import { verifyPassword } from '../secrets.js';
import { openSession, type OpenedSession, type PendingSession } from '../sessions.js';
import { isRecoveryCode, useRecoveryCode } from './recovery-codes.js';
import { SecondFactor } from './second-factor.entity.js';
import { confirmOffer, needsSecondFactor, offerSecondFactor, useTotpCode } from './second-factor.js';
import { nobody, type SignInPolicy, type Visit } from './sign-in-policy.js';
import { forgetFailures, giveBack, takeTurn } from './sign-in-throttle.js';

/**
 * The first step: name and password. Unknown name, wrong password, no password yet, disabled account, and a name
 * that must wait get one and the same answer after one and the same work; the audit alone knows which it was.
 */
export async function signIn(
  db: DataSource,
  policy: SignInPolicy,
  given: { username: string; password: string },
  visit: Visit,
): Promise<OpenedSession> {
  const username = given.username.trim().toLowerCase();
  const turn = await takeTurn(db, policy.secretKey, username, visit.origin.address);
  const account = await db.manager.findOneBy(Account, { username });
  const isVerified = await verifyPassword(account?.passwordHash ?? undefined, given.password);
  const reason = turn.isWaiting ? 'waiting' : refusalOf(account, isVerified);
  return auditedTransaction(db, nobody(visit.origin), async (tx, record) => {
    if (reason !== undefined || !account) {
      // The name that was typed is not kept unless somebody bears it: people type their password there.
      record({ action: 'sign-in.refuse', objectType: 'account', objectId: account?.id ?? '-', after: { reason } });
      return undefined;
    }
    await giveBack(tx, turn);
    return openAfterFirstFactor(tx, record, account, policy, visit, 'password');
  }).then((opened) => {
    if (!opened) throw new DomainError<AccessErrorCode>('sign-in-refused');
    return opened;
  });
}

function refusalOf(account: Account | null, isVerified: boolean): string | undefined {
  if (!account) return 'unknown';
  if (account.disabledAt) return 'disabled';
  if (account.passwordHash === null) return 'no-password';
  return isVerified ? undefined : 'wrong-password';
}

/** Whoever proved the first factor gets a session: complete, or one that can only become complete. */
export async function openAfterFirstFactor(
  tx: EntityManager,
  record: RecordAudit,
  account: Account,
  policy: SignInPolicy,
  visit: Visit,
  proof: string,
  isSecondFactorProven = false,
): Promise<OpenedSession> {
  const factor = await tx.findOneBy(SecondFactor, { accountId: account.id });
  const stage: SessionStage = isSecondFactorProven
    ? 'complete'
    : factor?.sealedSecret
      ? 'second-factor'
      : needsSecondFactor(policy, account)
        ? 'setup'
        : 'complete';
  const opened = await openSession(tx, account, policy, visit, { stage, proof });
  const about = { objectType: 'account', objectId: account.id, after: { username: account.username, proof } };
  if (stage === 'complete') await forgetFailures(tx, policy.secretKey, account.username);
  record({ action: stage === 'complete' ? 'session.open' : 'sign-in.first-step', ...about });
  return opened;
}

/**
 * The second step: a code of the authenticator app, or a recovery code. The session is another one afterwards, with
 * another secret: who knew the first cookie knows nothing.
 */
export async function proveSecondFactor(
  db: DataSource,
  policy: SignInPolicy,
  { account, session }: PendingSession,
  code: string,
  visit: Visit,
): Promise<OpenedSession> {
  const turn = await takeTurn(db, policy.secretKey, account.username, visit.origin.address);
  const actor = await actorOf(db.manager, account, visit.origin);
  const opened = await auditedTransaction(db, actor, async (tx, record) => {
    const kind = isRecoveryCode(code) ? 'recovery-code' : 'totp';
    const isRight =
      !turn.isWaiting &&
      session.stage === 'second-factor' &&
      (kind === 'totp' ? await useTotpCode(tx, policy, account.id, code) : await useRecoveryCode(tx, account.id, code));
    if (!isRight) {
      const reason = turn.isWaiting ? 'waiting' : `wrong-${kind}`;
      record({ action: 'sign-in.refuse', objectType: 'account', objectId: account.id, after: { reason } });
      return undefined;
    }
    await giveBack(tx, turn);
    return completeSession(tx, record, policy, { account, session }, visit, kind);
  });
  if (!opened) throw new DomainError<AccessErrorCode>('code-refused');
  return opened;
}

/** A secret for somebody whose role needs a second factor and who has none; with one, the way in is its code. */
export async function offerFirstSecondFactor(
  db: DataSource,
  policy: SignInPolicy,
  { account, session }: PendingSession,
): Promise<{ secret: string; address: string }> {
  if (session.stage !== 'setup') throw new DomainError<AccessErrorCode>('not-allowed');
  return offerSecondFactor(db, policy, account);
}

/** The first code makes the offered secret the account's and completes the sign-in. */
export async function setUpSecondFactor(
  db: DataSource,
  policy: SignInPolicy,
  pending: PendingSession,
  code: string,
  visit: Visit,
): Promise<{ opened: OpenedSession; recoveryCodes: string[] }> {
  const { account, session } = pending;
  if (session.stage !== 'setup') throw new DomainError<AccessErrorCode>('not-allowed');
  const actor = await actorOf(db.manager, account, visit.origin);
  return auditedTransaction(db, actor, async (tx, record) => {
    const recoveryCodes = await confirmOffer(tx, record, policy, account, code, true);
    return { opened: await completeSession(tx, record, policy, pending, visit, 'totp'), recoveryCodes };
  });
}

/** Puts a complete session in the place of a pending one; of two who try at once, one does. */
async function completeSession(
  tx: EntityManager,
  record: RecordAudit,
  policy: SignInPolicy,
  { account, session }: PendingSession,
  visit: Visit,
  factor: 'totp' | 'recovery-code',
): Promise<OpenedSession> {
  const { affected } = await tx.delete(Session, { id: session.id });
  if (affected !== 1) throw new DomainError<AccessErrorCode>('not-signed-in');
  const proof = `${session.proof}+${factor}`;
  await forgetFailures(tx, policy.secretKey, account.username);
  record({
    action: 'session.open',
    objectType: 'account',
    objectId: account.id,
    after: { username: account.username, proof },
  });
  return openSession(tx, account, policy, visit, { stage: 'complete', proof });
}
