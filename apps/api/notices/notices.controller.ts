import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { DomainError, Month, type Actor } from '#libs/kernel';
import {
  acknowledgeNotice,
  dueClock,
  findNotice,
  listNotices,
  markRead,
  ownInbox,
  releaseAnnouncement,
  type NoticesErrorCode,
  type NoticeWithLines,
} from '#libs/notices';
import { CONFIG, type Config } from '#libs/platform';
import { Acting, Needs } from '../shell/access.decorators.js';
import { cursorAfter, numberOfCursor } from '../shell/cursor.js';
import { noticeViews } from './notice-view.js';
import { PageDto } from '../shell/page.dto.js';
import {
  AcknowledgementDto,
  InboxDto,
  NoticeDto,
  NoticeListDto,
  NoticeQueryDto,
  ReadThroughDto,
} from './notice.dto.js';

const ROWS = 50;
const LARGEST_ID = 2_147_483_647;

@ApiTags('notices')
@Controller()
export class NoticesController {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('notices')
  @Needs('books.read')
  async list(@Acting() actor: Actor, @Query() query: NoticeQueryDto): Promise<NoticeListDto> {
    const limit = query.limit ?? ROWS;
    const { items, total, waiting } = await listNotices(this.db, actor, {
      state: query.state,
      audience: query.audience,
      month: query.month === undefined ? undefined : Month.parse(query.month),
      show: query.show && { show: query.show, clock: await dueClock(this.db, this.config) },
      before: numberOfCursor(query.cursor),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    return {
      items: await noticeViews(this.db, page, this.config),
      nextCursor: items.length > limit ? cursorAfter(page.at(-1)?.id) : null,
      total,
      waiting,
    };
  }

  @Get('notices/:id')
  @Needs('books.read')
  async find(@Acting() actor: Actor, @Param('id') id: string): Promise<NoticeDto> {
    return this.view(await findNotice(this.db, actor, noticeId(id)));
  }

  @Post('notices/:id/acknowledgement')
  @Needs('notices.acknowledge')
  @HttpCode(200)
  async acknowledge(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Body() { note }: AcknowledgementDto,
  ): Promise<NoticeDto> {
    await acknowledgeNotice(this.db, actor, noticeId(id), note ?? null);
    return this.find(actor, id);
  }

  @Post('announcements/:month/release')
  @Needs('announcements.release')
  @HttpCode(200)
  async release(@Acting() actor: Actor, @Param('month') text: string): Promise<NoticeDto> {
    const announcement = await releaseAnnouncement(this.db, actor, Month.parse(text));
    return this.view(await findNotice(this.db, actor, announcement.id));
  }

  /** One's own messages, newest first. */
  @Get('inbox')
  @Needs('books.read')
  async inbox(@Acting() actor: Actor, @Query() query: PageDto): Promise<InboxDto> {
    const limit = query.limit ?? ROWS;
    const { items, unread } = await ownInbox(this.db, actor, {
      before: numberOfCursor(query.cursor),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    return {
      items: page.map(({ id, noticeId, title, body, createdAt, readAt }) => ({
        id,
        notice: noticeId,
        title,
        text: body,
        at: createdAt.toISOString(),
        readAt: readAt?.toISOString() ?? null,
      })),
      nextCursor: items.length > limit ? cursorAfter(page.at(-1)?.id) : null,
      unread,
    };
  }

  /** One has seen one's messages up to this one. */
  @Post('inbox/reading')
  @Needs('books.read')
  @HttpCode(204)
  async read(@Acting() actor: Actor, @Body() { through }: ReadThroughDto): Promise<void> {
    await markRead(this.db, actor, through);
  }

  private async view(notice: NoticeWithLines): Promise<NoticeDto> {
    const [view] = await noticeViews(this.db, [notice], this.config);
    return view as NoticeDto;
  }
}

/** An id that cannot be one names no notice. */
function noticeId(text: string): number {
  const id = Number(text);
  if (!/^[0-9]+$/.test(text) || id > LARGEST_ID)
    throw new DomainError<NoticesErrorCode>('notice-unknown', { notice: text });
  return id;
}
