/** What reading the audit chain can refuse. */
export type AuditErrorCode = 'audit-event-unknown';
