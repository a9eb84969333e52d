import type { DataSource, EntityManager } from 'typeorm';
import { addWorkingDays, dayKinds, workingDaysUntil } from '#libs/calendar';
import { addDays, DomainError, LAST_MONTH, Month, type Actor, type IsoDate } from '#libs/kernel';
import { businessDate } from '#libs/platform';
import type { LedgerErrorCode } from './errors.js';
import { ReportingMonth } from './reporting-month.entity.js';

/** Working days after a month's end by which units report and the department closes: configuration, domain.md §5. */
export interface Deadlines {
  reportDeadlineWorkingDays: number;
  closingDeadlineWorkingDays: number;
}

export interface DueDay {
  day: IsoDate;
  /** Working days; negative once it has passed. */
  daysLeft: number;
  isOver: boolean;
}

export interface ReportDuty {
  unit: { code: string; name: string };
  /** `waiting`: its month is not over yet. */
  state: 'reported' | 'waiting' | 'due' | 'overdue';
  submittedOn: IsoDate | null;
  /** Reported after the due day. */
  late: boolean;
}

export interface MonthDuties {
  month: Month;
  today: IsoDate;
  reportDue: DueDay;
  closingDue: DueDay;
  units: ReportDuty[];
}

const LONGEST_CALENDAR_DAYS = 120;

/** Who owes the report of a month by when, within the actor's units; overdue ones first. */
export async function monthDuties(
  db: DataSource,
  actor: Actor,
  month: Month,
  deadlines: Deadlines,
): Promise<MonthDuties> {
  const { planYear, number } = month;
  if (!(await db.manager.existsBy(ReportingMonth, { planYear, month: number })))
    throw new DomainError<LedgerErrorCode>('month-not-opened', { month: month.toString() });
  const today = await businessDate(db);
  const { reportDue, closingDue } = await dueDays(db, month, deadlines, today);
  const owed = (await reportsOwed(db, actor, planYear)).filter((row) => row.month === number);
  const units = owed.map(({ code, name, submittedOn }): ReportDuty => ({
    unit: { code, name },
    state: submittedOn ? 'reported' : today <= month.end ? 'waiting' : reportDue.isOver ? 'overdue' : 'due',
    submittedOn,
    late: submittedOn !== null && submittedOn > reportDue.day,
  }));
  return { month, today, reportDue, closingDue, units: units.sort((a, b) => ORDER[a.state] - ORDER[b.state]) };
}

const ORDER = { overdue: 0, due: 1, waiting: 2, reported: 3 };

/** The due days of a month, counted in working days of the kept calendar. */
export async function dueDays(
  db: DataSource | EntityManager,
  month: Month,
  deadlines: Deadlines,
  today: IsoDate,
): Promise<{ reportDue: DueDay; closingDue: DueDay }> {
  const farthest = addDays(month.end, LONGEST_CALENDAR_DAYS);
  const [first, last] = today < month.end ? [today, farthest] : [month.end, today > farthest ? today : farthest];
  const kinds = await dayKinds(db, first, last);
  const due = (workingDays: number): DueDay => {
    const day = addWorkingDays(month.end, workingDays, kinds);
    return { day, daysLeft: workingDaysUntil(today, day, kinds), isOver: today > day };
  };
  return {
    reportDue: due(deadlines.reportDeadlineWorkingDays),
    closingDue: due(deadlines.closingDeadlineWorkingDays),
  };
}

export interface OwedReport {
  month: number;
  code: string;
  name: string;
  /** The business day of the report; null while it is owed. */
  submittedOn: IsoDate | null;
}

/**
 * Units with a province plan in force that are valid on the month end: those that owe a report, of every month of a
 * plan year, within the actor's units.
 */
export async function reportsOwed(
  db: DataSource | EntityManager,
  actor: Pick<Actor, 'units'>,
  planYear: number,
): Promise<OwedReport[]> {
  const ends = Array.from({ length: LAST_MONTH }, (_, i) => Month.of(planYear, i + 1).end);
  const rows: (Omit<OwedReport, 'month'> & { month: string })[] = await db.query(
    `SELECT m.month, u.code, u.name, r.submitted_on::text AS "submittedOn"
     FROM unnest($2::date[]) WITH ORDINALITY AS m (month_end, month)
     JOIN allocation_total AS t ON t.plan_year = $1 AND t.effective_month <= m.month
      AND t.basis = 'province' AND NOT t.carried_over
     JOIN unit AS u ON u.code = t.unit_code AND u.kind <> 'reserve'
      AND (u.valid_from IS NULL OR u.valid_from <= m.month_end) AND (u.valid_to IS NULL OR u.valid_to >= m.month_end)
     LEFT JOIN monthly_report AS r ON r.plan_year = $1 AND r.month = m.month AND r.unit_code = u.code
     WHERE ($3::text[] IS NULL OR u.code = ANY($3))
     GROUP BY m.month, u.code, u.name, r.submitted_on HAVING sum(t.amount) > 0
     ORDER BY m.month, u.name COLLATE "vi-x-icu"`,
    [planYear, ends, actor.units === 'all' ? null : actor.units],
  );
  return rows.map((row) => ({ ...row, month: Number(row.month) }));
}
