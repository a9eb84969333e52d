import type { components } from '../client/schema.gen';

type Schemas = components['schemas'];

export type DecisionRow = Schemas['DecisionRowDto'];
export type DecisionAmount = Schemas['DecisionAmountDto'];
export type DecisionDetail = Schemas['DecisionDetailDto'];
export type DecisionKind = DecisionRow['kind'];
export type UnassignedCapital = Schemas['UnassignedCapitalDto'];
export type PlanTotals = Schemas['PlanTotalsDto'];
export type FundingSource = Schemas['FundingSourceDto'];
export type NewDecision = Schemas['NewAllocationDecisionDto'];
export type RecordedDecision = Schemas['AllocationDecisionDto'];
export type MediumTermExcess = Schemas['MediumTermExcessDto'];
export type ProjectDetail = Schemas['ProjectDetailDto'];
export type ProjectChange = Schemas['ProjectChangeDto'];
export type ProjectPlan = Schemas['ProjectPlanDto'];
export type ProjectMediumTerm = Schemas['ProjectMediumTermDto'];
export type NewMediumTerm = Schemas['NewMediumTermPlanDto'];
export type Basis = 'pm' | 'province';
