export { AuditEvent, AuditHead } from './audit-event.entity.js';
export { AuditModule } from './audit.module.js';
export {
  auditFacets,
  findAuditEvent,
  listAuditEvents,
  type AuditEventHead,
  type AuditFacets,
  type AuditFilter,
  type AuditPlace,
  type ToldEvent,
} from './audit-queries.js';
export { auditedTransaction, type AuditEntry, type RecordAudit } from './audited-transaction.js';
export { changesBetween, type Change } from './changes.rule.js';
export { isWhole, verifyChain, type ChainVerdict, type Finding } from './chain/index.js';
export type { AuditErrorCode } from './errors.js';
export { recordRowChanges, type RowChange } from './record-row-changes.js';
export {
  chainHead,
  EVENTS_A_PART,
  exportedChain,
  verifyStoredPart,
  type ChainHead,
  type PartVerdict,
} from './stored-chain.js';
