export type { ClosingCheck } from './closing-checks.js';
export { ClosingModule } from './closing.module.js';
export { closeMonth } from './close-month.js';
export { closingSheet, type BesideMonth, type ClosingSheet, type ClosingStage } from './closing-sheet.js';
export type { ClosingErrorCode, ClosingProblemCode } from './errors.js';
export type { MissingItem } from './find-missing.js';
export { DECISION_OF, type ClosingDecision, type MissingKind, type NewDecision } from './missing-items.rule.js';
export { MonthDecision } from './month-decision.entity.js';
export type { Preview, PreviewUnit } from './preview.js';
