import { IsIn, IsOptional } from 'class-validator';
import { NOTICE_STATES } from '#libs/notices';
import { RateDto } from '../insight/rate.dto.js';
import { CellDto } from '../insight/overview.dto.js';
import { IsPlainText, IsReportingMonth } from '../shell/field-rules.js';
import { NamedDto, PageDto } from '../shell/page.dto.js';

export class NoticeQueryDto extends PageDto {
  @IsOptional()
  @IsIn(NOTICE_STATES)
  state?:
    | 'draft'
    | 'issued'
    | 'delivered'
    | 'acknowledged'
    | 'planned'
    | 'inspected'
    | 'answered'
    | 'resolved'
    | 'closed'
    | 'withdrawn';

  @IsOptional()
  @IsIn(['team', 'unit', 'announcement', 'staff'])
  audience?: 'team' | 'unit' | 'announcement' | 'staff';

  @IsOptional()
  @IsReportingMonth()
  month?: string;
}

export class NoticeUnitDto {
  code: string;
  name: string;
  shortName: string;
}

export class NoticeLineDto {
  ordinal: number;
  /** `left-list`: in a correction, a unit that is not on the list after all. */
  kind: 'new-case' | 'continuing-case' | 'missing-report' | 'left-list';
  unit: NoticeUnitDto;
  caseId: number | null;
  streak: number;
  planDong: number;
  disbursedDong: number;
  gapDong: number;
  rate: RateDto | null;
  differencePoints: string | null;
  cells: CellDto[];
}

export class NoticeDto {
  id: number;
  month: string;
  monthVersion: number;
  audience: 'team' | 'unit' | 'announcement' | 'staff';
  recipient: NamedDto;
  /** The recipient answers for units that no team looks after. */
  fallback: boolean;
  state:
    | 'draft'
    | 'issued'
    | 'delivered'
    | 'acknowledged'
    | 'planned'
    | 'inspected'
    | 'answered'
    | 'resolved'
    | 'closed'
    | 'withdrawn';
  subject: string;
  /** Of a reminder of a report; empty for whatever rests on an evaluation. */
  step: '' | 'due-soon' | 'overdue' | 'long-overdue';
  /** The notice of an earlier version that this one corrects (đính chính). */
  corrects: number | null;
  /** The notice that went out in place of this one. */
  replacedBy: number | null;
  /** A draft of a version that was closed anew: never to be released. */
  superseded: boolean;
  createdAt: string;
  issuedAt: string | null;
  releasedBy: string | null;
  acknowledgedAt: string | null;
  acknowledgedBy: string | null;
  acknowledgementNote: string | null;
  illustrative: boolean;
  /** The provincial average of the month; null for a reminder about an open month. */
  average: RateDto | null;
  lines: NoticeLineDto[];
}

export class NoticeListDto {
  items: NoticeDto[];
  nextCursor: string | null;
  total: number;
  /** Issued to the signed-in person and not yet acknowledged. */
  waiting: number;
}

export class AcknowledgementDto {
  @IsOptional()
  @IsPlainText(1000)
  note?: string;
}
