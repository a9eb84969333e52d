import { In, type DataSource, type EntityManager } from 'typeorm';
import { Account, AccountRequest, accessOf } from '#libs/access';
import { openImportsOf } from '#libs/exchange';
import { Month, systemClock } from '#libs/kernel';
import { pendingReopeningsOf } from '#libs/ledger';
import { Notice } from '#libs/notices';
import { Reorganisation } from '#libs/organisation';

/** How many of each kind are named; the rest is counted. An office of this size rarely has ten. */
const MOST_NAMED = 50;

export interface Counted<Item> {
  total: number;
  items: Item[];
}

/** What only this person has in hand, so that nothing of it is forgotten when they go. */
export interface OpenWork {
  /** Read or being read, and not in the books: a successor takes them. */
  imports: Counted<{ id: number; kind: string; fileName: string; createdAt: Date }>;
  /** Reopenings they asked for: withdrawn, for a second person would confirm the word of somebody who is gone. */
  reopenings: Counted<{ month: string; reason: string; requestedAt: Date }>;
  /** Requests about accounts, theirs and about them: withdrawn. */
  accountRequests: Counted<{ id: number; username: string; displayName: string }>;
  /** Prepared reorganisations: they stay, anybody of the department withdraws or confirms them. */
  reorganisations: Counted<{ id: number; decisionNo: string }>;
  /** Units without another reporter, teams without another inspector: a successor takes them, by two people. */
  units: { code: string; name: string }[];
  teams: { code: string; name: string }[];
  /** Notices to these units and teams that nobody else would acknowledge. */
  notices: Counted<{ id: number; subject: string; recipientName: string }>;
  sessions: number;
  tokens: number;
}

export async function openWorkOf(db: DataSource | EntityManager, account: Account): Promise<OpenWork> {
  const tx = 'manager' in db ? db.manager : db;
  const { username } = account;
  const alone = await aloneIn(tx, account);
  const [notices, noticeTotal] = await tx.findAndCount(Notice, {
    where: [
      { state: In(['issued', 'delivered']), audience: 'unit', recipient: In(alone.units.map(({ code }) => code)) },
      { state: In(['issued', 'delivered']), audience: 'team', recipient: In(alone.teams.map(({ code }) => code)) },
    ],
    order: { id: 'DESC' },
    take: MOST_NAMED,
  });
  const requests = await tx.find(AccountRequest, {
    where: [
      { requestedBy: username, state: 'requested' },
      { username, state: 'requested' },
    ],
    order: { id: 'ASC' },
  });
  const drafts = await tx.find(Reorganisation, {
    where: { preparedBy: username, state: 'draft' },
    order: { id: 'ASC' },
  });
  const [alive]: { sessions: number; tokens: number }[] = await tx.query(
    `SELECT (SELECT count(*)::int FROM session WHERE account_id = $1 AND expires_at > $2) AS sessions,
            (SELECT count(*)::int FROM api_token
             WHERE account_id = $1 AND revoked_at IS NULL AND expires_at > $2) AS tokens`,
    [account.id, systemClock.now()],
  );
  return {
    imports: counted(await openImportsOf(tx, username), ({ id, kind, fileName, createdAt }) => ({
      id,
      kind,
      fileName,
      createdAt,
    })),
    reopenings: counted(await pendingReopeningsOf(tx, username), ({ planYear, month, reason, requestedAt }) => ({
      month: Month.of(planYear, month).toString(),
      reason,
      requestedAt,
    })),
    accountRequests: counted(requests, ({ id, username: of, displayName }) => ({ id, username: of, displayName })),
    reorganisations: counted(drafts, ({ id, decisionNo }) => ({ id, decisionNo })),
    ...alone,
    notices: {
      total: noticeTotal,
      items: notices.map(({ id, subject, recipientName }) => ({ id, subject, recipientName })),
    },
    sessions: alive?.sessions ?? 0,
    tokens: alive?.tokens ?? 0,
  };
}

function counted<Row, Item>(rows: Row[], name: (row: Row) => Item): Counted<Item> {
  return { total: rows.length, items: rows.slice(0, MOST_NAMED).map(name) };
}

/** Units and teams of theirs that no other enabled account of their role has. */
async function aloneIn(tx: EntityManager, account: Account): Promise<Pick<OpenWork, 'units' | 'teams'>> {
  const { units, teams } = await accessOf(tx, account);
  const alone = (table: string, column: string, codes: readonly string[]): Promise<{ code: string; name: string }[]> =>
    tx.query(
      `SELECT n.code, n.name FROM ${table} AS n WHERE n.code = ANY($1)
         AND NOT EXISTS (SELECT FROM account_scope AS s JOIN account AS a ON a.id = s.account_id
                         WHERE s.${column} = n.code AND a.id <> $2 AND a.role = $3 AND a.disabled_at IS NULL)
       ORDER BY n.name COLLATE "vi-x-icu", n.code`,
      [codes, account.id, account.role],
    );
  return {
    units: await alone('unit', 'unit_code', units),
    teams: await alone('inspection_team', 'team_code', teams),
  };
}
