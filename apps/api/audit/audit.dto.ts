import { Type } from 'class-transformer';
import { IsInt, IsOptional, Max, Min } from 'class-validator';
import { IsDay, IsPlainText } from '../shell/field-rules.js';
import { PageDto } from '../shell/page.dto.js';

const MOST_TEXT = 200;
const MOST_SEQ = 2_147_483_647;

/** Filters of the audit view; each narrows. */
export class AuditQueryDto extends PageDto {
  /** Username of who did it. */
  @IsOptional()
  @IsPlainText(MOST_TEXT)
  actor?: string;

  /** e.g. `month.close` */
  @IsOptional()
  @IsPlainText(MOST_TEXT)
  action?: string;

  /** e.g. `unit` */
  @IsOptional()
  @IsPlainText(MOST_TEXT)
  objectType?: string;

  @IsOptional()
  @IsPlainText(MOST_TEXT)
  objectId?: string;

  /** First day, on the province's clock. */
  @IsOptional()
  @IsDay()
  from?: string;

  /** Last day. */
  @IsOptional()
  @IsDay()
  to?: string;
}

export class AuditObjectDto {
  type: string;
  id: string;
}

export class AuditActorDto {
  username: string;
  /** Null for the system, and for an account that there is not. */
  displayName: string | null;
}

export class AuditEventDto {
  /** Number in the chain. */
  seq: number;
  at: string;
  actor: AuditActorDto;
  action: string;
  object: AuditObjectDto;
}

/** The newest first. There is no total: counting a chain of years takes longer than reading a page of it. */
export class AuditEventListDto {
  items: AuditEventDto[];
  nextCursor: string | null;
}

export class AuditOriginDto {
  /** `http`, `job`, `command-line` or `demonstration` */
  via: string;
  address: string | null;
  requestId: string | null;
}

/** A value that changed: `before` or `after` is absent for what was added or removed. Values are JSON. */
export class AuditChangeDto {
  /** Path of the field, e.g. `lines.0.amount`; empty for a value that is no object. */
  field: string;
  before?: unknown;
  after?: unknown;
}

export class AuditEventDetailDto extends AuditEventDto {
  actorRole: string;
  origin: AuditOriginDto;
  changes: AuditChangeDto[];
  /** More changes than are listed here; all are in the export. */
  changesInAll: number;
  hash: string;
  previousHash: string;
}

/** What one may filter by: each value that occurs. */
export class AuditFacetsDto {
  actors: string[];
  actions: string[];
  objectTypes: string[];
}

export class ChainHeadDto {
  /** 0 before the first event. */
  seq: number;
  hash: string;
}

export class VerificationQueryDto {
  /** Verify the events after this one; 0 begins the chain. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(MOST_SEQ)
  after?: number;
}

export class ChainFindingDto {
  seq: number;
  kind: 'changed' | 'removed' | 'inserted';
}

/** One part of the chain, verified; ask on from `through` until `done`. */
export class ChainPartDto {
  through: number;
  head: ChainHeadDto;
  findings: ChainFindingDto[];
  done: boolean;
}

export class ChainExportQueryDto {
  /** Number of the first event. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_SEQ)
  from?: number;
}
