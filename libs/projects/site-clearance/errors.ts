export type SiteClearanceErrorCode =
  | 'site-clearance-not-key'
  | 'site-clearance-changed'
  | 'site-clearance-month'
  | 'site-clearance-future'
  | 'site-clearance-total'
  | 'site-clearance-falls';
