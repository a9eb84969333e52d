export {
  frozenEvaluation,
  frozenEvaluationById,
  isAttainable,
  lineRate,
  type FrozenEvaluation,
} from './frozen-evaluation.js';
export type { BehindReason, KeyProjectState } from './key-project-behind.rule.js';
export type { KeyProjectProgress, LeafProgress } from './key-project-progress.js';
export { listDifference, type ListDifference, type UnitDifference } from './list-difference.js';
export { keyProjects, type KeyProjectListView, type KeyProjectView, type PressProjectView } from './key-projects.js';
export {
  overviewOf,
  unitCells,
  type BasisFigure,
  type LargestProject,
  type Overview,
  type OverviewCell,
  type OverviewUnit,
} from './overview.js';
export { asRate, asRational, points, rateOf, type Rate } from './rate.js';
export { unitInEvaluation, unitPlan, unitSources, type UnitInEvaluation } from './unit-insight.js';
