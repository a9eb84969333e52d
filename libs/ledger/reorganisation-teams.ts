import type { EntityManager } from 'typeorm';
import { addDays } from '#libs/kernel';
import { InspectionTeam, teamsOfUnits } from '#libs/organisation';
import type { Report } from './plan-reorganisation.js';
import type { NewReorganisation, ReorganisationPlan } from './reorganisation-request.js';

/**
 * The inspection team of each unit that begins: the one named, else the one that looks after all its predecessors.
 * Predecessors under two teams leave the choice to people. Where no team looks after any, the fallback answers.
 */
export async function teamsOfSuccessors(
  tx: EntityManager,
  { successors, effectiveDate }: NewReorganisation,
  successions: ReorganisationPlan['successions'],
  report: Report,
): Promise<ReorganisationPlan['teams']> {
  const before = await teamsOfUnits(tx, addDays(effectiveDate, -1));
  const known = new Set((await tx.find(InspectionTeam)).map(({ code }) => code));
  return successors.flatMap(({ code, teamCode }, i) => {
    const at = `/successors/${i}/teamCode`;
    if (teamCode !== null) {
      if (known.has(teamCode)) return [{ unitCode: code, teamCode }];
      report(at, 'team-unknown', { team: teamCode });
      return [];
    }
    const teams = successions
      .filter(({ successor }) => successor === code)
      .map(({ predecessor }) => before.get(predecessor)?.code);
    const distinct = [...new Set(teams)];
    if (distinct.length > 1)
      report(at, 'team-ambiguous', { unit: code, teams: distinct.map((team) => team ?? '–').join(', ') });
    const [only] = distinct;
    return distinct.length === 1 && only !== undefined ? [{ unitCode: code, teamCode: only }] : [];
  });
}
