import type { DataSource } from 'typeorm';
import {
  findAccount,
  listRequests,
  type AccountInList,
  type AdministrationOutcome,
  type ApiToken,
  type RequestSeen,
} from '#libs/access';
import { systemClock, type Actor } from '#libs/kernel';
import type { OpenWork } from '#libs/leavers';
import type { AccountRequestDto, AccountRowDto, AdministrationDto, OpenWorkDto } from './account.dto.js';
import type { TokenDto } from './token.dto.js';

const text = (instant: Date | null): string | null => instant && instant.toISOString();

export function accountRow({ disabledAt, lastSeenAt, updatedAt: _, ...row }: AccountInList): AccountRowDto {
  return { ...row, disabledAt: text(disabledAt), lastSeenAt: text(lastSeenAt) };
}

export function requestView({ now, requestedAt, expiresAt, decidedAt, ...request }: RequestSeen): AccountRequestDto {
  return {
    ...request,
    requestedAt: requestedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    decidedAt: text(decidedAt),
    now: now && { role: now.role, state: now.state, units: now.units, teams: now.teams },
  };
}

/** An outcome as it stands after the act, the secret of a link only here. */
export async function outcomeView(
  db: DataSource,
  actor: Actor,
  { account, request, link }: AdministrationOutcome,
): Promise<AdministrationDto> {
  const seen = request && (await listRequests(db, actor, { id: request.id, limit: 1 })).items[0];
  return {
    account: account && accountRow(await findAccount(db, account.id)),
    request: seen ? requestView(seen) : null,
    link: link && { secret: link.secret, expiresAt: link.expiresAt.toISOString() },
  };
}

export function tokenView({ id, name, prefix, permissions, revokedBy, ...token }: ApiToken): TokenDto {
  const isOver = token.expiresAt <= systemClock.now();
  return {
    id,
    name,
    prefix,
    permissions,
    createdAt: token.createdAt.toISOString(),
    expiresAt: token.expiresAt.toISOString(),
    lastUsedAt: text(token.lastUsedAt),
    revokedAt: text(token.revokedAt),
    revokedBy,
    state: token.revokedAt ? 'revoked' : isOver ? 'over' : 'works',
  };
}

export function openWorkView(work: OpenWork): OpenWorkDto {
  return {
    imports: work.imports.items.map((item) => ({ ...item, createdAt: item.createdAt.toISOString() })),
    importTotal: work.imports.total,
    reopenings: work.reopenings.items.map((item) => ({ ...item, requestedAt: item.requestedAt.toISOString() })),
    reopeningTotal: work.reopenings.total,
    accountRequests: work.accountRequests.items,
    accountRequestTotal: work.accountRequests.total,
    reorganisations: work.reorganisations.items,
    reorganisationTotal: work.reorganisations.total,
    units: work.units,
    teams: work.teams,
    notices: work.notices.items,
    noticeTotal: work.notices.total,
    sessions: work.sessions,
    tokens: work.tokens,
  };
}
