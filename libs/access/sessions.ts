import { LessThanOrEqual, Not, type DataSource, type EntityManager } from 'typeorm';
import { auditedTransaction, type RecordAudit } from '#libs/audit';
import { DomainError, systemClock, type Actor, type Origin } from '#libs/kernel';
import { Account, Session, type SessionStage } from './account.entity.js';
import { actorOf } from './accounts.js';
import type { AccessErrorCode } from './errors.js';
import { newSecret, secretHash } from './secrets.js';
import type { SignInPolicy, Visit } from './sign-in/sign-in-policy.js';

/** A session that is on; what its owner may, stands in the actor. */
export interface SignedIn {
  actor: Actor;
  sessionId: number;
  csrfToken: string;
  expiresAt: Date;
}

/** A session just opened, with the secret of its cookie, which is told once. */
export interface OpenedSession extends SignedIn {
  secret: string;
  stage: SessionStage;
}

/** Minutes that a person has for the step after the password: to read a code; to set up an app on a telephone. */
const STEP_MINUTES: Record<Exclude<SessionStage, 'complete'>, number> = { 'second-factor': 10, setup: 30 };
const MINUTE_MS = 60_000;
const LONGEST_USER_AGENT = 300;

/**
 * Opens a session with a new secret (never one that the browser brought) and ends the one it replaces. Sessions of
 * the account that are over are cleared away.
 */
export async function openSession(
  tx: EntityManager,
  account: Account,
  policy: SignInPolicy,
  visit: Visit,
  { stage, proof }: { stage: SessionStage; proof: string },
): Promise<OpenedSession> {
  const actor = await actorOf(tx, account, visit.origin);
  const secret = newSecret();
  const csrfToken = newSecret();
  const now = systemClock.now();
  const minutes = stage === 'complete' ? policy.sessionHours * 60 : STEP_MINUTES[stage];
  const expiresAt = new Date(now.getTime() + minutes * MINUTE_MS);
  await tx.delete(Session, { accountId: account.id, expiresAt: LessThanOrEqual(now) });
  if (visit.replaces) await tx.delete(Session, { secretHash: secretHash(visit.replaces) });
  const { identifiers } = await tx.insert(Session, {
    secretHash: secretHash(secret),
    accountId: account.id,
    csrfToken,
    createdAt: now,
    seenAt: now,
    expiresAt,
    stage,
    proof,
    address: visit.origin.address ?? '',
    userAgent: visit.userAgent.slice(0, LONGEST_USER_AGENT),
  });
  return { actor, secret, sessionId: (identifiers[0] as { id: number }).id, csrfToken, expiresAt, stage };
}

export async function signOut(db: DataSource, actor: Actor, secret: string): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    await tx.delete(Session, { secretHash: secretHash(secret) });
    record({ action: 'session.end', objectType: 'account', objectId: actor.accountId ?? '' });
  });
}

/** Who the cookie belongs to; undefined when it is unknown, incomplete, over, or was not used for too long. */
export async function actorOfSession(
  db: DataSource,
  secret: string,
  origin: Origin,
  { sessionIdleMinutes }: Pick<SignInPolicy, 'sessionIdleMinutes'>,
): Promise<SignedIn | undefined> {
  const found = await liveSession(db, secret, ['complete']);
  const now = systemClock.now();
  if (!found || now.getTime() - found.session.seenAt.getTime() >= sessionIdleMinutes * MINUTE_MS) return undefined;
  const { session, account } = found;
  if (now.getTime() - session.seenAt.getTime() >= MINUTE_MS)
    await db.query('UPDATE session SET seen_at = $2 WHERE id = $1 AND seen_at < $2', [session.id, now]);
  const { id: sessionId, csrfToken, expiresAt } = session;
  return { actor: await actorOf(db.manager, account, origin), sessionId, csrfToken, expiresAt };
}

/** A session that still lacks its second factor, and whose. */
export interface PendingSession {
  account: Account;
  session: Session;
}

export async function pendingSession(db: DataSource, secret: string): Promise<PendingSession | undefined> {
  return liveSession(db, secret, ['second-factor', 'setup']);
}

async function liveSession(
  db: DataSource,
  secret: string,
  stages: readonly SessionStage[],
): Promise<PendingSession | undefined> {
  const session = await db.manager.findOneBy(Session, { secretHash: secretHash(secret) });
  if (!session || !stages.includes(session.stage) || session.expiresAt <= systemClock.now()) return undefined;
  const account = await db.manager.findOneBy(Account, { id: session.accountId });
  return account && !account.disabledAt ? { session, account } : undefined;
}

/** One's own sessions that are on, the newest first. */
export async function sessionsOf(
  db: DataSource,
  actor: Actor,
  { sessionIdleMinutes }: Pick<SignInPolicy, 'sessionIdleMinutes'>,
): Promise<Session[]> {
  const now = systemClock.now();
  return db.manager
    .createQueryBuilder(Session, 'session')
    .where("session.account_id = :id AND session.stage = 'complete'", { id: actor.accountId })
    .andWhere('session.expires_at > :now AND session.seen_at > :idle', {
      now,
      idle: new Date(now.getTime() - sessionIdleMinutes * MINUTE_MS),
    })
    .orderBy('session.created_at', 'DESC')
    .addOrderBy('session.id', 'DESC')
    .limit(SESSIONS_LISTED)
    .getMany();
}

/** More than anybody has; who has more ends all others at once. */
const SESSIONS_LISTED = 100;

export async function endSession(db: DataSource, actor: Actor, id: number): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    // Of another person: as unknown as one that does not exist.
    const { affected } = await tx.delete(Session, { id, accountId: actor.accountId ?? 0 });
    if (affected !== 1) throw new DomainError<AccessErrorCode>('session-unknown');
    record({ action: 'session.end', objectType: 'account', objectId: actor.accountId ?? '', before: { session: id } });
  });
}

export async function endOtherSessions(db: DataSource, actor: Actor, keptId: number): Promise<number> {
  return auditedTransaction(db, actor, (tx, record) => endSessions(tx, record, actor.accountId ?? 0, keptId));
}

/** An administrator ends all sessions of a person, whose machine was lost or stands open somewhere. */
export async function endSessionsOf(db: DataSource, actor: Actor, accountId: number): Promise<number> {
  return auditedTransaction(db, actor, async (tx, record) => {
    if (!(await tx.existsBy(Account, { id: accountId })))
      throw new DomainError<AccessErrorCode>('account-unknown', { username: String(accountId) });
    return endSessions(tx, record, accountId);
  });
}

/** Ends an account's sessions, all or all but one: after another password, role or factor, or when it is disabled. */
export async function endSessions(
  tx: EntityManager,
  record: RecordAudit,
  accountId: number,
  keptId?: number,
): Promise<number> {
  const { affected } = await tx.delete(Session, { accountId, ...(keptId === undefined ? {} : { id: Not(keptId) }) });
  const ended = affected ?? 0;
  record({ action: 'session.end', objectType: 'account', objectId: accountId, before: { ended } });
  return ended;
}
