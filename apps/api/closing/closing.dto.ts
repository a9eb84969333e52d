import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, Matches, Max, Min, ValidateNested } from 'class-validator';
import { RateDto, SealDto } from '../insight/rate.dto.js';
import { MonthDto } from '../ledger/month.dto.js';
import { IsPlainText, IsRecord } from '../shell/field-rules.js';
import { MayBeAbsent } from '../shell/input.pipe.js';
import { NamedDto } from '../shell/page.dto.js';

const MOST_DECISIONS = 2000;

export class NewDecisionDto {
  @IsIn([
    'missing-report',
    'money-without-plan',
    'outside-validity',
    'estimate-without-actual',
    'not-signed-off',
    'open-objection',
  ])
  kind:
    | 'missing-report'
    | 'money-without-plan'
    | 'outside-validity'
    | 'estimate-without-actual'
    | 'not-signed-off'
    | 'open-objection';

  /** The unit that it is about. */
  @IsOptional()
  @IsPlainText(40)
  unitCode?: string;

  /** The check that it is about, for `not-signed-off`. */
  @IsOptional()
  @IsPlainText(40)
  check?: string;

  /** The objection that it is about, for `open-objection`. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  answerId?: number;

  @IsIn(['accept-missing', 'accept-as-is', 'accept-unsigned', 'accept-open'])
  decision: 'accept-missing' | 'accept-as-is' | 'accept-unsigned' | 'accept-open';

  /** Why; kept and shown with the close. */
  @IsPlainText(1000)
  note: string;
}

@MayBeAbsent()
export class CloseMonthDto {
  /** One for each thing that is missing; without anything missing none. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_DECISIONS)
  @IsRecord()
  @ValidateNested({ each: true })
  @Type(() => NewDecisionDto)
  decisions?: NewDecisionDto[];
}

@MayBeAbsent()
export class ReopenMonthDto {
  /** Needed by the first of the two who reopen a month. */
  @IsOptional()
  @IsPlainText(1000)
  reason?: string;
}

export class ReopeningDto {
  month: string;
  monthVersion: number;
  state: 'requested' | 'approved' | 'withdrawn';
  reason: string;
  requestedBy: string;
  requestedAt: string;
  decidedBy: string | null;
  decidedAt: string | null;
  /** The signed-in person asked for it. */
  own: boolean;
}

export class NationalAverageDto {
  /** Decimal text such as `47.3`. */
  @Matches(/^[0-9]{1,3}(\.[0-9]{1,4})?$/, { message: '$property must be a percentage such as 47.3' })
  percent: string;

  /** Who published it, in which document. */
  @IsPlainText(300)
  source: string;
}

export class DueDayDto {
  day: string;
  /** Working days; negative once it has passed. */
  daysLeft: number;
  overdue: boolean;
}

export class DutyDto {
  unit: NamedDto;
  state: 'reported' | 'waiting' | 'due' | 'overdue';
  dueOn: string;
  daysLeft: number;
  submittedOn: string | null;
  late: boolean;
}

/** Who owes the report of a month by when; overdue ones first. */
export class MonthDutiesDto {
  month: string;
  today: string;
  report: DueDayDto;
  closing: DueDayDto;
  items: DutyDto[];
  illustrative: boolean;
}

export class MissingItemDto {
  kind:
    | 'missing-report'
    | 'money-without-plan'
    | 'outside-validity'
    | 'estimate-without-actual'
    | 'not-signed-off'
    | 'open-objection';
  /** A unit's code, the name of a check, or the number of an objection. */
  subject: string;
  name: string;
  /** What may be decided about it. */
  decision: 'accept-missing' | 'accept-as-is' | 'accept-unsigned' | 'accept-open';
  streak: number | null;
  below: boolean | null;
  reminders: number | null;
  lastReminderOn: string | null;
  planDong: number | null;
  disbursedDong: number | null;
}

export class ClosingCheckDto {
  kind: string;
  state: 'signed-off' | 'not-signed-off' | 'not-needed';
  facts: Record<string, string | number>;
}

