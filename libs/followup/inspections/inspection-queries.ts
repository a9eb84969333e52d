import type { DataSource } from 'typeorm';
import { fileFacts, openFile, type FileFacts, type OpenedFile } from '#libs/files';
import { DomainError, type Actor, type Dong, type IsoDate } from '#libs/kernel';
import type { Programme } from '#libs/projects';
import type { InspectionsErrorCode } from './errors.js';
import { inScope } from './inspection-scope.js';
import type { InspectionKind, InspectionState, InspectionSubject } from './inspection.entity.js';
import { InspectionFinding, type FindingCategory } from './visit.entity.js';

export interface InspectionFilter {
  state?: InspectionState | undefined;
  team?: string | undefined;
  noticeId?: number | undefined;
  /** Planned from and to these days, both included. */
  from?: IsoDate | undefined;
  to?: IsoDate | undefined;
  /** Inspections older than this one. */
  before?: number | undefined;
  limit: number;
}

export interface InspectionRow {
  id: number;
  teamCode: string;
  teamName: string;
  kind: InspectionKind;
  subject: InspectionSubject;
  unitCode: string | null;
  unitName: string | null;
  projectCode: string | null;
  projectName: string | null;
  programme: Exclude<Programme, 'none'> | null;
  planYear: number | null;
  noticeId: number | null;
  caseId: number | null;
  follows: number | null;
  purpose: string;
  plannedOn: IsoDate;
  place: string;
  members: string[];
  state: InspectionState;
  version: number;
  conclusion: string | null;
  concludedAt: Date | null;
  concludedBy: string | null;
  visits: number;
  /** Days of its visits, first to last. */
  visitedOn: IsoDate[];
  openRecommendations: number;
  /** The nearest day by which an open recommendation is due. */
  nextDueOn: IsoDate | null;
}

const SELECTED = `
  SELECT i.id, i.team_code AS "teamCode", t.name AS "teamName", i.kind, i.subject, i.unit_code AS "unitCode",
         u.name AS "unitName", i.project_code AS "projectCode", p.name AS "projectName", i.programme,
         i.plan_year AS "planYear", i.notice_id AS "noticeId", i.case_id AS "caseId", i.follows, i.purpose,
         i.planned_on::text AS "plannedOn", i.place, i.members, i.state, i.version, i.conclusion,
         i.concluded_at AS "concludedAt", coalesce(c.display_name, i.concluded_by) AS "concludedBy", v.visits,
         v."visitedOn", r.open AS "openRecommendations", r.next AS "nextDueOn"`;
const FROM = `
  FROM inspection AS i JOIN inspection_team AS t ON t.code = i.team_code
  LEFT JOIN unit AS u ON u.code = i.unit_code LEFT JOIN project AS p ON p.code = i.project_code
  LEFT JOIN account AS c ON c.username = i.concluded_by`;
const COUNTED = `
  CROSS JOIN LATERAL (SELECT count(*)::int AS visits, coalesce(array_agg(visited_on::text ORDER BY visited_on), '{}') AS "visitedOn"
                      FROM inspection_visit WHERE inspection_id = i.id) AS v
  CROSS JOIN LATERAL (SELECT count(*)::int AS open, min(r.due_on)::text AS next
                      FROM inspection_recommendation AS r JOIN inspection_visit AS w ON w.id = r.visit_id
                      WHERE w.inspection_id = i.id AND r.done_on IS NULL) AS r`;

/** The actor's inspections, newest first; by planned day where a span of days is asked for. */
export async function listInspections(
  db: DataSource,
  actor: Actor,
  filter: InspectionFilter,
): Promise<{ items: InspectionRow[]; total: number }> {
  const given: unknown[] = [];
  const put = (value: unknown): string => `$${given.push(value)}`;
  const conditions = [inScope(actor, put)];
  const narrow = (column: string, operator: string, value: unknown): void => {
    if (value !== undefined) conditions.push(`${column} ${operator} ${put(value)}`);
  };
  narrow('i.state', '=', filter.state);
  narrow('i.team_code', '=', filter.team);
  narrow('i.notice_id', '=', filter.noticeId);
  narrow('i.planned_on', '>=', filter.from);
  narrow('i.planned_on', '<=', filter.to);
  const where = conditions.join(' AND ');
  const [counted]: { total: number }[] = await db.query(`SELECT count(*)::int AS total ${FROM} WHERE ${where}`, given);
  const onwards = filter.before === undefined ? '' : `AND i.id < ${put(filter.before)}`;
  const items: InspectionRow[] = await db.query(
    `${SELECTED} ${FROM} ${COUNTED} WHERE ${where} ${onwards} ORDER BY i.id DESC LIMIT ${put(filter.limit)}`,
    given,
  );
  return { items, total: counted?.total ?? 0 };
}

