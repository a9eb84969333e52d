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
export { CellComment } from './cell-comment.entity.js';
export { cellHistory, type CellHistory } from './cell-history.js';
export { commentCell, type CellKey } from './comment-cell.js';
export type { GridErrorCode, GridProblemCode } from './grid-errors.js';
export { MOST_GRID_ROWS, monthGrid, type GridRow, type GridUnit, type MonthGrid } from './month-grid.js';
export { lockStatedUnits, stateCells, type StatedCell, type StatedOutcome } from './state-cells.js';
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
export { submitReport } from './submit-report.js';
