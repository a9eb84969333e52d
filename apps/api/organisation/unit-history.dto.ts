/** A unit that this one followed, and the run of months below average it ended on. */
export class PredecessorDto {
  code: string;
  name: string;
  /** Months below average running in its last rated month; null if it was never rated. */
  lastStreak: number | null;
  /** The month of that run, such as `2025-06`. */
  lastMonth: string | null;
}

export class UnitRelationDto {
  code: string;
  name: string;
  /** The first day of the successor. */
  effectiveDate: string;
  reorganisationId: number;
  decisionNo: string;
}

export class FollowedUnitDto extends UnitRelationDto {
  lastStreak: number | null;
  lastMonth: string | null;
}

/** Whom a unit followed and who followed it, one step each way. */
export class UnitHistoryDto {
  predecessors: FollowedUnitDto[];
  successors: UnitRelationDto[];
}