export interface VisitDetail {
  id: number;
  visitedOn: IsoDate;
  place: string;
  members: string[];
  note: string;
  recordedAt: Date;
  recordedBy: string;
  findings: { category: FindingCategory; text: string; amount: Dong | null }[];
  attachments: (FileFacts & {
    kind: 'photo' | 'file';
    caption: string;
    latitude: string | null;
    longitude: string | null;
  })[];
  recommendations: RecommendationRow[];
}

export interface RecommendationRow {
  id: number;
  text: string;
  owner: string;
  dueOn: IsoDate;
  doneOn: IsoDate | null;
  doneNote: string | null;
  doneBy: string | null;
}

export type InspectionDetail = InspectionRow & { visitDetails: VisitDetail[] };

/** One inspection of the actor's with its visits; `inspection-unknown` for one that is not theirs to see. */
export async function findInspection(db: DataSource, actor: Actor, id: number): Promise<InspectionDetail> {
  const given: unknown[] = [id];
  const scope = inScope(actor, (value) => `$${given.push(value)}`);
  const [found]: InspectionRow[] = await db.query(`${SELECTED} ${FROM} ${COUNTED} WHERE i.id = $1 AND ${scope}`, given);
  if (!found) throw new DomainError<InspectionsErrorCode>('inspection-unknown', { inspection: id });
  return { ...found, visitDetails: await visitsOf(db, id) };
}

/** A photo or file of an inspection that the actor may see. */
export async function openInspectionFile(
  db: DataSource,
  actor: Actor,
  id: number,
  fileId: number,
): Promise<OpenedFile> {
  const { visitDetails } = await findInspection(db, actor, id);
  if (!visitDetails.some(({ attachments }) => attachments.some((file) => file.id === fileId)))
    throw new DomainError<InspectionsErrorCode>('inspection-unknown', { inspection: id });
  return openFile(db, fileId);
}

type Attached = Omit<VisitDetail['attachments'][number], keyof FileFacts> & { visitId: number; fileId: number };

async function visitsOf(db: DataSource, id: number): Promise<VisitDetail[]> {
  const visits: Omit<VisitDetail, 'findings' | 'attachments' | 'recommendations'>[] = await db.query(
    `SELECT v.id, v.visited_on::text AS "visitedOn", v.place, v.members, v.note, v.recorded_at AS "recordedAt",
            coalesce(a.display_name, v.recorded_by) AS "recordedBy"
     FROM inspection_visit AS v LEFT JOIN account AS a ON a.username = v.recorded_by
     WHERE v.inspection_id = $1 ORDER BY v.visited_on, v.id`,
    [id],
  );
  const ids = visits.map((visit) => visit.id);
  const findings = await db.manager
    .createQueryBuilder(InspectionFinding, 'finding')
    .where('finding.visit_id = ANY(:ids)', { ids })
    .orderBy('finding.ordinal')
    .getMany();
  const attached: Attached[] = await db.query(
    `SELECT visit_id AS "visitId", file_id AS "fileId", kind, caption, latitude::text AS latitude,
            longitude::text AS longitude
     FROM inspection_attachment WHERE visit_id = ANY($1) ORDER BY file_id`,
    [ids],
  );
  const facts = await fileFacts(
    db,
    attached.map(({ fileId }) => fileId),
  );
  const recommended: (RecommendationRow & { visitId: number })[] = await db.query(
    `SELECT r.visit_id AS "visitId", r.id, r.text, r.owner, r.due_on::text AS "dueOn", r.done_on::text AS "doneOn",
            r.done_note AS "doneNote", coalesce(a.display_name, r.done_by) AS "doneBy"
     FROM inspection_recommendation AS r LEFT JOIN account AS a ON a.username = r.done_by
     WHERE r.visit_id = ANY($1) ORDER BY r.due_on, r.id`,
    [ids],
  );
  return visits.map((visit) => ({
    ...visit,
    findings: findings.filter(({ visitId }) => visitId === visit.id),
    attachments: attached
      .filter(({ visitId }) => visitId === visit.id)
      .flatMap(({ fileId, kind, caption, latitude, longitude }) => {
        const file = facts.get(fileId);
        return file ? [{ ...file, kind, caption, latitude, longitude }] : [];
      }),
    recommendations: recommended.filter(({ visitId }) => visitId === visit.id),
  }));
}
