import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { seedCalendarYear } from '#libs/calendar';
import { LAST_MONTH, type Actor } from '#libs/kernel';
import { NationalAverage } from './month-history.entity.js';
import { asLedgerRefusal } from './refusals.js';
import { reportsOwed } from './report-duties.js';
import { ReportingMonth } from './reporting-month.entity.js';

/**
 * Opens the thirteen months of a plan year; a year that is open already stays as it is. The calendars of that year and
 * the next, in which its last deadlines lie, begin with the computed holidays.
 */
export async function openPlanYear(db: DataSource, actor: Actor, planYear: number): Promise<void> {
  if (await db.manager.existsBy(ReportingMonth, { planYear })) return;
  await asLedgerRefusal({ planYear }, () =>
    auditedTransaction(db, actor, async (tx, record) => {
      const months = Array.from({ length: LAST_MONTH }, (_, i) => ({ planYear, month: i + 1 }));
      await tx.createQueryBuilder().insert().into(ReportingMonth).values(months).orIgnore().execute();
      record({ action: 'plan-year.open', objectType: 'plan-year', objectId: planYear });
      for (const year of [planYear, planYear + 1]) await seedCalendarYear(tx, actor, year, record);
    }),
  );
}

export interface MonthOverview extends ReportingMonth {
  closedByName: string | null;
  /** Units with a province plan in force that are valid on the month end: those that owe a report. */
  reportsExpected: number;
  reportsReceived: number;
  missingUnits: { code: string; name: string }[];
  nationalAverage: { percent: string; source: string } | null;
}

/** The months of a plan year with who still owes a report. Reports are counted within the actor's units. */
export async function listMonths(db: DataSource, actor: Actor, planYear: number): Promise<MonthOverview[]> {
  const months = await db.manager.find(ReportingMonth, { where: { planYear }, order: { month: 'ASC' } });
  const owing = await reportsOwed(db, actor, planYear);
  const names: { username: string; display_name: string }[] = await db.query(
    'SELECT username, display_name FROM account WHERE username = ANY($1)',
    [months.map(({ closedBy }) => closedBy)],
  );
  const national = await db.manager.findBy(NationalAverage, { planYear });
  const nameOf = new Map(names.map(({ username, display_name: name }) => [username, name]));
  return months.map((month) => {
    const owed = owing.filter((row) => row.month === month.month);
    return Object.assign(month, {
      closedByName: month.closedBy && (nameOf.get(month.closedBy) ?? month.closedBy),
      reportsExpected: owed.length,
      reportsReceived: owed.filter(({ submittedOn }) => submittedOn !== null).length,
      missingUnits: owed.filter(({ submittedOn }) => submittedOn === null).map(({ code, name }) => ({ code, name })),
      nationalAverage: published(national.find((average) => average.month === month.month)),
    });
  });
}

function published(average: NationalAverage | undefined): MonthOverview['nationalAverage'] {
  return average ? { percent: average.percent, source: average.source } : null;
}

export async function listPlanYears(db: DataSource): Promise<number[]> {
  const rows: { plan_year: number }[] = await db.query(
    'SELECT DISTINCT plan_year FROM reporting_month ORDER BY plan_year',
  );
  return rows.map((row) => row.plan_year);
}
