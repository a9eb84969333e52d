import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { IsDay, IsDong, IsPlainText, IsPlainTexts, IsRecord } from '../shell/field-rules.js';
import { NamedDto, PageDto } from '../shell/page.dto.js';
import { FileDto } from '../files/files.dto.js';

const LARGEST_ID = 2_147_483_647;
const MOST_MEMBERS = 40;
const MOST_PARTS = 50;

export class InspectionPlanDto {
  @IsPlainText(2000)
  purpose: string;

  @IsDay()
  plannedOn: string;

  @IsPlainText(300)
  place: string;

  /** Names of who goes. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_MEMBERS)
  @IsPlainTexts(200)
  members: string[];
}

export class NewInspectionDto extends InspectionPlanDto {
  @IsPlainText(40)
  teamCode: string;

  @IsIn(['routine', 'sudden', 'follow-up'])
  kind: 'routine' | 'sudden' | 'follow-up';

  @IsIn(['unit', 'project', 'programme', 'assignment'])
  subject: 'unit' | 'project' | 'programme' | 'assignment';

  @IsOptional()
  @IsPlainText(40)
  unitCode?: string;

  @IsOptional()
  @IsPlainText(60)
  projectCode?: string;

  @IsOptional()
  @IsIn(['NTM', 'GNBV', 'DTTS'])
  programme?: 'NTM' | 'GNBV' | 'DTTS';

  /** Of an assignment of capital. */
  @IsOptional()
  @IsInt()
  @Min(2000)
  @Max(2100)
  planYear?: number;

  /** The notice to the team that it comes from. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LARGEST_ID)
  noticeId?: number;

  /** Of a follow-up: the inspection before it. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LARGEST_ID)
  follows?: number;
}

export class InspectionQueryDto extends PageDto {
  @IsOptional()
  @IsIn(['planned', 'visited', 'concluded'])
  state?: 'planned' | 'visited' | 'concluded';

  @IsOptional()
  @IsPlainText(40)
  team?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LARGEST_ID)
  noticeId?: number;

  /** Planned on or after. */
  @IsOptional()
  @IsDay()
  from?: string;

  /** Planned on or before. */
  @IsOptional()
  @IsDay()
  to?: string;
}

export class NewFindingDto {
  @IsIn([
    'progress',
    'accepted-volume',
    'payment',
    'quality',
    'capital-assignment',
    'site-clearance',
    'procedure',
    'other',
  ])
  category:
    | 'progress'
    | 'accepted-volume'
    | 'payment'
    | 'quality'
    | 'capital-assignment'
    | 'site-clearance'
    | 'procedure'
    | 'other';

  @IsPlainText(5000)
  text: string;

  /** đồng that it is about. */
  @IsOptional()
  @IsDong()
  @Min(0)
  amountDong?: number;
}

export class NewAttachmentDto {
  /** Of a file sent before by the same person. */
  @IsInt()
  @Min(1)
  @Max(LARGEST_ID)
  fileId: number;

  @IsIn(['photo', 'file'])
  kind: 'photo' | 'file';

  @IsOptional()
  @IsPlainText(300)
  caption?: string;

  /** Degrees as decimal text, only with the consent of who took the picture; both or none. */
  @IsOptional()
  @Matches(/^-?([0-8]?[0-9](\.[0-9]{1,5})?|90)$/, { message: '$property must be degrees such as 21.85123' })
  latitude?: string;

  @IsOptional()
  @Matches(/^-?((1[0-7][0-9]|[0-9]{1,2})(\.[0-9]{1,5})?|180)$/, {
    message: '$property must be degrees such as 106.76123',
  })
  longitude?: string;
}

export class NewRecommendationDto {
  @IsPlainText(2000)
  text: string;

  /** Who carries it out. */
  @IsPlainText(300)
  owner: string;

  @IsDay()
  dueOn: string;
}

export class NewVisitDto {
  /** Made where the visit was written down: sent again it is the same visit. */
  @IsUUID()
  draftKey: string;

  @IsDay()
  visitedOn: string;

  @IsPlainText(300)
  place: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_MEMBERS)
  @IsPlainTexts(200)
  members: string[];

  @IsOptional()
  @IsPlainText(10000)
  note?: string;

  @IsArray()
  @ArrayMaxSize(MOST_PARTS)
  @IsRecord()
  @ValidateNested({ each: true })
  @Type(() => NewFindingDto)
  findings: NewFindingDto[];

  @IsArray()
  @ArrayMaxSize(MOST_PARTS)
  @IsRecord()
  @ValidateNested({ each: true })
  @Type(() => NewAttachmentDto)
  attachments: NewAttachmentDto[];

  @IsArray()
  @ArrayMaxSize(MOST_PARTS)
  @IsRecord()
  @ValidateNested({ each: true })
  @Type(() => NewRecommendationDto)
  recommendations: NewRecommendationDto[];
}

export class ConclusionDto {
  @IsPlainText(10000)
  conclusion: string;
}

export class CompletionDto {
  /** How it was carried out. */
  @IsPlainText(2000)
  note: string;
}

export class InspectionDto {
  id: number;
  team: NamedDto;
  kind: 'routine' | 'sudden' | 'follow-up';
  subject: 'unit' | 'project' | 'programme' | 'assignment';
  unit: NamedDto | null;
  project: NamedDto | null;
  programme: 'NTM' | 'GNBV' | 'DTTS' | null;
  planYear: number | null;
  noticeId: number | null;
  caseId: number | null;
  follows: number | null;
  purpose: string;
  plannedOn: string;
  place: string;
  members: string[];
  state: 'planned' | 'visited' | 'concluded';
  version: number;
  conclusion: string | null;
  concludedAt: string | null;
  concludedBy: string | null;
  visitedOn: string[];
  openRecommendations: number;
  /** Of the nearest open recommendation. */
  nextDueOn: string | null;
}

export class InspectionListDto {
  items: InspectionDto[];
  nextCursor: string | null;
  total: number;
  today: string;
  illustrative: boolean;
}

export class FindingDto {
  category:
    | 'progress'
    | 'accepted-volume'
    | 'payment'
    | 'quality'
    | 'capital-assignment'
    | 'site-clearance'
    | 'procedure'
    | 'other';
  text: string;
  amountDong: number | null;
}

export class AttachmentDto extends FileDto {
  kind: 'photo' | 'file';
  caption: string;
  latitude: string | null;
  longitude: string | null;
}

export class RecommendationDto {
  id: number;
  text: string;
  owner: string;
  dueOn: string;
  doneOn: string | null;
  doneNote: string | null;
  doneBy: string | null;
}

export class VisitDto {
  id: number;
  visitedOn: string;
  place: string;
  members: string[];
  note: string;
  recordedAt: string;
  recordedBy: string;
  findings: FindingDto[];
  attachments: AttachmentDto[];
  recommendations: RecommendationDto[];
}

export class InspectionDetailDto extends InspectionDto {
  visits: VisitDto[];
  /** The signed-in person plans, visits and concludes it. */
  own: boolean;
  today: string;
  illustrative: boolean;
}
