import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsDay, IsDong, IsPlainText, IsRecord, IsReportingMonth } from '../shell/field-rules.js';
import { NamedDto, PageDto } from '../shell/page.dto.js';

export const MOST_LINES = 1000;

export class BooksQueryDto extends PageDto {
  @Type(() => Number)
  @IsInt()
  @Min(1000)
  @Max(9999)
  planYear: number;

  /** This month alone, 1 to 13. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(13)
  month?: number;

  /** Up to this month, 1 to 13. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(13)
  throughMonth?: number;

  /** A unit's code. */
  @IsOptional()
  @IsPlainText(40)
  unit?: string;

  /** A project's code. */
  @IsOptional()
  @IsPlainText(60)
  project?: string;
}

export class AllocationQueryDto extends BooksQueryDto {
  @IsOptional()
  @IsIn(['pm', 'province'])
  basis?: 'pm' | 'province';

  /** A decision's id: its lines alone. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(2147483647)
  decision?: number;
}

export class NewDisbursementDto {
  @IsPlainText(40)
  unitCode: string;

  @IsPlainText(60)
  projectCode: string;

  @IsPlainText(40)
  sourceCode: string;

  @IsIn(['payment', 'advance', 'advance-recovery', 'refund', 'correction', 'transfer'])
  kind: 'payment' | 'advance' | 'advance-recovery' | 'refund' | 'correction' | 'transfer';

  @IsOptional()
  @IsBoolean()
  carriedOver?: boolean;

  @IsIn(['actual', 'estimate'])
  basis: 'actual' | 'estimate';

  /** Whole đồng; the sign is here. */
  @IsDong()
  amountDong: number;

  @IsOptional()
  @IsPlainText(100)
  documentNo?: string;

  @IsOptional()
  @IsDay()
  documentDate?: string;

  /** Needed for refunds, corrections and negative amounts. */
  @IsOptional()
  @IsPlainText(1000)
  reason?: string;

  /** The entry that this one corrects. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2147483647)
  corrects?: number;
}

export class NewDisbursementsDto {
  /** The open month that the entries belong to. */
  @IsReportingMonth()
  month: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_LINES)
  @IsRecord()
  @ValidateNested({ each: true })
  @Type(() => NewDisbursementDto)
  entries: NewDisbursementDto[];
}

export class DisbursementDto {
  id: number;
  planYear: number;
  month: number;
  unit: NamedDto;
  project: NamedDto;
  source: NamedDto;
  kind: 'payment' | 'advance' | 'advance-recovery' | 'refund' | 'correction' | 'transfer';
  carriedOver: boolean;
  basis: 'actual' | 'estimate';
  amountDong: number;
  documentNo: string | null;
  documentDate: string | null;
  reason: string | null;
  corrects: number | null;
  recordedAt: string;
  recordedBy: string;
}

export class DisbursementListDto {
  items: DisbursementDto[];
  nextCursor: string | null;
  total: number;
  /** The sum of all rows of the list, not of the page. */
  totalDong: number;
  illustrative: boolean;
}

export class RecordedDto {
  ids: number[];
}

export class AllocationLineDto {
  id: number;
  decisionNo: string;
  decisionDate: string;
  /** From this day the line is in force. */
  effectiveDate: string;
  effectiveMonth: number;
  decisionKind: 'initial' | 'supplement' | 'adjustment' | 'transfer' | 'carried-over' | 'cancelled';
  level: 'central' | 'province';
  note: string;
  basis: 'pm' | 'province';
  carriedOver: boolean;
  unit: NamedDto;
  project: NamedDto | null;
  source: NamedDto;
  amountDong: number;
}

export class AllocationLineListDto {
  items: AllocationLineDto[];
  nextCursor: string | null;
  total: number;
  totalDong: number;
  illustrative: boolean;
}
