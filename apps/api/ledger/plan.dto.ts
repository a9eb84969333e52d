import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsDay, IsPlainText } from '../shell/field-rules.js';
import { NamedDto, PageDto } from '../shell/page.dto.js';

export class PlanQueryDto extends PageDto {
  @Type(() => Number)
  @IsInt()
  @Min(1000)
  @Max(9999)
  planYear: number;

  /** The plan in force at the end of this day; without it of the business day. */
  @IsOptional()
  @IsDay()
  on?: string;

  /** A unit's code. */
  @IsOptional()
  @IsPlainText(40)
  unit?: string;

  /** A project's code. */
  @IsOptional()
  @IsPlainText(60)
  project?: string;

  @IsOptional()
  @IsIn(['pm', 'province'])
  basis?: 'pm' | 'province';
}

export class PlanRowDto {
  /** null: capital of the unit that no project has yet. */
  project: NamedDto | null;
  unit: NamedDto;
  source: NamedDto;
  basis: 'pm' | 'province';
  carriedOver: boolean;
  amountDong: number;
}

export class PlanListDto {
  planYear: number;
  on: string;
  items: PlanRowDto[];
  nextCursor: string | null;
  illustrative: boolean;
}

export class PlanTotalDto {
  basis: 'pm' | 'province';
  carriedOver: boolean;
  amountDong: number;
  /** Of it not yet with a project. */
  unassignedDong: number;
}

export class SourceTotalDto extends PlanTotalDto {
  source: NamedDto;
  level: 'central' | 'local' | 'programme' | 'other';
}

export class LevelTotalDto extends PlanTotalDto {
  level: 'central' | 'local' | 'programme' | 'other';
}

export class DecisionLevelTotalDto extends PlanTotalDto {
  decisionLevel: 'central' | 'province';
}

export class ProgrammeTotalDto extends PlanTotalDto {
  /** null: capital that no project has yet. */
  programme: 'none' | 'NTM' | 'GNBV' | 'DTTS' | null;
}

/** The plan in force on a day in all, by source, by level and by national target programme. */
export class PlanTotalsDto {
  planYear: number;
  on: string;
  all: PlanTotalDto[];
  bySource: SourceTotalDto[];
  /** By the budget that the source belongs to. */
  byLevel: LevelTotalDto[];
  /** By who decided. */
  byDecisionLevel: DecisionLevelTotalDto[];
  byProgramme: ProgrammeTotalDto[];
  illustrative: boolean;
}
