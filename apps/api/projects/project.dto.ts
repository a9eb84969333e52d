import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { BasisRateDto, RateDto, SentenceDto } from '../insight/rate.dto.js';
import { IsPlainText, IsReportingMonth } from '../shell/field-rules.js';
import { NamedDto, PageDto } from '../shell/page.dto.js';

export class ProjectQueryDto extends PageDto {
  /** A unit's code: the projects it holds on the business day. */
  @IsOptional()
  @IsPlainText(40)
  unit?: string;
}

export class ProjectDto {
  code: string;
  nationalCode: string | null;
  name: string;
  parentCode: string | null;
  unit: NamedDto | null;
  investorName: string | null;
  capitalType: 'public' | 'ppp' | 'non-budget' | 'unknown';
  programme: 'none' | 'NTM' | 'GNBV' | 'DTTS';
  totalInvestmentDong: number | null;
  totalInvestmentNote: string | null;
}

export class ProjectListDto {
  items: ProjectDto[];
  nextCursor: string | null;
  total: number;
}

export class KeyProjectQueryDto {
  @Type(() => Number)
  @IsInt()
  @Min(1000)
  @Max(9999)
  year: number;

  /** Figures at the end of this month; without it the newest evaluated one. */
  @IsOptional()
  @IsReportingMonth()
  month?: string;
}

/** What a project without components reported last, up to the month. */
export class LeafProgressDto {
  project: NamedDto;
  /** The month that it was reported for; null: nothing yet. */
  month: string | null;
  volumeDong: number | null;
  physicalPercent: string | null;
  implementedDong: number | null;
  implementedPlanDong: number | null;
  done: string;
  unfinished: string;
  next: string;
}

/** Sums over the components where every one of them reported the month, else null. */
export class KeyProjectProgressDto {
  volumeDong: number | null;
  /** Of a project without components alone. */
  physicalPercent: string | null;
  implementedDong: number | null;
  implementedPlanDong: number | null;
  /** Implemented over planned. */
  rate: RateDto | null;
  leaves: LeafProgressDto[];
}

export class KeyProjectDto {
  ordinal: number;
  projectCode: string | null;
  name: string;
  /** The report names it. */
  named: boolean;
  capitalType: 'public' | 'ppp' | 'non-budget' | 'unknown';
  origin: 'new' | 'carried-over' | 'unexplained';
  unit: NamedDto | null;
  investorName: string | null;
  totalInvestmentDong: number | null;
  totalInvestmentNote: string | null;
  /** On the basis that judges. */
  planDong: number | null;
  disbursedDong: number | null;
  rate: RateDto | null;
  /** Province, then PM; empty without data, as for PPP and non-budget projects. */
  bases: BasisRateDto[];
  differencePoints: string | null;
  state: 'behind' | 'on-track' | 'no-data';
  behindBecause: 'below-average' | 'nothing-disbursed' | 'below-plan' | null;
  /** Public capital: what its rate is compared with. */
  averageRate: RateDto | null;
  progress: KeyProjectProgressDto | null;
  places: NamedDto[];
}

export class UnlistedProjectDto {
  projectCode: string;
  name: string;
  capitalType: 'public' | 'ppp' | 'non-budget' | 'unknown';
  likelihood: 'very-likely' | 'unknown';
  unit: NamedDto | null;
  investorName: string | null;
  totalInvestmentNote: string | null;
  sourceNote: string;
}

/** What the report declares beside what is registered. */
export class KeyProjectListDto {
  year: number;
  month: string | null;
  /** Which plan judges in that month. */
  planBasis: 'province' | 'pm' | null;
  illustrative: boolean;
  declaredCount: number;
  /** New and carried over, as the report explains. */
  explainedCount: number;
  namedCount: number;
  note: SentenceDto;
  items: KeyProjectDto[];
  /** Known from the press only, never counted. */
  unlisted: UnlistedProjectDto[];
}
