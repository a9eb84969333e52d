import type { Permission } from './permissions.js';

/**
 * Who may hold an account (product.md "Who uses it"). Beside them `system` acts for jobs and the command line, and
 * `nobody` is whoever is not signed in.
 */
export const ROLES = ['admin', 'staff', 'approver', 'clerk', 'reporter', 'inspector', 'leader', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/**
 * Who does something and which rows are theirs. Every use case and query takes the actor first, so that no list,
 * count or export can forget the row scope.
 */
export interface Actor {
  accountId: number | null;
  username: string;
  displayName: string;
  role: Role | 'system' | 'nobody';
  /** Unit codes whose rows this actor may see; `all` for the department, leaders, auditors. */
  units: 'all' | readonly string[];
  /** Places of an inspector's team: the projects that lie there may be seen too, whoever holds them. */
  places?: readonly string[];
  /** Inspection teams this actor belongs to. */
  teams: readonly string[];
  /** For a program: the permissions its token carries. Absent: all of the role's. */
  grants?: readonly Permission[];
  origin: Origin;
}

/** From where: kept with every audit event. */
export interface Origin {
  via: 'http' | 'job' | 'command-line' | 'demonstration';
  address?: string;
  requestId?: string;
}

export function systemActor(via: Origin['via']): Actor {
  return {
    accountId: null,
    username: 'system',
    displayName: 'Hệ thống',
    role: 'system',
    units: 'all',
    teams: [],
    origin: { via },
  };
}

export function maySeeUnit(actor: Actor, unitCode: string): boolean {
  return actor.units === 'all' || actor.units.includes(unitCode);
}
