import { IsBoolean, IsIn, IsObject, IsOptional } from 'class-validator';
import { IsPlainText } from '../shell/field-rules.js';
import { PageDto } from '../shell/page.dto.js';

const KINDS = ['units', 'projects', 'allocations', 'disbursements', 'reports', 'progress', 'key-projects', 'treasury'];
const AMOUNT_UNITS = ['dong', 'nghin-dong', 'trieu-dong', 'ty-dong'] as const;
const DECIMAL_SIGNS = [',', '.'];
const STATES = ['waiting', 'reading', 'ready', 'committed', 'failed', 'discarded'];
const OUTCOMES = ['new', 'changed', 'same', 'rejected'];

export class NewImportQueryDto {
  /** What the file contains. */
  @IsIn(KINDS)
  kind: 'units' | 'projects' | 'allocations' | 'disbursements' | 'reports' | 'progress' | 'key-projects' | 'treasury';
}

export class ImportListQueryDto extends PageDto {
  @IsOptional()
  @IsIn(KINDS)
  kind?: 'units' | 'projects' | 'allocations' | 'disbursements' | 'reports' | 'progress' | 'key-projects' | 'treasury';

  @IsOptional()
  @IsIn(STATES)
  state?: 'waiting' | 'reading' | 'ready' | 'committed' | 'failed' | 'discarded';
}

export class ImportRowsQueryDto extends PageDto {
  /** Absent: all rows in the order of the file. */
  @IsOptional()
  @IsIn(OUTCOMES)
  outcome?: 'new' | 'changed' | 'same' | 'rejected';
}

export class CommitImportDto {
  /** Leaves the rejected rows out; without it an import with rejected rows is refused. */
  @IsOptional()
  @IsBoolean()
  withoutRejected?: boolean;

  /** Why figures fall, for all rows that do not say it themselves. */
  @IsOptional()
  @IsPlainText(1000)
  reason?: string;
}

export class TemplateKindDto {
  @IsIn(KINDS)
  kind: 'units' | 'projects' | 'allocations' | 'disbursements' | 'reports' | 'progress' | 'key-projects' | 'treasury';
}

/** What the reader is told about a file that is already here; absent: as the file says. */
export class RereadImportDto {
  @IsOptional()
  @IsIn(AMOUNT_UNITS)
  amountUnit?: 'dong' | 'nghin-dong' | 'trieu-dong' | 'ty-dong';

  @IsOptional()
  @IsBoolean()
  cumulative?: boolean;

  /** Which sign stands before the decimals, where amounts leave it open ("1.234" triệu đồng). */
  @IsOptional()
  @IsIn(DECIMAL_SIGNS)
  decimal?: ',' | '.';

  /** Field name → value for every row. */
  @IsOptional()
  @IsObject()
  constants?: Record<string, string>;

  /** Column (from 0) → field name; '' passes it over. Kept for the sender's next file of the kind. */
  @IsOptional()
  @IsObject()
  mapping?: Record<string, string>;
}

export class OfferedFieldDto {
  name: string;
  /** The title that the template gives its column. */
  title: string;
  required: boolean;
}

export class OfferedKindDto {
  kind: 'units' | 'projects' | 'allocations' | 'disbursements' | 'reports' | 'progress' | 'key-projects' | 'treasury';
  fields: OfferedFieldDto[];
  /** Fields that the heading of an amount column may state: `amount_vnd;source_code=ODA` in a mapping. */
  wideBy: string[];
}

/** What the user may import, and how much of it in one file. */
export class OfferedImportsDto {
  kinds: OfferedKindDto[];
  maxBytes: number;
  maxWorkbookRows: number;
  maxCsvRows: number;
}

export class ImportProgressDto {
  rowsRead: number;
  /** Estimated from the bytes until the file is read; null before the first row. */
  rowsTotal: number | null;
  /** 0 to 100. */
  percent: number;
}

export class ImportChoicesDto {
  amountUnit: 'dong' | 'nghin-dong' | 'trieu-dong' | 'ty-dong' | null;
  /** null: as the file's heading says, else of the month. */
  cumulative: boolean | null;
  /** null: as the file's own amounts prove. */
  decimal: ',' | '.' | null;
  constants: Record<string, string>;
  mapping: Record<string, string>;
}

export class ImportUnitCellDto {
  /** From 1. */
  row: number;
  /** From 0. */
  column: number;
  text: string;
}

export class ImportColumnDto {
  /** From 0. */
  column: number;
  title: string;
  /** Field name it was read as; null: not used. */
  field: string | null;
  /** `unknown`: filled, and nobody knows as what; map it or pass it over with ''. */
  use: 'field' | 'unknown' | 'passed-over' | 'total';
}

