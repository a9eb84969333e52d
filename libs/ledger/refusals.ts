import { DomainError, sqlState, violatedConstraint, type ErrorFacts } from '#libs/kernel';
import type { LedgerErrorCode } from './errors.js';

/**
 * Turns what the database itself refused (also the second of two who wrote the same at once) into the refusal of the domain; any other error
 * passes unchanged.
 */
export async function asLedgerRefusal<T>(facts: ErrorFacts, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = CODES[`${sqlState(error)} ${violatedConstraint(error)}`];
    throw code ? new DomainError<LedgerErrorCode>(code, facts) : error;
  }
}

const CODES: Record<string, LedgerErrorCode | undefined> = {
  'PT001 append_only': 'append-only',
  'PT002 month_closed': 'month-closed',
  'PT003 month_order': 'month-out-of-order',
  'PT007 corrects_same_series': 'correction-of-another-series',
  'PT008 amount_range': 'amount-out-of-range',
  '23514 allocation_total_amount_check': 'amount-out-of-range',
  '23514 disbursement_total_amount_check': 'amount-out-of-range',
  // Beyond ±2^63 a sum does not even fit its column.
  '22003 undefined': 'amount-out-of-range',
  'PT031 reopening_by_two': 'reopening-needs-second-person',
  '23514 month_reopening_two_people_check': 'reopening-needs-second-person',
  'PT009 unit_not_valid': 'unit-over',
  '23505 allocation_decision_number_unique': 'decision-exists',
  '23505 monthly_report_pk': 'report-exists',
  '23505 monthly_report_submitted_unique': 'report-exists',
};
