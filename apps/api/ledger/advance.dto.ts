import { IsIn, IsOptional } from 'class-validator';
import { IsPlainText, IsReportingMonth } from '../shell/field-rules.js';
import { NamedDto, PageDto } from '../shell/page.dto.js';

export class AdvanceQueryDto extends PageDto {
  /** A unit's code: advances of the projects that it holds on the business day. */
  @IsOptional()
  @IsPlainText(40)
  unit?: string;

  /** A project's code. */
  @IsOptional()
  @IsPlainText(60)
  project?: string;
}

/** Advances of a project and source that are not all recovered, over all plan years. */
export class AdvanceDto {
  project: NamedDto;
  source: NamedDto;
  /** Who holds the project on the business day. */
  unit: NamedDto | null;
  advancedDong: number;
  /** Above zero. */
  recoveredDong: number;
  balanceDong: number;
  /** The month of the oldest advance. */
  since: string;
}

export class AdvanceListDto {
  items: AdvanceDto[];
  nextCursor: string | null;
  total: number;
  /** The balance of all rows of the list, not of the page. */
  totalDong: number;
  illustrative: boolean;
}

export class WarningQueryDto extends PageDto {
  @IsReportingMonth()
  month: string;

  /** A unit's code. */
  @IsOptional()
  @IsPlainText(40)
  unit?: string;

  @IsOptional()
  @IsIn(['over-plan', 'no-plan', 'over-usual', 'december-spike', 'cumulative-falls'])
  code?: 'over-plan' | 'no-plan' | 'over-usual' | 'december-spike' | 'cumulative-falls';
}

export class DisbursementWarningDto {
  id: number;
  code: 'over-plan' | 'no-plan' | 'over-usual' | 'december-spike' | 'cumulative-falls';
  /** The cumulative figure (over-plan, no-plan) or the month's sum. */
  foundDong: number;
  /** The plan in force, the usual month, or 0. */
  comparedWithDong: number;
  entryId: number;
  unit: NamedDto;
  project: NamedDto;
  source: NamedDto;
  kind: 'payment' | 'advance' | 'advance-recovery' | 'refund' | 'correction' | 'transfer';
  carriedOver: boolean;
  amountDong: number;
  documentNo: string | null;
  /** Null where a file brought the entry and nobody has explained it. */
  reason: string | null;
  recordedAt: string;
  recordedBy: string;
}

export class DisbursementWarningListDto {
  month: string;
  items: DisbursementWarningDto[];
  nextCursor: string | null;
  total: number;
  illustrative: boolean;
}
