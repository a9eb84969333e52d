export type NoticesErrorCode =
  | 'notice-unknown'
  | 'notice-not-issued'
  | 'notice-acknowledged'
  | 'announcement-missing'
  | 'announcement-released'
  | 'release-by-closer';
