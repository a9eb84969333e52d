import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, sqlState, systemClock, type Actor, type Month } from '#libs/kernel';
import type { ProgressErrorCode } from './progress-errors.js';
import {
  exactPercent,
  FIGURE_COLUMNS,
  figureProblems,
  figuresOf,
  isSameProgress,
  mayReport,
  NO_FIGURES,
  reportableProjects,
  type FigureRow,
  type ProgressFigures,
} from './progress-figures.js';
import { liesInPlaces } from './project-scope.js';
import { ProjectProgress } from './project-progress.entity.js';

/** What stands for a project and month: the newest version, or none (version 0, nothing known). */
export interface StandingProgress extends ProgressFigures {
  /** Id of the version; 0 before the first. */
  version: number;
  recordedAt: Date | null;
  recordedBy: string | null;
}

/** The fields as they are sent. */
const SENT_AS: Record<keyof ProgressFigures, string> = {
  volume: 'volumeDong',
  physicalPercent: 'physicalPercent',
  implemented: 'implementedDong',
  implementedPlan: 'implementedPlanDong',
  done: 'done',
  unfinished: 'unfinished',
  nextSteps: 'next',
};

/**
 * The progress of one of the actor's projects, those in the places of an inspector's team included; `project-unknown`
 * for one that is not theirs on the month end.
 */
export async function findProgress(
  db: DataSource,
  actor: Actor,
  month: Month,
  projectCode: string,
): Promise<StandingProgress> {
  const [located]: { theirs: boolean }[] = await db.query(`SELECT ${liesInPlaces('$1::text', '$2')} AS theirs`, [
    projectCode,
    actor.places ?? [],
  ]);
  if (!located?.theirs) await requireProject(db.manager, actor, month, projectCode);
  return standing(db.manager, month, projectCode);
}

/**
 * Adds a version of a project's progress in an open month. `seen` is the version that the editor saw: another one is
 * refused (`progress-changed-meanwhile`). The same figures again add nothing.
 */
export async function recordProgress(
  db: DataSource,
  actor: Actor,
  month: Month,
  projectCode: string,
  figures: ProgressFigures,
  seen: number,
): Promise<StandingProgress> {
  const facts = { month: month.toString(), project: projectCode };
  const problems = figureProblems(figures, (field) => `/${SENT_AS[field]}`);
  if (problems.length > 0) throw new DomainError<ProgressErrorCode>('progress-refused', facts, problems);
  const exact = {
    ...figures,
    physicalPercent: figures.physicalPercent === null ? null : (exactPercent(figures.physicalPercent) ?? null),
  };
  return auditedTransaction(db, actor, async (tx, record) => {
    const project = await requireProject(tx, actor, month, projectCode);
    if (project.hasComponents) throw new DomainError<ProgressErrorCode>('project-has-components', facts);
    await requireOpenMonth(tx, month);
    // Two editors of one project: the second waits here and then sees the first one's version.
    await tx.query('SELECT FROM project WHERE code = $1 FOR NO KEY UPDATE', [projectCode]);
    const before = await standing(tx, month, projectCode);
    if (before.version !== seen) throw new DomainError<ProgressErrorCode>('progress-changed-meanwhile', facts);
    if (before.version > 0 && isSameProgress(before, exact)) return before;
    await tx.insert(ProjectProgress, {
      ...exact,
      planYear: month.planYear,
      month: month.number,
      projectCode,
      recordedAt: systemClock.now(),
      recordedBy: actor.username,
    });
    record({
      action: 'progress.record',
      objectType: 'project-progress',
      objectId: `${month} ${projectCode}`,
      before: before.version > 0 ? before : undefined,
      after: exact,
    });
    return standing(tx, month, projectCode);
  }).catch((error: unknown) => {
    // Closed between the look and the insert.
    throw sqlState(error) === 'PT002' ? new DomainError<ProgressErrorCode>('month-closed', facts) : error;
  });
}

async function requireProject(tx: EntityManager, actor: Actor, month: Month, code: string) {
  const project = (await reportableProjects(tx, [code])).get(code);
  if (!project || !mayReport(actor, project, month.end))
    throw new DomainError<ProgressErrorCode>('project-unknown', { project: code });
  return project;
}

async function requireOpenMonth(tx: EntityManager, month: Month): Promise<void> {
  const [found]: { state: string }[] = await tx.query(
    'SELECT state FROM reporting_month WHERE plan_year = $1 AND month = $2',
    [month.planYear, month.number],
  );
  const facts = { month: month.toString() };
  if (!found) throw new DomainError<ProgressErrorCode>('month-not-opened', facts);
  if (found.state === 'closed') throw new DomainError<ProgressErrorCode>('month-closed', facts);
}

async function standing(tx: EntityManager, month: Month, projectCode: string): Promise<StandingProgress> {
  const [row]: (FigureRow & { id: number; recordedAt: Date; recordedBy: string })[] = await tx.query(
    `SELECT id, ${FIGURE_COLUMNS}, recorded_at AS "recordedAt", recorded_by AS "recordedBy" FROM project_progress
     WHERE project_code = $1 AND plan_year = $2 AND month = $3 ORDER BY id DESC LIMIT 1`,
    [projectCode, month.planYear, month.number],
  );
  if (!row) return { ...NO_FIGURES, version: 0, recordedAt: null, recordedBy: null };
  return { ...figuresOf(row), version: row.id, recordedAt: row.recordedAt, recordedBy: row.recordedBy };
}
