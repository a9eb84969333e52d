import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, type Actor } from '#libs/kernel';
import { businessDate, businessNow } from '#libs/platform';
import { carryNotice } from './carry-notice.js';
import type { InspectionsErrorCode } from './errors.js';
import { mayRecord, takeInspection } from './inspection-scope.js';
import { Inspection } from './inspection.entity.js';
import { InspectionRecommendation, InspectionVisit } from './visit.entity.js';

/** Ends an inspection that has been at the place; its unit reads it from here on, and its notice is resolved. */
export async function concludeInspection(db: DataSource, actor: Actor, id: number, conclusion: string): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    const inspection = await takeInspection(tx, actor, id);
    if (inspection.state === 'concluded')
      throw new DomainError<InspectionsErrorCode>('inspection-concluded', { inspection: id });
    if (inspection.state === 'planned')
      throw new DomainError<InspectionsErrorCode>('inspection-not-visited', { inspection: id });
    await tx.update(
      Inspection,
      { id },
      {
        state: 'concluded',
        version: inspection.version + 1,
        conclusion,
        concludedAt: await businessNow(tx),
        concludedBy: actor.username,
      },
    );
    record({ action: 'inspection.conclude', objectType: 'inspection', objectId: id, after: { conclusion } });
    await carryNotice(tx, record, actor, inspection, 'resolved', conclusion);
  });
}

/** The team sees that a recommendation was carried out, and says how. Once. */
export async function completeRecommendation(db: DataSource, actor: Actor, id: number, note: string): Promise<number> {
  return auditedTransaction(db, actor, async (tx, record) => {
    const found = await tx.findOne(InspectionRecommendation, { where: { id }, lock: { mode: 'pessimistic_write' } });
    const visit = found && (await tx.findOneByOrFail(InspectionVisit, { id: found.visitId }));
    const inspection = visit && (await tx.findOneByOrFail(Inspection, { id: visit.inspectionId }));
    if (!found || !inspection || !mayRecord(actor, inspection.teamCode))
      throw new DomainError<InspectionsErrorCode>('recommendation-unknown', { recommendation: id });
    if (found.doneOn !== null)
      throw new DomainError<InspectionsErrorCode>('recommendation-done', {
        recommendation: id,
        by: found.doneBy ?? '',
      });
    const done = { doneOn: await businessDate(tx), doneNote: note, doneBy: actor.username };
    await tx.update(InspectionRecommendation, { id }, done);
    record({ action: 'inspection.recommendation-done', objectType: 'recommendation', objectId: id, after: done });
    return inspection.id;
  });
}
