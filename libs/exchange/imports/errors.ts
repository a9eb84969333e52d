export type ImportErrorCode =
  | 'import-unknown'
  | 'import-kind-not-yours'
  | 'import-choices-malformed'
  | 'import-file-missing'
  | 'import-file-too-big'
  | 'import-file-empty'
  | 'import-vouchers-cumulative'
  | 'import-cumulative-conflict'
  | 'import-not-ready'
  | 'import-refused'
  | 'import-discarded'
  | 'import-committed'
  | 'import-has-rejected'
  | 'import-reason-missing'
  | 'import-moved'
  | 'import-waits-already';

/** Codes of problems of a row, beside those of the reader and of the context that owns the rows. */
export type ImportProblemCode = 'cell-incomplete' | 'document-missing';
