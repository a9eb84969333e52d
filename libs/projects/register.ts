import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { slicesOf, type Actor } from '#libs/kernel';
import { KeyProject, KeyProjectList, PressProject } from './key-project.entity.js';
import { Project, ProjectPlace, ProjectUnit } from './project.entity.js';

type MayBeAbsent =
  | 'sourceNote'
  | 'investmentDecisionNo'
  | 'investmentDecisionDate'
  | 'openingThroughYear'
  | 'openingAllocated'
  | 'openingDisbursed';

/** A project with the unit that holds it from the beginning and the places it lies in. */
export type NewProject = Omit<Project, MayBeAbsent | 'updatedAt'> &
  Partial<Pick<Project, MayBeAbsent>> & {
    unitCode: string | null;
    places: string[];
  };

const ROWS_AN_INSERT = 1000;

/** Adds projects to the register; parents stand before their components. All of them or none. */
export async function registerProjects(db: DataSource, actor: Actor, projects: readonly NewProject[]): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    for (const chunk of slicesOf(projects, ROWS_AN_INSERT)) {
      await tx.insert(
        Project,
        chunk.map(({ unitCode: _unit, places: _places, ...project }) => project),
      );
      const held = chunk.flatMap(({ code, unitCode }) =>
        unitCode === null ? [] : [{ projectCode: code, unitCode, validFrom: null, validTo: null }],
      );
      if (held.length > 0) await tx.insert(ProjectUnit, held);
      const located = chunk.flatMap(({ code, places }) =>
        places.map((placeCode) => ({ projectCode: code, placeCode })),
      );
      if (located.length > 0) await tx.insert(ProjectPlace, located);
    }
    for (const project of projects)
      record({ action: 'project.add', objectType: 'project', objectId: project.code, after: project });
  });
}

/** Writes a year's list of key projects, with the press's own beside it. */
export async function registerKeyProjects(
  db: DataSource,
  actor: Actor,
  list: KeyProjectList,
  items: readonly Omit<KeyProject, 'year'>[],
  press: readonly Omit<PressProject, 'year'>[],
): Promise<void> {
  const { year } = list;
  await auditedTransaction(db, actor, async (tx, record) => {
    await tx.insert(KeyProjectList, list);
    await tx.insert(
      KeyProject,
      items.map((item) => ({ ...item, year })),
    );
    if (press.length > 0)
      await tx.insert(
        PressProject,
        press.map((project) => ({ ...project, year })),
      );
    record({
      action: 'key-projects.register',
      objectType: 'key-project-list',
      objectId: year,
      after: { ...list, items, press },
    });
  });
}
