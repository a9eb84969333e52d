import { MonthDto } from '../ledger/month.dto.js';
import { NamedDto } from '../shell/page.dto.js';
import { BasisRateDto, HashesDto, RateDto, SealDto, SentenceDto } from './rate.dto.js';

export class CellDto {
  month: number;
  status: 'below' | 'at-or-above' | 'missing' | 'not-rated';
  rate: RateDto | null;
  /** What the month alone disbursed over the plan in force. */
  ownRate: RateDto | null;
  differencePoints: string | null;
  streak: number;
  flagged: boolean;
}

export class PolicyDto {
  version: number;
  thresholdMonths: number;
  planBasis: 'province' | 'pm';
  method: 'pooled' | 'mean' | 'declared';
  scope: 'all' | 'group';
}

export class BasisFigureDto {
  basis: 'province' | 'pm';
  /** The basis that units are judged by. */
  used: boolean;
  /** false: nothing is assigned on this basis at this level. */
  isAssigned: boolean;
  planDong: number;
  disbursedDong: number;
  /** null: not assigned at this level. */
  rate: RateDto | null;
  changePoints: string | null;
  previousMonth: number | null;
}

export class LargestProjectDto {
  project: NamedDto;
  unit: NamedDto;
  planDong: number;
  planSharePercent: string;
  rate: RateDto | null;
  changePoints: string | null;
}

export class MonthlyAverageDto {
  month: number;
  group: string;
  rate: RateDto;
  ownRate: RateDto | null;
}

export class OverviewUnitDto {
  code: string;
  name: string;
  shortName: string;
  kind: 'investor' | 'district' | 'commune';
  group: string;
  status: 'below' | 'at-or-above' | 'missing' | 'not-rated';
  planDong: number;
  disbursedDong: number;
  rate: RateDto | null;
  differencePoints: string | null;
  pmPlanDong: number;
  pmRate: RateDto | null;
  /** Both bases, whichever the unit is judged by. */
  bases: BasisRateDto[];
  gapDong: number;
  /** The gap fits into what is left of the plan. */
  gapAttainable: boolean;
  streak: number;
  flagged: boolean;
  change: 'new' | 'continuing' | 'cleared' | null;
  team: NamedDto | null;
  cells: CellDto[];
}

export class NextMonthDto {
  unit: NamedDto;
  shortName: string;
  gapDong: number;
  streak: number;
}

export class LaggingProjectDto {
  ordinal: number;
  name: string;
  differencePoints: string | null;
  reason: 'below-average' | 'nothing-disbursed' | 'below-plan';
}

/** The month for those who decide, in one read. */
export class OverviewDto {
  month: MonthDto;
  illustrative: boolean;
  planYear: number;
  throughMonth: number;
  definition: SentenceDto;
  policy: PolicyDto;
  hashes: HashesDto;
  seal: SealDto | null;
  bases: BasisFigureDto[];
  withoutLargestProject: LargestProjectDto | null;
  ratedCount: number;
  belowCount: number;
  flaggedCount: number;
  newCount: number;
  clearedCount: number;
  missingCount: number;
  totalGapDong: number;
  flaggedGapDong: number;
  reservePlanDong: number;
  averages: MonthlyAverageDto[];
  /** Below first by gap, then the others by rate, then who is not rated. */
  units: OverviewUnitDto[];
  /** Who completes the threshold next month if still below, and how many đồng avoid it. */
  nextMonth: NextMonthDto[];
  laggingKeyProjects: LaggingProjectDto[];
}
