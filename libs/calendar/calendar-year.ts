import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction, type RecordAudit } from '#libs/audit';
import { DomainError, systemClock, weekday, type Actor, type IsoDate } from '#libs/kernel';
import { CalendarDay } from './calendar-day.entity.js';
import { computedHolidays } from './computed-holidays.js';
import type { CalendarErrorCode } from './errors.js';
import type { CalendarDayKind, DayKinds } from './working-days.rule.js';

export type CalendarEntry = Pick<CalendarDay, 'date' | 'kind' | 'name'>;
export type KeptDay = CalendarEntry & Pick<CalendarDay, 'source'>;

const FRIDAY = 5;

/** Writes the computed holidays of a year that has no days yet; one that staff or a computation filled stays. */
export async function seedCalendarYear(
  tx: EntityManager,
  actor: Actor,
  year: number,
  record: RecordAudit,
): Promise<void> {
  await lockYear(tx, year);
  if ((await daysOf(tx, year)).length > 0) return;
  const days = computedHolidays(year).map((day) => ({ ...day, kind: 'holiday' as const }));
  if (days.length === 0) return;
  await insert(tx, actor, days, () => 'computed');
  record({ action: 'calendar.seed', objectType: 'calendar', objectId: year, after: days });
}

/** The days of a year that differ from the plain week, in order; computed where nobody has kept the year yet. */
export async function calendarYear(db: DataSource | EntityManager, year: number): Promise<KeptDay[]> {
  const kept = await daysOf('manager' in db ? db.manager : db, year);
  if (kept.length > 0) return kept.map(({ date, kind, name, source }) => ({ date, kind, name, source }));
  return computedHolidays(year).map((day) => ({ ...day, kind: 'holiday', source: 'computed' }));
}

/**
 * Replaces the days of a year by those of the official decision. What stays as it was keeps its source, whatever is
 * new or other is the staff's; the reason goes into the audit. Refuses a day of another year, twice the same day, and a make-up day on a weekday.
 */
export async function correctCalendarYear(
  db: DataSource,
  actor: Actor,
  year: number,
  days: readonly CalendarEntry[],
  reason: string | null = null,
): Promise<KeptDay[]> {
  refuseWrongDays(year, days);
  return auditedTransaction(db, actor, async (tx, record) => {
    await lockYear(tx, year);
    const before = await calendarYear(tx, year);
    const sourceOf = (day: CalendarEntry): CalendarDay['source'] =>
      before.find(({ date, kind, name }) => date === day.date && kind === day.kind && name === day.name)?.source ??
      'staff';
    await tx.query('DELETE FROM calendar_day WHERE date BETWEEN $1 AND $2', [`${year}-01-01`, `${year}-12-31`]);
    await insert(tx, actor, days, sourceOf);
    const after = await calendarYear(tx, year);
    record({
      action: 'calendar.correct',
      objectType: 'calendar',
      objectId: year,
      before,
      after: reason === null ? after : { reason, days: after },
    });
    return after;
  });
}

/** Refuses a day of another year, twice the same day, and a make-up day on a weekday: every one of them. */
export function refuseWrongDays(year: number, days: readonly CalendarEntry[]): void {
  const problems = days.flatMap(({ date, kind }, i) => {
    const code: CalendarErrorCode | undefined = !date.startsWith(`${year}-`)
      ? 'calendar-day-outside-year'
      : days.findIndex((other) => other.date === date) < i
        ? 'calendar-day-twice'
        : kind === 'make-up-day' && weekday(date) <= FRIDAY
          ? 'make-up-day-on-weekday'
          : undefined;
    return code ? [{ pointer: `/days/${i}/date`, code, facts: { day: date, year } }] : [];
  });
  if (problems.length > 0) throw new DomainError<CalendarErrorCode>('calendar-refused', { year }, problems);
}

/** The kinds of the days from one day's year to another's, for the rule. */
export async function dayKinds(db: DataSource | EntityManager, from: IsoDate, to: IsoDate): Promise<DayKinds> {
  const kinds = new Map<IsoDate, CalendarDayKind>();
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++)
    for (const { date, kind } of await calendarYear(db, year)) kinds.set(date, kind);
  return kinds;
}

function daysOf(tx: EntityManager, year: number): Promise<CalendarDay[]> {
  return tx
    .createQueryBuilder(CalendarDay, 'day')
    .where('day.date BETWEEN :first AND :last', { first: `${year}-01-01`, last: `${year}-12-31` })
    .orderBy('day.date')
    .getMany();
}

/** Two who keep the same year do so one after the other. */
async function lockYear(tx: EntityManager, year: number): Promise<void> {
  await tx.query("SELECT pg_advisory_xact_lock(hashtext('calendar year'), $1)", [year]);
}

async function insert(
  tx: EntityManager,
  actor: Actor,
  days: readonly CalendarEntry[],
  sourceOf: (day: CalendarEntry) => CalendarDay['source'],
): Promise<void> {
  await tx.insert(
    CalendarDay,
    days.map(({ date, kind, name }) => ({
      date,
      kind,
      name,
      source: sourceOf({ date, kind, name }),
      recordedAt: systemClock.now(),
      recordedBy: actor.username,
    })),
  );
}
