import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { RateDto } from '../insight/rate.dto.js';
import { IsDong, IsPlainText, IsRecord } from '../shell/field-rules.js';

const MOST_EXCLUDED = 100;
const MOST_CHANGES = 13;

export class PolicyAverageDto {
  @IsOptional()
  @IsIn(['pooled', 'mean', 'declared'])
  method?: 'pooled' | 'mean' | 'declared';

  @IsOptional()
  @IsIn(['all', 'group'])
  scope?: 'all' | 'group';

  @IsOptional()
  @IsBoolean()
  includeReserve?: boolean;

  /** Percentages such as "13.4" under "1" … "13". */
  @IsOptional()
  @IsObject()
  declaredPercent?: Record<string, string>;
}

/** What is left out of a change stays; what is left out of a whole policy gets its default. */
export class PolicyPartDto {
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(13)
  thresholdMonths?: number;

  @IsOptional()
  @IsIn(['pm', 'province'])
  planBasis?: 'pm' | 'province';

  @IsOptional()
  @IsBoolean()
  includeCarriedOver?: boolean;

  @IsOptional()
  @IsBoolean()
  includeEstimates?: boolean;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_EXCLUDED)
  @IsString({ each: true })
  excludeProjects?: string[];

  @IsOptional()
  @IsIn(['pause', 'break', 'carry-forward'])
  missing?: 'pause' | 'break' | 'carry-forward';

  /** đồng; 0: any gap. */
  @IsOptional()
  @IsDong()
  @Min(0)
  minimumGapVnd?: number;

  @IsOptional()
  @ValidateNested()
  @Type(() => PolicyAverageDto)
  average?: PolicyAverageDto;
}

export class PolicyChangeDto extends PolicyPartDto {
  /** From this month of the plan year on. */
  @IsInt()
  @Min(1)
  @Max(13)
  fromMonth: number;
}

export class PolicyFieldsDto extends PolicyPartDto {
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_CHANGES)
  @IsRecord()
  @ValidateNested({ each: true })
  @Type(() => PolicyChangeDto)
  changes?: PolicyChangeDto[];
}

export class PolicyPreviewRequestDto {
  @IsInt()
  @Min(2000)
  @Max(2099)
  planYear: number;

  @IsObject()
  @ValidateNested()
  @Type(() => PolicyFieldsDto)
  fields: PolicyFieldsDto;
}

export class NewPolicyProposalDto extends PolicyPreviewRequestDto {
  @IsPlainText(1000)
  reason: string;
}

export class PolicySentenceDto {
  vi: string;
  en: string;
}

/** All fields, defaults filled in, with the definition that they give. */
export class PolicyDto {
  fields: PolicyFieldsDto;
  /** In the month that the policy speaks for next. */
  definition: PolicySentenceDto;
}

export class PolicyVersionDto extends PolicyDto {
  version: number;
  reason: string;
  recordedAt: string;
  /** Who confirmed it; of the defaults, whose evaluation kept them. */
  recordedBy: string;
  /** null: the defaults, which nobody had to propose. */
  proposedBy: string | null;
  /** Months whose published result was made with it. */
  months: string[];
}

export class PolicyProposalDto extends PolicyDto {
  id: number;
  reason: string;
  state: 'open' | 'confirmed' | 'withdrawn';
  proposedAt: string;
  proposedBy: string;
  /** The reader proposed it: another person confirms. */
  isOwn: boolean;
  decidedAt: string | null;
  decidedBy: string | null;
}

export class PresentPolicyDto extends PolicyDto {
  /** 0: the defaults, before the first evaluation keeps them. */
  version: number;
}

export class PoliciesQueryDto {
  /** Without it the newest one. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(2000)
  @Max(2099)
  planYear?: number;
}

export class PoliciesDto {
  planYear: number;
  planYears: number[];
  /** The month that the present policy speaks for next. */
  month: string;
  present: PresentPolicyDto;
  versions: PolicyVersionDto[];
  proposals: PolicyProposalDto[];
}

export class PolicyStandDto {
  status: 'not-rated' | 'missing' | 'below' | 'at-or-above';
  rate: RateDto | null;
  streak: number;
  flagged: boolean;
  gapDong: number;
}

export class PolicyPreviewUnitDto {
  code: string;
  name: string;
  present: PolicyStandDto;
  changed: PolicyStandDto;
}

export class PolicyAverageViewDto {
  /** `*`: the whole province. */
  group: string;
  rate: RateDto;
}

export class PolicyOutcomeDto {
  averages: PolicyAverageViewDto[];
  flaggedCount: number;
}

export class PolicyPreviewMonthDto {
  month: string;
  isClosed: boolean;
  present: PolicyOutcomeDto;
  changed: PolicyOutcomeDto;
  joined: number;
  left: number;
  units: PolicyPreviewUnitDto[];
}

export class PolicyPreviewDto {
  definition: PolicySentenceDto;
  /** The last closed month and the next one to close. */
  months: PolicyPreviewMonthDto[];
}
