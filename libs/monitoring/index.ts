export { definitionSentence } from './definition.js';
export { dueEvaluations, orderDueEvaluations, type DueEvaluation } from './due-evaluations.js';
export type { MonitoringErrorCode, PolicyProblemCode } from './errors.js';
export { evaluateMonth, MONTH_EVALUATED, type EvaluationOrder } from './evaluate-month.js';
export {
  evaluationUnits,
  listWarningCases,
  type EvaluationUnitRow,
  type WarningCaseRow,
} from './evaluation-queries.js';
export { Evaluation, EvaluationAverage, EvaluationLine, PolicyVersion } from './evaluation.entity.js';
export { MonitoringModule } from './monitoring.module.js';
export { compareLists, type ListChange } from './list-difference.rule.js';
export { evaluatePresentBooks, type PresentEvaluation } from './evaluate-present-books.js';
export { policyOf } from './policies.js';
export { listPolicies, type PolicyList, type PolicyProposalRow, type PolicyVersionRow } from './policy-queries.js';
export { PolicyProposal } from './policy-proposal.entity.js';
export { previewPolicy, type PolicyPreviewMonth, type PolicyPreviewUnit } from './preview-policy.js';
export { confirmPolicy, proposePolicy, withdrawPolicy, type PolicyChangeRequest } from './propose-policy.js';
export { WarningCase, WarningCaseStep, type KeptCaseChange, type KeptCaseState } from './warning-case.entity.js';
export { lastRuns, predecessorsOf, type LastRun, type Predecessor } from './predecessors.js';
export { evaluationSeals, type EvaluationSeal } from './evaluation-seals.js';
