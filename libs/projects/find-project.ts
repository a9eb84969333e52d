import type { DataSource, EntityManager } from 'typeorm';
import { DomainError, type Actor } from '#libs/kernel';
import type { ProjectsErrorCode } from './errors.js';
import { isVisibleProject, liesInPlaces, projectScope } from './project-scope.js';
import { Project } from './project.entity.js';

export interface ProjectDetail {
  project: Project;
  /** Who holds it, oldest first. */
  holders: { unitCode: string; unitName: string; validFrom: string | null; validTo: string | null }[];
  parent: { code: string; name: string } | null;
  components: { code: string; name: string }[];
  places: { code: string; name: string }[];
}

/** A project that one of the actor's units holds or held, or that lies in its team's places; to anybody else it is `project-not-found`. */
export async function findProject(db: DataSource | EntityManager, actor: Actor, code: string): Promise<Project> {
  const manager = 'manager' in db ? db.manager : db;
  const project = await manager.findOneBy(Project, { code });
  const [held]: { theirs: boolean }[] = await manager.query(
    `WITH RECURSIVE part (code) AS (
       SELECT $1::text UNION ALL SELECT p.code FROM project AS p JOIN part ON p.parent_code = part.code
     )
     SELECT $2::text[] IS NULL OR EXISTS (
       SELECT FROM project_unit AS h JOIN part ON part.code = h.project_code WHERE h.unit_code = ANY($2))
       OR EXISTS (SELECT FROM part WHERE ${liesInPlaces('part.code', '$3')}) AS theirs`,
    [code, ...projectScope(actor)],
  );
  if (!project || !held?.theirs) throw new DomainError<ProjectsErrorCode>('project-not-found', { project: code });
  return project;
}

/** A project of the actor's with its holders, parent, components and places. */
export async function projectDetail(db: DataSource, actor: Actor, code: string): Promise<ProjectDetail> {
  const project = await findProject(db, actor, code);
  const holders: ProjectDetail['holders'] = await db.query(
    `SELECT h.unit_code AS "unitCode", u.name AS "unitName", h.valid_from::text AS "validFrom",
            h.valid_to::text AS "validTo"
     FROM project_unit AS h JOIN unit AS u ON u.code = h.unit_code
     WHERE h.project_code = $1
       AND ${isVisibleProject({ unit: 'h.unit_code', project: 'h.project_code' }, { units: '$2', places: '$3' })}
     ORDER BY h.valid_from NULLS FIRST`,
    [code, ...projectScope(actor)],
  );
  const named = (query: string, key: string | null): Promise<{ code: string; name: string }[]> =>
    db.query(query, [key]);
  const [parent] = await named('SELECT code, name FROM project WHERE code = $1', project.parentCode);
  return {
    project,
    holders,
    parent: parent ?? null,
    components: await named('SELECT code, name FROM project WHERE parent_code = $1 ORDER BY code', code),
    places: await named(
      `SELECT a.code, a.name FROM project_place AS pp JOIN place AS a ON a.code = pp.place_code
       WHERE pp.project_code = $1 ORDER BY a.code`,
      code,
    ),
  };
}
