import type { EntityManager } from 'typeorm';
import { DomainError, type Actor } from '#libs/kernel';
import type { InspectionsErrorCode } from './errors.js';
import { Inspection } from './inspection.entity.js';

/**
 * SQL: whose an inspection is, `i` being its row: the department's, its team's, and once concluded the inspected
 * unit's. `given` takes the two values and answers with their places.
 */
export function inScope({ units, teams, role }: Actor, put: (value: unknown) => string): string {
  if (units === 'all') return 'true';
  if (role === 'reporter') return `(i.state = 'concluded' AND i.unit_code = ANY(${put(units)}))`;
  return `i.team_code = ANY(${put(teams)})`;
}

/** Staff write for any team, inspectors for their own. */
export function mayRecord(actor: Actor, teamCode: string): boolean {
  return actor.units === 'all' || actor.teams.includes(teamCode);
}

/** Held for the transaction; `inspection-unknown` for one that is not the actor's to write. */
export async function takeInspection(tx: EntityManager, actor: Actor, id: number): Promise<Inspection> {
  const found = await tx.findOne(Inspection, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!found || !mayRecord(actor, found.teamCode))
    throw new DomainError<InspectionsErrorCode>('inspection-unknown', { inspection: id });
  return found;
}
