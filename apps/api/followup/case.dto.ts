import { Type } from 'class-transformer';
import { IsInt, Max, Min } from 'class-validator';
import { RateDto } from '../insight/rate.dto.js';
import { NamedDto } from '../shell/page.dto.js';

export class CaseEffectQueryDto {
  @Type(() => Number)
  @IsInt()
  @Min(1000)
  @Max(9999)
  planYear: number;
}

export class CaseMonthDto {
  month: string;
  rate: RateDto | null;
  average: RateDto | null;
  gapDong: number;
  /** Rate − average in points, cut to four decimals. */
  differencePoints: string | null;
  /** Nearer to the average than in the month that opened the case, in points; negative: farther away. */
  gainedPoints: string | null;
}

export class FollowedCaseDto {
  id: number;
  planYear: number;
  unit: NamedDto;
  openedMonth: string;
  state: 'open' | 'cleared' | 'ended' | 'withdrawn';
  endedMonth: string | null;
  /** An inspection took place before it ended. */
  inspected: boolean;
  notices: number;
  decisions: number;
  monthsToClear: number | null;
  gainedPoints: string | null;
  months: CaseMonthDto[];
}

export class TimelineStepDto {
  kind: 'case' | 'notice' | 'document' | 'inspection' | 'difficulty' | 'decision';
  what: string;
  day: string;
  month: string | null;
  by: string | null;
  about: string | null;
  note: string | null;
  /** The id of what it tells of; of a decision that of its meeting, of a case step that of its evaluation. */
  refId: number;
}

export class CaseDetailDto extends FollowedCaseDto {
  /** What was done about it, in order. */
  timeline: TimelineStepDto[];
  illustrative: boolean;
}

export class EffectSumDto {
  cleared: number;
  open: number;
  /** Ended without clearing. */
  ended: number;
  /** Exact: "2.5" where two stand in the middle. */
  medianMonths: string | null;
}

export class CaseEffectsDto {
  planYear: number;
  throughMonth: string | null;
  withInspection: EffectSumDto;
  withoutInspection: EffectSumDto;
  items: FollowedCaseDto[];
  illustrative: boolean;
}
