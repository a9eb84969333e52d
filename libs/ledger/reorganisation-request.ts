import type { Dong, IsoDate } from '#libs/kernel';
import type { UnitKind } from '#libs/monitoring/rule';

/** What a reorganisation asks for. Codes of successors that are not listed in `successors` are units that exist. */
export interface NewReorganisation {
  decisionNo: string;
  decisionDate: IsoDate;
  /** The first day of the successors. */
  effectiveDate: IsoDate;
  note: string;
  ended: EndedUnit[];
  successors: NewSuccessor[];
  /** Projects that do not go where their unit's others go; a parent speaks for its components. */
  projects: { projectCode: string; successorCode: string }[];
}

export interface EndedUnit {
  unitCode: string;
  /** Where its projects go, unless named one by one; null: every project is named. */
  successorCode: string | null;
  /** Where its capital not assigned to projects goes; null: where its projects go. */
  unassignedTo: string | null;
}

/** A unit that begins with the act. */
export interface NewSuccessor {
  code: string;
  kind: UnitKind;
  group: string;
  name: string;
  shortName: string;
  /** The inspection team that looks after it; null: the one that looked after its predecessors. */
  teamCode: string | null;
}

export type ReorganisationErrorCode =
  | 'reorganisation-unknown'
  | 'reorganisation-refused'
  | 'reorganisation-decided'
  | 'reorganisation-same-person'
  | 'reorganisation-changed-meanwhile'
  | 'reorganisation-month-closed'
  | 'reorganisation-year-not-open';

/** Codes of problems within what was asked for. */
export type ReorganisationProblemCode =
  | 'unit-already-ended'
  | 'unit-in-request-twice'
  | 'unit-not-begun'
  | 'successor-missing'
  | 'successor-unknown'
  | 'successor-not-valid'
  | 'successor-is-itself'
  | 'successor-ends-too'
  | 'successor-without-part'
  | 'project-without-successor'
  | 'project-not-of-ended-unit'
  | 'project-twice'
  | 'unassigned-without-successor'
  | 'team-unknown'
  | 'team-ambiguous'
  | 'estimate-not-replaced';

/** The month of a plan year from whose end on the successors count. */
export interface EffectiveMonth {
  planYear: number;
  month: number;
}

/** What was asked for, worked out against the units and the books. */
export interface ReorganisationPlan {
  months: EffectiveMonth[];
  endedCodes: string[];
  newUnits: NewSuccessor[];
  /** Where each project goes; `projectCode` null: capital not assigned to projects. */
  routes: Route[];
  successions: { predecessor: string; successor: string; isNew: boolean }[];
  teams: { unitCode: string; teamCode: string }[];
}

export interface Route {
  from: string;
  projectCode: string | null;
  to: string;
}

/** One cell of the books that moves, in the month in which it does. Amounts in đồng. */
export interface Move extends Route, EffectiveMonth {
  sourceCode: string;
  carriedOver: boolean;
  amount: Dong;
}

export interface PlanMove extends Move {
  basis: 'pm' | 'province';
}

export interface DisbursedMove extends Move {
  projectCode: string;
  basis: 'actual' | 'estimate';
}
