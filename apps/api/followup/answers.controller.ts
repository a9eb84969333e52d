import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import {
  decideAnswer,
  findAnswer,
  listAnswers,
  openAnswerFile,
  sendAnswer,
  type AnswerDecision,
  type AnswersErrorCode,
} from '#libs/followup';
import { Month, type Actor } from '#libs/kernel';
import { CONFIG, instanceSetting, type Config } from '#libs/platform';
import { Acting, Needs } from '../shell/access.decorators.js';
import { cursorAfter, numberOfCursor } from '../shell/cursor.js';
import { rowId } from '../shell/row-id.js';
import { sendFile } from '../shell/send-file.js';
import { AnswerDecisionDto, AnswerDto, AnswerListDto, AnswerQueryDto, NewAnswerDto } from './answer.dto.js';
import { answerViews } from './answer-view.js';

const ROWS = 50;
const answerId = (text: string): number => rowId<AnswersErrorCode>(text, 'answer-unknown', 'answer');

/** What units answer to letters and cases, and what the department decides about it. */
@ApiTags('followup')
@Controller('answers')
export class AnswersController {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Needs('books.read')
  async list(@Acting() actor: Actor, @Query() query: AnswerQueryDto): Promise<AnswerListDto> {
    const limit = query.limit ?? ROWS;
    const { items, total } = await listAnswers(this.db, actor, {
      ...query,
      before: numberOfCursor(query.cursor),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    return {
      items: await answerViews(this.db, page),
      nextCursor: items.length > limit ? cursorAfter(page.at(-1)?.id) : null,
      total,
      illustrative: (await instanceSetting(this.db)).illustrative,
    };
  }

  @Post()
  @Needs('answers.send')
  async send(@Acting() actor: Actor, @Body() sent: NewAnswerDto): Promise<AnswerDto> {
    const { contested } = sent;
    const id = await sendAnswer(
      this.db,
      actor,
      {
        noticeId: sent.noticeId ?? null,
        caseId: sent.caseId ?? null,
        kind: sent.kind,
        contested: contested
          ? {
              month: Month.parse(contested.month),
              figure: contested.figure,
              projectCode: contested.projectCode ?? null,
              sourceCode: contested.sourceCode ?? null,
              claimed: BigInt(contested.claimedDong),
            }
          : null,
        text: sent.text,
        fileIds: sent.fileIds ?? [],
      },
      this.config,
    );
    return this.view(actor, id);
  }

  @Get(':id')
  @Needs('books.read')
  async find(@Acting() actor: Actor, @Param('id') id: string): Promise<AnswerDto> {
    return this.view(actor, answerId(id));
  }

  @Get(':id/files/:fileId')
  @Needs('books.read')
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } })
  async file(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Param('fileId') fileId: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const file = rowId<AnswersErrorCode>(fileId, 'answer-unknown', 'answer');
    await sendFile(reply, await openAnswerFile(this.db, actor, answerId(id), file));
  }

  @Post(':id/decision')
  @Needs('answers.decide')
  @HttpCode(200)
  async decide(@Acting() actor: Actor, @Param('id') id: string, @Body() made: AnswerDecisionDto): Promise<AnswerDto> {
    const decision = { decision: made.decision, reason: made.reason ?? null, leadsTo: leadsTo(made) };
    await decideAnswer(this.db, actor, answerId(id), decision, this.config);
    return this.view(actor, answerId(id));
  }

  private async view(actor: Actor, id: number): Promise<AnswerDto> {
    const [view] = await answerViews(this.db, [await findAnswer(this.db, actor, id)]);
    return view as AnswerDto;
  }
}

function leadsTo({ leadsTo: way, entryId }: AnswerDecisionDto): AnswerDecision['leadsTo'] {
  if (way === 'reopening') return way;
  return way === 'correction' && entryId !== undefined ? { entryId } : null;
}
