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
export {
  findReorganisation,
  listReorganisations,
  type ReorganisationDetail,
  type ReorganisationRow,
} from './reorganisation-queries.js';
export type {
  EndedUnit,
  NewReorganisation,
  NewSuccessor,
  ReorganisationErrorCode,
  ReorganisationProblemCode,
} from './reorganisation-request.js';
export type { ReorganisationResult } from './reorganisation-result.js';
export {
  carryOutReorganisation,
  prepareReorganisation,
  previewReorganisation,
  resultHashOf,
  withdrawReorganisation,
} from './reorganise.js';
export { MonthlyReport, ReportingMonth, type MonthState } from './reporting-month.entity.js';
export { entryCounts, loadEvaluationInputs } from './rule-inputs.js';
export { submitReport } from './submit-report.js';
