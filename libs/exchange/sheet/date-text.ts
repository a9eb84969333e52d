import { isIsoDate } from '#libs/kernel';

/** yyyy-mm-dd, or why not. */
export type DateReading = { date: string } | { problem: 'date-malformed' | 'date-impossible' };

const ISO = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/;
const VIETNAMESE = /^(?:ngày\s*)?(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:\s+0?0:00(?::00)?)?$/i;
const IN_WORDS = /^(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})$/i;

/** A date as text: dd/mm/yyyy (day first, as in Vietnam), yyyy-mm-dd, or "ngày 5 tháng 10 năm 2024". */
export function readDate(text: string): DateReading {
  const iso = ISO.exec(text);
  if (iso) return dateOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const local = VIETNAMESE.exec(text) ?? IN_WORDS.exec(text);
  if (local) return dateOf(Number(local[3]), Number(local[2]), Number(local[1]));
  return { problem: 'date-malformed' };
}

function dateOf(year: number, month: number, day: number): DateReading {
  const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return year >= 1900 && year <= 2200 && isIsoDate(date) ? { date } : { problem: 'date-impossible' };
}

const DAY_MILLISECONDS = 86_400_000;
/** Excel counts a 29 February 1900 that never was: serials before 1 March 1900 name another day in each program. */
const FIRST_CERTAIN_SERIAL = 61;
const LAST_SERIAL = 109_939;
const DAYS_BETWEEN_EPOCHS = 1462;

/** The day of an Excel serial number (the time of day is dropped); undefined outside 1900-03-01 … 2200-12-31. */
export function dateOfSerial(serial: number, epoch1904: boolean): string | undefined {
  const day = Math.floor(serial) + (epoch1904 ? DAYS_BETWEEN_EPOCHS : 0);
  if (!(day >= FIRST_CERTAIN_SERIAL && day <= LAST_SERIAL)) return undefined;
  return new Date(Date.UTC(1899, 11, 30) + day * DAY_MILLISECONDS).toISOString().slice(0, 10);
}
