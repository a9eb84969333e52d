import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { Month, type Actor } from '#libs/kernel';
import { listMonths, listPlanYears, monthDuties, type Deadlines, type DueDay, type ReportDuty } from '#libs/ledger';
import { businessDate } from '#libs/platform';
import { Notice, type ReminderStep } from './notice.entity.js';
import { writeNotice, type NewNotice } from './write-notice.js';

/** Working days before the due day from which a unit is reminded, and after it until it is reminded once more. */
const SOON = 2;
const LONG = 3;

/**
 * Reminds of the reports that a month that is over still lacks: the unit as the due day comes near, the unit and the
 * staff when it has passed and again some working days later. Each unit, month and step once, which the database
 * holds; run again, by two at once or after a crash it writes what is not written yet.
 */
export async function remindReports(db: DataSource, actor: Actor, deadlines: Deadlines): Promise<Notice[]> {
  const today = await businessDate(db);
  const written: Notice[] = [];
  for (const planYear of await listPlanYears(db))
    for (const { month: number, state, version } of await listMonths(db, actor, planYear)) {
      const month = Month.of(planYear, number);
      // A month that was reopened is corrected, not collected: its due day is long past.
      if (state !== 'open' || month.end >= today) continue;
      const { reportDue, units } = await monthDuties(db, actor, month, deadlines);
      const step = stepOn(reportDue);
      const owing = units.filter(({ submittedOn }) => submittedOn === null);
      if (!step || owing.length === 0) continue;
      const head = { planYear, month: number, monthVersion: version, isFallback: false, evaluationId: null, step };
      for (const duty of owing) {
        const { code, name } = duty.unit;
        written.push(
          ...(await once(db, actor, { ...head, audience: 'unit', recipient: code, recipientName: name }, [duty])),
        );
      }
      if (step === 'due-soon') continue;
      const staff = { audience: 'staff' as const, recipient: 'staff', recipientName: 'Chuyên viên theo dõi' };
      written.push(...(await once(db, actor, { ...head, ...staff }, owing)));
    }
  return written;
}

function stepOn({ daysLeft, isOver }: DueDay): ReminderStep | undefined {
  // On a free day after the due day nobody is late by a working day yet.
  if (isOver) return daysLeft <= -LONG ? 'long-overdue' : daysLeft < 0 ? 'overdue' : undefined;
  return daysLeft <= SOON ? 'due-soon' : undefined;
}

async function once(db: DataSource, actor: Actor, head: NewNotice, owing: readonly ReportDuty[]): Promise<Notice[]> {
  const { planYear, month, monthVersion, audience, recipient, step } = head;
  return auditedTransaction(db, actor, async (tx, record) => {
    await tx.query('SELECT pg_advisory_xact_lock($1, $2)', [planYear, month]);
    if (await tx.existsBy(Notice, { planYear, month, monthVersion, audience, recipient, step })) return [];
    const lines = owing.map(({ unit }) => ({
      kind: 'missing-report' as const,
      unitCode: unit.code,
      caseId: null,
      streak: 0,
      plan: 0n,
      disbursed: 0n,
      gap: 0n,
    }));
    return [await writeNotice(tx, actor, head, lines, record)];
  });
}
