import type { EntityManager } from 'typeorm';
import { DomainError, LAST_MONTH, Month, type ErrorFacts, type FieldProblem, type IsoDate } from '#libs/kernel';
import type { CapitalProblemCode } from './capital-errors.js';
import type { LedgerErrorCode } from './errors.js';
import { ReportingMonth } from './reporting-month.entity.js';

/** The first day on which something takes effect in the month: its own, or 1 January of the next year for 13. */
export function firstDayOf({ planYear, number }: Month): IsoDate {
  return number === LAST_MONTH ? `${planYear + 1}-01-01` : `${planYear}-${String(number).padStart(2, '0')}-01`;
}

/** The first month from this one on whose books take writes; undefined when all of them are closed. */
export async function firstOpenMonth(tx: EntityManager, from: Month): Promise<Month | undefined> {
  const [row]: { month: number | null }[] = await tx.query(
    "SELECT min(month) AS month FROM reporting_month WHERE plan_year = $1 AND month >= $2 AND state <> 'closed'",
    [from.planYear, from.number],
  );
  return row?.month ? Month.of(from.planYear, row.month) : undefined;
}

/**
 * Refuses a month whose books are closed or not there. A decision that arrives late takes effect in the first open
 * month (domain.md §4): the refusal says from which day.
 */
export async function refuseClosedMonth(tx: EntityManager, month: Month, facts: ErrorFacts): Promise<void> {
  const { planYear, number } = month;
  const found = await tx.findOneBy(ReportingMonth, { planYear, month: number });
  if (!found) throw new DomainError<LedgerErrorCode>('month-not-opened', facts);
  if (found.state !== 'closed') return;
  throw new DomainError<LedgerErrorCode>('month-closed', facts, [
    effectiveFrom('/effectiveDate', month, await firstOpenMonth(tx, month)),
  ]);
}

/** From when on what was meant for a closed month can take effect, as a problem of the date's field. */
export function effectiveFrom(pointer: string, closed: Month, open: Month | undefined): FieldProblem {
  const code: CapitalProblemCode = open ? 'effective-from' : 'no-open-month';
  const facts: ErrorFacts = open
    ? { closed: closed.toString(), month: open.toString(), day: firstDayOf(open) }
    : { closed: closed.toString(), planYear: closed.planYear };
  return { pointer, code, facts };
}
