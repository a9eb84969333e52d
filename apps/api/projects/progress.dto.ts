import { IsOptional, ValidateIf } from 'class-validator';
import { IsDong, IsPlainText } from '../shell/field-rules.js';

const LONGEST_TEXT = 2000;
const isGiven = (field: keyof ProgressDto) => (body: ProgressDto) => body[field] !== null && body[field] !== '';

/** The whole progress of a project and month; what is null or absent is not known. */
export class ProgressDto {
  /** Value of completed volume from the beginning of the plan year to the month end. */
  @IsOptional()
  @IsDong()
  volumeDong?: number | null;

  /** "45.5": 0 to 100, at most four decimals. */
  @IsOptional()
  @IsPlainText(8)
  physicalPercent?: string | null;

  /** PPP or non-budget capital implemented from the beginning of the plan year to the month end. */
  @IsOptional()
  @IsDong()
  implementedDong?: number | null;

  /** What the investor's plan foresees by the same day. */
  @IsOptional()
  @IsDong()
  implementedPlanDong?: number | null;

  @IsOptional()
  @ValidateIf(isGiven('done'))
  @IsPlainText(LONGEST_TEXT)
  done?: string;

  @IsOptional()
  @ValidateIf(isGiven('unfinished'))
  @IsPlainText(LONGEST_TEXT)
  unfinished?: string;

  /** What is to be done next. */
  @IsOptional()
  @ValidateIf(isGiven('next'))
  @IsPlainText(LONGEST_TEXT)
  next?: string;
}

export class StandingProgressDto {
  projectCode: string;
  month: string;
  /** 0 before the first; the ETag of the answer. */
  version: number;
  volumeDong: number | null;
  physicalPercent: string | null;
  implementedDong: number | null;
  implementedPlanDong: number | null;
  done: string;
  unfinished: string;
  next: string;
  recordedAt: string | null;
  recordedBy: string | null;
}
