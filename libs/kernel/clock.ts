import { Temporal } from 'temporal-polyfill';
import { PROVINCE_TIME_ZONE, type IsoDate } from './month.js';

/** Where time comes from. Sessions, audit and tokens use `now`; business rules use `businessDate`. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** The calendar day in the province at an instant. */
export function dateInProvince(instant: Date): IsoDate {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(PROVINCE_TIME_ZONE)
    .toPlainDate()
    .toString();
}

/** The instant at which a day begins in the province. */
export function startOfDay(day: IsoDate): Date {
  return new Date(Temporal.PlainDate.from(day).toZonedDateTime(PROVINCE_TIME_ZONE).epochMilliseconds);
}

/** The same time of day in the province, on another day. */
export function onDay(day: IsoDate, instant: Date): Date {
  const plainTime = Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(PROVINCE_TIME_ZONE)
    .toPlainTime();
  const moved = Temporal.PlainDate.from(day).toZonedDateTime({ timeZone: PROVINCE_TIME_ZONE, plainTime });
  return new Date(moved.epochMilliseconds);
}

/** The day so many calendar days later; earlier for a negative number. */
export function addDays(day: IsoDate, days: number): IsoDate {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** Calendar days from `first` to `last`; negative when `last` lies before. */
export function daysBetween(first: IsoDate, last: IsoDate): number {
  return Temporal.PlainDate.from(first).until(Temporal.PlainDate.from(last), { largestUnit: 'day' }).days;
}

/** 1 is Monday, 7 Sunday. */
export function weekday(day: IsoDate): number {
  return Temporal.PlainDate.from(day).dayOfWeek;
}
