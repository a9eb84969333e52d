import { formatDong } from '../format/amount';
import { formatDay, formatMoment } from '../format/date';

/** Fields whose whole numbers are đồng: by the last part of the name, as the books call them. */
const AMOUNT =
  /(^|\.)(\w*(amount|dong)|totalInvestment|plan|disbursed|gap|volume|implemented|implementedPlan|books|treasury|advance|advanceRecovered|openingAllocated|openingDisbursed|allocatedBefore)$/i;

export function isAmount(field: string): boolean {
  return AMOUNT.test(field);
}

/** A JSON value as a person reads it. */
export function toldValue(value: unknown, field: string): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return value ? '✓' : '✗';
  if (typeof value === 'number')
    return isAmount(field) && Number.isSafeInteger(value) ? formatDong(value) : String(value);
  if (typeof value !== 'string') return JSON.stringify(value);
  // Amounts that JSON would round are kept as text.
  if (isAmount(field) && /^-?\d{1,25}$/.test(value)) return formatDong(value);
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return formatMoment(value);
  return /^\d{4}-\d\d-\d\d$/.test(value) ? formatDay(value) : value;
}