export class ListedUnitDto {
  code: string;
  name: string;
  shortName: string;
}

export class RecentMonthDto {
  month: number;
  differencePoints: string | null;
  status: 'below' | 'at-or-above' | 'missing' | 'not-rated';
}

export class PreviewUnitDto {
  unit: ListedUnitDto;
  status: 'below' | 'at-or-above' | 'missing' | 'not-rated';
  planDong: number;
  disbursedDong: number;
  rate: RateDto | null;
  differencePoints: string | null;
  streak: number;
  gapDong: number;
  recent: RecentMonthDto[];
}

export class ComparedWithDto {
  month: number;
  /** As it was evaluated; else by the present books. */
  frozen: boolean;
}

export class PreviewPolicyDto {
  thresholdMonths: number;
  planBasis: 'province' | 'pm';
  /** What a missing report does to a run. */
  missing: 'pause' | 'break' | 'carry-forward';
}

export class PreviewDto {
  policy: PreviewPolicyDto;
  average: RateDto | null;
  ratedCount: number;
  belowCount: number;
  comparedWith: ComparedWithDto | null;
  previousCount: number;
  joined: PreviewUnitDto[];
  stayed: PreviewUnitDto[];
  left: PreviewUnitDto[];
  /** On the list of before, and silent now: neither flagged nor cleared until they report. */
  silent: PreviewUnitDto[];
  largestGaps: PreviewUnitDto[];
}

export class KeptDecisionDto {
  monthVersion: number;
  kind:
    | 'missing-report'
    | 'money-without-plan'
    | 'outside-validity'
    | 'estimate-without-actual'
    | 'not-signed-off'
    | 'open-objection';
  subject: string;
  name: string;
  decision: string;
  note: string;
  decidedBy: string;
  decidedAt: string;
}

export class MonthVersionDto {
  version: number;
  closedOn: string | null;
  closedAt: string;
  closedBy: string;
  /** The earlier month whose closing again gave this one a new version. */
  anewOf: string | null;
  evaluated: boolean;
  seal: SealDto | null;
}

export class BesideUnitDto {
  unit: ListedUnitDto;
  streak: number;
  gapDong: number;
}

/** In January two plan years are open: the month that ends on the same day. */
export class BesideMonthDto {
  month: string;
  state: 'open' | 'closed' | 'reopened';
  flagged: BesideUnitDto[] | null;
  thresholdMonths: number | null;
}

/** Everything that closing a month needs to see. */
export class ClosingSheetDto {
  month: MonthDto;
  today: string;
  stage: 'open' | 'submitted' | 'reconciled' | 'closed';
  report: DueDayDto;
  closing: DueDayDto;
  missing: MissingItemDto[];
  checks: ClosingCheckDto[];
  preview: PreviewDto | null;
  decisions: KeptDecisionDto[];
  versions: MonthVersionDto[];
  reopenings: ReopeningDto[];
  laterClosed: string[];
  beside: BesideMonthDto | null;
  illustrative: boolean;
}

export class DifferenceQueryDto {
  /** Without it the version before `to`. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100000)
  from?: number;

  /** Without it the present version. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(100000)
  to?: number;
}

export class UnitStandDto {
  status: 'below' | 'at-or-above' | 'missing' | 'not-rated';
  rate: RateDto | null;
  streak: number;
  flagged: boolean;
  gapDong: number;
}

export class UnitDifferenceDto {
  unit: ListedUnitDto;
  list: 'joined' | 'left' | 'stayed' | 'off';
  before: UnitStandDto | null;
  after: UnitStandDto | null;
}

export class ListDifferenceDto {
  month: string;
  from: number;
  to: number;
  averageBefore: RateDto | null;
  averageAfter: RateDto | null;
  joined: number;
  left: number;
  stayed: number;
  /** Units with any change, those whose place on the list changed first. */
  units: UnitDifferenceDto[];
  illustrative: boolean;
}
