import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IsDay, IsPlainText, IsRecord } from '../shell/field-rules.js';
import { PageDto } from '../shell/page.dto.js';

const LONGEST_TEXT = 4000;
const LARGEST_ID = 2_147_483_647;
const MOST_ITEMS = 200;

export class MeetingMemberDto {
  id: number;
  name: string;
  position: string;
  part: 'chair' | 'secretary' | 'member';
  validFrom: string;
  validTo: string | null;
}

export class MeetingBodyDto {
  id: number;
  kind: 'committee' | 'site-clearance' | 'team';
  name: string;
  teamCode: string | null;
  members: MeetingMemberDto[];
}

export class MeetingBodiesDto {
  items: MeetingBodyDto[];
}

export class NewMeetingBodyDto {
  @IsIn(['committee', 'site-clearance', 'team'])
  kind: 'committee' | 'site-clearance' | 'team';

  @IsPlainText(200)
  name: string;

  /** Of a team's body. */
  @IsOptional()
  @IsPlainText(40)
  teamCode?: string;
}

export class NewMeetingMemberDto {
  @IsPlainText(100)
  name: string;

  /** In the office, as it stands in the minutes. */
  @IsPlainText(200)
  position: string;

  @IsIn(['chair', 'secretary', 'member'])
  part: 'chair' | 'secretary' | 'member';

  @IsDay()
  validFrom: string;
}

export class MembershipEndDto {
  /** The last day. */
  @IsDay()
  validTo: string;
}

export class MeetingQueryDto extends PageDto {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LARGEST_ID)
  body?: number;
}

export class MeetingDto {
  id: number;
  bodyId: number;
  bodyName: string;
  bodyKind: string;
  /** `difficulty`: called because of one. */
  kind: 'monthly' | 'difficulty';
  difficultyId: number | null;
  heldOn: string;
  place: string;
  state: 'preparing' | 'fixed' | 'held';
  /** The ETag of the answer. */
  version: number;
  items: number;
  decisions: number;
  undone: number;
}

export class MeetingListDto {
  items: MeetingDto[];
  nextCursor: string | null;
  total: number;
  illustrative: boolean;
}

export class MeetingItemDto {
  id: number;
  ordinal: number;
  source: 'undone-decision' | 'warning-case' | 'overdue-notice' | 'objection' | 'difficulty' | 'free';
  refId: number | null;
  unitCode: string | null;
  projectCode: string | null;
  title: string;
  facts: string;
}

export class MeetingDecisionDto {
  id: number;
  meetingId: number;
  bodyId: number;
  bodyName: string;
  heldOn: string;
  itemId: number | null;
  unitCode: string | null;
  projectCode: string | null;
  text: string;
  owner: string;
  dueDate: string;
  overdue: boolean;
  state: 'open' | 'done' | 'withdrawn';
  outcome: string;
  endedOn: string | null;
  endedBy: string | null;
}

export class MeetingDetailDto {
  meeting: MeetingDto;
  agenda: MeetingItemDto[];
  decisions: MeetingDecisionDto[];
  /** Who was there, once it is closed. */
  present: string[];
  conclusion: string;
  fixedAt: string | null;
  closedAt: string | null;
  createdBy: string;
  illustrative: boolean;
}

export class CandidateDto {
  source: 'undone-decision' | 'warning-case' | 'overdue-notice' | 'objection' | 'difficulty';
  refId: number;
  unitCode: string | null;
  projectCode: string | null;
  title: string;
  facts: string;
}

export class CandidatesDto {
  items: CandidateDto[];
}

export class NewMeetingDto {
  @IsInt()
  @Min(1)
  @Max(LARGEST_ID)
  bodyId: number;

  @IsDay()
  heldOn: string;

  @IsPlainText(200)
  place: string;

  /** The difficulty it is called for; without one it is the month's. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LARGEST_ID)
  difficultyId?: number;
}

/** A candidate by its source and id, or a matter in words. */
export class ChosenItemDto {
  @IsIn(['undone-decision', 'warning-case', 'overdue-notice', 'objection', 'difficulty', 'free'])
  source: 'undone-decision' | 'warning-case' | 'overdue-notice' | 'objection' | 'difficulty' | 'free';

  @ValidateIf((item: ChosenItemDto) => item.source !== 'free')
  @IsInt()
  @Min(1)
  @Max(LARGEST_ID)
  refId?: number;

  @ValidateIf((item: ChosenItemDto) => item.source === 'free')
  @IsPlainText(300)
  title?: string;
}

export class AgendaDto {
  @IsArray()
  @ArrayMaxSize(MOST_ITEMS)
  @IsRecord()
  @ValidateNested({ each: true })
  @Type(() => ChosenItemDto)
  items: ChosenItemDto[];
}

export class NewMeetingDecisionDto {
  /** The item of the agenda that it settles. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(LARGEST_ID)
  itemId?: number;

  @IsPlainText(LONGEST_TEXT)
  text: string;

  @IsPlainText(200)
  owner: string;

  @IsDay()
  dueDate: string;
}

export class DecisionOutcomeDto {
  @IsIn(['done', 'withdrawn'])
  to: 'done' | 'withdrawn';

  /** What was done, or why it is withdrawn. */
  @IsPlainText(LONGEST_TEXT)
  outcome: string;
}

export class MeetingCloseDto {
  /** The members of the body who were there. */
  @IsArray()
  @ArrayMaxSize(MOST_ITEMS)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(LARGEST_ID, { each: true })
  presentIds: number[];

  @IsOptional()
  @ValidateIf((close: MeetingCloseDto) => close.conclusion !== '')
  @IsPlainText(LONGEST_TEXT)
  conclusion?: string;
}

export class DecisionQueryDto extends PageDto {
  @IsOptional()
  @IsIn(['open', 'done', 'withdrawn'])
  state?: 'open' | 'done' | 'withdrawn';

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(LARGEST_ID)
  body?: number;
}

export class MeetingDecisionListDto {
  items: MeetingDecisionDto[];
  nextCursor: string | null;
  total: number;
  illustrative: boolean;
}

export class DecisionsAboutDto {
  /** The latest first. */
  items: MeetingDecisionDto[];
}
