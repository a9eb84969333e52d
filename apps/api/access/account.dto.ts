import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsString, Matches, MaxLength, Min } from 'class-validator';
import { ROLES } from '#libs/kernel';
import { MayBeAbsent } from '../shell/input.pipe.js';
import { IsPlainText } from '../shell/field-rules.js';
import { NamedDto, PageDto } from '../shell/page.dto.js';
import { TokenDto } from './token.dto.js';

const STATES = ['invited', 'active', 'disabled'] as const;
const REQUEST_STATES = ['requested', 'carried-out', 'withdrawn', 'expired'] as const;
/** Units of one reporter: the whole province has a few hundred. */
const MOST_SCOPES = 500;

export class AccountQueryDto extends PageDto {
  /** Part of a name or user name; case and diacritics do not matter. */
  @IsOptional()
  @IsString()
  @MaxLength(100)
  search?: string;

  @IsOptional()
  @IsIn(ROLES)
  role?: 'admin' | 'staff' | 'approver' | 'clerk' | 'reporter' | 'inspector' | 'leader' | 'auditor';

  @IsOptional()
  @IsIn(STATES)
  state?: 'invited' | 'active' | 'disabled';
}

export class AccountRowDto {
  id: number;
  username: string;
  displayName: string;
  role: 'admin' | 'staff' | 'approver' | 'clerk' | 'reporter' | 'inspector' | 'leader' | 'auditor';
  /** `invited`: no password has been set yet. */
  state: 'invited' | 'active' | 'disabled';
  isDemonstration: boolean;
  disabledAt: string | null;
  units: NamedDto[];
  teams: NamedDto[];
  /** Open sessions. */
  sessions: number;
  /** Tokens that work. */
  tokens: number;
  /** When they signed in last, or a program of theirs called. */
  lastSeenAt: string | null;
  /** A request about this account that waits for a second person. */
  pendingRequestId: number | null;
}

export class AccountListDto {
  items: AccountRowDto[];
  /** Every inspection team, to choose from. */
  teams: NamedDto[];
  nextCursor: string | null;
  total: number;
}

export class AccountDto extends AccountRowDto {
  tokenList: TokenDto[];
}

/** Role and rows: units of a reporter, teams of an inspector, neither for anybody else. */
export class AccessDto {
  @IsIn(ROLES)
  role: 'admin' | 'staff' | 'approver' | 'clerk' | 'reporter' | 'inspector' | 'leader' | 'auditor';

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_SCOPES)
  @IsString({ each: true })
  units?: string[];

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_SCOPES)
  @IsString({ each: true })
  teams?: string[];

  @IsOptional()
  @IsPlainText(500)
  note?: string;
}

export class InvitationDto extends AccessDto {
  /** Small letters, digits, dot, dash, underscore; 2 to 64 characters. It never changes. */
  @Matches(/^[a-z0-9][a-z0-9._-]{1,63}$/)
  username: string;

  @IsPlainText(200)
  displayName: string;
}

export class AccountNameDto {
  @IsPlainText(200)
  displayName: string;
}

@MayBeAbsent()
export class AccountNoteDto {
  @IsOptional()
  @IsPlainText(500)
  note?: string;
}

@MayBeAbsent()
export class LeavingDto extends AccountNoteDto {
  /** The account that takes over what is open. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  successorId?: number;
}

/** A link for setting a password. It is told once; only its hash is kept. */
export class HandedLinkDto {
  /** Belongs behind the address: `/link#` and this. */
  secret: string;
  expiresAt: string;
}

/** Role and rows as they stand. */
export class StandingAccessDto {
  role: 'admin' | 'staff' | 'approver' | 'clerk' | 'reporter' | 'inspector' | 'leader' | 'auditor';
  state: 'invited' | 'active' | 'disabled';
  units: NamedDto[];
  teams: NamedDto[];
}

export class AccountRequestDto {
  id: number;
  kind: 'invite' | 'change' | 'enable' | 'reset';
  accountId: number | null;
  username: string;
  displayName: string;
  /** As it is to be. */
  role: 'admin' | 'staff' | 'approver' | 'clerk' | 'reporter' | 'inspector' | 'leader' | 'auditor';
  units: NamedDto[];
  teams: NamedDto[];
  note: string;
  state: 'requested' | 'carried-out' | 'withdrawn' | 'expired';
  requestedBy: string;
  requestedByName: string;
  requestedAt: string;
  expiresAt: string;
  decidedBy: string | null;
  decidedByName: string | null;
  decidedAt: string | null;
  /** Carried out by the one who asked: the office had no second person yet. */
  isAlone: boolean;
  /** As it stands now; null for an invitation. */
  now: StandingAccessDto | null;
}

export class AccountRequestQueryDto extends PageDto {
  @IsOptional()
  @IsIn(REQUEST_STATES)
  state?: 'requested' | 'carried-out' | 'withdrawn' | 'expired';
}

export class AccountRequestListDto {
  items: AccountRequestDto[];
  nextCursor: string | null;
  total: number;
  /** Whether anybody but the reader could carry a request out. */
  hasSecondPerson: boolean;
}

/** What came of an act: done (account), or waiting for a second person (request). */
export class AdministrationDto {
  account: AccountRowDto | null;
  request: AccountRequestDto | null;
  /** Told in this answer and never again. */
  link: HandedLinkDto | null;
}

export class OpenImportDto {
  id: number;
  kind: string;
  fileName: string;
  createdAt: string;
}

export class OpenReopeningDto {
  month: string;
  reason: string;
  requestedAt: string;
}

export class OpenAccountRequestDto {
  id: number;
  username: string;
  displayName: string;
}

export class OpenReorganisationDto {
  id: number;
  decisionNo: string;
}

export class OpenNoticeDto {
  id: number;
  subject: string;
  recipientName: string;
}

/** What only this person has in hand. At most fifty of each are named. */
export class OpenWorkDto {
  imports: OpenImportDto[];
  importTotal: number;
  reopenings: OpenReopeningDto[];
  reopeningTotal: number;
  accountRequests: OpenAccountRequestDto[];
  accountRequestTotal: number;
  reorganisations: OpenReorganisationDto[];
  reorganisationTotal: number;
  /** Units that no other reporter has, teams that no other inspector has. */
  units: NamedDto[];
  teams: NamedDto[];
  /** Notices that nobody else would acknowledge. */
  notices: OpenNoticeDto[];
  noticeTotal: number;
  sessions: number;
  tokens: number;
}
