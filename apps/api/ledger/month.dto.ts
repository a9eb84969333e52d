import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsDay, IsPlainText } from '../shell/field-rules.js';
import { NamedDto } from '../shell/page.dto.js';

export class MonthQueryDto {
  /** Without it the newest plan year. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1000)
  @Max(9999)
  planYear?: number;
}

export class PublishedAverageDto {
  /** Decimal text of a percentage. */
  percent: string;
  source: string;
}

export class MonthDto {
  /** Plan year and month 01 … 13, e.g. `2024-09`. */
  month: string;
  planYear: number;
  number: number;
  /** The last day, yyyy-mm-dd; 31 January of the next year for month 13. */
  end: string;
  state: 'open' | 'closed' | 'reopened';
  /** How often it was closed. */
  version: number;
  /** The business day of the close. */
  closedOn: string | null;
  closedAt: string | null;
  closedBy: string | null;
  reportsExpected: number;
  reportsReceived: number;
  missingUnits: NamedDto[];
  evaluated: boolean;
  /** Of the newest version that has one: a correction that changes nothing has none. */
  announcement: 'none' | 'draft' | 'released';
  /** As somebody published it, beside the province's; never used for judging. */
  nationalAverage: PublishedAverageDto | null;
}

export class MonthListDto {
  planYear: number;
  planYears: number[];
  latestClosed: string | null;
  items: MonthDto[];
}

export class NewPlanYearDto {
  @IsInt()
  @Min(2000)
  @Max(2100)
  planYear: number;
}

export class NewReportDto {
  @IsPlainText(40)
  unitCode: string;

  /** The day of the paper, if it came before it was entered. */
  @IsOptional()
  @IsDay()
  submittedOn?: string;
}

export class ReportDto {
  month: string;
  unitCode: string;
  submittedOn: string;
}

export class BusinessDayDto {
  @IsDay()
  date: string;
}
