import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IsDay, IsDong, IsPlainText, IsRecord } from '../shell/field-rules.js';
import { NamedDto, PageDto } from '../shell/page.dto.js';
import { MOST_LINES } from './books.dto.js';
import { MediumTermExcessDto } from './medium-term.dto.js';

const MOST_TOTALS = 200;

export class StatedTotalDto {
  @IsPlainText(40)
  sourceCode: string;

  @IsIn(['pm', 'province'])
  basis: 'pm' | 'province';

  @IsOptional()
  @IsBoolean()
  carriedOver?: boolean;

  /** Whole đồng. */
  @IsDong()
  amountDong: number;
}

export class NewAllocationLineDto {
  @IsIn(['pm', 'province'])
  basis: 'pm' | 'province';

  @IsOptional()
  @IsBoolean()
  carriedOver?: boolean;

  @IsPlainText(40)
  unitCode: string;

  /** Without it: capital of the unit not yet assigned to a project. */
  @IsOptional()
  @ValidateIf((line: NewAllocationLineDto) => line.projectCode !== null)
  @IsPlainText(60)
  projectCode?: string | null;

  @IsPlainText(40)
  sourceCode: string;

  /** Whole đồng, negative where the plan is reduced. */
  @IsDong()
  amountDong: number;
}

export class NewAllocationDecisionDto {
  @IsInt()
  @Min(2000)
  @Max(2100)
  planYear: number;

  @IsPlainText(100)
  number: string;

  @IsDay()
  decisionDate: string;

  /** Without it the decision date. */
  @IsOptional()
  @IsDay()
  effectiveDate?: string;

  @IsIn(['central', 'province'])
  level: 'central' | 'province';

  @IsIn(['initial', 'supplement', 'adjustment', 'transfer', 'carried-over', 'cancelled'])
  kind: 'initial' | 'supplement' | 'adjustment' | 'transfer' | 'carried-over' | 'cancelled';

  @IsOptional()
  @IsPlainText(1000)
  note?: string;

  /** The decision whose capital this one assigns in detail. */
  @IsOptional()
  @ValidateIf((decision: NewAllocationDecisionDto) => decision.detailsDecisionId !== null)
  @IsInt()
  @Min(1)
  @Max(2147483647)
  detailsDecisionId?: number | null;

  /** What the decision assigns in all; without it the sum of the lines. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_TOTALS)
  @IsRecord()
  @ValidateNested({ each: true })
  @Type(() => StatedTotalDto)
  totals?: StatedTotalDto[];

  /** May be empty where totals are stated: the details follow in later decisions. */
  @IsArray()
  @ArrayMaxSize(MOST_LINES)
  @IsRecord()
  @ValidateNested({ each: true })
  @Type(() => NewAllocationLineDto)
  lines: NewAllocationLineDto[];
}

/** A decision as it was booked. */
export class AllocationDecisionDto {
  id: number;
  planYear: number;
  number: string;
  decisionDate: string;
  effectiveDate: string;
  detailsDecisionId: number | null;
  /** Where its projects now have more than their medium-term plan: a warning, the decision is booked. */
  mediumTermExcess: MediumTermExcessDto[];
}

export class DecisionQueryDto extends PageDto {
  @Type(() => Number)
  @IsInt()
  @Min(1000)
  @Max(9999)
  planYear: number;
}

export class DecisionAmountDto {
  source: NamedDto;
  basis: 'pm' | 'province';
  carriedOver: boolean;
  /** As stated, else the sum of the lines; within a row scope the reader's lines. */
  totalDong: number;
  isStated: boolean;
  linesDong: number;
  /** With what later decisions moved on to projects. */
  toProjectsDong: number;
  /** Not yet assigned in detail. */
  unassignedDong: number;
}

export class DecisionReferenceDto {
  id: number;
  number: string;
}

export class DecisionRowDto {
  id: number;
  planYear: number;
  number: string;
  decisionDate: string;
  effectiveDate: string;
  effectiveMonth: number | null;
  level: 'central' | 'province';
  kind: 'initial' | 'supplement' | 'adjustment' | 'transfer' | 'carried-over' | 'cancelled';
  note: string;
  recordedAt: string;
  recordedBy: string;
  /** The decision that this one details. */
  details: DecisionReferenceDto | null;
  amounts: DecisionAmountDto[];
}

export class DecisionListDto {
  items: DecisionRowDto[];
  nextCursor: string | null;
  total: number;
  illustrative: boolean;
}

export class DatedDecisionDto {
  id: number;
  number: string;
  date: string;
  effectiveDate: string;
  kind: 'initial' | 'supplement' | 'adjustment' | 'transfer' | 'carried-over' | 'cancelled';
  level: 'central' | 'province';
}

/** Capital of one decision and source not yet assigned in detail. */
export class UnassignedCapitalDto {
  decision: DatedDecisionDto;
  source: NamedDto;
  basis: 'pm' | 'province';
  carriedOver: boolean;
  /** null: no unit holds it, the decision's total exceeds its lines by it. */
  holder: NamedDto | null;
  amountDong: number;
  ageDays: number;
  /** The last day to assign it: ASSIGNMENT_DEADLINE days from the decision. */
  deadline: string;
  isOverdue: boolean;
}

export class DetailingDecisionDto {
  id: number;
  number: string;
  effectiveDate: string;
}

export class DecisionDetailDto extends DecisionRowDto {
  /** The decisions that assign its capital in detail. */
  detailedBy: DetailingDecisionDto[];
  unassigned: UnassignedCapitalDto[];
  illustrative: boolean;
}

export class UnassignedQueryDto extends DecisionQueryDto {}

export class UnassignedSumDto {
  basis: 'pm' | 'province';
  carriedOver: boolean;
  amountDong: number;
}

export class UnassignedListDto {
  /** The day whose age is told. */
  on: string;
  deadlineDays: number;
  items: UnassignedCapitalDto[];
  nextCursor: string | null;
  total: number;
  sums: UnassignedSumDto[];
  illustrative: boolean;
}
