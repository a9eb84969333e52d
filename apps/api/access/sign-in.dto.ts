import { IsOptional, IsString, Length, Matches, MaxLength, ValidateIf } from 'class-validator';
import { MayBeAbsent } from '../shell/input.pipe.js';
import { SessionDto } from './access.dto.js';

export class SignInDto {
  @IsString()
  @MaxLength(64)
  username: string;

  @IsString()
  @MaxLength(256)
  password: string;
}

export class CodeDto {
  /** Six digits of the authenticator app, or a recovery code. */
  @IsString()
  @Length(6, 40)
  code: string;
}

/** What signing in has come to. */
export class OpenedSessionDto {
  /** `none`: signed in. Otherwise the session can do nothing but give a code, or set up a second factor. */
  secondFactor: 'none' | 'required' | 'setup-required';
  /** To be sent back in `X-CSRF-Token`. It changes with the second factor, as the cookie does. */
  csrfToken: string;
  expiresAt: string;
  /** Who is signed in; null until nothing is needed any more. */
  session: SessionDto | null;
}

/** A sign-in that is not complete, for a page that was loaded again or came back from single sign-on. */
export class PendingSessionDto {
  secondFactor: 'required' | 'setup-required';
  username: string;
  displayName: string;
  csrfToken: string;
  expiresAt: string;
}

/** For an authenticator app; nothing counts before a code confirms it. */
export class SecondFactorOfferDto {
  /** In base 32, to be typed where no camera is. */
  secret: string;
  /** otpauth://…, to be shown as a QR code. */
  address: string;
}

export class RecoveryCodesDto {
  /** Ten codes that stand in for the authenticator app, each once. They are told this once. */
  recoveryCodes: string[];
}

export class FirstSecondFactorDto extends RecoveryCodesDto {
  session: SessionDto;
}

export class LinkSecretDto {
  /** What stands behind the # of the link. */
  @IsString()
  @Matches(/^[A-Za-z0-9_-]{43}$/)
  secret: string;
}

export class RedemptionDto extends LinkSecretDto {
  /** At least 12 characters of any kind. */
  @IsString()
  @MaxLength(1024)
  password: string;
}

export class LinkDto {
  purpose: 'invitation' | 'reset';
  username: string;
  displayName: string;
  expiresAt: string;
}

/** The password once more, needed where the session is older than ten minutes. */
@MayBeAbsent()
export class ProofDto {
  @IsOptional()
  @IsString()
  @MaxLength(256)
  password?: string;
}

export class PasswordChangeDto {
  @IsString()
  @MaxLength(256)
  current: string;

  /** At least 12 characters of any kind. */
  @IsString()
  @MaxLength(1024)
  next: string;
}

export class OwnSecurityDto {
  /** Since when a second factor is asked for; null: there is none. */
  secondFactorSince: string | null;
  /** The role demands one: it may be replaced, not taken away. */
  secondFactorRequired: boolean;
  recoveryCodesLeft: number;
  hasPassword: boolean;
  /** An account of the demonstration: its published password and sign-in cannot be changed. */
  fixed: boolean;
  /** Where one's notices are sent by mail; null: nowhere. */
  email: string | null;
}

export class OwnEmailDto {
  /** Null takes it away. */
  @ValidateIf((_, value) => value !== null)
  @Matches(/^[^<>@\s,;"]+@[^<>@\s,;"]+\.[^<>@\s,;"]+$/)
  @MaxLength(254)
  email: string | null;
}

export class SingleSignOnQueryDto {
  /** The screen that was wanted: an address of this program. */
  @IsOptional()
  @Matches(/^\/(?![/\\])[\x21-\x7e]{0,500}$/)
  from?: string;
}

export class OwnSessionDto {
  id: number;
  /** The one that asks. */
  current: boolean;
  createdAt: string;
  /** To the minute. */
  seenAt: string;
  expiresAt: string;
  address: string;
  /** As the browser calls itself. */
  userAgent: string;
}

export class OwnSessionListDto {
  /** The newest first; at most 100. */
  items: OwnSessionDto[];
}
