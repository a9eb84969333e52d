import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { RateDto } from '../insight/rate.dto.js';
import { IsDay, IsPlainText, IsRecord } from '../shell/field-rules.js';
import { NamedDto, PageDto } from '../shell/page.dto.js';

const MOST_UNITS = 200;
const MOST_PROJECTS = 5000;

export class EndedUnitDto {
  @IsPlainText(40)
  unitCode: string;

  /** Where its projects go, unless they are named one by one. */
  @IsOptional()
  @ValidateIf((unit: EndedUnitDto) => unit.successorCode !== null)
  @IsPlainText(40)
  successorCode?: string | null;

  /** Where its capital not assigned to projects goes; without it where its projects go. */
  @IsOptional()
  @ValidateIf((unit: EndedUnitDto) => unit.unassignedTo !== null)
  @IsPlainText(40)
  unassignedTo?: string | null;
}

/** A unit that begins with the act. */
export class NewSuccessorDto {
  @IsPlainText(40)
  code: string;

  @IsIn(['investor', 'district', 'commune', 'reserve'])
  kind: 'investor' | 'district' | 'commune' | 'reserve';

  @IsPlainText(40)
  group: string;

  @IsPlainText(300)
  name: string;

  /** For narrow screens; without it the name. */
  @IsOptional()
  @IsPlainText(60)
  shortName?: string;

  /** The inspection team that looks after it; without it the one of its predecessors. */
  @IsOptional()
  @ValidateIf((unit: NewSuccessorDto) => unit.teamCode !== null)
  @IsPlainText(40)
  teamCode?: string | null;
}

export class ProjectSuccessorDto {
  /** A parent speaks for its components. */
  @IsPlainText(60)
  projectCode: string;

  @IsPlainText(40)
  successorCode: string;
}

export class NewReorganisationDto {
  @IsPlainText(100)
  decisionNo: string;

  @IsDay()
  decisionDate: string;

  /** The first day of the successors; the ended units' last day is the one before. */
  @IsDay()
  effectiveDate: string;

  @IsOptional()
  @IsPlainText(1000)
  note?: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_UNITS)
  @IsRecord()
  @ValidateNested({ each: true })
  @Type(() => EndedUnitDto)
  ended: EndedUnitDto[];

  /** Units that begin with the act; successors not named here are units that exist. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_UNITS)
  @IsRecord()
  @ValidateNested({ each: true })
  @Type(() => NewSuccessorDto)
  successors?: NewSuccessorDto[];

  /** Projects that do not go where their unit's others go. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_PROJECTS)
  @IsRecord()
  @ValidateNested({ each: true })
  @Type(() => ProjectSuccessorDto)
  projects?: ProjectSuccessorDto[];
}

export class ReorganisationQueryDto extends PageDto {
  @IsOptional()
  @IsIn(['draft', 'carried-out', 'withdrawn'])
  state?: 'draft' | 'carried-out' | 'withdrawn';

  /** Those in which this unit ends or takes over. */
  @IsOptional()
  @IsPlainText(40)
  unit?: string;
}

export class ConfirmReorganisationDto {
  /** The hash of the preview that is confirmed. */
  @IsString()
  @Matches(/^[0-9a-f]{64}$/)
  resultHash: string;
}

export class EffectiveMonthDto {
  planYear: number;
  month: number;
}

export class SuccessionDto {
  predecessor: NamedDto;
  successor: NamedDto;
  isNew: boolean;
}

export class SuccessorTeamDto {
  unit: NamedDto;
  team: NamedDto;
}

export class ReorganisedUnitFiguresDto {
  /** Plan in force of the year on the province's basis, carried-over capital apart. */
  planDong: number;
  pmPlanDong: number;
  carriedOverPlanDong: number;
  /** Actual cumulative disbursement, carried-over capital apart. */
  disbursedDong: number;
  carriedOverDisbursedDong: number;
  /** disbursed / plan on each basis; null where no plan is given on it. */
  rate: RateDto | null;
  pmRate: RateDto | null;
}

export class ReorganisedUnitDto {
  planYear: number;
  month: number;
  code: string;
  name: string;
  role: 'ended' | 'successor';
  isNew: boolean;
  before: ReorganisedUnitFiguresDto;
  after: ReorganisedUnitFiguresDto;
  /** Of a unit that ends: the run of months below average in its last rated month. Its successor starts anew. */
  lastStreak: number | null;
  lastMonth: string | null;
}

export class MovedProjectDto {
  planYear: number;
  /** null: capital not assigned to projects. */
  project: NamedDto | null;
  from: NamedDto;
  to: NamedDto;
  planDong: number;
  pmPlanDong: number;
  carriedOverPlanDong: number;
  carriedOverPmPlanDong: number;
  disbursedDong: number;
  carriedOverDisbursedDong: number;
  estimateDong: number;
  carriedOverEstimateDong: number;
  /** Of the disbursed: advances of the plan year not recovered yet. */
  unrecoveredAdvanceDong: number;
}

export class ConservedTotalDto {
  planYear: number;
  series: 'plan' | 'disbursed';
  source: NamedDto;
  basis: 'pm' | 'province' | 'actual' | 'estimate';
  carriedOver: boolean;
  beforeDong: number;
  afterDong: number;
}

export class ReorganisationResultDto {
  /** The effective month in each plan year that is open on the day: in January two. */
  months: EffectiveMonthDto[];
  successions: SuccessionDto[];
  teams: SuccessorTeamDto[];
  units: ReorganisedUnitDto[];
  projects: MovedProjectDto[];
  /** The province's sums, which no reorganisation changes. */
  totals: ConservedTotalDto[];
  /** Names this result; a confirmation repeats it. */
  resultHash: string;
  illustrative: boolean;
}

export class ReorganisationRowDto {
  id: number;
  decisionNo: string;
  decisionDate: string;
  effectiveDate: string;
  note: string;
  state: 'draft' | 'carried-out' | 'withdrawn';
  preparedAt: string;
  /** Username. */
  preparedBy: string;
  preparedByName: string;
  decidedAt: string | null;
  decidedByName: string | null;
  endedUnits: NamedDto[];
  successors: NamedDto[];
}

export class ReorganisationListDto {
  items: ReorganisationRowDto[];
  nextCursor: string | null;
  total: number;
  illustrative: boolean;
}

export class ReorganisationDto extends ReorganisationRowDto {
  /** What was asked for; null for whoever sees only some of its units. */
  request: NewReorganisationDto | null;
  /** As computed when it was prepared, then as carried out. */
  result: ReorganisationResultDto;
}
