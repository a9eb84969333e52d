import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import {
  composeDocument,
  documentContent,
  documentFile,
  documentRegister,
  documentVersions,
  draftRemarks,
  fileHashes,
  findDocument,
  listDocuments,
  nextNumber,
  numberDocument,
  openVersion,
  sendVersion,
  type DocumentFormat,
  type DocumentsErrorCode,
} from '#libs/documents';
import { DomainError, may, Month, type Actor } from '#libs/kernel';
import { Evaluation } from '#libs/monitoring';
import { businessDate, instanceSetting } from '#libs/platform';
import { Acting, Needs } from '../shell/access.decorators.js';
import { cursorAfter, numberOfCursor } from '../shell/cursor.js';
import { cursorAfterKey, keyOfKeyCursor } from '../shell/key-cursor.js';
import { refusal } from '../shell/refusal.js';
import { sendFile } from '../shell/send-file.js';
import { documentView } from './document-view.js';
import {
  DocumentDetailDto,
  DocumentListDto,
  DocumentQueryDto,
  NewDocumentDto,
  NewVersionDto,
  NumberingDto,
  RegisterDto,
  RegisterQueryDto,
} from './document.dto.js';

const ROWS = 50;
const LARGEST_ID = 2_147_483_647;
const PDF = 'application/pdf';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

@ApiTags('documents')
@Controller()
export class DocumentsController {
  constructor(private readonly db: DataSource) {}

