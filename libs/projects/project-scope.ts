import type { Actor } from '#libs/kernel';

/** The two values that `isVisibleProject` compares with: no units for those who see all. */
export function projectScope(actor: Actor): [units: readonly string[] | null, places: readonly string[]] {
  return [actor.units === 'all' ? null : actor.units, actor.places ?? []];
}

/**
 * SQL: whether a row that names a project is the actor's, because its unit is or because the project lies in a place
 * of the actor's team. `unit` and `project` are the row's columns, `units` and `places` the parameters that hold what
 * `projectScope` gives.
 */
export function isVisibleProject(
  row: { unit: string; project: string },
  scope: { units: string; places: string },
): string {
  const { units, places } = scope;
  return `(${units}::text[] IS NULL OR ${row.unit} = ANY(${units}) OR ${liesInPlaces(row.project, places)})`;
}

/** SQL: whether the project, or the project that it is a component of, lies in one of the places. */
export function liesInPlaces(project: string, places: string): string {
  return `${project} IN (SELECT code FROM projects_in_places(${places}::text[]))`;
}
