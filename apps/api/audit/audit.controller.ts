import { Readable } from 'node:stream';
import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import {
  auditFacets,
  chainHead,
  exportedChain,
  findAuditEvent,
  listAuditEvents,
  verifyStoredPart,
  type AuditErrorCode,
} from '#libs/audit';
import { addDays, DomainError, startOfDay } from '#libs/kernel';
import { Needs } from '../shell/access.decorators.js';
import { cursorAfterKey, keyOfKeyCursor } from '../shell/key-cursor.js';
import { detailView, eventView } from './audit-view.js';
import {
  AuditEventDetailDto,
  AuditEventListDto,
  AuditFacetsDto,
  AuditQueryDto,
  ChainExportQueryDto,
  ChainHeadDto,
  ChainPartDto,
  VerificationQueryDto,
} from './audit.dto.js';

const ROWS = 50;
const NDJSON = 'application/x-ndjson';

@ApiTags('audit')
@Controller()
export class AuditController {
  constructor(private readonly db: DataSource) {}

  @Get('audit-events')
  @Needs('audit.read')
  async list(@Query() query: AuditQueryDto): Promise<AuditEventListDto> {
    const { cursor, limit = ROWS, from, to, ...filter } = query;
    const after = keyOfKeyCursor<[at: string, seq: number]>(cursor, ['text', 'number']);
    const found = await listAuditEvents(this.db, {
      ...filter,
      from: from === undefined ? undefined : startOfDay(from),
      until: to === undefined ? undefined : startOfDay(addDays(to, 1)),
      after: after && { at: after[0], seq: after[1] },
      limit: limit + 1,
    });
    const page = found.slice(0, limit);
    const last = found.length > limit ? page.at(-1)?.place : undefined;
    return { items: page.map(eventView), nextCursor: cursorAfterKey(last && [last.at, last.seq]) };
  }

  @Get('audit-events/facets')
  @Needs('audit.read')
  facets(): Promise<AuditFacetsDto> {
    return auditFacets(this.db);
  }

  @Get('audit-events/:seq')
  @Needs('audit.read')
  async find(@Param('seq') text: string): Promise<AuditEventDetailDto> {
    if (!/^[1-9][0-9]{0,14}$/.test(text)) throw new DomainError<AuditErrorCode>('audit-event-unknown', { event: text });
    return detailView(await findAuditEvent(this.db, Number(text)));
  }

  /** Number and hash of the newest event: printed somewhere, they hold the whole chain before it. */
  @Get('audit-chain/head')
  @Needs('audit.read')
  head(): Promise<ChainHeadDto> {
    return chainHead(this.db);
  }

  /** Verifies a part of the chain in the database; a long chain takes several questions. */
  @Get('audit-chain/verification')
  @Needs('audit.read')
  async verify(@Query() { after = 0 }: VerificationQueryDto): Promise<ChainPartDto> {
    const { findings, ...part } = await verifyStoredPart(this.db, after);
    return { ...part, findings };
  }

  /** The chain, one event a line, as `npm run -s verify -- FILE` checks it without the database. */
  @Get('audit-chain/export')
  @Needs('audit.read')
  @ApiProduces(NDJSON)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async export(@Query() { from = 1 }: ChainExportQueryDto): Promise<StreamableFile> {
    const { seq } = await chainHead(this.db);
    return new StreamableFile(Readable.from(exportedChain(this.db, from), { objectMode: false }), {
      type: NDJSON,
      disposition: `attachment; filename="nhat-ky-${from}-${Math.max(seq, from)}.ndjson"`,
    });
  }
}
