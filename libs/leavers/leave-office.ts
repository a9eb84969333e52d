import type { DataSource, EntityManager } from 'typeorm';
import {
  accessOf,
  administering,
  askForAccess,
  markDisabled,
  revokeTokensOf,
  Session,
  takeAccount,
  voidLinks,
  withdrawRequestsOf,
  type Account,
  type AccountErrorCode,
  type AccountRequest,
} from '#libs/access';
import { handOverImports } from '#libs/exchange';
import type { RecordAudit } from '#libs/audit';
import { DomainError, may, systemClock, type Actor } from '#libs/kernel';
import { withdrawReopeningsOf } from '#libs/ledger';
import { openWorkOf } from './open-work.js';

export interface Leaving {
  /** Who takes over what is open; nobody: files stay for the department to commit or give up. */
  successorId: number | null;
  note: string;
}

/**
 * Disables an account at once, by one person: sessions and tokens end, a link that waits is void, what they asked for
 * is withdrawn, their open files go to the successor. Units and teams that nobody else has are asked for the successor
 * in a request of its own, which a second person carries out. All in one transaction, each part with its event.
 */
export async function leaveOffice(
  db: DataSource,
  actor: Actor,
  id: number,
  { successorId, note }: Leaving,
): Promise<{ account: Account; request: AccountRequest | null }> {
  return administering(db, actor, { username: String(id), by: actor.username }, async (tx, record) => {
    const account = await takeAccount(tx, id);
    const successor = successorId === null ? null : await fitSuccessor(tx, account, successorId);
    const work = await openWorkOf(tx, account);
    await markDisabled(tx, actor, account, systemClock.now());
    const sessions = (await tx.delete(Session, { accountId: id })).affected ?? 0;
    const tokens = await revokeTokensOf(tx, record, actor, id);
    await voidLinks(tx, id);
    const withdrawn = {
      accountRequests: await withdrawRequestsOf(tx, record, actor, account.username),
      reopenings: await withdrawReopeningsOf(tx, record, actor, account.username),
    };
    const imports = successor ? await handOverImports(tx, record, account.username, successor.username) : 0;
    record({
      action: 'account.disable',
      objectType: 'account',
      objectId: id,
      before: { disabledAt: null },
      after: { note, successor: successor?.username ?? null, sessions, tokens, withdrawn, imports },
    });
    const request = successor && (await askForRows(tx, record, actor, successor, work, account));
    return { account: await takeAccount(tx, id), request };
  });
}

/** Whoever takes over must be there, and be able to do what the leaver did. */
async function fitSuccessor(tx: EntityManager, leaver: Account, id: number): Promise<Account> {
  const successor = await takeAccount(tx, id);
  const sendsFiles = may({ role: successor.role }, 'imports.send') || !may({ role: leaver.role }, 'imports.send');
  const isScoped = leaver.role === 'reporter' || leaver.role === 'inspector';
  // Staff see every unit: they may stand in for a reporter without being given any.
  const seesAsMuch = !isScoped || successor.role === leaver.role || successor.role === 'staff';
  if (successor.id === leaver.id || successor.disabledAt || !sendsFiles || !seesAsMuch)
    throw new DomainError<AccountErrorCode>('successor-unfit', { username: successor.username });
  return successor;
}

async function askForRows(
  tx: EntityManager,
  record: RecordAudit,
  actor: Actor,
  successor: Account,
  { units, teams }: { units: { code: string }[]; teams: { code: string }[] },
  leaver: Account,
): Promise<AccountRequest | null> {
  if (successor.role !== leaver.role || units.length + teams.length === 0) return null;
  const own = await accessOf(tx, successor);
  const wider = {
    role: successor.role,
    units: [...new Set([...own.units, ...units.map(({ code }) => code)])],
    teams: [...new Set([...own.teams, ...teams.map(({ code }) => code)])],
  };
  const { request } = await askForAccess(tx, record, actor, successor, wider, `Thay ${leaver.displayName}`);
  return request;
}
