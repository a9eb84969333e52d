import type { DataSource } from 'typeorm';
import { addWorkingDays, dayKinds, refuseWrongDays, type CalendarEntry } from '#libs/calendar';
import { LAST_MONTH, Month, type IsoDate } from '#libs/kernel';
import type { Deadlines } from './report-duties.js';

export interface MonthDeadline {
  month: Month;
  end: IsoDate;
  reportDue: IsoDate;
  closingDue: IsoDate;
}

/**
 * The due days of every month of a plan year, in working days after its end. `days` stand in for what is kept of that
 * year: what they would change is seen before they are kept.
 */
export async function monthDeadlines(
  db: DataSource,
  planYear: number,
  deadlines: Deadlines,
  days?: readonly CalendarEntry[],
): Promise<MonthDeadline[]> {
  const kinds = new Map(await dayKinds(db, `${planYear}-01-01`, `${planYear + 1}-12-31`));
  if (days) {
    refuseWrongDays(planYear, days);
    for (const day of [...kinds.keys()]) if (day.startsWith(`${planYear}-`)) kinds.delete(day);
    for (const { date, kind } of days) kinds.set(date, kind);
  }
  return Array.from({ length: LAST_MONTH }, (_, i) => {
    const month = Month.of(planYear, i + 1);
    const due = (workingDays: number): IsoDate => addWorkingDays(month.end, workingDays, kinds);
    return {
      month,
      end: month.end,
      reportDue: due(deadlines.reportDeadlineWorkingDays),
      closingDue: due(deadlines.closingDeadlineWorkingDays),
    };
  });
}
