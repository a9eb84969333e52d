export type ProjectsErrorCode =
  | 'project-not-found'
  | 'project-changed-meanwhile'
  | 'national-code-taken'
  | 'opening-incomplete'
  | 'investment-decision-incomplete';

/** Codes of problems within the rows of a file. */
export type ProjectsProblemCode =
  | 'cell-malformed'
  | 'row-twice'
  | 'unit-not-known'
  | 'place-unknown'
  | 'parent-unknown'
  | 'parent-holds-capital'
  | 'parent-in-circle'
  | 'project-unit-fixed'
  | 'project-not-known'
  | 'national-code-in-use';
