import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Param,
  ParseEnumPipe,
  Post,
  Put,
  Res,
  StreamableFile,
} from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import {
  DOCUMENT_KINDS,
  listTemplates,
  previewTemplate,
  setTemplate,
  templateInForce,
  type DocumentKind,
  type TemplateInForce,
} from '#libs/documents';
import { Month, type Actor } from '#libs/kernel';
import { instanceSetting } from '#libs/platform';
import { Acting, Needs } from '../shell/access.decorators.js';
import { refusal } from '../shell/refusal.js';
import {
  DocumentTemplateDto,
  DocumentTemplateListDto,
  TemplateFieldsDto,
  TemplatePreviewDto,
} from './document-template.dto.js';

const KIND = new ParseEnumPipe(DOCUMENT_KINDS, { exceptionFactory: () => refusal('not-found') });

/** The form of each kind of document: who issues, who signs, who receives, what is asked. */
@ApiTags('documents')
@Controller('document-templates')
export class DocumentTemplatesController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @Needs('province.read')
  async list(): Promise<DocumentTemplateListDto> {
    return { items: (await listTemplates(this.db)).map(view) };
  }

  @Get(':kind')
  @Needs('province.read')
  @ApiParam({ name: 'kind', enum: DOCUMENT_KINDS })
  async find(
    @Param('kind', KIND) kind: DocumentKind,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DocumentTemplateDto> {
    const { provinceName } = await instanceSetting(this.db);
    const present = await templateInForce(this.db, kind, provinceName);
    void reply.header('etag', `"${present.version}"`);
    return view(present);
  }

  /** The next version, for what is composed from now on; `If-Match` names the version that was edited. */
  @Put(':kind')
  @Needs('document-templates.edit')
  @ApiParam({ name: 'kind', enum: DOCUMENT_KINDS })
  async set(
    @Acting() actor: Actor,
    @Param('kind', KIND) kind: DocumentKind,
    @Body() fields: TemplateFieldsDto,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') seen?: string,
  ): Promise<DocumentTemplateDto> {
    const version = /^"(\d{1,9})"$/.exec(seen ?? '');
    if (!version) throw refusal('if-match-missing');
    const set = await setTemplate(this.db, actor, kind, plain(fields), Number(version[1]));
    void reply.header('etag', `"${set.version}"`);
    return view(set);
  }

  /** The document of a closed month in a form that is not kept. */
  @Post(':kind/preview')
  @Needs('document-templates.edit')
  @HttpCode(200)
  @ApiParam({ name: 'kind', enum: DOCUMENT_KINDS })
  @ApiProduces('application/pdf')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async preview(
    @Acting() actor: Actor,
    @Param('kind', KIND) kind: DocumentKind,
    @Body() { fields, month }: TemplatePreviewDto,
  ): Promise<StreamableFile> {
    const bytes = await previewTemplate(this.db, actor, kind, plain(fields), Month.parse(month));
    return new StreamableFile(bytes, {
      type: 'application/pdf',
      disposition: 'inline; filename="xem-truoc.pdf"',
      length: bytes.length,
    });
  }
}

function view({ kind, version, template, recordedAt, recordedBy }: TemplateInForce): DocumentTemplateDto {
  return {
    kind,
    version,
    recordedAt: recordedAt?.toISOString() ?? null,
    recordedBy,
    fields: {
      issuer: template.issuer,
      symbol: template.symbol,
      urgency: template.urgency,
      signature: { authority: [...template.signature.authority], name: template.signature.name },
      recipients: [...template.recipients],
      tasks: [...template.tasks],
    },
  };
}

/** As plain objects: canonical JSON knows no classes. */
function plain(fields: TemplateFieldsDto): TemplateFieldsDto {
  return JSON.parse(
    JSON.stringify({ ...fields, issuer: { ...fields.issuer, superior: fields.issuer.superior ?? null } }),
  ) as TemplateFieldsDto;
}
