/** Refusals of decisions and medium-term plans; each that the database makes itself tells its facts. */
export type CapitalErrorCode =
  | 'decision-unknown'
  | 'detail-not-possible'
  | 'decision-above-total'
  | 'unassigned-too-little'
  | 'decision-kind-refused'
  | 'plan-below-zero'
  | 'medium-term-refused';

/** Codes of problems within the lines, totals or rows of a file. */
export type CapitalProblemCode =
  | 'effective-from'
  | 'no-open-month'
  | 'line-not-carried-over'
  | 'line-not-negative'
  | 'total-twice'
  | 'medium-term-twice'
  | 'value-malformed'
  | 'line-differs'
  | 'decision-differs'
  | 'decision-has-wrong-lines';
