import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { ALL_PERMISSIONS, type Permission } from '#libs/kernel';
import { IsPlainText } from '../shell/field-rules.js';

export class TokenDto {
  id: number;
  name: string;
  /** Its first characters, to recognise it by; empty for an old one. */
  prefix: string;
  /** What it carries of what its owner may. */
  permissions: string[];
  createdAt: string;
  expiresAt: string;
  /** To the minute. */
  lastUsedAt: string | null;
  revokedAt: string | null;
  revokedBy: string | null;
  state: 'works' | 'revoked' | 'over';
}

export class TokenListDto {
  items: TokenDto[];
  /** What a token of this account can carry. */
  grantable: string[];
  mostDays: number;
}

export class NewTokenDto {
  /** What it is for. */
  @IsPlainText(100)
  name: string;

  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(ALL_PERMISSIONS.length)
  @IsIn(ALL_PERMISSIONS, { each: true })
  permissions: string[];

  /** Days it works. */
  @IsInt()
  @Min(1)
  @Max(366)
  days: number;

  /** The password once more, needed where the session is older than ten minutes. */
  @IsOptional()
  @IsString()
  @MaxLength(256)
  password?: string;
}

export class MadeTokenDto {
  id: number;
  /** Told in this answer and never again. */
  secret: string;
  expiresAt: string;
}

/** The validator let only permissions through. */
export function asPermissions(given: string[]): Permission[] {
  return given as Permission[];
}
