import { Not, type DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, maySeeUnit, systemClock, type Actor, type IsoDate, type Month } from '#libs/kernel';
import { Unit, type OrganisationErrorCode } from '#libs/organisation';
import { businessDate } from '#libs/platform';
import type { LedgerErrorCode } from './errors.js';
import { asLedgerRefusal } from './refusals.js';
import { MonthlyReport, ReportingMonth } from './reporting-month.entity.js';

/**
 * A unit submits its month: this, or the Treasury's statement, makes the month "reported" (domain.md §4); entries do
 * not. `submittedOn` is
 * the business day unless staff enter a paper that came earlier.
 */
export async function submitReport(
  db: DataSource,
  actor: Actor,
  month: Month,
  unitCode: string,
  submittedOn?: IsoDate,
): Promise<MonthlyReport> {
  const facts = { month: month.toString(), unit: unitCode };
  return asLedgerRefusal(facts, () =>
    auditedTransaction(db, actor, async (tx, record) => {
      const key = { planYear: month.planYear, month: month.number, unitCode };
      if (!maySeeUnit(actor, unitCode) || !(await tx.existsBy(Unit, { code: unitCode })))
        throw new DomainError<OrganisationErrorCode>('unit-unknown', { unit: unitCode });
      if (!(await tx.existsBy(ReportingMonth, { planYear: month.planYear, month: month.number })))
        throw new DomainError<LedgerErrorCode>('month-not-opened', facts);
      // The Treasury's statement may have reported it before: the unit's own word still comes.
      if (await tx.existsBy(MonthlyReport, { ...key, via: Not('treasury' as const) }))
        throw new DomainError<LedgerErrorCode>('report-exists', facts);
      const report = {
        ...key,
        via: actor.role === 'reporter' ? ('unit' as const) : ('staff' as const),
        submittedOn: submittedOn ?? (await businessDate(tx)),
        recordedAt: systemClock.now(),
        recordedBy: actor.username,
      };
      await tx.insert(MonthlyReport, report);
      record({ action: 'report.submit', objectType: 'report', objectId: `${month} ${unitCode}`, after: report });
      return tx.findOneByOrFail(MonthlyReport, { ...key, via: report.via });
    }),
  );
}
