import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, isDuplicate, type Actor, type Origin, type Role } from '#libs/kernel';
import { followSuccessors, placesOfTeams, teamsOfUnits } from '#libs/organisation';
import { businessDate } from '#libs/platform';
import { Account, AccountScope } from './account.entity.js';
import type { AccessErrorCode } from './errors.js';
import { hashPassword } from './secrets.js';

export interface NewAccount {
  username: string;
  displayName: string;
  role: Role;
  password: string;
  units?: string[];
  teams?: string[];
  isDemonstration?: boolean;
}

export async function addAccount(db: DataSource, actor: Actor, account: NewAccount): Promise<Account> {
  const { password, units = [], teams = [], isDemonstration = false, ...rest } = account;
  const passwordHash = await hashPassword(password, [account.username]);
  return auditedTransaction(db, actor, async (tx, record) => {
    const { identifiers } = await tx.insert(Account, { ...rest, passwordHash, isDemonstration });
    const { id } = identifiers[0] as { id: number };
    const scopes = [
      ...units.map((unitCode) => ({ accountId: id, unitCode })),
      ...teams.map((teamCode) => ({ accountId: id, teamCode })),
    ];
    if (scopes.length > 0) await tx.insert(AccountScope, scopes);
    record({ action: 'account.add', objectType: 'account', objectId: id, after: { ...rest, units, teams } });
    return tx.findOneByOrFail(Account, { id });
  }).catch((error: unknown) => {
    throw isDuplicate(error, 'account_username_unique')
      ? new DomainError<AccessErrorCode>('account-exists', { username: rest.username })
      : error;
  });
}

/** The first account of an empty office: an administrator. An office that has accounts is left alone. */
export async function ensureFirstAdmin(db: DataSource, actor: Actor, password: string): Promise<boolean> {
  if ((await db.manager.count(Account)) > 0) return false;
  await addAccount(db, actor, { username: 'admin', displayName: 'Quản trị', role: 'admin', password });
  return true;
}

/** The actor an account is for the command line; `account-unknown` if there is none. */
export async function actorByName(db: DataSource, username: string, origin: Origin): Promise<Actor> {
  const account = await db.manager.findOneBy(Account, { username });
  if (!account || account.disabledAt) throw new DomainError<AccessErrorCode>('account-unknown', { username });
  return actorOf(db.manager, account, origin);
}

/** The actor an account is: its role, and whose rows it sees today. */
export async function actorOf(tx: EntityManager, account: Account, origin: Origin): Promise<Actor> {
  const { id, username, displayName, role } = account;
  const scopes = await tx.findBy(AccountScope, { accountId: id });
  const teams = scopes.map(({ teamCode }) => teamCode).filter((code) => code !== null);
  const own = scopes.map(({ unitCode }) => unitCode).filter((code) => code !== null);
  const actor = { accountId: id, username, displayName, role, teams, origin };
  if (role !== 'reporter' && role !== 'inspector') return { ...actor, units: 'all' };
  const today = await businessDate(tx);
  if (role === 'reporter') return { ...actor, units: await followSuccessors(tx, own, today) };
  const teamOfUnit = await teamsOfUnits(tx, today);
  const lookedAfter = [...teamOfUnit].filter(([, team]) => teams.includes(team.code)).map(([unit]) => unit);
  return { ...actor, units: lookedAfter, places: await placesOfTeams(tx, teams, today) };
}
