import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsPlainText, IsReportingMonth } from '../shell/field-rules.js';

export class ExportQueryDto {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1000)
  @Max(9999)
  planYear?: number;

  @IsOptional()
  @IsReportingMonth()
  month?: string;

  /** A unit's code. */
  @IsOptional()
  @IsPlainText(40)
  unit?: string;
}

export class MonthlyFormQueryDto {
  @IsReportingMonth()
  month: string;

  /** A unit's code; without it every unit of the actor's. */
  @IsOptional()
  @IsPlainText(40)
  unit?: string;
}
