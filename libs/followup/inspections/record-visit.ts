import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { claimFiles } from '#libs/files';
import { DomainError, type Actor, type Dong, type IsoDate } from '#libs/kernel';
import { businessDate, businessNow } from '#libs/platform';
import { carryNotice } from './carry-notice.js';
import type { InspectionsErrorCode } from './errors.js';
import { takeInspection } from './inspection-scope.js';
import { Inspection } from './inspection.entity.js';
import {
  InspectionAttachment,
  InspectionFinding,
  InspectionRecommendation,
  InspectionVisit,
  type FindingCategory,
} from './visit.entity.js';

export interface NewVisit {
  /** Made where the visit was written down: the same key again is the same visit. */
  draftKey: string;
  visitedOn: IsoDate;
  place: string;
  members: readonly string[];
  note: string;
  findings: readonly { category: FindingCategory; text: string; amount: Dong | null }[];
  attachments: readonly {
    fileId: number;
    kind: 'photo' | 'file';
    caption: string;
    /** Degrees as decimal text, where the one who took the picture agreed. */
    latitude: string | null;
    longitude: string | null;
  }[];
  recommendations: readonly { text: string; owner: string; dueOn: IsoDate }[];
}

/**
 * Keeps a visit with all that belongs to it, or nothing. Sent again with its draft key, as telephones do when the
 * answer was lost on the way, it is the visit that is there already. Returns the id of the visit.
 */
export async function recordVisit(db: DataSource, actor: Actor, id: number, visit: NewVisit): Promise<number> {
  return auditedTransaction(db, actor, async (tx, record) => {
    const inspection = await takeInspection(tx, actor, id);
    const before = await tx.findOneBy(InspectionVisit, { draftKey: visit.draftKey });
    if (before?.inspectionId === id) return before.id;
    if (before) throw new DomainError<InspectionsErrorCode>('visit-draft-used', { inspection: id });
    if (inspection.state === 'concluded')
      throw new DomainError<InspectionsErrorCode>('inspection-concluded', { inspection: id });
    if (visit.visitedOn > (await businessDate(tx)))
      throw new DomainError<InspectionsErrorCode>('visit-in-future', { day: visit.visitedOn });
    const visitId = await write(tx, actor, id, visit);
    await tx.update(Inspection, { id }, { state: 'visited', version: inspection.version + 1 });
    record({ action: 'inspection.visit', objectType: 'inspection', objectId: id, after: { visitId, ...visit } });
    const found = visit.findings.map(({ text }) => text).join('; ');
    await carryNotice(tx, record, actor, inspection, 'inspected', `${visit.visitedOn}: ${found || visit.place}`);
    return visitId;
  });
}

async function write(tx: EntityManager, actor: Actor, inspectionId: number, visit: NewVisit): Promise<number> {
  const { draftKey, visitedOn, place, note } = visit;
  const { identifiers } = await tx.insert(InspectionVisit, {
    inspectionId,
    draftKey,
    visitedOn,
    place,
    members: [...visit.members],
    note,
    recordedAt: await businessNow(tx),
    recordedBy: actor.username,
  });
  const { id: visitId } = identifiers[0] as { id: number };
  if (visit.findings.length > 0)
    await tx.insert(
      InspectionFinding,
      visit.findings.map((finding, i) => ({ ...finding, visitId, ordinal: i + 1 })),
    );
  await claimFiles(
    tx,
    actor,
    visit.attachments.map(({ fileId }) => fileId),
    `inspection visit ${visitId}`,
  );
  if (visit.attachments.length > 0)
    await tx.insert(
      InspectionAttachment,
      visit.attachments.map((attachment) => ({ ...attachment, visitId })),
    );
  if (visit.recommendations.length > 0)
    await tx.insert(
      InspectionRecommendation,
      visit.recommendations.map((recommendation) => ({ ...recommendation, visitId })),
    );
  return visitId;
}
