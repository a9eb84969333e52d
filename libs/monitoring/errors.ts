export type MonitoringErrorCode =
  'evaluation-missing' | 'evaluation-version-missing' | 'evaluation-unit-missing' | 'evaluation-not-replayed';
