import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { UnitDto } from '../organisation/unit.dto.js';
import { BasisRateDto, HashesDto, RateDto, SentenceDto } from './rate.dto.js';

export class ExplainedAverageDto {
  group: string;
  rate: RateDto;
  poolDisbursedDong: number | null;
  poolPlanDong: number | null;
  unitsInPool: number;
}

export class ExplainedMonthDto {
  month: number;
  status: 'below' | 'at-or-above' | 'missing' | 'not-rated';
  rate: RateDto | null;
  average: RateDto | null;
  differencePoints: string | null;
  streak: number;
  flagged: boolean;
}

export class SourcesDto {
  decisions: number;
  lines: number;
  entries: number;
  reportedOn: string | null;
}

export class ExplainedUnitDto {
  code: string;
  name: string;
  shortName: string;
  kind: 'investor' | 'district' | 'commune' | 'reserve';
  group: string;
}

/** How one unit's line of a month was computed ("Cách tính"). */
export class ExplanationDto {
  month: string;
  unit: ExplainedUnitDto;
  illustrative: boolean;
  status: 'below' | 'at-or-above' | 'missing' | 'not-rated';
  flagged: boolean;
  definition: SentenceDto;
  method: 'pooled' | 'mean' | 'declared';
  planBasis: 'province' | 'pm';
  average: ExplainedAverageDto | null;
  planDong: number;
  disbursedDong: number;
  rate: RateDto | null;
  differencePoints: string | null;
  months: ExplainedMonthDto[];
  thresholdMonths: number;
  gapDong: number;
  gapAttainable: boolean;
  remainingPlanDong: number;
  sources: SourcesDto;
  monthVersion: number;
  policyVersion: number;
  hashes: HashesDto;
  evaluatedAt: string;
}

export class UnitYearQueryDto {
  @Type(() => Number)
  @IsInt()
  @Min(1000)
  @Max(9999)
  planYear: number;

  /** The last month shown, 1 to 13; it must be evaluated. */
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(13)
  throughMonth: number;
}

export class UnitMonthDto {
  month: number;
  status: 'below' | 'at-or-above' | 'missing' | 'not-rated';
  planDong: number;
  disbursedDong: number;
  ownDisbursedDong: number;
  rate: RateDto | null;
  average: RateDto | null;
  differencePoints: string | null;
  streak: number;
  flagged: boolean;
  gapDong: number;
}

export class UnitCurrentDto {
  status: 'below' | 'at-or-above' | 'missing' | 'not-rated';
  streak: number;
  flagged: boolean;
  planDong: number;
  disbursedDong: number;
  rate: RateDto | null;
  averageRate: RateDto | null;
  differencePoints: string | null;
  pmPlanDong: number;
  pmRate: RateDto | null;
  bases: BasisRateDto[];
  gapDong: number;
  gapAttainable: boolean;
}

export class UnitPlanDto {
  initialDong: number;
  adjustmentsDong: number;
  inForceDong: number;
  /** Its own series, never mixed with the plan of the year. */
  carriedOverDong: number;
  /** The day the plan is in force, yyyy-mm-dd. */
  at: string;
}

/** A unit's year up to a month. */
export class UnitYearDto {
  unit: UnitDto;
  planYear: number;
  throughMonth: number;
  illustrative: boolean;
  /** Months running from which a unit is on the list, by the policy of the evaluation. */
  thresholdMonths: number;
  months: UnitMonthDto[];
  current: UnitCurrentDto;
  plan: UnitPlanDto;
  hashes: HashesDto;
  monthVersion: number;
  policyVersion: number;
}
