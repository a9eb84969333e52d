import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { Month, type Actor } from '#libs/kernel';
import { listMonths, listPlanYears } from '#libs/ledger';
import { businessDate } from '#libs/platform';
import { Notice } from './notice.entity.js';
import { writeNotice } from './write-notice.js';

/**
 * Tells the staff which months are over and still open, and who has not reported; once for each state of a month.
 * In January both month 12 and month 13 of the old plan year may be due beside month 1 of the new one.
 */
export async function remindOpenMonths(db: DataSource, actor: Actor): Promise<Notice[]> {
  const today = await businessDate(db);
  const written: Notice[] = [];
  for (const planYear of await listPlanYears(db))
    for (const month of await listMonths(db, actor, planYear)) {
      const period = Month.of(planYear, month.month);
      if (month.state === 'closed' || period.end >= today) continue;
      const key = {
        planYear,
        month: month.month,
        monthVersion: month.version,
        audience: 'staff' as const,
        recipient: 'staff',
      };
      const notice = await auditedTransaction(db, actor, async (tx, record) => {
        await tx.query('SELECT pg_advisory_xact_lock($1, $2)', [planYear, month.month]);
        if (await tx.existsBy(Notice, { ...key, step: '' })) return undefined;
        return writeNotice(
          tx,
          actor,
          { ...key, recipientName: 'Chuyên viên theo dõi', isFallback: false, evaluationId: null },
          month.missingUnits.map(({ code }) => ({
            kind: 'missing-report' as const,
            unitCode: code,
            caseId: null,
            streak: 0,
            plan: 0n,
            disbursed: 0n,
            gap: 0n,
          })),
          record,
        );
      });
      if (notice) written.push(notice);
    }
  return written;
}
