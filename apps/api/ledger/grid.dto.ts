import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsDay, IsDong, IsPlainText, IsRecord } from '../shell/field-rules.js';
import { NamedDto } from '../shell/page.dto.js';
import { ProblemFieldDto } from '../shell/problem.dto.js';

const MOST_CELLS = 1000;

export class GridQueryDto {
  @Type(() => Number)
  @IsInt()
  @Min(1000)
  @Max(9999)
  planYear: number;

  /** Plans in force and cumulative figures up to this month, 1 to 13; without it the first month not closed. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(13)
  month?: number;

  /** A unit's code; without it all units of the reader, at most 2,000 rows a page. */
  @IsOptional()
  @IsPlainText(40)
  unit?: string;

  /** From `nextCursor` of the page before. */
  @IsOptional()
  @IsString()
  @MaxLength(600)
  cursor?: string;
}

export class GridMonthDto {
  number: number;
  /** The last day, yyyy-mm-dd. */
  end: string;
  state: 'open' | 'closed' | 'reopened';
}

/** Two sums of đồng as texts: sums are not bound to what a JSON integer holds. */
export class UnreducedFractionDto {
  numerator: string;
  denominator: string;
}

export class GridUnitDto {
  code: string;
  name: string;
  shortName: string;
  /** Months that the unit submitted. */
  reportedMonths: number[];
  /** Cumulative disbursement over plan, đồng, as the rate counts them; null for a unit that is never rated. */
  share: UnreducedFractionDto | null;
  /** The average it is compared with; null while it is not rated. */
  averageGroup: string | null;
}

export class GridCellDto {
  month: number;
  /** Sum of all entries of the cell; null without one: nothing booked is not zero. */
  actualDong: number | null;
  estimateDong: number | null;
  /** The newest entry of the cell, 0 without one. */
  version: number;
  comments: number;
  /** What Treasury's statement says; null before a statement of the month was imported. */
  treasuryDong: number | null;
}

export class GridRowDto {
  unitCode: string;
  /** null: capital of the unit not yet assigned to a project. */
  projectCode: string | null;
  sourceCode: string;
  carriedOver: boolean;
  /** In force at the end of the month; null where the basis has no line. */
  planProvinceDong: number | null;
  planPmDong: number | null;
  /** Months with an entry or a comment. */
  cells: GridCellDto[];
}

/** An exact fraction. */
export class FractionDto {
  numerator: string;
  denominator: string;
}

export class GridAverageDto {
  /** `*`: the whole province. */
  group: string;
  method: 'pooled' | 'mean' | 'declared';
  value: FractionDto;
  ratedUnits: number;
  /** Method pooled: Σ disbursed over Σ plan of the pool, đồng. */
  pool: UnreducedFractionDto | null;
  /** Method mean: the sum of all rates. */
  sumOfRates: FractionDto | null;
}

/** Which lines and entries count towards rates. */
export class GridCountingDto {
  planBasis: 'pm' | 'province';
  includeCarriedOver: boolean;
  includeEstimates: boolean;
  excludeProjects: string[];
}

export class GridDto {
  planYear: number;
  month: number;
  months: GridMonthDto[];
  units: GridUnitDto[];
  projects: NamedDto[];
  sources: NamedDto[];
  rows: GridRowDto[];
  /** The average as the books stand; null where the policy has none for the month yet. */
  counting: GridCountingDto | null;
  averages: GridAverageDto[];
  nextCursor: string | null;
  illustrative: boolean;
}

export class CellKeyDto {
  @IsPlainText(40)
  unitCode: string;

  @IsPlainText(60)
  projectCode: string;

  @IsPlainText(40)
  sourceCode: string;

  @IsOptional()
  @IsBoolean()
  carriedOver?: boolean;

  @IsInt()
  @Min(1)
  @Max(13)
  month: number;
}

export class StatedCellDto extends CellKeyDto {
  @IsIn(['actual', 'estimate'])
  basis: 'actual' | 'estimate';

  /** The new total of the month's cell. */
  @IsDong()
  amountDong: number;

  /** The total that the screen showed; 0 for a cell without an entry. */
  @IsDong()
  expectedDong: number;

  /** How a lowering is booked; a correction unless it is money that came back. */
  @IsOptional()
  @IsIn(['correction', 'refund'])
  lowering?: 'correction' | 'refund';

  /** Needed where the total falls. */
  @IsOptional()
  @IsPlainText(1000)
  reason?: string;

  @IsOptional()
  @IsPlainText(100)
  documentNo?: string;

  @IsOptional()
  @IsDay()
  documentDate?: string;
}

export class StatedCellsDto {
  @IsInt()
  @Min(1000)
  @Max(9999)
  planYear: number;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_CELLS)
  @IsRecord()
  @ValidateNested({ each: true })
  @Type(() => StatedCellDto)
  cells: StatedCellDto[];

  /** Book the sound cells and answer what is wrong with the others; without it one wrong cell holds back all. */
  @IsOptional()
  @IsBoolean()
  partial?: boolean;
}

export class StatedOutcomeDto {
  outcome: 'booked' | 'same' | 'conflict' | 'refused';
  /** What the books hold now. */
  bookDong: number;
  version: number;
  /** Of a conflict: who changed the cell, and when. */
  changedBy: string | null;
  changedAt: string | null;
  /** What is wrong, in words. */
  problems: ProblemFieldDto[];
}

export class StatedCellsAnswerDto {
  booked: number;
  /** One for each cell sent, in that order. */
  cells: StatedOutcomeDto[];
}

export class CellQueryDto {
  @Type(() => Number)
  @IsInt()
  @Min(1000)
  @Max(9999)
  planYear: number;

  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(13)
  month: number;

  @IsPlainText(40)
  unit: string;

  @IsPlainText(60)
  project: string;

  @IsPlainText(40)
  source: string;

  @IsOptional()
  @IsIn(['true', 'false'])
  carriedOver?: 'true' | 'false';
}

export class CellValueDto {
  planYear: number;
  month: number;
  actualDong: number | null;
}

export class CellEntryDto {
  id: number;
  kind: 'payment' | 'advance' | 'advance-recovery' | 'refund' | 'correction' | 'transfer';
  basis: 'actual' | 'estimate';
  amountDong: number;
  documentNo: string | null;
  documentDate: string | null;
  reason: string | null;
  corrects: number | null;
  recordedAt: string;
  recordedBy: string;
}

export class CellCommentDto {
  id: number;
  text: string;
  recordedAt: string;
  recordedBy: string;
}

export class CellDetailDto {
  /** The last 12 periods up to the cell's month, oldest first. */
  values: CellValueDto[];
  /** Newest first. */
  entries: CellEntryDto[];
  /** Newest first. */
  comments: CellCommentDto[];
  treasuryDong: number | null;
}

export class NewCellCommentDto extends CellKeyDto {
  @IsInt()
  @Min(1000)
  @Max(9999)
  planYear: number;

  @IsPlainText(1000)
  text: string;
}
