export type OrganisationErrorCode =
  | 'unit-unknown'
  | 'unit-exists'
  | 'unit-dates-crossed'
  | 'unit-changed-meanwhile'
  | 'unit-dates-fixed'
  | 'source-unknown';
