import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, type Actor, type IsoDate } from '#libs/kernel';
import { NoticeLine, Notice } from '#libs/notices';
import { InspectionTeam } from '#libs/organisation';
import { businessNow } from '#libs/platform';
import type { Programme } from '#libs/projects';
import { carryNotice } from './carry-notice.js';
import type { InspectionsErrorCode } from './errors.js';
import { inScope, mayRecord, takeInspection } from './inspection-scope.js';
import { Inspection, type InspectionKind, type InspectionSubject } from './inspection.entity.js';

export interface InspectionPlan {
  purpose: string;
  plannedOn: IsoDate;
  place: string;
  members: readonly string[];
}

export interface NewInspection extends InspectionPlan {
  teamCode: string;
  kind: InspectionKind;
  subject: InspectionSubject;
  unitCode: string | null;
  projectCode: string | null;
  programme: Exclude<Programme, 'none'> | null;
  planYear: number | null;
  /** The team's notice that it answers, if it answers one. */
  noticeId: number | null;
  /** Of a follow-up: the inspection whose recommendations are looked at again. */
  follows: number | null;
}

/** Plans an inspection of a team, on a notice to it or freely; the notice goes on to `planned`. Returns its id. */
export async function planInspection(db: DataSource, actor: Actor, plan: NewInspection): Promise<number> {
  const refuse = (code: InspectionsErrorCode, facts: Record<string, string | number>): never => {
    throw new DomainError<InspectionsErrorCode>(code, facts);
  };
  return auditedTransaction(db, actor, async (tx, record) => {
    const { teamCode, kind, follows, noticeId } = plan;
    if (!mayRecord(actor, teamCode) || !(await tx.existsBy(InspectionTeam, { code: teamCode })))
      refuse('inspection-team-not-yours', { team: teamCode });
    const subject = await subjectOf(tx, actor, plan);
    if ((kind === 'follow-up') !== (follows !== null) || (follows !== null && !(await isSeen(tx, actor, follows))))
      refuse('inspection-follows-missing', { inspection: follows ?? '' });
    if (noticeId !== null) {
      const notice = await tx.findOneBy(Notice, { id: noticeId, audience: 'team', recipient: teamCode });
      if (!notice || notice.state === 'draft') refuse('inspection-notice-of-another', { notice: noticeId });
    }
    const line =
      noticeId === null || subject.unitCode === null
        ? null
        : await tx.findOneBy(NoticeLine, { noticeId, unitCode: subject.unitCode });
    const written = {
      ...plan,
      ...subject,
      members: [...plan.members],
      caseId: line?.caseId ?? null,
      createdAt: await businessNow(tx),
      createdBy: actor.username,
    };
    const { identifiers } = await tx.insert(Inspection, written);
    const { id } = identifiers[0] as { id: number };
    record({ action: 'inspection.plan', objectType: 'inspection', objectId: id, after: written });
    await carryNotice(tx, record, actor, { id, noticeId }, 'planned', `${plan.plannedOn}: ${plan.purpose}`);
    return id;
  });
}

type Subject = Pick<Inspection, 'unitCode' | 'projectCode' | 'programme' | 'planYear'>;

/** Only what the kind of subject names; a unit or project that is not the actor's to see is refused as an unknown one. */
async function subjectOf(tx: EntityManager, actor: Actor, plan: NewInspection): Promise<Subject> {
  const refused = new DomainError<InspectionsErrorCode>('inspection-subject-refused', { subject: plan.subject });
  const none = { unitCode: null, projectCode: null, programme: null, planYear: null };
  const unit = plan.unitCode === null ? null : await visibleUnit(tx, actor, plan.unitCode);
  if (plan.unitCode !== null && unit === null) throw refused;
  switch (plan.subject) {
    case 'unit':
      if (unit === null) throw refused;
      return { ...none, unitCode: unit };
    case 'project': {
      const project = plan.projectCode === null ? null : await visibleProject(tx, actor, plan.projectCode);
      if (project === null) throw refused;
      return { ...none, projectCode: project.code, unitCode: project.unitCode };
    }
    case 'programme':
      if (plan.programme === null) throw refused;
      return { ...none, programme: plan.programme, unitCode: unit };
    case 'assignment':
      if (plan.planYear === null) throw refused;
      return { ...none, planYear: plan.planYear, unitCode: unit };
  }
}

async function visibleUnit(tx: EntityManager, actor: Actor, code: string): Promise<string | null> {
  const scope = actor.units === 'all' ? null : actor.units;
  const [found]: { code: string }[] = await tx.query(
    'SELECT code FROM unit WHERE code = $1 AND ($2::text[] IS NULL OR code = ANY($2))',
    [code, scope],
  );
  return found?.code ?? null;
}

async function visibleProject(
  tx: EntityManager,
  actor: Actor,
  code: string,
): Promise<{ code: string; unitCode: string | null } | null> {
  const scope = actor.units === 'all' ? null : actor.units;
  const [found]: { code: string; unitCode: string | null }[] = await tx.query(
    `SELECT p.code, h.unit_code AS "unitCode" FROM project AS p
     LEFT JOIN LATERAL (SELECT unit_code FROM project_unit WHERE project_code = p.code
                        ORDER BY valid_from DESC NULLS LAST LIMIT 1) AS h ON true
     WHERE p.code = $1 AND ($2::text[] IS NULL OR h.unit_code = ANY($2)
       OR p.code IN (SELECT code FROM projects_in_places($3::text[])))`,
    [code, scope, actor.places ?? []],
  );
  return found ?? null;
}

async function isSeen(tx: EntityManager, actor: Actor, id: number): Promise<boolean> {
  const given: unknown[] = [id];
  const scope = inScope(actor, (value) => `$${given.push(value)}`);
  const found: unknown[] = await tx.query(`SELECT FROM inspection AS i WHERE i.id = $1 AND ${scope}`, given);
  return found.length > 0;
}

/** Another day, place or members before the first visit. `seen` is the version that the editor saw. */
export async function replanInspection(
  db: DataSource,
  actor: Actor,
  id: number,
  plan: InspectionPlan,
  seen: number,
): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    const found = await takeInspection(tx, actor, id);
    if (found.version !== seen)
      throw new DomainError<InspectionsErrorCode>('inspection-changed-meanwhile', { inspection: id });
    if (found.state !== 'planned')
      throw new DomainError<InspectionsErrorCode>('inspection-not-planned', { inspection: id });
    const { purpose, plannedOn, place, members } = found;
    await tx.update(Inspection, { id }, { ...plan, members: [...plan.members], version: found.version + 1 });
    record({
      action: 'inspection.replan',
      objectType: 'inspection',
      objectId: id,
      before: { purpose, plannedOn, place, members },
      after: plan,
    });
  });
}
