export type OrganisationErrorCode =
  'unit-unknown' | 'unit-exists' | 'unit-dates-crossed' | 'unit-changed-meanwhile' | 'source-unknown';
