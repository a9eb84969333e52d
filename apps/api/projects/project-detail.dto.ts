import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min, Matches, ValidateIf } from 'class-validator';
import { BasisRateDto } from '../insight/rate.dto.js';
import { DatedDecisionDto } from '../ledger/decision.dto.js';
import { IsDay, IsDong, IsPlainText } from '../shell/field-rules.js';
import { NamedDto } from '../shell/page.dto.js';

export class ProjectHolderDto {
  unit: NamedDto;
  validFrom: string | null;
  validTo: string | null;
}

export class OpeningDto {
  /** The figures are cumulative to the end of this year, the last one before the books begin. */
  throughYear: number;
  allocatedDong: number;
  disbursedDong: number;
}

/** Who a project is: its identity, its investment decision, its figures from before the books began. */
export class ProjectDetailDto {
  code: string;
  nationalCode: string | null;
  name: string;
  parent: NamedDto | null;
  components: NamedDto[];
  holders: ProjectHolderDto[];
  investorName: string | null;
  capitalType: 'public' | 'ppp' | 'non-budget' | 'unknown';
  programme: 'none' | 'NTM' | 'GNBV' | 'DTTS';
  places: NamedDto[];
  totalInvestmentDong: number | null;
  totalInvestmentNote: string | null;
  investmentDecisionNo: string | null;
  investmentDecisionDate: string | null;
  opening: OpeningDto | null;
  sourceNote: string;
  illustrative: boolean;
}

/** A field that is absent stays as it is; null clears it. */
export class ProjectChangeDto {
  @IsOptional()
  @IsPlainText(500)
  name?: string;

  /** Seven digits. */
  @IsOptional()
  @ValidateIf((project: ProjectChangeDto) => project.nationalCode !== null)
  @Matches(/^[0-9]{7}$/)
  nationalCode?: string | null;

  @IsOptional()
  @ValidateIf((project: ProjectChangeDto) => project.investorName !== null)
  @IsPlainText(300)
  investorName?: string | null;

  @IsOptional()
  @IsIn(['none', 'NTM', 'GNBV', 'DTTS'])
  programme?: 'none' | 'NTM' | 'GNBV' | 'DTTS';

  @IsOptional()
  @ValidateIf((project: ProjectChangeDto) => project.totalInvestmentDong !== null)
  @IsDong()
  @Min(0)
  totalInvestmentDong?: number | null;

  @IsOptional()
  @ValidateIf((project: ProjectChangeDto) => project.totalInvestmentNote !== null)
  @IsPlainText(300)
  totalInvestmentNote?: string | null;

  @IsOptional()
  @ValidateIf((project: ProjectChangeDto) => project.investmentDecisionNo !== null)
  @IsPlainText(100)
  investmentDecisionNo?: string | null;

  @IsOptional()
  @ValidateIf((project: ProjectChangeDto) => project.investmentDecisionDate !== null)
  @IsDay()
  investmentDecisionDate?: string | null;

  /** The last year before the books begin; with both figures, or null with both. */
  @IsOptional()
  @ValidateIf((project: ProjectChangeDto) => project.openingThroughYear !== null)
  @IsInt()
  @Min(1950)
  @Max(2100)
  openingThroughYear?: number | null;

  @IsOptional()
  @ValidateIf((project: ProjectChangeDto) => project.openingAllocatedDong !== null)
  @IsDong()
  @Min(0)
  openingAllocatedDong?: number | null;

  @IsOptional()
  @ValidateIf((project: ProjectChangeDto) => project.openingDisbursedDong !== null)
  @IsDong()
  @Min(0)
  openingDisbursedDong?: number | null;
}

export class PlanYearQueryDto {
  @Type(() => Number)
  @IsInt()
  @Min(1000)
  @Max(9999)
  planYear: number;
}

export class PlanHistoryLineDto {
  id: number;
  decision: DatedDecisionDto;
  project: NamedDto;
  unit: NamedDto;
  source: NamedDto;
  basis: 'pm' | 'province';
  carriedOver: boolean;
  amountDong: number;
  /** The project's plan on this basis and series after this line. */
  runningDong: number;
  /** Of it from this source. */
  runningOfSourceDong: number;
}

export class CarriedOverDto {
  planDong: number;
  disbursedDong: number;
}

/** A project's year: its plan on both bases as it stands, and how it came about, decision by decision. */
export class ProjectPlanDto {
  planYear: number;
  on: string;
  /** Actual entries up to the day's month, carried-over capital left out. */
  disbursedDong: number;
  bases: BasisRateDto[];
  carriedOver: CarriedOverDto;
  lines: PlanHistoryLineDto[];
  illustrative: boolean;
}
