import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import {
  DomainError,
  LAST_MONTH,
  sqlState,
  systemClock,
  violatedConstraint,
  violationDetail,
  type Actor,
  type ErrorFacts,
  type IsoDate,
  type Month,
} from '#libs/kernel';
import { businessDate } from '#libs/platform';
import type { ProjectsErrorCode } from '../errors.js';
import { findProject } from '../find-project.js';
import { mayReport, reportableProjects } from '../progress-figures.js';
import type { SiteClearanceErrorCode } from './errors.js';
import { SiteClearanceMonth, SiteClearancePlan } from './site-clearance.entity.js';

export interface SiteClearance {
  projectCode: string;
  /** Rows that there are: one more with every change. */
  version: number;
  plan: SiteClearancePlan | null;
  /** The newest figures of each month, the latest month first. */
  months: SiteClearanceMonth[];
  isKeyProject: boolean;
}

/** Ten years of months: longer than any clearance takes. */
const MOST_MONTHS = 120;

/** The site clearance of one of the actor's projects, those in the places of an inspector's team included. */
export async function findSiteClearance(db: DataSource, actor: Actor, code: string): Promise<SiteClearance> {
  await findProject(db, actor, code);
  return standing(db.manager, code);
}

export type PlanFigures = Pick<SiteClearancePlan, 'area' | 'households' | 'agreedDate' | 'note'>;
export type MonthFigures = Pick<SiteClearanceMonth, 'area' | 'households' | 'paid' | 'note'>;

/** Sets what a key project is to hand over in all. `seen` is the version that the editor saw. */
export async function planSiteClearance(
  db: DataSource,
  actor: Actor,
  code: string,
  figures: PlanFigures,
  seen: number,
): Promise<SiteClearance> {
  return write(db, actor, code, seen, async (tx, before) => {
    await tx.insert(SiteClearancePlan, { ...figures, projectCode: code, ...stamp(actor) });
    return { action: 'site-clearance.plan', objectId: code, before: before.plan ?? undefined, after: figures };
  });
}

/** Notes what was handed over and paid to the end of a month; asked again with other figures it corrects them. */
export async function recordSiteClearance(
  db: DataSource,
  actor: Actor,
  code: string,
  month: Month,
  figures: MonthFigures,
  seen: number,
): Promise<SiteClearance> {
  const { planYear: year, number } = month;
  if (number === LAST_MONTH)
    throw new DomainError<SiteClearanceErrorCode>('site-clearance-month', { month: `${month}` });
  return write(db, actor, code, seen, async (tx, before) => {
    if (`${month}-01` > (await businessDate(tx)))
      throw new DomainError<SiteClearanceErrorCode>('site-clearance-future', { month: `${month}` });
    const known = before.months.find((each) => each.year === year && each.month === number);
    await tx.insert(SiteClearanceMonth, { ...figures, projectCode: code, year, month: number, ...stamp(actor) });
    return { action: 'site-clearance.record', objectId: `${month} ${code}`, before: known, after: figures };
  });
}

interface Written {
  action: string;
  objectId: string;
  before: unknown;
  after: unknown;
}

async function write(
  db: DataSource,
  actor: Actor,
  code: string,
  seen: number,
  insert: (tx: EntityManager, before: SiteClearance) => Promise<Written>,
): Promise<SiteClearance> {
  return auditedTransaction(db, actor, async (tx, record) => {
    await requireOwn(tx, actor, code, await businessDate(tx));
    // Two editors of one project: the second waits here and then sees the first one's version.
    await tx.query('SELECT FROM project WHERE code = $1 FOR NO KEY UPDATE', [code]);
    const before = await standing(tx, code);
    if (!before.isKeyProject)
      throw new DomainError<SiteClearanceErrorCode>('site-clearance-not-key', { project: code });
    if (before.version !== seen)
      throw new DomainError<SiteClearanceErrorCode>('site-clearance-changed', { project: code });
    record({ objectType: 'site-clearance', ...(await insert(tx, before)) });
    return standing(tx, code);
  }).catch((error: unknown) => {
    throw refusalOf(error) ?? error;
  });
}

/** A reporter writes for what the own unit holds on the day; what it does not hold is unknown to it. */
async function requireOwn(tx: EntityManager, actor: Actor, code: string, day: IsoDate): Promise<void> {
  const project = (await reportableProjects(tx, [code])).get(code);
  if (!project || !mayReport(actor, project, day))
    throw new DomainError<ProjectsErrorCode>('project-not-found', { project: code });
}

async function standing(tx: EntityManager, code: string): Promise<SiteClearance> {
  const [counted]: { version: number; isKeyProject: boolean }[] = await tx.query(
    `SELECT (SELECT count(*) FROM site_clearance_plan WHERE project_code = $1)::int
            + (SELECT count(*) FROM site_clearance_month WHERE project_code = $1)::int AS version,
            EXISTS (SELECT FROM key_project WHERE project_code = $1) AS "isKeyProject"`,
    [code],
  );
  const plan = await tx.findOne(SiteClearancePlan, { where: { projectCode: code }, order: { id: 'DESC' } });
  const months = await tx
    .createQueryBuilder(SiteClearanceMonth, 'm')
    .distinctOn(['m.year', 'm.month'])
    .where('m.project_code = :code', { code })
    .orderBy({ 'm.year': 'DESC', 'm.month': 'DESC', 'm.id': 'DESC' })
    .limit(MOST_MONTHS)
    .getMany();
  return {
    projectCode: code,
    version: counted?.version ?? 0,
    isKeyProject: counted?.isKeyProject ?? false,
    plan,
    months,
  };
}

function stamp(actor: Actor): { recordedAt: Date; recordedBy: string } {
  return { recordedAt: systemClock.now(), recordedBy: actor.displayName };
}

/** The database compares with what there is to hand over and with the other months. */
function refusalOf(error: unknown): DomainError<SiteClearanceErrorCode> | undefined {
  if (sqlState(error) !== 'PT062') return undefined;
  const facts = JSON.parse(violationDetail(error) ?? '{}') as ErrorFacts;
  const code = violatedConstraint(error) === 'site_clearance_falls' ? 'site-clearance-falls' : 'site-clearance-total';
  return new DomainError<SiteClearanceErrorCode>(code, facts);
}
