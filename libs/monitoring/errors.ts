export type MonitoringErrorCode = 'evaluation-missing' | 'evaluation-unit-missing' | 'evaluation-not-replayed';
