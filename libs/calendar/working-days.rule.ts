import { addDays, daysBetween, weekday, type IsoDate } from '#libs/kernel';

/** `make-up-day`: a Saturday or Sunday that is worked for a day off in lieu (làm bù, nghỉ bù). */
export type CalendarDayKind = 'holiday' | 'day-off-in-lieu' | 'make-up-day';

/** The days that differ from the plain week, by date. Monday to Friday are worked, Saturday and Sunday are not. */
export type DayKinds = ReadonlyMap<IsoDate, CalendarDayKind>;

const SATURDAY = 6;

/** domain.md §5: working days follow the calendar that staff keep, because the official days are decided each year. */
export function isWorkingDay(day: IsoDate, kinds: DayKinds): boolean {
  const kind = kinds.get(day);
  return kind === undefined ? weekday(day) < SATURDAY : kind === 'make-up-day';
}

/** The n-th working day after `day` (n ≥ 1); n = 0 is `day` itself if it is worked, else the next day that is. */
export function addWorkingDays(day: IsoDate, n: number, kinds: DayKinds): IsoDate {
  let at = day;
  let left = n;
  while (left > 0 || !isWorkingDay(at, kinds)) {
    at = addDays(at, 1);
    if (left > 0 && isWorkingDay(at, kinds)) left -= 1;
  }
  return at;
}

/**
 * Working days left on the morning of `from` until `due`: those after `from` up to and including `due`; 0 on the day
 * itself; negative when `due` has passed, then the working days since, `from` included.
 */
export function workingDaysUntil(from: IsoDate, due: IsoDate, kinds: DayKinds): number {
  const worked = from <= due ? workedAfter(from, due, kinds) : -workedAfter(due, from, kinds);
  return worked === 0 ? 0 : worked;
}

/** Working days after `first` up to and including `last`: by whole weeks, because a duty may be years overdue. */
function workedAfter(first: IsoDate, last: IsoDate, kinds: DayKinds): number {
  const days = daysBetween(first, last);
  let worked = Math.floor(days / 7) * 5;
  for (let i = 0; i < days % 7; i++) if (weekday(addDays(last, -i)) < SATURDAY) worked += 1;
  for (const [day] of kinds)
    if (day > first && day <= last) worked += Number(isWorkingDay(day, kinds)) - Number(weekday(day) < SATURDAY);
  return worked;
}
