import { DomainError, sqlState, violatedConstraint, violationDetail, type ErrorFacts } from '#libs/kernel';
import type { CapitalErrorCode } from './capital-errors.js';
import type { LedgerErrorCode } from './errors.js';

/**
 * What only all lines of a decision together can break. Asked for by name before the commit: the audit chain is
 * checked at the commit as well, and its turn has not come then.
 */
export const CAPITAL_CONSTRAINTS = 'decision_sum, decision_total, unassigned_capital';

/**
 * Turns what the database itself refused (also the second of two who wrote the same at once) into the refusal of the domain; any other error
 * passes unchanged.
 */
export async function asLedgerRefusal<T>(facts: ErrorFacts, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = CODES[`${sqlState(error)} ${violatedConstraint(error)}`];
    if (!code) throw error;
    const told = sqlState(error) === 'PT007' ? (JSON.parse(violationDetail(error) ?? '{}') as ErrorFacts) : {};
    throw new DomainError<LedgerErrorCode | CapitalErrorCode>(code, { ...facts, ...told });
  }
}

const CODES: Record<string, LedgerErrorCode | CapitalErrorCode | undefined> = {
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
  'PT007 decision_total': 'decision-above-total',
  'PT007 unassigned_capital': 'unassigned-too-little',
  'PT007 transfer_not_zero': 'transfer-not-zero',
  'PT007 decision_kind': 'decision-kind-refused',
  'PT007 plan_below_zero': 'plan-below-zero',
  'PT007 detail_of_root': 'detail-not-possible',
  'PT051 demonstration_year': 'demonstration-one-year',
  '23505 allocation_decision_number_unique': 'decision-exists',
  '23505 monthly_report_pk': 'report-exists',
  '23505 monthly_report_submitted_unique': 'report-exists',
};
