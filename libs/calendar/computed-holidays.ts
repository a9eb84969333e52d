import Holidays from 'date-holidays';
import { addDays, dateInProvince, type IsoDate } from '#libs/kernel';

/**
 * The public holidays of a year as computed, day by day. A first guess: for Tết 2025 and 2 September it is a day
 * short of what was decided, and it knows no days in lieu; staff correct the year from the official decision.
 */
export function computedHolidays(year: number): { date: IsoDate; name: string }[] {
  const known = computed.get(year) ?? compute(year);
  computed.set(year, known);
  return known.map((day) => ({ ...day }));
}

/** A year always comes out the same and takes the moon a noticeable time. */
const computed = new Map<number, { date: IsoDate; name: string }[]>();

function compute(year: number): { date: IsoDate; name: string }[] {
  const found = new Map<IsoDate, string>();
  for (const { type, name, start, end } of new Holidays('VN', { languages: ['vi'] }).getHolidays(year)) {
    if (type !== 'public') continue;
    const after = dateInProvince(end);
    for (let day = dateInProvince(start); day < after; day = addDays(day, 1))
      if (day.startsWith(`${year}-`)) found.set(day, (found.get(day) ?? name).normalize('NFC'));
  }
  return [...found].map(([date, name]) => ({ date, name })).sort((a, b) => (a.date < b.date ? -1 : 1));
}
