import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

export const MOST_ROWS = 200;

/** Where in a list to go on, and how many rows to send. */
export class PageDto {
  /** From `nextCursor` of the page before. */
  @IsOptional()
  @IsString()
  @MaxLength(300)
  cursor?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_ROWS)
  limit?: number;
}

/** A code and its name. */
export class NamedDto {
  code: string;
  name: string;
}
