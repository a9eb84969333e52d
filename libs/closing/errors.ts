export type ClosingErrorCode = 'decisions-needed';

/** Codes of problems within the decisions of a close. */
export type ClosingProblemCode =
  | 'missing-report-undecided'
  | 'money-without-plan-undecided'
  | 'outside-validity-undecided'
  | 'estimate-without-actual-undecided'
  | 'not-signed-off-undecided'
  | 'open-objection-undecided'
  | 'decision-unfit';
