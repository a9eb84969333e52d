export { projectYear, type BasisRate, type ProjectYear } from './basis-rates.js';
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
export type { LargestProject } from './largest-project.js';
export { liveAverage, type LiveAverage, type LiveUnit } from './live-average.js';
export {
  overviewOf,
  unitCells,
  type BasisFigure,
  type Overview,
  type OverviewCell,
  type OverviewUnit,
} from './overview.js';
export { asRate, asRational, points, rateOf, type Rate } from './rate.js';
export { unitInEvaluation, unitPlan, unitSources, type UnitInEvaluation, type UnitPlan } from './unit-insight.js';
