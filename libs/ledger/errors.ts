import type { WarningCode } from './disbursement-warnings.rule.js';

export type LedgerErrorCode =
  | 'month-closed'
  | 'month-not-opened'
  | 'month-out-of-order'
  | 'month-already-closed'
  | 'month-not-over'
  | 'month-not-closed'
  | 'reopening-reason-missing'
  | 'reopening-needs-second-person'
  | 'reopening-missing'
  | 'reopening-of-another'
  | 'decision-exists'
  | 'decision-outside-year'
  | 'decision-without-lines'
  | 'transfer-not-zero'
  | 'lines-refused'
  | 'entries-refused'
  | 'reasons-needed'
  | 'correction-of-another-series'
  | 'amount-out-of-range'
  | 'correction-unknown'
  | 'report-exists'
  | 'append-only'
  | 'unit-over'
  | 'business-day-not-movable'
  | 'demonstration-one-year';

/** Codes of problems within a list of lines or entries. */
export type LedgerProblemCode =
  | 'unit-unknown'
  | 'unit-not-valid'
  | 'unit-ended'
  | 'project-unknown'
  | 'project-has-components'
  | 'project-not-of-unit'
  | 'source-unknown'
  | 'reason-missing'
  | 'corrects-unknown'
  | 'corrects-missing'
  | 'corrects-another-series'
  | 'advance-exceeded'
  | WarningCode;
