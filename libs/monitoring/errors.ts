export type MonitoringErrorCode =
  | 'policy-refused'
  | 'policy-unchanged'
  | 'policy-proposal-open'
  | 'policy-proposal-unknown'
  | 'policy-proposal-decided'
  | 'policy-proposal-outdated'
  | 'policy-same-person'
  | 'plan-year-without-months'
  | 'evaluation-missing'
  | 'evaluation-version-missing'
  | 'evaluation-unit-missing'
  | 'evaluation-not-replayed';

/** Codes of problems within the fields of a policy. */
export type PolicyProblemCode =
  'policy-field-refused' | 'policy-declared-missing' | 'policy-declared-by-group' | 'policy-project-unknown';
