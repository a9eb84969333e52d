import type { Dong, IsoDate } from '#libs/kernel';
import type { IllustrativeStatement } from './illustrative-statement.js';

/** Everything the demonstration books, in plain values: no database, no clock. Amounts are whole đồng. */
export interface Demonstration {
  planYear: 2024;
  businessDate: '2024-10-07';
  illustrative: IllustrativeMark;
  /** The report's plan total, which the province lines in force on 30/9/2024 add up to, reserve included. */
  planTotal: Dong;
  units: DemonstrationUnit[];
  places: DemonstrationPlace[];
  teams: DemonstrationTeam[];
  teamAreas: DemonstrationTeamArea[];
  fundingSources: DemonstrationFundingSource[];
  projects: DemonstrationProject[];
  keyProjectList: KeyProjectList;
  pressProjects: PressProject[];
  mediumTermPlans: DemonstrationMediumTerm[];
  /** Months 1..9, closed, and the open month 10. */
  months: DemonstrationMonth[];
  /** The Treasury's, of the open month. */
  statement: IllustrativeStatement;
}

/** The words that travel with every figure, and what is made up, sentence by sentence. */
export interface IllustrativeMark {
  markVi: string;
  markEn: string;
  assumptions: { vi: string; en: string }[];
}

export interface DemonstrationUnit {
  code: string;
  kind: 'investor' | 'district' | 'commune' | 'reserve';
  group: string;
  name: string;
  shortName: string;
  validFrom: IsoDate | null;
  validTo: IsoDate | null;
}

export interface DemonstrationPlace {
  code: string;
  kind: 'district' | 'commune';
  name: string;
  validFrom: IsoDate | null;
  validTo: IsoDate | null;
}

export interface DemonstrationTeam {
  code: string;
  name: string;
  /** Receives what no team's area covers. */
  fallback: boolean;
}

/** Either a unit that the team follows or a place where it inspects projects. */
export interface DemonstrationTeamArea {
  team: string;
  unit?: string;
  place?: string;
  validFrom: IsoDate;
}

export interface DemonstrationFundingSource {
  code: string;
  name: string;
  level: 'central' | 'local' | 'programme' | 'other';
}

export type CapitalType = 'public' | 'ppp' | 'non-budget' | 'unknown';
export type Programme = 'none' | 'NTM' | 'GNBV' | 'DTTS';

export interface DemonstrationProject {
  code: string;
  /** Made up for made-up projects alone, and marked so: of 7 digits it could be taken for a real project's. */
  nationalCode: string | null;
  name: string;
  parentCode: string | null;
  unitCode: string | null;
  investorName: string | null;
  capitalType: CapitalType;
  programme: Programme;
  places: string[];
  totalInvestment: Dong | null;
  /** How exact the total is and whose figure, in Vietnamese. */
  totalInvestmentNote: string | null;
  sourceNote: string;
  /** Made-up ones begin with MH; none for a real project. */
  investmentDecisionNo: string | null;
  investmentDecisionDate: IsoDate | null;
  openingThroughYear: number | null;
  openingAllocated: Dong | null;
  openingDisbursed: Dong | null;
}

/** What a project may get by source in 2021-2025. */
export interface DemonstrationMediumTerm {
  project: string;
  decisionNo: string;
  decisionDate: IsoDate;
  lines: { source: string; amount: Dong; allocatedBefore: Dong }[];
}

export interface KeyProjectList {
  year: 2024;
  declaredCount: 33;
  noteVi: string;
  noteEn: string;
  items: KeyProjectItem[];
}

export interface KeyProjectItem {
  ordinal: number;
  /** Null where the report names no project. */
  projectCode: string | null;
  name: string;
  capitalType: CapitalType;
  origin: 'new' | 'carried-over' | 'unexplained';
}

/** Known from the press only: in the register, never counted among the 33. */
export interface PressProject {
  projectCode: string;
  likelihood: 'very-likely' | 'unknown';
  sourceNote: string;
}

/** Decisions, entries and reports each stand in the order in which they are booked. */
export interface DemonstrationMonth {
  month: number;
  /** Null for the open month. A report submitted after this day came too late: the month counts it as missing. */
  closedOn: IsoDate | null;
  decisions: Decision[];
  entries: Entry[];
  reports: { unit: string; submittedOn: IsoDate }[];
}

export interface Decision {
  number: string;
  decisionDate: IsoDate;
  effectiveDate: IsoDate;
  level: 'province' | 'central';
  kind: 'initial' | 'supplement' | 'adjustment' | 'transfer' | 'carried-over';
  note: string;
  /** The number of the decision whose capital this one assigns in detail. */
  details?: string;
  /** What it assigns in all, where that is not the sum of its lines. */
  totals?: { basis: 'pm' | 'province'; source: string; amount: Dong }[];
  lines: DecisionLine[];
}

export interface DecisionLine {
  basis: 'pm' | 'province';
  carriedOver: boolean;
  unit: string;
  /** Null on the reserve only: capital not yet assigned to projects. */
  project: string | null;
  source: string;
  amount: Dong;
}

export interface Entry {
  unit: string;
  project: string;
  source: string;
  kind: 'payment' | 'advance' | 'advance-recovery' | 'refund' | 'correction';
  carriedOver: boolean;
  basis: 'actual' | 'estimate';
  amount: Dong;
  /** A payment and the recovery that is offset against it share one document. */
  documentNo: string;
  documentDate: IsoDate;
  reason: string | null;
}
