import type { Dong, IsoDate } from '#libs/kernel';
import type { PlanBasis } from './policy.js';

export type UnitKind = 'investor' | 'district' | 'commune' | 'reserve';

/** A unit that receives capital. An empty date is an open end; `reserve` units are never rated. */
export interface RatedUnit {
  code: string;
  kind: UnitKind;
  group: string;
  validFrom: IsoDate | '';
  validTo: IsoDate | '';
}

/** One signed line of an allocation decision, of the plan year that is evaluated. */
export interface AllocationLine {
  /** First month whose end is on or after the effective date. */
  effectiveMonth: number;
  basis: PlanBasis;
  carriedOver: boolean;
  unit: string;
  project: string;
  amount: Dong;
}

/** One entry of the disbursement ledger, of the plan year that is evaluated. The sign is in the amount. */
export interface DisbursementEntry {
  month: number;
  unit: string;
  project: string;
  source: string;
  carriedOver: boolean;
  basis: 'actual' | 'estimate';
  amount: Dong;
}

/** What one unit's plan in force and cumulative disbursement are at one month's end, under that month's policy. */
export interface MonthlySum {
  month: number;
  unit: string;
  plan: Dong;
  disbursed: Dong;
}

export interface MonthlyReport {
  month: number;
  unit: string;
}

/**
 * Everything an evaluation rests on: what is frozen when a month closes. `reports` null means that no reports
 * are kept at all, so every month counts as reported; an empty list means that nobody reported.
 */
export interface EvaluationInputs {
  units: RatedUnit[];
  sums: MonthlySum[];
  reports: MonthlyReport[] | null;
}
