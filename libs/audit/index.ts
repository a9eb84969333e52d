export { AuditEvent, AuditHead } from './audit-event.entity.js';
export { AuditModule } from './audit.module.js';
export { auditedTransaction, type AuditEntry, type RecordAudit } from './audited-transaction.js';
