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
  type RecordedDecision,
  type StatedTotal,
} from './record-allocation-decision.js';
export { MOST_ENTRIES, recordDisbursements, type NewDisbursement } from './record-disbursements.js';
export { MonthlyReport, ReportingMonth, type MonthState } from './reporting-month.entity.js';
export { entryCounts, loadEvaluationInputs } from './rule-inputs.js';
export { submitReport } from './submit-report.js';
