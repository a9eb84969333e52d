/** Refusals of monthly progress; the first four are said in the same words as in the books. */
export type ProgressErrorCode =
  | 'month-closed'
  | 'month-not-opened'
  | 'project-unknown'
  | 'project-has-components'
  | 'progress-changed-meanwhile'
  | 'progress-refused'
  | 'progress-negative'
  | 'progress-percent-malformed'
  | 'row-repeated';
