import type { IsoDate } from '#libs/kernel';

/** Public holidays of 2024 on weekdays, Tết as decided for that year. Make-up Saturdays are left out. */
const HOLIDAYS = new Set(
  ['01-01', '02-08', '02-09', '02-12', '02-13', '02-14', '04-18', '04-29', '04-30', '05-01', '09-02', '09-03'].map(
    (day) => `2024-${day}`,
  ),
);

/** The days on which the Treasury books and offices report, oldest first; `lastDay` cuts the open month short. */
export function workingDaysOf(month: number, lastDay = 31): IsoDate[] {
  const days: IsoDate[] = [];
  for (let day = 1; day <= lastDay; day++) {
    const date = new Date(Date.UTC(2024, month - 1, day));
    if (date.getUTCMonth() !== month - 1) break;
    const iso = date.toISOString().slice(0, 10);
    if (date.getUTCDay() % 6 !== 0 && !HOLIDAYS.has(iso)) days.push(iso);
  }
  return days;
}
