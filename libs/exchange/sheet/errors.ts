/** A file that cannot be taken at all. Each sentence says what to do instead (apps/api/shell/error-words/sheet.ts). */
export type SheetErrorCode =
  | 'file-empty'
  | 'file-too-large'
  | 'file-type-unknown'
  | 'file-type-wrong'
  | 'file-old-xls'
  | 'file-binary-xlsb'
  | 'file-ods'
  | 'file-pdf'
  | 'file-word'
  | 'file-html'
  | 'file-with-macros'
  | 'file-password'
  | 'file-damaged'
  | 'file-zip-bomb'
  | 'file-not-utf-8'
  | 'file-legacy-font'
  | 'file-garbled'
  | 'file-quote-unclosed'
  | 'file-too-many-rows'
  | 'file-too-many-columns'
  | 'file-cell-too-long'
  | 'file-sheet-empty';

/** What is wrong with the columns: no row is read until it is mended or mapped. */
export type HeaderProblemCode =
  | 'header-not-found'
  | 'column-missing'
  | 'column-double'
  | 'column-not-understood'
  | 'mapping-unknown'
  | 'constant-wrong'
  | 'amount-unit-twice'
  | 'amount-unit-conflict';

/** What is wrong with a row or a cell. */
export type RowProblemCode =
  | 'value-missing'
  | 'amount-malformed'
  | 'amount-ambiguous'
  | 'amount-not-whole'
  | 'amount-too-large'
  | 'date-malformed'
  | 'date-impossible'
  | 'month-unreadable'
  | 'year-malformed'
  | 'count-malformed'
  | 'percent-malformed'
  | 'choice-unknown'
  | 'code-malformed'
  | 'code-lost-zeros'
  | 'code-scientific'
  | 'name-unknown'
  | 'name-ambiguous'
  | 'text-starts-formula'
  | 'text-too-long'
  | 'text-legacy-font'
  | 'cell-error-value'
  | 'formula-without-value'
  | 'formula-outside-file'
  | 'cells-merged'
  | 'quote-text-after'
  | 'cell-beyond-header'
  | 'total-column-mismatch'
  | 'total-mismatch';

export type CellProblemCode = HeaderProblemCode | RowProblemCode;
