import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { IsPlainText, IsPlainTexts, IsReportingMonth } from '../shell/field-rules.js';

export class IssuingBodyDto {
  /** The body above (cơ quan chủ quản), in capitals; null where there is none. */
  @IsOptional()
  @ValidateIf((issuer: IssuingBodyDto) => issuer.superior !== null)
  @IsPlainText(120)
  superior: string | null;

  /** As it stands in the head, in capitals; at most two lines. */
  @IsPlainText(160)
  @Matches(/^[^\n]+(\n[^\n]+)?$/)
  name: string;

  /** Within a sentence. */
  @IsPlainText(120)
  nameInText: string;

  /** Where it sits, before the date. */
  @IsPlainText(60)
  place: string;
}

export class SignatureDto {
  /** TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH, each on its line. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(4)
  @IsPlainTexts(80)
  authority: string[];

  /** Empty where it is written by hand. */
  @ValidateIf((signature: SignatureDto) => signature.name !== '')
  @IsPlainText(80)
  name: string;
}

/** What a province sets for itself in one kind of document; the figures are never part of it. */
export class TemplateFieldsDto {
  @IsObject()
  @ValidateNested()
  @Type(() => IssuingBodyDto)
  issuer: IssuingBodyDto;

  /** Behind the number: capitals, digits and hyphens, e.g. `TB-UBND`. */
  @IsPlainText(30)
  @Matches(/^[\p{Lu}0-9]+(-[\p{Lu}0-9]+)*$/u)
  symbol: string;

  /** KHẨN, THƯỢNG KHẨN, HỎA TỐC; null for an ordinary document. */
  @ValidateIf((template: TemplateFieldsDto) => template.urgency !== null)
  @IsIn(['KHẨN', 'THƯỢNG KHẨN', 'HỎA TỐC'])
  urgency: string | null;

  @IsObject()
  @ValidateNested()
  @Type(() => SignatureDto)
  signature: SignatureDto;

  /** "Nơi nhận", the last line being where it is kept ("Lưu: VT, TH"). */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(30)
  @IsPlainTexts(200)
  recipients: string[];

  /** What is asked of whom, by when; each a sentence. */
  @IsArray()
  @ArrayMaxSize(20)
  @IsPlainTexts(600)
  tasks: string[];
}

export class DocumentTemplateDto {
  kind: 'announcement' | 'unit-letter' | 'team-assignment' | 'correction' | 'agenda' | 'minutes';
  /** 0: nobody has edited it. */
  version: number;
  recordedAt: string | null;
  recordedBy: string | null;
  fields: TemplateFieldsDto;
}

export class DocumentTemplateListDto {
  items: DocumentTemplateDto[];
}

export class TemplatePreviewDto {
  @IsObject()
  @ValidateNested()
  @Type(() => TemplateFieldsDto)
  fields: TemplateFieldsDto;

  /** A closed month whose figures fill it. */
  @IsReportingMonth()
  month: string;
}
