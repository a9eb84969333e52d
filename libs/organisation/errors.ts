export type OrganisationErrorCode =
  'unit-unknown' | 'unit-exists' | 'unit-dates-crossed' | 'unit-changed-meanwhile' | 'source-unknown';

/** Codes of problems within rows of units. */
export type OrganisationProblemCode = 'unit-twice' | 'unit-kind-fixed';
