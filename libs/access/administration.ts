import { IsNull, type DataSource, type EntityManager } from 'typeorm';
import { auditedTransaction, type RecordAudit } from '#libs/audit';
import {
  DomainError,
  PERMISSIONS,
  sqlState,
  violatedConstraint,
  type Actor,
  type ErrorFacts,
  type Role,
} from '#libs/kernel';
import type { Access } from './account-access.rule.js';
import type { AccountErrorCode } from './account-errors.js';
import { Account, AccountScope } from './account.entity.js';
import type { AccessErrorCode } from './errors.js';

/** Whoever administers accounts comes one after the other: nobody becomes the last, or the second, meanwhile. */
const TAKE_TURNS = "SELECT pg_advisory_xact_lock(hashtext('account administration'))";

const CONFIRMING: readonly Role[] = PERMISSIONS['accounts.confirm'];

/** A transaction in the administration of accounts; what the database refuses comes out in the domain's words. */
export async function administering<T>(
  db: DataSource,
  actor: Actor,
  facts: ErrorFacts,
  work: (tx: EntityManager, record: RecordAudit) => Promise<T>,
): Promise<T> {
  try {
    return await auditedTransaction(db, actor, async (tx, record) => {
      await tx.query(TAKE_TURNS);
      await requirePresent(tx, actor);
      return work(tx, record);
    });
  } catch (error) {
    const code = REFUSED[`${sqlState(error)} ${violatedConstraint(error)}`];
    throw code ? new DomainError<AccountErrorCode | AccessErrorCode>(code, facts) : error;
  }
}

/** Whoever waited for their turn may have lost the account or the role in the one before. */
async function requirePresent(tx: EntityManager, { accountId, role }: Actor): Promise<void> {
  if (accountId === null) return;
  const account = await tx.findOneBy(Account, { id: accountId });
  if (!account || account.disabledAt || account.role !== role) throw new DomainError<AccessErrorCode>('not-signed-in');
}

const REFUSED: Record<string, AccountErrorCode | AccessErrorCode | undefined> = {
  'PT051 account_two_people': 'account-needs-second-person',
  'PT051 account_last_admin': 'account-last-admin',
  'PT051 demonstration_account': 'demonstration-account',
  '23514 account_request_two_people_check': 'account-needs-second-person',
  '23514 account_request_in_time_check': 'account-request-expired',
  '23505 account_request_one_pending_index': 'account-request-pending',
  '23505 account_username_unique': 'account-exists',
  '23503 account_scope_unit_code_fk': 'account-scope-unknown',
  '23503 account_scope_team_code_fk': 'account-scope-unknown',
};

/** The account, taken for the rest of the transaction. */
export async function takeAccount(tx: EntityManager, id: number): Promise<Account> {
  const account = await tx.findOne(Account, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!account) throw new DomainError<AccessErrorCode>('account-unknown', { username: String(id) });
  return account;
}

export function requireEnabled({ username, disabledAt }: Account): void {
  if (disabledAt) throw new DomainError<AccountErrorCode>('account-disabled', { username });
}

export async function accessOf(tx: EntityManager, { id, role }: Pick<Account, 'id' | 'role'>): Promise<Access> {
  const scopes = await tx.findBy(AccountScope, { accountId: id });
  return {
    role,
    units: scopes.map(({ unitCode }) => unitCode).filter((code) => code !== null),
    teams: scopes.map(({ teamCode }) => teamCode).filter((code) => code !== null),
  };
}

export async function replaceScopes(tx: EntityManager, accountId: number, { units, teams }: Access): Promise<void> {
  await tx.delete(AccountScope, { accountId });
  const rows = [
    ...units.map((unitCode) => ({ accountId, unitCode })),
    ...teams.map((teamCode) => ({ accountId, teamCode })),
  ];
  if (rows.length > 0) await tx.insert(AccountScope, rows);
}

export async function requireKnownScopes(tx: EntityManager, { units, teams }: Access): Promise<void> {
  const [missing]: { code: string }[] = await tx.query(
    `SELECT code FROM unnest($1::text[]) AS code WHERE NOT EXISTS (SELECT FROM unit WHERE unit.code = code.code)
     UNION ALL
     SELECT code FROM unnest($2::text[]) AS code WHERE NOT EXISTS (SELECT FROM inspection_team AS t WHERE t.code = code.code)`,
    [units, teams],
  );
  if (missing) throw new DomainError<AccountErrorCode>('account-scope-unknown', { code: missing.code });
}

/** Whether somebody else than these two could carry a request out. */
export async function hasSecondPerson(tx: EntityManager, asker: string, subject: string): Promise<boolean> {
  return tx
    .createQueryBuilder(Account, 'account')
    .where('account.disabled_at IS NULL AND account.role IN (:...confirming)', { confirming: CONFIRMING })
    .andWhere('account.username NOT IN (:asker, :subject)', { asker, subject })
    .getExists();
}

/**
 * Whether the office never had anybody else who could: it begins with one administrator. A second person who was
 * there and was disabled counts, or one administrator could disable the others and then act alone.
 */
export async function isFirstPerson(tx: EntityManager, asker: string): Promise<boolean> {
  const others = await tx
    .createQueryBuilder(Account, 'account')
    .where('account.role IN (:...confirming) AND account.username <> :asker', { confirming: CONFIRMING, asker })
    .andWhere('(account.disabled_at IS NULL OR account.password_hash IS NOT NULL)')
    .getExists();
  return !others;
}

/** Gives an account another name to be shown; the username is what the books know and stays. */
export async function renameAccount(
  db: DataSource,
  actor: Actor,
  id: number,
  displayName: string,
  expected: Date,
): Promise<Account> {
  return administering(db, actor, {}, async (tx, record) => {
    const account = await takeAccount(tx, id);
    if (account.updatedAt.getTime() !== expected.getTime())
      throw new DomainError<AccountErrorCode>('account-changed-meanwhile', { username: account.username });
    const before = { displayName: account.displayName };
    await tx.update(Account, { id, displayName: before.displayName }, { displayName });
    record({ action: 'account.rename', objectType: 'account', objectId: id, before, after: { displayName } });
    return tx.findOneByOrFail(Account, { id });
  });
}

/** Ends an account: nobody signs in with it from now on. Its sessions and tokens are the caller's to end. */
export async function markDisabled(tx: EntityManager, actor: Actor, account: Account, now: Date): Promise<void> {
  if (account.username === actor.username)
    throw new DomainError<AccountErrorCode>('account-of-oneself', { username: account.username });
  requireEnabled(account);
  await tx.update(Account, { id: account.id, disabledAt: IsNull() }, { disabledAt: now });
}
