import type { DataSource } from 'typeorm';
import { DomainError, PERMISSIONS, systemClock, type Actor, type Role } from '#libs/kernel';
import { folded } from '#libs/platform';
import { AccountRequest, type RequestState } from './account-request.entity.js';
import type { AccessErrorCode } from './errors.js';

/** `invited`: there is neither a password nor a single sign-on to come in by yet. */
export type AccountState = 'invited' | 'active' | 'disabled';

export interface AccountInList {
  id: number;
  username: string;
  displayName: string;
  role: Role;
  state: AccountState;
  isDemonstration: boolean;
  disabledAt: Date | null;
  updatedAt: Date;
  units: { code: string; name: string }[];
  teams: { code: string; name: string }[];
  /** Sessions that are open, tokens that work. */
  sessions: number;
  tokens: number;
  /** When they signed in last, or their programs called. */
  lastSeenAt: Date | null;
  /** A request about this account that waits. */
  pendingRequestId: number | null;
}

/** The last row seen, in the order of the list. */
export interface AccountPlace {
  displayName: string;
  id: number;
}

export interface AccountFilter {
  /** Part of a name; case and diacritics do not matter. */
  search?: string | undefined;
  role?: Role | undefined;
  state?: AccountState | undefined;
  after?: AccountPlace | undefined;
  limit: number;
}

const SELECTED = `
  SELECT a.id, a.username, a.display_name AS "displayName", a.role, s.state, a.is_demonstration AS "isDemonstration",
         a.disabled_at AS "disabledAt", a.updated_at AS "updatedAt",
         (SELECT coalesce(json_agg(json_build_object('code', u.code, 'name', u.name)
                                   ORDER BY u.name COLLATE "vi-x-icu", u.code), '[]')
          FROM account_scope AS c JOIN unit AS u ON u.code = c.unit_code WHERE c.account_id = a.id) AS units,
         (SELECT coalesce(json_agg(json_build_object('code', t.code, 'name', t.name)
                                   ORDER BY t.name COLLATE "vi-x-icu", t.code), '[]')
          FROM account_scope AS c JOIN inspection_team AS t ON t.code = c.team_code WHERE c.account_id = a.id) AS teams,
         (SELECT count(*)::int FROM session WHERE account_id = a.id AND stage = 'complete' AND expires_at > $1) AS sessions,
         (SELECT count(*)::int FROM api_token
          WHERE account_id = a.id AND revoked_at IS NULL AND expires_at > $1) AS tokens,
         greatest((SELECT max(at) FROM audit_event WHERE object_type = 'account' AND object_id = a.id::text
                   AND action = 'session.open'),
                  (SELECT max(seen_at) FROM session WHERE account_id = a.id),
                  (SELECT max(last_used_at) FROM api_token WHERE account_id = a.id)) AS "lastSeenAt",
         (SELECT r.id FROM account_request AS r
          WHERE r.username = a.username AND r.state = 'requested' AND r.expires_at > $1) AS "pendingRequestId"`;

const FROM = `
  FROM account AS a CROSS JOIN LATERAL (SELECT CASE WHEN a.disabled_at IS NOT NULL THEN 'disabled'
    WHEN a.password_hash IS NULL
      AND NOT EXISTS (SELECT FROM account_identity AS i WHERE i.account_id = a.id) THEN 'invited' ELSE 'active' END AS state) AS s`;

/** Accounts in the order of the Vietnamese alphabet; the same for every reader, who sees all or may not ask. */
export async function listAccounts(
  db: DataSource,
  { search, role, state, after, limit }: AccountFilter,
): Promise<{ items: AccountInList[]; total: number }> {
  const given: unknown[] = [systemClock.now()];
  const put = (value: unknown): string => `$${given.push(value)}`;
  const conditions = ['$1::timestamptz IS NOT NULL'];
  if (search)
    conditions.push(`position(${folded(put(search))} IN ${folded("a.display_name || ' ' || a.username")}) > 0`);
  if (role) conditions.push(`a.role = ${put(role)}`);
  if (state) conditions.push(`s.state = ${put(state)}`);
  const where = conditions.join(' AND ');
  const [counted]: { total: number }[] = await db.query(`SELECT count(*)::int AS total ${FROM} WHERE ${where}`, given);
  const onwards = after
    ? `AND (a.display_name COLLATE "vi-x-icu", a.id) > (${put(after.displayName)} COLLATE "vi-x-icu", ${put(after.id)}::int)`
    : '';
  const items: AccountInList[] = await db.query(
    `${SELECTED} ${FROM} WHERE ${where} ${onwards}
     ORDER BY a.display_name COLLATE "vi-x-icu", a.id LIMIT ${put(limit)}`,
    given,
  );
  return { items, total: counted?.total ?? 0 };
}

