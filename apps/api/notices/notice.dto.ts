import { IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
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

  /** `new`: to be acknowledged; `due`: to be planned or answered; `overdue`: either, its day has passed. */
  @IsOptional()
  @IsIn(['new', 'due', 'overdue', 'done'])
  show?: 'new' | 'due' | 'overdue' | 'done';
}

export class NoticeDueDto {
  duty: 'acknowledge' | 'plan' | 'answer';
  /** The last day, yyyy-mm-dd. */
  on: string;
  /** Working days; negative once the day has passed. */
  daysLeft: number;
  overdue: boolean;
}

export class NoticeStepDto {
  /** A state, or the mark of a deadline such as `acknowledge-overdue`. */
  what: string;
  at: string;
  by: string;
  because: string | null;
  /** The month that was the reason, e.g. that cleared the case. */
  month: string | null;
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
  /** What its recipient has to do by when; null where nothing with a deadline. */
  due: NoticeDueDto | null;
  /** What happened to it, in order. */
  timeline: NoticeStepDto[];
  illustrative: boolean;
  /** The provincial average of the month; null for a reminder about an open month. */
  average: RateDto | null;
  /** Months running from which a unit is on the list, by the policy of the evaluation; null for a reminder. */
  thresholdMonths: number | null;
  lines: NoticeLineDto[];
}

export class NoticeListDto {
  items: NoticeDto[];
  nextCursor: string | null;
  total: number;
  /** Issued to the signed-in person and not yet acknowledged. */
  waiting: number;
}

export class InboxItemDto {
  id: number;
  /** The notice it is about; null for a digest of the week. */
  notice: number | null;
  title: string;
  text: string;
  at: string;
  readAt: string | null;
}

export class InboxDto {
  items: InboxItemDto[];
  nextCursor: string | null;
  /** Never opened. */
  unread: number;
}

export class ReadThroughDto {
  /** The newest message that was seen. */
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  through: number;
}

export class AcknowledgementDto {
  @IsOptional()
  @IsPlainText(1000)
  note?: string;
}
