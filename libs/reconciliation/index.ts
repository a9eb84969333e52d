export { applyTreasuryRows, type TreasuryRow } from './apply-treasury-rows.js';
export type { Cell, CellFilter, CellKey, CellState } from './cell-queries.js';
export type { ReconciliationErrorCode, StatementProblemCode } from './errors.js';
export { ReconciliationFigure } from './figure.entity.js';
export { importStatement, type ImportedStatement, type NewStatement } from './import-statement.js';
export { listDifferences, type Difference } from './list-differences.js';
export { ReconciliationModule } from './reconciliation.module.js';
export {
  reconciliationHistory,
  type ReconciliationHistory,
  type ResolutionRow,
  type SignOffRow,
  type StatementRow,
} from './reconciliation-history.js';
export {
  listReconciliations,
  reconciliationState,
  type ReconciliationMonth,
  type ReconciliationState,
  type SignOffState,
  type StaleBecause,
  type StatementHead,
} from './reconciliation-state.js';
export { ReconciliationEntry, ReconciliationResolution } from './resolution.entity.js';
export {
  acceptDifference,
  correctDifference,
  type Answer,
  type Correction,
  type SeenDifference,
} from './resolve-difference.js';
export { ReconciliationSignOff } from './sign-off.entity.js';
export { signOffMonth, withdrawSignOff } from './sign-off-month.js';
export type { NewTreasuryLine } from './statement-lines.js';
export {
  DIFFERENCE_CAUSES,
  suggestCause,
  type ComparedCell,
  type DifferenceCause,
  type DifferingCell,
  type Suggestion,
} from './suggested-cause.rule.js';
export { TreasuryLine, TreasuryStatement } from './treasury-statement.entity.js';
