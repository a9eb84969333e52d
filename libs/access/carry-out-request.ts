import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction, type RecordAudit } from '#libs/audit';
import { DomainError, systemClock, type Actor, type Role } from '#libs/kernel';
import { instanceSetting } from '#libs/platform';
import { scopeProblem, type Access } from './account-access.rule.js';
import type { AccountErrorCode } from './account-errors.js';
import { AccountRequest, type RequestKind } from './account-request.entity.js';
import { Account, Session } from './account.entity.js';
import { accessOf, replaceScopes, requireEnabled, takeAccount } from './administration.js';
import type { AccessErrorCode } from './errors.js';
import { issueLink } from './one-time-links.js';

/** What came of an act: done at once, or waiting for a second person. The link's secret is told here and never again. */
export interface AdministrationOutcome {
  account: Account | null;
  request: AccountRequest | null;
  link: { secret: string; expiresAt: Date } | null;
}

/** Does what was asked, in the transaction of the one who carries it out. */
export async function carryOut(
  tx: EntityManager,
  record: RecordAudit,
  actor: Actor,
  request: AccountRequest,
  isAlone: boolean,
): Promise<AdministrationOutcome> {
  const { id, kind, username, displayName, role, unitCodes, teamCodes, requestedBy } = request;
  const access: Access = { role, units: unitCodes, teams: teamCodes };
  const existing = request.accountId === null ? null : await takeAccount(tx, request.accountId);
  if (existing && kind !== 'enable') requireEnabled(existing);
  const before = existing && { ...(await accessOf(tx, existing)), disabledAt: existing.disabledAt };
  const accountId = existing?.id ?? (await open(tx, { username, displayName, role }));
  await tx.update(
    AccountRequest,
    { id },
    { state: 'carried-out', accountId, decidedBy: actor.username, decidedAt: systemClock.now(), isAlone },
  );
  if (kind === 'change') await tx.update(Account, { id: accountId }, { role, roleRequestId: id });
  if (kind === 'enable') await tx.update(Account, { id: accountId }, { disabledAt: null });
  if (kind === 'change' || kind === 'invite') await replaceScopes(tx, accountId, access);
  // What was begun in another role must not go on in this one.
  if (kind === 'change' && before?.role !== role) await tx.delete(Session, { accountId });
  record({
    action: ACTIONS[kind],
    objectType: 'account',
    objectId: accountId,
    ...(before ? { before } : {}),
    after: {
      username,
      displayName,
      ...access,
      request: id,
      requestedBy,
      ...(isAlone ? { secondPerson: 'none: no other account may confirm yet' } : {}),
    },
  });
  const account = await tx.findOneByOrFail(Account, { id: accountId });
  return {
    account,
    request: await tx.findOneByOrFail(AccountRequest, { id }),
    link: kind === 'invite' || kind === 'reset' ? await linkFor(tx, record, account) : null,
  };
}

const ACTIONS: Record<RequestKind, string> = {
  invite: 'account.invite',
  change: 'account.change',
  enable: 'account.enable',
  reset: 'account.reset-allow',
};

async function open(
  tx: EntityManager,
  account: { username: string; displayName: string; role: Role },
): Promise<number> {
  const { illustrative } = await instanceSetting(tx);
  const { identifiers } = await tx.insert(Account, {
    ...account,
    passwordHash: null,
    // Whoever is let into a demonstration is let into nothing else: the database knows no other account there.
    isDemonstration: illustrative,
  });
  return (identifiers[0] as { id: number }).id;
}

/** The link with which somebody sets their first password, or a new one. */
export function linkFor(
  tx: EntityManager,
  record: RecordAudit,
  account: Account,
): Promise<{ secret: string; expiresAt: Date }> {
  return issueLink(tx, record, account, account.passwordHash === null ? 'invitation' : 'reset');
}

/**
 * Opens an account from the server's command line: the way out for an office whose second person is gone. Whoever can
 * run it holds the database anyway; the event says where it came from.
 */
export async function inviteFromServer(
  db: DataSource,
  actor: Actor,
  invited: { username: string; displayName: string; role: Role },
): Promise<{ secret: string; expiresAt: Date }> {
  const problem = scopeProblem({ role: invited.role, units: [], teams: [] });
  if (problem) throw new DomainError<AccountErrorCode>(problem, { role: invited.role });
  return auditedTransaction(db, actor, async (tx, record) => {
    const { username } = invited;
    if (await tx.existsBy(Account, { username }))
      throw new DomainError<AccessErrorCode>('account-exists', { username });
    const id = await open(tx, invited);
    record({
      action: 'account.invite',
      objectType: 'account',
      objectId: id,
      after: { ...invited, units: [], teams: [] },
    });
    return linkFor(tx, record, await tx.findOneByOrFail(Account, { id }));
  });
}
