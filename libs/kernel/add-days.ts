import { Temporal } from 'temporal-polyfill';
import type { IsoDate } from './month.js';

/** The day so many days later; a negative number goes back. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}
