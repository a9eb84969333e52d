import { LessThan, type DataSource, type EntityManager } from 'typeorm';
import type { RecordAudit } from '#libs/audit';
import { DomainError, may, systemClock, type Actor } from '#libs/kernel';
import { isSameAccess, needsSecondPerson, scopeProblem, type Access } from './account-access.rule.js';
import type { AccountErrorCode } from './account-errors.js';
import { AccountRequest, type RequestKind } from './account-request.entity.js';
import { Account } from './account.entity.js';
import {
  accessOf,
  administering,
  hasSecondPerson,
  isFirstPerson,
  replaceScopes,
  requireEnabled,
  requireKnownScopes,
  takeAccount,
} from './administration.js';
import { carryOut, linkFor, type AdministrationOutcome } from './carry-out-request.js';
import type { AccessErrorCode } from './errors.js';

/** Days a request waits for its second person. */
export const REQUEST_DAYS = 7;
const DAY_MS = 86_400_000;

export interface Invitation extends Access {
  username: string;
  displayName: string;
  note: string;
}

/** Asks for a new account. The one who carries it out gets the link to hand over. */
export async function inviteAccount(
  db: DataSource,
  actor: Actor,
  invitation: Invitation,
): Promise<AdministrationOutcome> {
  const { username, displayName, note, ...access } = invitation;
  return administering(db, actor, { username, by: actor.username }, async (tx, record) => {
    await requireFit(tx, access);
    if (await tx.existsBy(Account, { username }))
      throw new DomainError<AccessErrorCode>('account-exists', { username });
    return ask(tx, record, actor, { kind: 'invite', accountId: null, username, displayName, note, access });
  });
}

/** Gives an account a role and rows. Rows taken away are gone at once; anything else waits for a second person. */
export async function changeAccess(
  db: DataSource,
  actor: Actor,
  id: number,
  access: Access,
  note: string,
): Promise<AdministrationOutcome> {
  return administering(db, actor, { by: actor.username, username: String(id) }, async (tx, record) => {
    const account = await takeAccount(tx, id);
    return askForAccess(tx, record, actor, account, access, note);
  });
}

/** The same within another act, such as a leaver's handing over. */
export async function askForAccess(
  tx: EntityManager,
  record: RecordAudit,
  actor: Actor,
  account: Account,
  access: Access,
  note: string,
): Promise<AdministrationOutcome> {
  const { id, username, displayName } = account;
  requireEnabled(account);
  await requireFit(tx, access);
  const before = await accessOf(tx, account);
  if (isSameAccess(before, access)) throw new DomainError<AccountErrorCode>('account-unchanged', { username });
  if (needsSecondPerson(before, access))
    return ask(tx, record, actor, { kind: 'change', accountId: id, username, displayName, note, access });
  if (await pendingOf(tx, username)) throw new DomainError<AccountErrorCode>('account-request-pending', { username });
  await replaceScopes(tx, id, access);
  await tx.update(Account, { id }, { updatedAt: systemClock.now() });
  record({ action: 'account.narrow', objectType: 'account', objectId: id, before, after: { ...access, note } });
  return { account: await tx.findOneByOrFail(Account, { id }), request: null, link: null };
}

export async function enableAccount(
  db: DataSource,
  actor: Actor,
  id: number,
  note: string,
): Promise<AdministrationOutcome> {
  return administering(db, actor, { by: actor.username, username: String(id) }, async (tx, record) => {
    const account = await takeAccount(tx, id);
    const { username, displayName } = account;
    if (!account.disabledAt) throw new DomainError<AccountErrorCode>('account-not-disabled', { username });
    const access = await accessOf(tx, account);
    return ask(tx, record, actor, { kind: 'enable', accountId: id, username, displayName, note, access });
  });
}

/**
 * A new link for somebody who lost theirs, or their password. Who could be somebody's second person gets one only by
 * two people: else one administrator would sign in as the other and be both.
 */
export async function orderLink(
  db: DataSource,
  actor: Actor,
  id: number,
  note: string,
): Promise<AdministrationOutcome> {
  return administering(db, actor, { by: actor.username, username: String(id) }, async (tx, record) => {
    const account = await takeAccount(tx, id);
    requireEnabled(account);
    const { username, displayName, role } = account;
    if (username === actor.username) throw new DomainError<AccountErrorCode>('account-of-oneself', { username });
    if (!may({ role }, 'accounts.confirm')) return { account, request: null, link: await linkFor(tx, record, account) };
    const access = await accessOf(tx, account);
    return ask(tx, record, actor, { kind: 'reset', accountId: id, username, displayName, note, access });
  });
}

