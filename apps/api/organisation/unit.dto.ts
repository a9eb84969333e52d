import { IsIn, IsOptional, ValidateIf } from 'class-validator';
import { IsDay, IsPlainText } from '../shell/field-rules.js';
import { NamedDto, PageDto } from '../shell/page.dto.js';

const KINDS = ['investor', 'district', 'commune', 'reserve'] as const;

export class UnitQueryDto extends PageDto {
  /** Only units valid on this day, with the teams of this day. */
  @IsOptional()
  @IsDay()
  at?: string;

  @IsOptional()
  @IsIn(KINDS)
  kind?: 'investor' | 'district' | 'commune' | 'reserve';
}

export class UnitDto {
  code: string;
  kind: 'investor' | 'district' | 'commune' | 'reserve';
  group: string;
  name: string;
  shortName: string;
  validFrom: string | null;
  validTo: string | null;
  /** The inspection team that looks after it; null: the named fallback answers. */
  team: NamedDto | null;
}

export class UnitListDto {
  items: UnitDto[];
  nextCursor: string | null;
  total: number;
}

export class NewUnitDto {
  @IsPlainText(40)
  code: string;

  @IsIn(KINDS)
  kind: 'investor' | 'district' | 'commune' | 'reserve';

  @IsPlainText(40)
  group: string;

  @IsPlainText(300)
  name: string;

  /** For narrow screens; without it the name. */
  @IsOptional()
  @IsPlainText(60)
  shortName?: string;

  @IsOptional()
  @ValidateIf((unit: NewUnitDto) => unit.validFrom !== null)
  @IsDay()
  validFrom?: string | null;

  @IsOptional()
  @ValidateIf((unit: NewUnitDto) => unit.validTo !== null)
  @IsDay()
  validTo?: string | null;
}

export class UnitChangeDto {
  @IsOptional()
  @IsPlainText(300)
  name?: string;

  @IsOptional()
  @IsPlainText(60)
  shortName?: string;

  @IsOptional()
  @IsPlainText(40)
  group?: string;

  @IsOptional()
  @ValidateIf((unit: UnitChangeDto) => unit.validFrom !== null)
  @IsDay()
  validFrom?: string | null;

  @IsOptional()
  @ValidateIf((unit: UnitChangeDto) => unit.validTo !== null)
  @IsDay()
  validTo?: string | null;
}
