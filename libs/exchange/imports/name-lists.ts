import type { EntityManager } from 'typeorm';
import type { Actor } from '#libs/kernel';
import type { ImportKind, ListedName, ListName } from '../sheet/index.js';

/** Units, projects and sources by which names in a file become codes, and which a template offers: the actor's own. */
export async function listsFor(
  tx: EntityManager,
  actor: Actor,
  kind: ImportKind,
): Promise<Partial<Record<ListName, ListedName[]>>> {
  const scope = actor.units === 'all' ? null : actor.units;
  const units: ListedName[] = await tx.query(
    `SELECT code, name, ARRAY[short_name] AS aliases FROM unit WHERE $1::text[] IS NULL OR code = ANY($1) ORDER BY code`,
    [scope],
  );
  const sources: ListedName[] = await tx.query('SELECT code, name FROM funding_source ORDER BY code');
  // A register names parents that stand in the same file: there the codes pass as they are.
  if (kind === 'projects') return { units, sources };
  const projects: ListedName[] = await tx.query(
    `SELECT p.code, p.name, array_remove(ARRAY[p.national_code], NULL) AS aliases FROM project AS p
     WHERE $1::text[] IS NULL
        OR EXISTS (SELECT FROM project_unit AS h WHERE h.project_code = p.code AND h.unit_code = ANY($1))
     ORDER BY p.code`,
    [scope],
  );
  return { units, sources, projects };
}
