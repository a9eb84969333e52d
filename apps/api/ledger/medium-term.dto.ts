import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, Min, ValidateIf, ValidateNested } from 'class-validator';
import { IsDay, IsDong, IsPlainText, IsRecord } from '../shell/field-rules.js';
import { NamedDto, PageDto } from '../shell/page.dto.js';
import { IsPeriodStart } from './period-start.js';

const MOST_SOURCES = 50;

export class MediumTermQueryDto extends PageDto {
  /** First year of the medium-term period: 2021 for 2021-2025. */
  @Type(() => Number)
  @IsPeriodStart()
  periodStart: number;
}

export class ProjectMediumTermQueryDto {
  /** First year of the medium-term period: 2021 for 2021-2025. */
  @Type(() => Number)
  @IsPeriodStart()
  periodStart: number;
}

/** Annual plans above the medium-term plan, without a decision that raises it. */
export class MediumTermExcessDto {
  project: NamedDto;
  source: NamedDto;
  mediumTermDong: number;
  /** The annual plans of the period, those before the first year kept included. */
  annualDong: number;
  excessDong: number;
}

export class MediumTermExcessListDto {
  periodStart: number;
  items: MediumTermExcessDto[];
  nextCursor: string | null;
  total: number;
  illustrative: boolean;
}

export class MediumTermPlanRowDto {
  project: NamedDto;
  source: NamedDto;
  amountDong: number;
  allocatedBeforeDong: number;
}

export class MediumTermPlanListDto {
  periodStart: number;
  items: MediumTermPlanRowDto[];
  nextCursor: string | null;
  total: number;
  totalDong: number;
  illustrative: boolean;
}

export class NewMediumTermLineDto {
  @IsPlainText(40)
  sourceCode: string;

  /** Whole đồng of the whole period. */
  @IsDong()
  @Min(0)
  amountDong: number;

  /** Whole đồng of the years of the period before the first one kept in these books. */
  @IsOptional()
  @IsDong()
  @Min(0)
  allocatedBeforeDong?: number;
}

export class NewMediumTermPlanDto {
  @IsInt()
  @IsPeriodStart()
  periodStart: number;

  /** The decision that sets or raises the plan. */
  @IsOptional()
  @ValidateIf((plan: NewMediumTermPlanDto) => plan.decisionNo !== null)
  @IsPlainText(100)
  decisionNo?: string | null;

  @IsOptional()
  @ValidateIf((plan: NewMediumTermPlanDto) => plan.decisionDate !== null)
  @IsDay()
  decisionDate?: string | null;

  /** All sources of the project; one that is not here is taken off. */
  @IsArray()
  @ArrayMaxSize(MOST_SOURCES)
  @IsRecord()
  @ValidateNested({ each: true })
  @Type(() => NewMediumTermLineDto)
  lines: NewMediumTermLineDto[];
}

export class AnnualPlanDto {
  year: number;
  amountDong: number;
}

export class MediumTermLineDto {
  source: NamedDto;
  amountDong: number;
  allocatedBeforeDong: number;
  decisionNo: string | null;
  decisionDate: string | null;
  annual: AnnualPlanDto[];
  /** What the annual plans exceed the medium-term plan by; 0 where they do not. */
  excessDong: number;
}

/** A project's medium-term plan beside its annual plans. */
export class ProjectMediumTermDto {
  periodStart: number;
  periodEnd: number;
  /** Whether any source has a medium-term plan; without one nothing is exceeded. */
  hasPlan: boolean;
  lines: MediumTermLineDto[];
  illustrative: boolean;
}
