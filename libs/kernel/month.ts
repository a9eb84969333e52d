import { Temporal } from 'temporal-polyfill';
import { DomainError } from './domain-error.js';

/** yyyy-mm-dd; such texts compare as dates do. */
export type IsoDate = string;

/** The zone in which every month ends (invariant I14). */
export const PROVINCE_TIME_ZONE = 'Asia/Ho_Chi_Minh';

/** Months of a plan year: 1..12, and 13 for 1-31 January of the next year (Law 58/2024, art. 72). */
export const LAST_MONTH = 13;

/** A reporting period (kỳ báo cáo): plan year + month 1..13, written `2024-09`, `2024-13`. */
export class Month {
  private constructor(
    readonly planYear: number,
    readonly number: number,
  ) {}

  static of(planYear: number, number: number): Month {
    if (!Number.isInteger(planYear) || planYear < 1000 || planYear > 9999 || !isMonthNumber(number))
      throw new DomainError('month-malformed', { month: `${planYear}-${number}` });
    return new Month(planYear, number);
  }

  /** Reads `2024-09` … `2024-13`; throws `month-malformed`. */
  static parse(text: string): Month {
    const match = /^([0-9]{4})-([0-9]{2})$/.exec(text);
    const [planYear, number] = [Number(match?.[1]), Number(match?.[2])];
    if (!match || planYear < 1000 || !isMonthNumber(number)) throw new DomainError('month-malformed', { month: text });
    return Month.of(planYear, number);
  }

  /** The last day: of the calendar month for 1..12, 31 January of the next year for 13. */
  get end(): IsoDate {
    return monthEnd(this.planYear, this.number);
  }

  get previous(): Month | undefined {
    return this.number === 1 ? undefined : new Month(this.planYear, this.number - 1);
  }

  toString(): string {
    return `${this.planYear}-${String(this.number).padStart(2, '0')}`;
  }
}

export function isMonthNumber(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= LAST_MONTH;
}

/** Ends that were computed: a file of many rows asks for the same few again and again. */
const ends = new Map<number, IsoDate>();

export function monthEnd(planYear: number, month: number): IsoDate {
  const key = planYear * 100 + month;
  const known = ends.get(key) ?? computedMonthEnd(planYear, month);
  ends.set(key, known);
  return known;
}

function computedMonthEnd(planYear: number, month: number): IsoDate {
  // 31 January 10000 has no yyyy-mm-dd: this sorts after every day that can be written.
  if (planYear === 9999 && month === LAST_MONTH) return '9999-99-99';
  const calendar = month === LAST_MONTH ? { year: planYear + 1, month: 1 } : { year: planYear, month };
  const first = Temporal.PlainYearMonth.from(calendar);
  return first.toPlainDate({ day: first.daysInMonth }).toString();
}

/** True for a real calendar day written yyyy-mm-dd. */
export function isIsoDate(text: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text, { overflow: 'reject' });
    return true;
  } catch {
    return false;
  }
}

/**
 * The first month of the plan year whose end is on or after the date; undefined when the date lies after
 * 31 January of the next year and so takes effect in no month of this plan year.
 */
export function effectiveMonth(planYear: number, date: IsoDate): number | undefined {
  for (let month = 1; month <= LAST_MONTH; month++) if (date <= monthEnd(planYear, month)) return month;
  return undefined;
}
