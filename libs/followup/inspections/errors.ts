export type InspectionsErrorCode =
  | 'inspection-unknown'
  | 'inspection-team-not-yours'
  | 'inspection-subject-refused'
  | 'inspection-follows-missing'
  | 'inspection-notice-of-another'
  | 'inspection-changed-meanwhile'
  | 'inspection-not-planned'
  | 'inspection-not-visited'
  | 'inspection-concluded'
  | 'visit-in-future'
  | 'visit-draft-used'
  | 'recommendation-unknown'
  | 'recommendation-done';
