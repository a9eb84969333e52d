import { IsInt, IsOptional, Max, Min, ValidateIf } from 'class-validator';
import { IsDay, IsDong, IsPlainText } from '../shell/field-rules.js';

/** Of a 32-bit column: 2,147 km², more than any project takes. */
const LARGEST = 2_147_483_647;
const LONGEST_TEXT = 2000;

/** What a key project is to hand over in all. */
export class SiteClearancePlanDto {
  /** m² */
  @IsInt()
  @Min(0)
  @Max(LARGEST / 2)
  areaM2: number;

  @IsInt()
  @Min(0)
  @Max(LARGEST / 2)
  households: number;

  /** By when, as agreed. */
  @IsOptional()
  @IsDay()
  agreedDate?: string | null;

  @IsOptional()
  @ValidateIf((plan: SiteClearancePlanDto) => plan.note !== '')
  @IsPlainText(LONGEST_TEXT)
  note?: string;
}

/** From the beginning to the end of the month. */
export class SiteClearanceFiguresDto {
  /** m² */
  @IsInt()
  @Min(0)
  @Max(LARGEST / 2)
  areaM2: number;

  @IsInt()
  @Min(0)
  @Max(LARGEST / 2)
  households: number;

  @IsDong()
  @Min(0)
  paidDong: number;

  @IsOptional()
  @ValidateIf((figures: SiteClearanceFiguresDto) => figures.note !== '')
  @IsPlainText(LONGEST_TEXT)
  note?: string;
}

export class StandingPlanDto {
  areaM2: number;
  households: number;
  agreedDate: string | null;
  /** The agreed day has passed and the site is not handed over whole. */
  overdue: boolean;
  note: string;
  recordedAt: string;
  recordedBy: string;
}

export class SiteClearanceMonthDto {
  /** A calendar month. */
  month: string;
  areaM2: number;
  households: number;
  paidDong: number;
  note: string;
  recordedAt: string;
  recordedBy: string;
}

export class SiteClearanceDto {
  projectCode: string;
  /** Only key projects have one. */
  keyProject: boolean;
  /** The ETag of the answer. */
  version: number;
  plan: StandingPlanDto | null;
  /** The latest first. */
  months: SiteClearanceMonthDto[];
  illustrative: boolean;
}
