import type { DataSource } from 'typeorm';
import type { InspectionDetail, InspectionRow, VisitDetail } from '#libs/followup';
import { dongToJson, may, type Actor } from '#libs/kernel';
import { businessDate, instanceSetting } from '#libs/platform';
import type { InspectionDetailDto, InspectionDto, VisitDto } from './inspection.dto.js';

const named = (code: string | null, name: string | null): { code: string; name: string } | null =>
  code === null ? null : { code, name: name ?? code };

export function inspectionView(row: InspectionRow): InspectionDto {
  return {
    id: row.id,
    team: { code: row.teamCode, name: row.teamName },
    kind: row.kind,
    subject: row.subject,
    unit: named(row.unitCode, row.unitName),
    project: named(row.projectCode, row.projectName),
    programme: row.programme,
    planYear: row.planYear,
    noticeId: row.noticeId,
    caseId: row.caseId,
    follows: row.follows,
    purpose: row.purpose,
    plannedOn: row.plannedOn,
    place: row.place,
    members: row.members,
    state: row.state,
    version: row.version,
    conclusion: row.conclusion,
    concludedAt: row.concludedAt?.toISOString() ?? null,
    concludedBy: row.concludedBy,
    visitedOn: row.visitedOn,
    openRecommendations: row.openRecommendations,
    nextDueOn: row.nextDueOn,
  };
}

export async function inspectionDetailView(
  db: DataSource,
  actor: Actor,
  found: InspectionDetail,
): Promise<InspectionDetailDto> {
  const records = may(actor, 'inspections.record');
  return {
    ...inspectionView(found),
    visits: found.visitDetails.map(visitView),
    own: records && (actor.units === 'all' || actor.teams.includes(found.teamCode)),
    today: await businessDate(db),
    illustrative: (await instanceSetting(db)).illustrative,
  };
}

function visitView({ findings, recordedAt, ...visit }: VisitDetail): VisitDto {
  return {
    ...visit,
    recordedAt: recordedAt.toISOString(),
    findings: findings.map(({ category, text, amount }) => ({
      category,
      text,
      amountDong: amount === null ? null : dongToJson(amount),
    })),
  };
}
