import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import {
  commitImport,
  discardImport,
  findImport,
  importRows,
  importTemplate,
  listImports,
  markedFile,
  MOST_CSV_ROWS,
  MOST_FILE_BYTES,
  MOST_WORKBOOK_ROWS,
  offeredKinds,
  receiveImport,
  rereadImport,
  type ImportErrorCode,
  type Workbook,
} from '#libs/exchange';
import { DomainError, type Actor } from '#libs/kernel';
import { CONFIG, type Config } from '#libs/platform';
import { Acting, Needs } from '../shell/access.decorators.js';
import { cursorAfter, numberOfCursor } from '../shell/cursor.js';
import { Language } from '../shell/language.decorator.js';
import type { Language as SpokenLanguage } from '../shell/error-words/index.js';
import { uploadOf, type UploadRequest } from '../shell/uploads.js';
import {
  CommitImportDto,
  ImportDto,
  ImportListDto,
  ImportListQueryDto,
  ImportRowListDto,
  ImportRowsQueryDto,
  NewImportQueryDto,
  OfferedImportsDto,
  RereadImportDto,
  TemplateKindDto,
} from './import.dto.js';
import { choicesOf, importRowView, importView, rereadChoices, sentence } from './import-view.js';

const ROWS = 50;
const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

@ApiTags('exchange')
@Controller('imports')
export class ImportsController {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Takes a file and answers at once; a job reads it. The same file sent twice is one import. */
  @Post()
  @Needs('imports.send')
  @HttpCode(202)
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: {
      type: 'object',
      required: ['file'],
      properties: {
        file: { type: 'string', format: 'binary', description: '.csv or .xlsx, below 100 MB' },
        amountUnit: { type: 'string', enum: ['dong', 'nghin-dong', 'trieu-dong', 'ty-dong'] },
        cumulative: { type: 'string', enum: ['true', 'false'] },
        constants: { type: 'string', description: 'JSON object: field name → value' },
        mapping: { type: 'string', description: 'JSON object: column (from 0) → field name' },
      },
    },
  })
  async receive(
    @Acting() actor: Actor,
    @Query() { kind }: NewImportQueryDto,
    @Req() request: UploadRequest,
    @Language() language: SpokenLanguage,
  ): Promise<ImportDto> {
    const upload = uploadOf(request);
    const batch = await receiveImport(this.db, actor, {
      kind,
      fileName: () => upload.fileName,
      bytes: upload.file(),
      choices: () => choicesOf(upload.fields),
    });
    return importView(await findImport(this.db, actor, batch.id), language);
  }

  @Get()
  @Needs('books.read')
  async list(
    @Acting() actor: Actor,
    @Query() query: ImportListQueryDto,
    @Language() language: SpokenLanguage,
  ): Promise<ImportListDto> {
    const limit = query.limit ?? ROWS;
    const { items, total } = await listImports(this.db, actor, {
      kind: query.kind,
      state: query.state,
      before: numberOfCursor(query.cursor),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    return {
      items: page.map((found) => importView(found, language)),
      nextCursor: items.length > limit ? cursorAfter(page.at(-1)?.batch.id) : null,
      total,
    };
  }

  /** What the user may send, the fields of each kind, and the limits of a file. */
  @Get('kinds')
  @Needs('books.read')
  kinds(@Acting() actor: Actor): OfferedImportsDto {
    return {
      kinds: offeredKinds(actor),
      maxBytes: MOST_FILE_BYTES,
      maxWorkbookRows: MOST_WORKBOOK_ROWS,
      maxCsvRows: MOST_CSV_ROWS,
    };
  }

  /** An empty workbook with the Vietnamese titles of the kind and lists to choose from. */
  @Get('templates/:kind')
  @Needs('books.read')
  @ApiProduces(WORKBOOK)
  @ApiOkResponse({ content: { [WORKBOOK]: { schema: { type: 'string', format: 'binary' } } } })
  async template(
    @Acting() actor: Actor,
    @Param() { kind }: TemplateKindDto,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    await sendWorkbook(reply, await importTemplate(this.db, actor, kind));
  }

  @Get(':id')
  @Needs('books.read')
  async find(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Language() language: SpokenLanguage,
  ): Promise<ImportDto> {
    return importView(await findImport(this.db, actor, importId(id)), language);
  }

  @Get(':id/rows')
  @Needs('books.read')
  async rows(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Query() query: ImportRowsQueryDto,
    @Language() language: SpokenLanguage,
  ): Promise<ImportRowListDto> {
    const limit = query.limit ?? ROWS;
    const { items, total } = await importRows(this.db, actor, importId(id), {
      outcome: query.outcome,
      after: numberOfCursor(query.cursor),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    return {
      items: page.map((row) => importRowView(row, language)),
      nextCursor: items.length > limit ? cursorAfter(page.at(-1)?.ordinal) : null,
      total,
    };
  }

  /** The file as it was sent, as a workbook: wrong cells marked, a column with the reasons. */
  @Get(':id/marked-file')
  @Needs('books.read')
  @ApiProduces(WORKBOOK)
  @ApiOkResponse({ content: { [WORKBOOK]: { schema: { type: 'string', format: 'binary' } } } })
  async marked(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Language() language: SpokenLanguage,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const found = await findImport(this.db, actor, importId(id));
    await sendWorkbook(reply, await markedFile(this.db, found.batch, (code, facts) => sentence(code, facts, language)));
  }

  /** Tells the reader what the file does not say, and reads the kept file again. */
  @Put(':id/choices')
  @Needs('imports.send')
  @HttpCode(202)
  async choose(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Body() body: RereadImportDto,
    @Language() language: SpokenLanguage,
  ): Promise<ImportDto> {
    await rereadImport(this.db, actor, importId(id), rereadChoices(body));
    return importView(await findImport(this.db, actor, importId(id)), language);
  }

  /** Books the difference in one transaction, or nothing; sent again it answers with what was booked. */
  @Post(':id/commit')
  @Needs('imports.send')
  @HttpCode(200)
  async commit(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Body() body: CommitImportDto,
    @Language() language: SpokenLanguage,
  ): Promise<ImportDto> {
    await commitImport(this.db, actor, importId(id), body, this.config);
    return importView(await findImport(this.db, actor, importId(id)), language);
  }

  /** Gives up an import that is not committed. */
  @Delete(':id')
  @Needs('imports.send')
  @HttpCode(204)
  async discard(@Acting() actor: Actor, @Param('id') id: string): Promise<void> {
    await discardImport(this.db, actor, importId(id));
  }
}

/** An id that cannot be one names no import. */
function importId(text: string): number {
  const id = Number(text);
  if (!Number.isInteger(id) || id < 1 || id > 2_147_483_647)
    throw new DomainError<ImportErrorCode>('import-unknown', { import: text });
  return id;
}

async function sendWorkbook(reply: FastifyReply, { fileName, bytes }: Workbook): Promise<void> {
  await reply
    .header('content-type', WORKBOOK)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    .header('cache-control', 'no-store')
    .send(bytes);
}
