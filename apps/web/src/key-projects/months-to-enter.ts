import type { Month } from '../client/types';

/** The months that take progress on the business day: not closed, and begun. */
export function monthsToEnter(months: readonly Month[], businessDate: string): Month[] {
  return months.filter(({ state, end }) => state !== 'closed' && `${end.slice(0, 8)}01` <= businessDate);
}
