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
