import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, Min, ValidateIf } from 'class-validator';
import { IsDay, IsDong, IsPlainText } from '../shell/field-rules.js';
import { NamedDto, PageDto } from '../shell/page.dto.js';

const LONGEST_TEXT = 4000;

export class DifficultyCategoryDto {
  code: string;
  vi: string;
  en: string;
}

export class DifficultyCategoriesDto {
  items: DifficultyCategoryDto[];
}

export class DifficultyQueryDto extends PageDto {
  @IsOptional()
  @IsIn(['open', 'proposed', 'decided', 'solved', 'dropped'])
  state?: 'open' | 'proposed' | 'decided' | 'solved' | 'dropped';

  /** A category's code. */
  @IsOptional()
  @IsPlainText(40)
  category?: string;

  /** A unit's code. */
  @IsOptional()
  @IsPlainText(40)
  unit?: string;

  /** A project's code. */
  @IsOptional()
  @IsPlainText(60)
  project?: string;

  /** `true`: only those due before the business day and not over. */
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  overdue?: boolean;

  /** Part of the title, description, owner, decider, unit or project; case and diacritics do not matter. */
  @IsOptional()
  @IsPlainText(200)
  search?: string;
}

/** A difficulty (khó khăn, vướng mắc): what blocks which money, who solves it by when, who decides. */
export class DifficultyDto {
  id: number;
  unit: NamedDto | null;
  project: NamedDto | null;
  category: DifficultyCategoryDto;
  title: string;
  description: string;
  /** null: not known. */
  blockedDong: number | null;
  owner: string;
  decider: string;
  dueDate: string | null;
  overdue: boolean;
  proposal: string;
  decision: string;
  state: 'open' | 'proposed' | 'decided' | 'solved' | 'dropped';
  /** The ETag of the answer. */
  version: number;
  createdAt: string;
  createdBy: string;
}

export class DifficultyStateTotalDto {
  state: 'open' | 'proposed' | 'decided' | 'solved' | 'dropped';
  count: number;
  overdue: number;
  /** Of those where it is known. */
  blockedDong: number;
}

export class DifficultyListDto {
  items: DifficultyDto[];
  nextCursor: string | null;
  total: number;
  /** Over all that the filter, but for the state, lets in. */
  states: DifficultyStateTotalDto[];
  illustrative: boolean;
}

export class DifficultyStepDto {
  ordinal: number;
  state: 'open' | 'proposed' | 'decided' | 'solved' | 'dropped';
  note: string;
  at: string;
  by: string;
}

export class DifficultyDetailDto extends DifficultyDto {
  steps: DifficultyStepDto[];
  illustrative: boolean;
}

/** Of a project or of a unit: one of the two. */
export class NewDifficultyDto {
  @IsOptional()
  @IsPlainText(40)
  unit?: string;

  @IsOptional()
  @IsPlainText(60)
  project?: string;

  @IsPlainText(40)
  category: string;

  @IsPlainText(300)
  title: string;

  @IsOptional()
  @IsPlainText(LONGEST_TEXT)
  description?: string;

  @IsOptional()
  @IsDong()
  @Min(0)
  blockedDong?: number | null;

  /** The person or body that has to solve it. */
  @IsPlainText(200)
  owner: string;

  /** Who has the authority to decide. */
  @IsPlainText(200)
  decider: string;

  @IsOptional()
  @IsDay()
  dueDate?: string | null;
}

/** A field that is absent stays as it is; null clears it. */
export class DifficultyChangeDto {
  @IsOptional()
  @IsPlainText(40)
  category?: string;

  @IsOptional()
  @IsPlainText(300)
  title?: string;

  @IsOptional()
  @ValidateIf((change: DifficultyChangeDto) => change.description !== '')
  @IsPlainText(LONGEST_TEXT)
  description?: string;

  @IsOptional()
  @ValidateIf((change: DifficultyChangeDto) => change.blockedDong !== null)
  @IsDong()
  @Min(0)
  blockedDong?: number | null;

  @IsOptional()
  @IsPlainText(200)
  owner?: string;

  @IsOptional()
  @IsPlainText(200)
  decider?: string;

  @IsOptional()
  @ValidateIf((change: DifficultyChangeDto) => change.dueDate !== null)
  @IsDay()
  dueDate?: string | null;
}

/** A proposal, or how it ended. */
export class DifficultyAdvanceDto {
  @IsIn(['proposed', 'solved', 'dropped'])
  to: 'proposed' | 'solved' | 'dropped';

  @IsPlainText(LONGEST_TEXT)
  note: string;
}

export class DifficultyDecisionDto {
  @IsPlainText(LONGEST_TEXT)
  decision: string;
}
