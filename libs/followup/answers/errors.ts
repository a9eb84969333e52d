export type AnswersErrorCode =
  | 'answer-unknown'
  | 'answer-about-nothing'
  | 'answer-figure-missing'
  | 'answer-figure-unknown'
  | 'answer-figure-the-same'
  | 'answer-objection-open'
  | 'answer-decided'
  | 'answer-reason-missing'
  | 'answer-way-missing'
  | 'answer-month-not-closed'
  | 'answer-entry-unfit';
