export type ReconciliationErrorCode =
  | 'statement-by-department'
  | 'statement-refused'
  | 'statement-missing'
  | 'difference-unknown'
  | 'difference-changed'
  | 'correction-impossible'
  | 'sign-off-unresolved'
  | 'sign-off-exists'
  | 'sign-off-missing';

/** Codes of problems within the lines of a statement. */
export type StatementProblemCode =
  | 'plan-year-malformed'
  | 'national-code-malformed'
  | 'whole-dong-expected'
  | 'advance-negative'
  | 'carried-over-malformed'
  | 'statement-date-malformed'
  | 'statement-date-missing'
  | 'statement-header-mixed'
  | 'statement-line-double'
  | 'statement-has-wrong-lines'
  | 'statement-text-malformed';
