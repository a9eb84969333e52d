import { HashesDto, RateDto, SentenceDto } from '../insight/rate.dto.js';
import { PredecessorDto } from '../organisation/unit-history.dto.js';
import { IsPlainText } from '../shell/field-rules.js';
import { NamedDto, PageDto } from '../shell/page.dto.js';
import { IsIn, IsOptional } from 'class-validator';

export class EvaluationQueryDto extends PageDto {}

export class AverageDto {
  /** `*` is the whole province. */
  group: string;
  method: 'pooled' | 'mean' | 'declared';
  rate: RateDto;
  ratedUnits: number;
  poolDisbursedDong: number | null;
  poolPlanDong: number | null;
}

export class EvaluationUnitDto {
  unit: NamedDto;
  status: 'below' | 'at-or-above' | 'missing' | 'not-rated';
  planDong: number;
  disbursedDong: number;
  streak: number;
  flagged: boolean;
  gapDong: number;
  /** The units it followed: its own streak began anew, theirs are shown. */
  predecessors: PredecessorDto[];
}

/** That month's averages and unit rows by page, with the three hashes of the whole evaluation. */
export class EvaluationDto {
  month: string;
  monthVersion: number;
  policyVersion: number;
  evaluatedAt: string;
  illustrative: boolean;
  definition: SentenceDto;
  hashes: HashesDto;
  averages: AverageDto[];
  units: EvaluationUnitDto[];
  nextCursor: string | null;
  total: number;
}

export class WarningCaseQueryDto extends PageDto {
  @IsOptional()
  @IsIn(['open', 'cleared', 'ended', 'withdrawn'])
  state?: 'open' | 'cleared' | 'ended' | 'withdrawn';

  /** A unit's code. */
  @IsOptional()
  @IsPlainText(40)
  unit?: string;
}

export class WarningCaseDto {
  id: number;
  planYear: number;
  unit: NamedDto;
  openedMonth: number;
  state: 'open' | 'cleared' | 'ended' | 'withdrawn';
  endedMonth: number | null;
  endReason: 'not-rated' | 'unit-ended' | 'plan-year-ended' | null;
  steps: WarningCaseStepDto[];
}

export class WarningCaseStepDto {
  month: number;
  /** The version of the month whose evaluation did it. */
  monthVersion: number;
  change: 'new' | 'continuing' | 'paused' | 'cleared' | 'ended' | 'withdrawn';
}

export class WarningCaseListDto {
  items: WarningCaseDto[];
  nextCursor: string | null;
  total: number;
  illustrative: boolean;
}