export async function findAccount(db: DataSource, id: number): Promise<AccountInList> {
  const [found]: AccountInList[] = await db.query(`${SELECTED} ${FROM} WHERE a.id = $2`, [systemClock.now(), id]);
  if (!found) throw new DomainError<AccessErrorCode>('account-unknown', { username: String(id) });
  return found;
}

/** A request with what a second person has to know: names instead of codes, and how it stands now. */
export interface RequestSeen extends Omit<AccountRequest, 'unitCodes' | 'teamCodes'> {
  requestedByName: string;
  decidedByName: string | null;
  units: { code: string; name: string }[];
  teams: { code: string; name: string }[];
  /** The account as it stands now; null for an invitation that is not carried out. */
  now: Pick<AccountInList, 'role' | 'units' | 'teams' | 'state'> | null;
}

const named = (table: string, codes: string): string =>
  `(SELECT coalesce(json_agg(json_build_object('code', n.code, 'name', n.name) ORDER BY n.name COLLATE "vi-x-icu"), '[]')
    FROM ${table} AS n WHERE n.code = ANY(r.${codes}))`;

const REQUESTS = `
  SELECT r.id, r.kind, r.account_id AS "accountId", r.username, r.display_name AS "displayName", r.role, r.note,
         CASE WHEN r.state = 'requested' AND r.expires_at <= $1 THEN 'expired' ELSE r.state END AS state,
         r.requested_by AS "requestedBy", r.requested_at AS "requestedAt", r.expires_at AS "expiresAt",
         r.decided_by AS "decidedBy", r.decided_at AS "decidedAt", r.is_alone AS "isAlone",
         coalesce(p.display_name, r.requested_by) AS "requestedByName", coalesce(d.display_name, r.decided_by) AS "decidedByName",
         ${named('unit', 'unit_codes')} AS units, ${named('inspection_team', 'team_codes')} AS teams
  FROM account_request AS r LEFT JOIN account AS p ON p.username = r.requested_by
  LEFT JOIN account AS d ON d.username = r.decided_by`;

/** The newest first. `hasSecondPerson`: whether anybody but the actor could carry one out. */
export async function listRequests(
  db: DataSource,
  actor: Actor,
  filter: { state?: RequestState | undefined; id?: number | undefined; before?: number | undefined; limit: number },
): Promise<{ items: RequestSeen[]; total: number; hasSecondPerson: boolean }> {
  const { state, id, before, limit } = filter;
  const given = [systemClock.now(), state ?? null, id ?? null];
  const matching = `FROM (${REQUESTS}) AS request
    WHERE ($2::text IS NULL OR state = $2) AND ($3::int IS NULL OR id = $3)`;
  const [counted]: { total: number }[] = await db.query(`SELECT count(*)::int AS total ${matching}`, given);
  const rows: Omit<RequestSeen, 'now'>[] = await db.query(
    `SELECT * ${matching} AND ($4::int IS NULL OR id < $4) ORDER BY id DESC LIMIT $5`,
    [...given, before ?? null, limit],
  );
  const items = await Promise.all(
    rows.map(async (row) => ({
      ...row,
      now: row.accountId === null ? null : await findAccount(db, row.accountId),
    })),
  );
  const [others]: { found: boolean }[] = await db.query(
    'SELECT EXISTS (SELECT FROM account WHERE disabled_at IS NULL AND role = ANY($1) AND username <> $2) AS found',
    [PERMISSIONS['accounts.confirm'], actor.username],
  );
  return { items, total: counted?.total ?? 0, hasSecondPerson: others?.found ?? false };
}
