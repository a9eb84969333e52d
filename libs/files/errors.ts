export type FilesErrorCode =
  | 'attachment-unknown'
  | 'attachment-missing'
  | 'attachment-empty'
  | 'attachment-too-big'
  | 'attachment-kind'
  | 'attachment-old-office'
  | 'attachment-macros'
  | 'attachment-locked';
