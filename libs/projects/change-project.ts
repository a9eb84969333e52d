import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, isDuplicate, type Actor } from '#libs/kernel';
import type { ProjectsErrorCode } from './errors.js';
import { findProject } from './find-project.js';
import { Project } from './project.entity.js';

/** What staff may change of a project; its code, parent, holder and capital type are not among it. */
export type ProjectChanges = Partial<
  Pick<
    Project,
    | 'name'
    | 'nationalCode'
    | 'investorName'
    | 'programme'
    | 'totalInvestment'
    | 'totalInvestmentNote'
    | 'investmentDecisionNo'
    | 'investmentDecisionDate'
    | 'openingThroughYear'
    | 'openingAllocated'
    | 'openingDisbursed'
  >
>;

/** Changes the identity and opening figures. `expected` is the state the editor saw: another one is refused. */
export async function changeProject(
  db: DataSource,
  actor: Actor,
  code: string,
  changes: ProjectChanges,
  expected: Date,
): Promise<Project> {
  return auditedTransaction(db, actor, async (tx, record) => {
    await findProject(tx, actor, code);
    const project = await tx.findOneOrFail(Project, { where: { code }, lock: { mode: 'pessimistic_write' } });
    const facts = { project: code };
    if (project.updatedAt.getTime() !== expected.getTime())
      throw new DomainError<ProjectsErrorCode>('project-changed-meanwhile', facts);
    const before = { ...project };
    Object.assign(project, changes);
    const opening = [project.openingThroughYear, project.openingAllocated, project.openingDisbursed];
    if (opening.some((figure) => figure === null) && opening.some((figure) => figure !== null))
      throw new DomainError<ProjectsErrorCode>('opening-incomplete', facts);
    if (project.investmentDecisionDate !== null && project.investmentDecisionNo === null)
      throw new DomainError<ProjectsErrorCode>('investment-decision-incomplete', facts);
    await tx.save(project);
    record({ action: 'project.change', objectType: 'project', objectId: code, before, after: project });
    return project;
  }).catch((error: unknown) => {
    throw isDuplicate(error, 'project_national_code_unique')
      ? new DomainError<ProjectsErrorCode>('national-code-taken', {
          project: code,
          nationalCode: changes.nationalCode ?? '',
        })
      : error;
  });
}