  @Get('documents')
  @Needs('books.read')
  async list(@Acting() actor: Actor, @Query() query: DocumentQueryDto): Promise<DocumentListDto> {
    const limit = query.limit ?? ROWS;
    const { items, total, waiting } = await listDocuments(this.db, actor, {
      kind: query.kind,
      state: query.state,
      waiting: query.waiting === 'true',
      month: query.month === undefined ? undefined : Month.parse(query.month),
      search: query.search,
      before: numberOfCursor(query.cursor),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    return {
      items: page.map(documentView),
      nextCursor: items.length > limit ? cursorAfter(page.at(-1)?.id) : null,
      total,
      waiting,
      illustrative: await this.illustrative(),
    };
  }

  @Get('documents/:id')
  @Needs('books.read')
  async find(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DocumentDetailDto> {
    return this.view(actor, documentId(id), reply);
  }

  @Get('documents/:id/file.pdf')
  @Needs('books.read')
  @ApiProduces(PDF)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async pdf(@Acting() actor: Actor, @Param('id') id: string): Promise<StreamableFile> {
    return this.file(actor, id, 'pdf', PDF);
  }

  @Get('documents/:id/file.docx')
  @Needs('books.read')
  @ApiProduces(DOCX)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async docx(@Acting() actor: Actor, @Param('id') id: string): Promise<StreamableFile> {
    return this.file(actor, id, 'docx', DOCX);
  }

  /** Composes a document out of what is frozen, or the draft of it anew; what has its number stays. */
  @Post('documents')
  @Needs('documents.compose')
  async compose(
    @Acting() actor: Actor,
    @Body() { kind, month, recipient, meeting }: NewDocumentDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DocumentDetailDto> {
    const id = await composeDocument(this.db, actor, {
      kind,
      month: month === undefined ? null : Month.parse(month),
      recipient: recipient ?? '',
      meeting: meeting ?? null,
    });
    return this.view(actor, id, reply);
  }

  /** Gives number and date; from then on the document is frozen. `If-Match` names the draft that was looked at. */
  @Post('documents/:id/number')
  @Needs('documents.number')
  @HttpCode(200)
  async number(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Body() { number, date, sentDate, recipients }: NumberingDto,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') seen?: string,
  ): Promise<DocumentDetailDto> {
    const instant = /^"(\d{1,15})"$/.exec(seen ?? '');
    if (!instant) throw refusal('if-match-missing');
    const numbering = { number, date, sentDate: sentDate ?? date, recipients: recipients ?? null };
    await numberDocument(this.db, actor, documentId(id), numbering, Number(instant[1]));
    return this.view(actor, documentId(id), reply);
  }

  /** Keeps the signed PDF or the edited .docx that went out, and tells which figures differ from ours. */
  @Post('documents/:id/versions')
  @Needs('documents.upload')
  async sendVersion(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Body() { fileId }: NewVersionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DocumentDetailDto> {
    await sendVersion(this.db, actor, documentId(id), fileId);
    return this.view(actor, documentId(id), reply);
  }

  @Get('documents/:id/versions/:versionId/file')
  @Needs('books.read')
  @ApiProduces(PDF, DOCX)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async version(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Param('versionId') versionId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return sendFile(reply, await openVersion(this.db, actor, documentId(id), versionNumber(versionId)));
  }

  /** The outgoing register of a year, by series and number. */
  @Get('document-register')
  @Needs('province.read')
  async register(@Query() query: RegisterQueryDto): Promise<RegisterDto> {
    const limit = query.limit ?? ROWS;
    const year = query.year ?? Number((await businessDate(this.db)).slice(0, 4));
    const after = keyOfKeyCursor<[string, number]>(query.cursor, ['text', 'number']);
    const { items, total, series, years } = await documentRegister(this.db, {
      year,
      symbol: query.symbol,
      search: query.search,
      after: after && { symbol: after[0], number: after[1] },
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    const last = page.at(-1);
    return {
      year,
      years: [...new Set([year, ...years])].sort((a, b) => b - a),
      series,
      items: page.map(documentView),
      nextCursor: items.length > limit ? cursorAfterKey(last && [last.symbol, last.number as number]) : null,
      total,
      illustrative: await this.illustrative(),
    };
  }

  private async view(actor: Actor, id: number, reply: FastifyReply): Promise<DocumentDetailDto> {
    const head = await findDocument(this.db, actor, id);
    const content = await documentContent(this.db, id);
    const evaluation =
      head.evaluationId === null ? null : await this.db.manager.findOneByOrFail(Evaluation, { id: head.evaluationId });
    const next =
      head.state === 'draft' && may(actor, 'documents.number') ? await nextNumber(this.db, head.symbol) : null;
    void reply.header('etag', `"${head.composedAt.getTime()}"`);
    return {
      ...documentView(head),
      typeName: content.typeName,
      addressees: [...content.addressees],
      recipients: [...content.recipients],
      templateVersion: head.templateVersion,
      composedBy: head.composedBy,
      issuedBy: head.issuedBy,
      resultHash: evaluation?.resultHash ?? null,
      auditHead: head.auditHash === null ? null : { seq: head.auditSeq ?? 0, hash: head.auditHash },
      files: await fileHashes(this.db, id),
      versions: (await documentVersions(this.db, actor, id)).map(({ uploadedAt, ...version }) => ({
        ...version,
        uploadedAt: uploadedAt.toISOString(),
      })),
      next: next && { number: next.number, date: next.date },
      remarks: await draftRemarks(this.db, head),
      illustrative: content.illustrative,
    };
  }

  private async file(actor: Actor, id: string, format: DocumentFormat, type: string): Promise<StreamableFile> {
    const { name, bytes } = await documentFile(this.db, actor, documentId(id), format);
    return new StreamableFile(bytes, {
      type,
      disposition: `${format === 'pdf' ? 'inline' : 'attachment'}; filename="${name}"`,
      length: bytes.length,
    });
  }

  private async illustrative(): Promise<boolean> {
    return (await instanceSetting(this.db)).illustrative;
  }
}

/** An id that cannot be one names no document. */
function documentId(text: string): number {
  const id = Number(text);
  if (!/^[0-9]+$/.test(text) || id > LARGEST_ID)
    throw new DomainError<DocumentsErrorCode>('document-unknown', { document: text });
  return id;
}

function versionNumber(text: string): number {
  const id = Number(text);
  if (!/^[0-9]+$/.test(text) || id > LARGEST_ID)
    throw new DomainError<DocumentsErrorCode>('document-version-unknown', { version: text });
  return id;
}
