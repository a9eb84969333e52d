import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction, type RecordAudit } from '#libs/audit';
import {
  ALL_PERMISSIONS,
  DomainError,
  permissionsOf,
  systemClock,
  type Actor,
  type Origin,
  type Permission,
} from '#libs/kernel';
import type { AccountErrorCode } from './account-errors.js';
import { Account, ApiToken } from './account.entity.js';
import { actorOf } from './accounts.js';
import type { AccessErrorCode } from './errors.js';
import { newSecret, secretHash } from './secrets.js';

/** Begins every token, so that a scanner of source text and mail finds one that leaked. */
const TOKEN_MARK = 'tkn_';
/** Characters of a token that are kept readable, so that its owner recognises it in a list. */
const SHOWN_CHARACTERS = TOKEN_MARK.length + 6;
export const MOST_TOKEN_DAYS = 366;
/** Tokens of one account that work at the same time. */
const MOST_TOKENS = 20;
const DAY_MS = 86_400_000;
/** How often it is noted that a token is used: a program may call many times a second. */
const NOTED_EVERY_MS = 60_000;

export interface NewToken {
  username: string;
  name: string;
  /** Whole days, 1 to 366. */
  days: number;
  /** A part of what the owner may; absent: all that a token of theirs can carry. */
  permissions?: readonly Permission[];
}

/** What a token of this account can carry today: never the account's own affairs, never other people's accounts. */
export function grantableTo(owner: Pick<Actor, 'role' | 'grants'>): Permission[] {
  return permissionsOf(owner).filter((permission) => !/^(self|accounts)\./.test(permission));
}

/** Makes a bearer token for an account. The secret is returned once and kept only as a hash. */
export async function addToken(
  db: DataSource,
  actor: Actor,
  { username, name, days, permissions }: NewToken,
): Promise<{ id: number; secret: string; expiresAt: Date }> {
  if (!Number.isInteger(days) || days < 1 || days > MOST_TOKEN_DAYS)
    throw new DomainError<AccountErrorCode>('token-days', { most: MOST_TOKEN_DAYS });
  const secret = `${TOKEN_MARK}${newSecret()}`;
  const now = systemClock.now();
  const expiresAt = new Date(now.getTime() + days * DAY_MS);
  return auditedTransaction(db, actor, async (tx, record) => {
    const account = await tx.findOne(Account, { where: { username }, lock: { mode: 'pessimistic_write' } });
    if (!account || account.disabledAt) throw new DomainError<AccessErrorCode>('account-unknown', { username });
    const grantable = grantableTo({ role: account.role });
    const granted = [...new Set(permissions ?? grantable)];
    const foreign = granted.find((permission) => !grantable.includes(permission));
    if (foreign || granted.length === 0)
      throw new DomainError<AccountErrorCode>('token-permission-not-own', { permission: foreign ?? '' });
    if ((await liveTokens(tx, account.id)) >= MOST_TOKENS)
      throw new DomainError<AccountErrorCode>('token-too-many', { most: MOST_TOKENS });
    const { identifiers } = await tx.insert(ApiToken, {
      secretHash: secretHash(secret),
      prefix: secret.slice(0, SHOWN_CHARACTERS),
      name,
      accountId: account.id,
      permissions: granted,
      createdAt: now,
      expiresAt,
    });
    const { id } = identifiers[0] as { id: number };
    record({
      action: 'token.add',
      objectType: 'token',
      objectId: id,
      after: { username, name, permissions: granted, expiresAt },
    });
    return { id, secret, expiresAt };
  });
}

function liveTokens(tx: EntityManager, accountId: number): Promise<number> {
  return tx
    .createQueryBuilder(ApiToken, 'token')
    .where('token.account_id = :accountId AND token.revoked_at IS NULL AND token.expires_at > :now', {
      accountId,
      now: systemClock.now(),
    })
    .getCount();
}

/** The newest first; those that ended stay, as what they are. */
export function listTokens(db: DataSource, accountId: number): Promise<ApiToken[]> {
  return db.manager.find(ApiToken, { where: { accountId }, order: { id: 'DESC' }, take: 200 });
}

/** Revokes one token of an account at once; `token-unknown` for one that is not of that account. */
export async function revokeToken(db: DataSource, actor: Actor, accountId: number, id: number): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    const token = await tx.findOne(ApiToken, { where: { id, accountId }, lock: { mode: 'pessimistic_write' } });
    if (!token) throw new DomainError<AccountErrorCode>('token-unknown', { token: id });
    if (!token.revokedAt) await revoke(tx, record, actor, token);
  });
}

/** All that still work of an account. */
export async function revokeTokensOf(
  tx: EntityManager,
  record: RecordAudit,
  actor: Actor,
  accountId: number,
): Promise<number> {
  const tokens = await tx
    .createQueryBuilder(ApiToken, 'token')
    .where('token.account_id = :accountId AND token.revoked_at IS NULL', { accountId })
    .getMany();
  for (const token of tokens) await revoke(tx, record, actor, token);
  return tokens.length;
}

async function revoke(tx: EntityManager, record: RecordAudit, actor: Actor, token: ApiToken): Promise<void> {
  await tx.update(ApiToken, { id: token.id }, { revokedAt: systemClock.now(), revokedBy: actor.username });
  record({ action: 'token.revoke', objectType: 'token', objectId: token.id, before: { name: token.name } });
}

/**
 * Who a bearer token acts for: its owner, with what the token carries of what the owner may today. Undefined when it
 * is unknown, revoked or over, or its owner is gone.
 */
export async function actorOfToken(db: DataSource, secret: string, origin: Origin): Promise<Actor | undefined> {
  const token = await db.manager.findOneBy(ApiToken, { secretHash: secretHash(secret) });
  const now = systemClock.now();
  if (!token || token.revokedAt || token.expiresAt <= now) return undefined;
  const account = await db.manager.findOneBy(Account, { id: token.accountId });
  if (!account || account.disabledAt) return undefined;
  if (!token.lastUsedAt || now.getTime() - token.lastUsedAt.getTime() >= NOTED_EVERY_MS)
    await db.manager.update(ApiToken, { id: token.id }, { lastUsedAt: now });
  const grants = ALL_PERMISSIONS.filter((permission) => token.permissions.includes(permission));
  return { ...(await actorOf(db.manager, account, origin)), grants };
}
