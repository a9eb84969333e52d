import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsDay, IsPlainText, IsPlainTexts, IsReportingMonth } from '../shell/field-rules.js';
import { NamedDto, PageDto } from '../shell/page.dto.js';

const KINDS = ['announcement', 'unit-letter', 'team-assignment', 'correction', 'agenda', 'minutes'] as const;

export class DocumentQueryDto extends PageDto {
  @IsOptional()
  @IsIn(KINDS)
  kind?: 'announcement' | 'unit-letter' | 'team-assignment' | 'correction' | 'agenda' | 'minutes';

  @IsOptional()
  @IsIn(['draft', 'issued'])
  state?: 'draft' | 'issued';

  /** Only what the clerk may number now. */
  @IsOptional()
  @IsIn(['true'])
  waiting?: 'true';

  @IsOptional()
  @IsReportingMonth()
  month?: string;

  @IsOptional()
  @IsPlainText(100)
  search?: string;
}

export class DocumentDto {
  id: number;
  kind: 'announcement' | 'unit-letter' | 'team-assignment' | 'correction' | 'agenda' | 'minutes';
  state: 'draft' | 'issued';
  /** The closed month behind it; null of a meeting. */
  month: string | null;
  monthVersion: number | null;
  /** Unit or team; null where it goes to many. */
  recipient: NamedDto | null;
  subject: string;
  /** "12/TB-UBND"; null of a draft. */
  number: string | null;
  symbol: string;
  date: string | null;
  sentDate: string | null;
  composedAt: string;
  issuedAt: string | null;
  /** Released where its kind is released, of the month's present version: the clerk may number it. */
  ready: boolean;
  /** A draft of a version of the month that was closed anew. */
  outdated: boolean;
}

export class DocumentListDto {
  items: DocumentDto[];
  nextCursor: string | null;
  total: number;
  /** How many may be numbered now; 0 for who sees only what was issued. */
  waiting: number;
  illustrative: boolean;
}

export class DocumentFileDto {
  format: 'pdf' | 'docx';
  sha256: string;
}

export class AuditHeadDto {
  seq: number;
  hash: string;
}

export class NextNumberDto {
  number: number;
  /** The business day. */
  date: string;
}

export class TextDifferenceDto {
  /** A figure, or the name of a unit. */
  kind: 'figure' | 'name';
  /** Null: only the sent file has it. */
  ours: string | null;
  /** Null: the sent file lacks it. */
  theirs: string | null;
  context: string;
}

/** A file that the office sent out in place of ours. */
export class DocumentVersionDto {
  id: number;
  format: 'pdf' | 'docx';
  fileName: string;
  sha256: string;
  size: number;
  /** False: pictures alone, whose figures nobody compared. */
  hasText: boolean;
  /** Null for whom the check is not for. */
  differences: TextDifferenceDto[] | null;
  uploadedAt: string;
  uploadedBy: string;
}

export class DocumentDetailDto extends DocumentDto {
  typeName: string | null;
  addressees: string[];
  recipients: string[];
  templateVersion: number;
  composedBy: string;
  issuedBy: string | null;
  /** Of the evaluation that the figures are taken from. */
  resultHash: string | null;
  /** The end of the audit chain when it was frozen. */
  auditHead: AuditHeadDto | null;
  /** Of the frozen files; empty of a draft. */
  files: DocumentFileDto[];
  /** Newest first. */
  versions: DocumentVersionDto[];
  /** A suggestion for whoever numbers it; null where it has its number. */
  next: NextNumberDto | null;
  /** Of a draft: what is still open about it, a sentence each. */
  remarks: string[];
  illustrative: boolean;
}

export class NewDocumentDto {
  @IsIn(KINDS)
  kind: 'announcement' | 'unit-letter' | 'team-assignment' | 'correction' | 'agenda' | 'minutes';

  @IsOptional()
  @IsReportingMonth()
  month?: string;

  /** Unit or team code. */
  @IsOptional()
  @IsPlainText(100)
  recipient?: string;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  meeting?: number;
}

export class NumberingDto {
  @IsInt()
  @Min(1)
  @Max(999_999)
  number: number;

  @IsDay()
  date: string;

  /** Without it the document leaves on its own day. */
  @IsOptional()
  @IsDay()
  sentDate?: string;

  /** In place of the template's; the last line says where it is kept. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(30)
  @IsPlainTexts(200)
  recipients?: string[];
}

export class NewVersionDto {
  /** An upload of one's own, from `POST /files`. */
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  fileId: number;
}

export class RegisterQueryDto extends PageDto {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1900)
  @Max(9999)
  year?: number;

  /** Of one series alone. */
  @IsOptional()
  @IsPlainText(40)
  symbol?: string;

  @IsOptional()
  @IsPlainText(100)
  search?: string;
}

export class RegisterDto {
  year: number;
  years: number[];
  series: string[];
  items: DocumentDto[];
  nextCursor: string | null;
  total: number;
  illustrative: boolean;
}
