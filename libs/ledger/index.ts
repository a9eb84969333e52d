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
export { MOST_ENTRIES } from './book-entries.js';
export { listAdvances, type AdvanceFilter, type AdvanceRow } from './advances.js';
export { DisbursementWarning } from './disbursement-warning.entity.js';
export {
  USUAL_LIMITS,
  WARNING_CODES,
  type Warning,
  type WarningCode,
  type WarningLimits,
} from './disbursement-warnings.rule.js';
export { entryWarnings } from './entry-warnings.js';
export { listWarnings, type WarningFilter, type WarningRow } from './warning-queries.js';
export { applyReportRows, type ReportRow } from './apply-report-rows.js';
export { CellComment } from './cell-comment.entity.js';
export { cellHistory, type CellHistory } from './cell-history.js';
export { commentCell, type CellKey } from './comment-cell.js';
export type { GridErrorCode, GridProblemCode } from './grid-errors.js';
export { MOST_GRID_ROWS, monthGrid, type GridRow, type GridUnit, type MonthGrid } from './month-grid.js';
export { lockStatedUnits, stateCells, type StatedCell, type StatedOutcome } from './state-cells.js';
export { AllocationDecisionSum, AllocationDecisionTotal, UnassignedCapital } from './decision-total.entity.js';
export { applyAllocationRows } from './apply-allocation-rows.js';
export type { CapitalErrorCode, CapitalProblemCode } from './capital-errors.js';
export { findDecision, listDecisions, type DecisionAmount, type DecisionRow } from './decision-queries.js';
export { MediumTermPlan, mediumTermPeriod } from './medium-term-plan.entity.js';
export { mediumTermExcess, type MediumTermExcess } from './medium-term-excess.js';
export {
  listMediumTermPlans,
  mediumTermPlanOf,
  setMediumTermPlan,
  versionOf,
  type MediumTermRow,
  type NewMediumTermPlan,
} from './medium-term-plans.js';
export { planHistory, type PlanHistoryRow } from './plan-history.js';
export {
  planInForce,
  planTotals,
  type PlanKey,
  type PlanRow,
  type PlanTotal,
  type PlanTotals,
} from './plan-in-force.js';
export type { AllocationRow } from './read-allocation-rows.js';
export { unassignedCapital, type UnassignedKey, type UnassignedRow } from './unassigned-capital.js';
export { moveBusinessDay } from './business-day.js';
export { closeBooks, MONTH_CLOSED, takeMonthToClose } from './close-books.js';
export type { LedgerErrorCode, LedgerProblemCode } from './errors.js';
export {
  listAllocationLines,
  listDisbursements,
  type AllocationLineRow,
  type DisbursementRow,
  type LedgerFilter,
} from './ledger-queries.js';
export { MonthClosing, MonthReopening, NationalAverage, type ReopeningState } from './month-history.entity.js';
export { LedgerModule } from './ledger.module.js';
export { listMonths, listPlanYears, openPlanYear, type MonthOverview } from './months.js';
export { noteNationalAverage } from './national-average.js';
export {
  recordAllocationDecision,
  type NewAllocationDecision,
  type NewAllocationLine,
  type RecordedDecision,
  type StatedTotal,
} from './record-allocation-decision.js';
export { recordDisbursements, type NewDisbursement, type Unexplained } from './record-disbursements.js';
export { reportByTreasury } from './report-by-treasury.js';
export { MonthlyReport, ReportingMonth, type MonthState, type ReportWay } from './reporting-month.entity.js';
export { listReopenings, reopenMonth, withdrawReopening } from './reopen-month.js';
export { pendingReopeningsOf, withdrawReopeningsOf } from './withdraw-reopenings.js';
export {
  dueDays,
  monthDuties,
  reportsOwed,
  type Deadlines,
  type DueDay,
  type MonthDuties,
  type OwedReport,
  type ReportDuty,
} from './report-duties.js';
export { monthDeadlines, type MonthDeadline } from './month-deadlines.js';
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
export { entryCounts, loadEvaluationInputs } from './rule-inputs.js';
export { batchHash, bookStaged, booksVersion, lockForBooking, type BookedBatch } from './book-staged-disbursements.js';
export { planYearsOf, type NamedCodes } from './named-codes.js';
export {
  compareStaged,
  stagedPlanYears,
  type ComparingOptions,
  type StagedCount,
  type StagedDifference,
} from './compare-staged.js';
export { clearStaged, copyText, stagingSink } from './stage-disbursements.js';
export type { StagingMode } from './booked-rows.js';
export { hasStagedRows, rejectedStagedRows, stagedRows, type StagedRow } from './staged-rows.js';
export { StagedDisbursement } from './staged-disbursement.entity.js';
export { asLedgerRefusal } from './refusals.js';
export { submitReport } from './submit-report.js';
