import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsInt, IsOptional, Max, Min, ValidateNested } from 'class-validator';
import { FileDto } from '../files/files.dto.js';
import { IsDong, IsPlainText, IsRecord, IsReportingMonth } from '../shell/field-rules.js';
import { NamedDto, PageDto } from '../shell/page.dto.js';

const LARGEST_ID = 2_147_483_647;
export const MOST_FILES = 20;

export class ContestedFigureDto {
  /** The figure is cumulative to the end of this month. */
  @IsReportingMonth()
  month: string;

  @IsIn(['plan', 'disbursed'])
  figure: 'plan' | 'disbursed';

  /** Of one project of the unit; absent: of all. */
  @IsOptional()
  @IsPlainText(60)
  projectCode?: string;

  /** Of one source; absent: of all. */
  @IsOptional()
  @IsPlainText(60)
  sourceCode?: string;

  /** What the unit holds to be right. */
  @IsDong()
  claimedDong: number;
}

export class NewAnswerDto {
  /** The unit's letter; else its case. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LARGEST_ID)
  noticeId?: number;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LARGEST_ID)
  caseId?: number;

  @IsIn(['explanation', 'objection'])
  kind: 'explanation' | 'objection';

  /** An objection names what it contests. */
  @IsOptional()
  @IsRecord()
  @ValidateNested()
  @Type(() => ContestedFigureDto)
  contested?: ContestedFigureDto;

  @IsPlainText(5000)
  text: string;

  /** Of files sent before by the same person. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_FILES)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(LARGEST_ID, { each: true })
  fileIds?: number[];
}

export class AnswerDecisionDto {
  @IsIn(['accepted', 'rejected'])
  decision: 'accepted' | 'rejected';

  /** Told to the unit; needed for a rejection. */
  @IsOptional()
  @IsPlainText(1000)
  reason?: string;

  /** How an accepted objection is put right: its month is reopened, or an entry of the books corrects it. */
  @IsOptional()
  @IsIn(['reopening', 'correction'])
  leadsTo?: 'reopening' | 'correction';

  /** The entry of a correction. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LARGEST_ID)
  entryId?: number;
}

export class AnswerQueryDto extends PageDto {
  @IsOptional()
  @IsIn(['open', 'rejected', 'accepted'])
  state?: 'open' | 'rejected' | 'accepted';

  @IsOptional()
  @IsIn(['explanation', 'objection'])
  kind?: 'explanation' | 'objection';

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LARGEST_ID)
  noticeId?: number;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LARGEST_ID)
  caseId?: number;

  @IsOptional()
  @IsPlainText(40)
  unit?: string;
}

export class ContestedDto {
  month: string;
  figure: 'plan' | 'disbursed';
  project: NamedDto | null;
  source: NamedDto | null;
  /** As it stood when the answer was sent. */
  statedDong: number;
  claimedDong: number;
}

export class AnswerDto {
  id: number;
  noticeId: number | null;
  caseId: number | null;
  unit: NamedDto;
  kind: 'explanation' | 'objection';
  contested: ContestedDto | null;
  text: string;
  files: FileDto[];
  sentAt: string;
  sentBy: string;
  /** By when the department decides, and the working days left; negative once it has passed. */
  dueOn: string;
  daysLeft: number;
  overdue: boolean;
  state: 'open' | 'rejected' | 'accepted';
  reason: string | null;
  leadsTo: 'reopening' | 'correction' | null;
  entryId: number | null;
  decidedAt: string | null;
  decidedBy: string | null;
}

export class AnswerListDto {
  items: AnswerDto[];
  nextCursor: string | null;
  total: number;
  illustrative: boolean;
}
