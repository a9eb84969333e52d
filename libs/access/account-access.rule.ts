import type { Role } from '#libs/kernel';

/** What an account may see and do: its role, and the rows of a reporter (units) or an inspector (teams). */
export interface Access {
  role: Role;
  units: readonly string[];
  teams: readonly string[];
}

/** A reporter has units, an inspector teams, nobody else has either: their role already says all rows or none. */
export function scopeProblem({
  role,
  units,
  teams,
}: Access): 'account-scope-missing' | 'account-scope-not-of-role' | undefined {
  const [own, foreign] = role === 'reporter' ? [units, teams] : [teams, units];
  const isScoped = role === 'reporter' || role === 'inspector';
  if (isScoped && own.length === 0) return 'account-scope-missing';
  return foreign.length > 0 || (!isScoped && own.length > 0) ? 'account-scope-not-of-role' : undefined;
}

/** Four eyes: another role, or rows that were not theirs before. Rows taken away need one person only. */
export function needsSecondPerson(before: Access, after: Access): boolean {
  return (
    before.role !== after.role ||
    after.units.some((unit) => !before.units.includes(unit)) ||
    after.teams.some((team) => !before.teams.includes(team))
  );
}

export function isSameAccess(before: Access, after: Access): boolean {
  const sorted = (codes: readonly string[]): string => [...codes].sort().join('\n');
  return (
    before.role === after.role &&
    sorted(before.units) === sorted(after.units) &&
    sorted(before.teams) === sorted(after.teams)
  );
}
