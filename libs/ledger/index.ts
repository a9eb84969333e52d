export {
  AllocationDecision,
  AllocationLine,
  AllocationTotal,
  DECISION_KINDS,
  type DecisionKind,
  type DecisionLevel,
} from './allocation.entity.js';
export {
  DisbursementEntry,
  DisbursementTotal,
  ENTRY_KINDS,
  type EntryBasis,
  type EntryKind,
} from './disbursement.entity.js';
export { moveBusinessDay } from './business-day.js';
export type { LedgerErrorCode, LedgerProblemCode } from './errors.js';
export {
  listAllocationLines,
  listDisbursements,
  type AllocationLineRow,
  type DisbursementRow,
  type LedgerFilter,
} from './ledger-queries.js';
export { LedgerModule } from './ledger.module.js';
export { closeMonth, listMonths, listPlanYears, MONTH_CLOSED, openPlanYear, type MonthOverview } from './months.js';
export {
  recordAllocationDecision,
  type NewAllocationDecision,
  type NewAllocationLine,
} from './record-allocation-decision.js';
export { MOST_ENTRIES, recordDisbursements, type NewDisbursement } from './record-disbursements.js';
export { MonthlyReport, ReportingMonth, type MonthState } from './reporting-month.entity.js';
export { entryCounts, loadEvaluationInputs } from './rule-inputs.js';
export { batchHash, bookStaged, booksVersion, lockForBooking, type BookedBatch } from './book-staged-disbursements.js';
export {
  clearStaged,
  compareStaged,
  copyText,
  stagedPlanYears,
  stagingSink,
  type StagedCount,
  type StagedDifference,
  type StagingMode,
} from './stage-disbursements.js';
export { countStagedRows, rejectedStagedRows, stagedRows, type StagedRow } from './staged-rows.js';
export { StagedDisbursement } from './staged-disbursement.entity.js';
export { asLedgerRefusal } from './refusals.js';
export { submitReport } from './submit-report.js';