export class ImportIgnoredDto {
  titles: number;
  groups: number;
  totals: number;
  /** Lines of a wide table whose amounts are all empty. */
  withoutAmount: number;
}

/** What the reader recognised. */
export class ImportReadingDto {
  format: 'csv' | 'xlsx';
  sheet: string | null;
  /** `totals`: each row states the total of its cell; `vouchers`: rows append, keyed by document; `rows`: other kinds. */
  mode: 'totals' | 'vouchers' | 'rows';
  amountUnit: 'dong' | 'nghin-dong' | 'trieu-dong' | 'ty-dong';
  /** The cell that states the unit of amounts; null: the sender did, or nobody. */
  amountUnitStatedAt: ImportUnitCellDto | null;
  /** Rows of the header, from 1. */
  headerRows: number[];
  columns: ImportColumnDto[];
  /** Disbursements: the amounts run from the start of the plan year, as the sender or the heading says. */
  cumulative: boolean;
  /** Values that a title or heading gave to every row, by field. */
  stated: Record<string, string>;
  /** Values that nobody stated, by field. */
  assumed: Record<string, string>;
  /** Rows recognised and left out. */
  ignored: ImportIgnoredDto;
  /** Amounts that can be read in two ways; `decimal` settles it. */
  ambiguousAmounts: number;
  hiddenRows: number;
  /** Cells whose value a formula had computed. */
  formulas: number;
}

export class OutcomeCountDto {
  /** Cells of the books (disbursements) or rows (other kinds). */
  cells: number;
  /** Rows of the file behind them: equal keys are added up. */
  rows: number;
  /** As the file states it. */
  dong: number;
  /** What the commit adds to the books. */
  differenceDong: number;
}

export class ImportDifferenceDto {
  new: OutcomeCountDto;
  changed: OutcomeCountDto;
  same: OutcomeCountDto;
  rejected: OutcomeCountDto;
  /** Cells that lower a figure and give no reason of their own: the commit must bring one. */
  withoutReason: number;
}

export class ImportHeaderProblemDto {
  /** From 0; null: the file as a whole. */
  column: number | null;
  code: string;
  detail: string;
}

export class ImportFailureDto {
  code: string;
  /** What is wrong with the file and what to do instead. */
  detail: string;
  /** Each thing that is wrong with its columns. */
  problems: ImportHeaderProblemDto[];
}

export class EarlierImportDto {
  id: number;
  committedAt: string;
  committedBy: string;
}

export class ImportDto {
  id: number;
  kind: 'units' | 'projects' | 'allocations' | 'disbursements' | 'reports' | 'progress' | 'key-projects' | 'treasury';
  fileName: string;
  bytes: number;
  /** `waiting` → `reading` → `ready` → `committed`; `failed`: the file as a whole was refused. */
  state: 'waiting' | 'reading' | 'ready' | 'committed' | 'failed' | 'discarded';
  choices: ImportChoicesDto;
  progress: ImportProgressDto;
  /** From `ready` on. */
  reading: ImportReadingDto | null;
  /** From `ready` on: what a commit does, or did. */
  difference: ImportDifferenceDto | null;
  failure: ImportFailureDto | null;
  /** The same bytes, kind and choices were committed before. */
  repeatOf: EarlierImportDto | null;
  reason: string | null;
  /** Entries that the commit wrote. */
  entries: number;
  /** Rolling SHA-256 over those entries, as in the audit event. */
  rowsHash: string | null;
  illustrative: boolean;
  createdAt: string;
  createdBy: string;
  readAt: string | null;
  committedAt: string | null;
  committedBy: string | null;
}

export class ImportListDto {
  items: ImportDto[];
  nextCursor: string | null;
  total: number;
}

export class ImportRowProblemDto {
  /** Field name; null: the row as a whole. */
  field: string | null;
  code: string;
  /** What is wrong and what to do, in the user's language. */
  detail: string;
}

export class ImportRowDto {
  ordinal: number;
  /** Row of the sheet, from 1; the first of those that were added up. */
  row: number;
  /** How many rows of the file were added up. */
  rows: number;
  outcome: 'new' | 'changed' | 'same' | 'rejected';
  /** By field name; amounts as whole đồng digits. */
  values: Record<string, string>;
  /** Names of the codes among the values that the user may know, by field name. */
  names: Record<string, string>;
  /** What stands in the books, by field name; null where nothing does. */
  before: Record<string, string> | null;
  /** What the file states; null for kinds without amounts. */
  dong: number | null;
  differenceDong: number | null;
  /** The figure falls and the row gives no reason. */
  needsReason: boolean;
  problems: ImportRowProblemDto[];
}

export class ImportRowListDto {
  items: ImportRowDto[];
  nextCursor: string | null;
  total: number;
}
