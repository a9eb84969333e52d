export type OrganisationErrorCode =
  | 'unit-unknown'
  | 'unit-exists'
  | 'unit-dates-crossed'
  | 'unit-changed-meanwhile'
  | 'unit-dates-fixed'
  | 'source-unknown'
  | 'area-place-unknown'
  | 'inspection-team-unknown'
  | 'team-exists'
  | 'area-move-too-early'
  | 'area-stays'
  | 'area-ended';

/** Codes of problems within rows of units. */
export type OrganisationProblemCode = 'unit-twice' | 'unit-kind-fixed';
