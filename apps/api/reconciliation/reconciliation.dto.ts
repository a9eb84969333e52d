import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { DIFFERENCE_CAUSES } from '#libs/reconciliation';
import { IsDay, IsDong, IsPlainText, IsRecord, IsReportingMonth } from '../shell/field-rules.js';
import { NamedDto, PageDto } from '../shell/page.dto.js';

/** What a request may carry; a larger statement comes as a file, through the imports. */
const MOST_STATEMENT_LINES = 5000;

export class NewTreasuryLineDto {
  @Matches(/^[0-9]{7}$/)
  nationalCode: string;

  @IsOptional()
  @IsPlainText(40)
  unitCode?: string;

  /** As printed. */
  @IsOptional()
  @IsPlainText(500)
  projectName?: string;

  @IsPlainText(40)
  sourceCode: string;

  @IsOptional()
  @IsBoolean()
  carriedOver?: boolean;

  /** Net disbursed in the month, whole đồng. */
  @IsDong()
  amountDong: number;

  /** Paid in advance, of the amount. */
  @IsOptional()
  @IsDong()
  @Min(0)
  advanceDong?: number;

  /** Earlier advances recovered in the month. */
  @IsOptional()
  @IsDong()
  @Min(0)
  advanceRecoveredDong?: number;
}

export class NewTreasuryStatementDto {
  @IsReportingMonth()
  month: string;

  /** The day up to which the Treasury counted. */
  @IsDay()
  asOf: string;

  @IsOptional()
  @IsPlainText(200)
  documentNo?: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_STATEMENT_LINES)
  @IsRecord()
  @ValidateNested({ each: true })
  @Type(() => NewTreasuryLineDto)
  lines: NewTreasuryLineDto[];
}

export class ImportedStatementDto {
  id: number;
  month: string;
  version: number;
  /** `same`: the newest statement says just this, nothing was written. */
  outcome: 'new' | 'replaced' | 'same';
  /** Codes of the units whose month it made reported. */
  reportedUnits: string[];
}

export class StatementHeadDto {
  version: number;
  asOf: string;
  documentNo: string | null;
  importedAt: string;
  importedBy: string;
}

export class SignOffStateDto {
  /** `stale`: something changed after the signature. */
  state: 'none' | 'signed' | 'stale';
  at: string | null;
  by: string | null;
  staleBecause: ('statement' | 'entries' | 'differences')[];
}

export class ReconciliationMonthDto {
  month: string;
  number: number;
  monthState: string;
  statement: StatementHeadDto | null;
  /** As far as it is known without comparing the figures. */
  signOff: SignOffStateDto;
}

export class ReconciliationListDto {
  planYear: number;
  planYears: number[];
  items: ReconciliationMonthDto[];
}

export class ReconciliationYearQueryDto {
  /** Without it the newest plan year. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1000)
  @Max(9999)
  planYear?: number;
}

export class ReconciliationDto {
  month: string;
  /** The last day of the month: a statement as of an earlier day does not know all of it. */
  end: string;
  monthState: string;
  illustrative: boolean;
  statement: StatementHeadDto | null;
  /** Figures compared: project × source × series, within the caller's units, as all that follows. */
  cells: number;
  matched: number;
  differences: number;
  open: number;
  /** Of the open ones: answered before, but the figures changed since. */
  lapsed: number;
  accepted: number;
  corrected: number;
  booksDong: number;
  treasuryDong: number;
  /** Of the statement, what the books have exactly so. */
  matchedDong: number;
  /** Of the whole month, whoever asks. */
  signOff: SignOffStateDto;
}

export class DifferenceQueryDto extends PageDto {
  @IsOptional()
  @IsIn(['all', 'unresolved', 'resolved'])
  show?: 'all' | 'unresolved' | 'resolved';

  /** A unit's code. */
  @IsOptional()
  @IsPlainText(40)
  unit?: string;
}

export class CounterpartDto {
  month: string;
  source: NamedDto;
  carriedOver: boolean;
  booksDong: number;
  treasuryDong: number;
}

export class CorrectingEntryDto {
  id: number;
  /** The month it is booked in. */
  month: string;
  amountDong: number;
}

export class ResolutionDto {
  id: number;
  project: NamedDto;
  sourceCode: string;
  carriedOver: boolean;
  kind: 'note' | 'entry';
  cause: string;
  note: string;
  booksDong: number;
  treasuryDong: number;
  entries: CorrectingEntryDto[];
  at: string;
  by: string;
}

export class DifferenceDto {
  /** Names the figure, with source and series: the project's code, or `KB:` and a national code nobody has. */
  key: string;
  project: NamedDto | null;
  nationalCode: string | null;
  /** The project's name as the Treasury printed it. */
  printedName: string | null;
  unit: NamedDto | null;
  source: NamedDto;
  carriedOver: boolean;
  booksDong: number;
  treasuryDong: number;
  /** Books less Treasury. */
  differenceDong: number;
  booksRecoveredDong: number;
  treasuryRecoveredDong: number;
  treasuryAdvanceDong: number;
  cause:
    | 'unknown-code'
    | 'code-missing'
    | 'advance-recovery'
    | 'wrong-source'
    | 'timing'
    | 'wrong-month'
    | 'missing-entry'
    | 'missing-at-treasury'
    | 'amount-differs';
  counterpart: CounterpartDto | null;
  state: 'open' | 'lapsed' | 'accepted' | 'corrected';
  resolution: ResolutionDto | null;
}

export class DifferenceListDto {
  items: DifferenceDto[];
  nextCursor: string | null;
  total: number;
}

export class SeenDifferenceDto {
  /** As in the list. */
  @IsPlainText(60)
  key: string;

  @IsPlainText(40)
  sourceCode: string;

  @IsBoolean()
  carriedOver: boolean;

  /** The figures as they were seen: others by now are refused. */
  @IsDong()
  booksDong: number;

  @IsDong()
  treasuryDong: number;

  @IsIn(DIFFERENCE_CAUSES)
  cause:
    | 'unknown-code'
    | 'code-missing'
    | 'advance-recovery'
    | 'wrong-source'
    | 'timing'
    | 'wrong-month'
    | 'missing-entry'
    | 'missing-at-treasury'
    | 'amount-differs';

  @IsPlainText(1000)
  note: string;
}

export class NewCorrectionDto extends SeenDifferenceDto {
  /** The open month to book in. */
  @IsReportingMonth()
  entryMonth: string;

  /** Without it the whole difference. */
  @IsOptional()
  @IsDong()
  amountDong?: number;

  /** Book the opposite under the source that the suggestion names as well. */
  @IsOptional()
  @IsBoolean()
  withCounterpart?: boolean;
}

export class CorrectedDto {
  /** The entries that were booked. */
  ids: number[];
}

export class WithdrawalDto {
  @IsPlainText(1000)
  reason: string;
}

export class StatementVersionDto extends StatementHeadDto {
  /** Of the whole province; null for a reader of some units. */
  lines: number | null;
}

export class SignOffDto {
  action: 'signed' | 'withdrawn';
  statementVersion: number;
  reason: string | null;
  at: string;
  by: string;
}

export class ReconciliationHistoryDto {
  statements: StatementVersionDto[];
  resolutions: ResolutionDto[];
  signOffs: SignOffDto[];
}