/** The second person carries the request out, as it was asked. */
export async function confirmRequest(db: DataSource, actor: Actor, id: number): Promise<AdministrationOutcome> {
  return administering(db, actor, { by: actor.username, request: id }, async (tx, record) => {
    const request = await takeRequest(tx, id);
    const { username, requestedBy } = request;
    if (request.expiresAt <= systemClock.now())
      throw new DomainError<AccountErrorCode>('account-request-expired', { username });
    if (requestedBy === actor.username || username === actor.username)
      throw new DomainError<AccountErrorCode>('account-needs-second-person', { by: requestedBy });
    const asker = await tx.findOneBy(Account, { username: requestedBy });
    if (!asker || asker.disabledAt || !may(asker, 'accounts.manage'))
      throw new DomainError<AccountErrorCode>('account-asker-gone', { by: requestedBy });
    return carryOut(tx, record, actor, request, false);
  });
}

/** Who asked takes it back, or somebody who could carry it out declines it. */
export async function withdrawRequest(db: DataSource, actor: Actor, id: number): Promise<AccountRequest> {
  return administering(db, actor, { request: id }, async (tx, record) => {
    const request = await takeRequest(tx, id);
    await withdraw(tx, record, actor, request);
    return tx.findOneByOrFail(AccountRequest, { id });
  });
}

/** Everything a leaver asked for, and what was asked about them: none of it may be carried out any more. */
export async function withdrawRequestsOf(
  tx: EntityManager,
  record: RecordAudit,
  actor: Actor,
  username: string,
): Promise<number> {
  const requests = await tx.findBy(AccountRequest, [
    { requestedBy: username, state: 'requested' },
    { username, state: 'requested' },
  ]);
  for (const request of requests) await withdraw(tx, record, actor, request);
  return requests.length;
}

async function withdraw(
  tx: EntityManager,
  record: RecordAudit,
  actor: Actor,
  { id, kind, username, requestedBy }: AccountRequest,
): Promise<void> {
  await tx.update(
    AccountRequest,
    { id },
    { state: 'withdrawn', decidedBy: actor.username, decidedAt: systemClock.now() },
  );
  record({
    action: 'account.request-withdraw',
    objectType: 'account-request',
    objectId: id,
    before: { kind, username, requestedBy },
  });
}

interface Asked {
  kind: RequestKind;
  accountId: number | null;
  username: string;
  displayName: string;
  note: string;
  access: Access;
}

async function ask(
  tx: EntityManager,
  record: RecordAudit,
  actor: Actor,
  { access, ...asked }: Asked,
): Promise<AdministrationOutcome> {
  const { kind, username } = asked;
  if (await pendingOf(tx, username)) throw new DomainError<AccountErrorCode>('account-request-pending', { username });
  const now = systemClock.now();
  const { identifiers } = await tx.insert(AccountRequest, {
    ...asked,
    role: access.role,
    unitCodes: [...access.units],
    teamCodes: [...access.teams],
    requestedBy: actor.username,
    requestedAt: now,
    expiresAt: new Date(now.getTime() + REQUEST_DAYS * DAY_MS),
  });
  const { id } = identifiers[0] as { id: number };
  const request = await tx.findOneByOrFail(AccountRequest, { id });
  record({
    action: 'account.request',
    objectType: 'account-request',
    objectId: id,
    after: { kind, username, displayName: asked.displayName, ...access, note: asked.note },
  });
  if (await hasSecondPerson(tx, actor.username, username)) return { account: null, request, link: null };
  if (username !== actor.username && (await isFirstPerson(tx, actor.username)))
    return carryOut(tx, record, actor, request, true);
  throw new DomainError<AccountErrorCode>('account-no-second-person', { username });
}

/** What waits about somebody. One that nobody carried out in time is put away first. */
async function pendingOf(tx: EntityManager, username: string): Promise<AccountRequest | null> {
  const now = systemClock.now();
  await tx.update(
    AccountRequest,
    { username, state: 'requested', expiresAt: LessThan(now) },
    { state: 'expired', decidedAt: now },
  );
  return tx.findOneBy(AccountRequest, { username, state: 'requested' });
}

async function requireFit(tx: EntityManager, access: Access): Promise<void> {
  const problem = scopeProblem(access);
  if (problem) throw new DomainError<AccountErrorCode>(problem, { role: access.role });
  await requireKnownScopes(tx, access);
}

async function takeRequest(tx: EntityManager, id: number): Promise<AccountRequest> {
  const request = await tx.findOne(AccountRequest, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!request) throw new DomainError<AccountErrorCode>('account-request-unknown', { request: id });
  if (request.state !== 'requested')
    throw new DomainError<AccountErrorCode>('account-request-decided', { username: request.username });
  return request;
}
