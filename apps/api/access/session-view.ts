import type { DataSource } from 'typeorm';
import type { OpenedSession } from '#libs/access';
import { permissionsOf, type Actor, type Role } from '#libs/kernel';
import { InspectionTeam, Unit } from '#libs/organisation';
import type { SessionDto } from './access.dto.js';
import type { OpenedSessionDto } from './sign-in.dto.js';

/** A session as its owner sees it: who they are and what they may. */
export async function sessionView(
  db: DataSource,
  actor: Actor,
  session: { csrfToken: string; expiresAt: Date },
): Promise<SessionDto> {
  const own = actor.role === 'reporter' && actor.units !== 'all' ? actor.units : [];
  const units = await db.manager
    .createQueryBuilder(Unit, 'unit')
    .where('unit.code = ANY(:own)', { own: [...own] })
    .getMany();
  const team = actor.teams[0] ? await db.manager.findOneBy(InspectionTeam, { code: actor.teams[0] }) : null;
  return {
    username: actor.username,
    displayName: actor.displayName,
    role: actor.role as Role,
    permissions: permissionsOf(actor),
    units: units.map(({ code, name }) => ({ code, name })),
    team: team && { code: team.code, name: team.name },
    csrfToken: session.csrfToken,
    expiresAt: session.expiresAt.toISOString(),
  };
}

const STILL_NEEDED = { complete: 'none', 'second-factor': 'required', setup: 'setup-required' } as const;

export function stillNeeded(stage: OpenedSession['stage']): OpenedSessionDto['secondFactor'] {
  return STILL_NEEDED[stage];
}

export async function openedView(db: DataSource, opened: OpenedSession): Promise<OpenedSessionDto> {
  const { stage, actor, csrfToken, expiresAt } = opened;
  return {
    secondFactor: stillNeeded(stage),
    csrfToken,
    expiresAt: expiresAt.toISOString(),
    session: stage === 'complete' ? await sessionView(db, actor, opened) : null,
  };
}
