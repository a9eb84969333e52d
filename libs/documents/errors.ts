export type DocumentsErrorCode =
  | 'document-unknown'
  | 'document-issued'
  | 'document-not-released'
  | 'document-outdated'
  | 'document-recipient-unknown'
  | 'document-kind-not-composed'
  | 'document-number-taken'
  | 'document-date-future'
  | 'document-changed'
  | 'nothing-to-correct'
  | 'template-changed'
  | 'template-unchanged';
