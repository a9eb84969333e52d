import { Body, Controller, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import {
  advanceDifficulty,
  changeDifficulty,
  findDifficulty,
  listCategories,
  listDifficulties,
  recordDifficulty,
  type Advance,
} from '#libs/followup';
import { dongToJson, type Actor, type Dong } from '#libs/kernel';
import { instanceSetting } from '#libs/platform';
import { Acting, Needs } from '../shell/access.decorators.js';
import { cursorAfter, numberOfCursor } from '../shell/cursor.js';
import { refusal } from '../shell/refusal.js';
import { difficultyView } from './difficulty-view.js';
import {
  DifficultyAdvanceDto,
  DifficultyCategoriesDto,
  DifficultyChangeDto,
  DifficultyDecisionDto,
  DifficultyDetailDto,
  DifficultyListDto,
  DifficultyQueryDto,
  NewDifficultyDto,
} from './difficulty.dto.js';
import { rowId } from './row-id.js';

const ROWS = 100;
const difficultyId = (text: string): number => rowId(text, 'difficulty-unknown', 'difficulty');

@ApiTags('followup')
@Controller()
export class DifficultiesController {
  constructor(private readonly db: DataSource) {}

  @Get('difficulty-categories')
  @Needs('books.read')
  async categories(): Promise<DifficultyCategoriesDto> {
    const items = await listCategories(this.db);
    return { items: items.map(({ code, nameVi, nameEn }) => ({ code, vi: nameVi, en: nameEn })) };
  }

  @Get('difficulties')
  @Needs('books.read')
  async list(@Acting() actor: Actor, @Query() query: DifficultyQueryDto): Promise<DifficultyListDto> {
    const limit = query.limit ?? ROWS;
    const { items, total, states } = await listDifficulties(this.db, actor, {
      state: query.state,
      categoryCode: query.category,
      unitCode: query.unit,
      projectCode: query.project,
      isOverdue: query.overdue,
      search: query.search,
      before: numberOfCursor(query.cursor),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    return {
      items: page.map(difficultyView),
      nextCursor: items.length > limit ? cursorAfter(page.at(-1)?.id) : null,
      total,
      states: states.map(({ blocked, ...state }) => ({ ...state, blockedDong: dongToJson(blocked) })),
      illustrative: (await instanceSetting(this.db)).illustrative,
    };
  }

  @Post('difficulties')
  @Needs('difficulties.record')
  async record(
    @Acting() actor: Actor,
    @Body() given: NewDifficultyDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DifficultyDetailDto> {
    const id = await recordDifficulty(this.db, actor, {
      unitCode: given.unit,
      projectCode: given.project,
      categoryCode: given.category,
      title: given.title,
      description: given.description ?? '',
      blocked: dongOf(given.blockedDong) ?? null,
      owner: given.owner,
      decider: given.decider,
      dueDate: given.dueDate ?? null,
    });
    return this.view(actor, id, reply);
  }

  @Get('difficulties/:id')
  @Needs('books.read')
  async find(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DifficultyDetailDto> {
    return this.view(actor, difficultyId(id), reply);
  }

  /** If-Match bears the version that was seen. */
  @Patch('difficulties/:id')
  @Needs('difficulties.record')
  async change(
    @Acting() actor: Actor,
    @Param('id') text: string,
    @Body() { category, blockedDong, ...changes }: DifficultyChangeDto,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') seen?: string,
  ): Promise<DifficultyDetailDto> {
    const version = /^"(\d{1,9})"$/.exec(seen ?? '');
    if (!version) throw refusal('if-match-missing');
    const given = { ...changes, categoryCode: category, blocked: dongOf(blockedDong) };
    const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const id = difficultyId(text);
    await changeDifficulty(this.db, actor, id, present, Number(version[1]));
    return this.view(actor, id, reply);
  }

  /** Proposes a way out, or says how it ended. */
  @Post('difficulties/:id/steps')
  @Needs('difficulties.record')
  @HttpCode(200)
  async advance(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Body() advance: DifficultyAdvanceDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DifficultyDetailDto> {
    return this.take(actor, id, advance, reply);
  }

  /** Notes what was decided outside a meeting. */
  @Post('difficulties/:id/decision')
  @Needs('difficulties.decide')
  @HttpCode(200)
  async decide(
    @Acting() actor: Actor,
    @Param('id') id: string,
    @Body() { decision }: DifficultyDecisionDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DifficultyDetailDto> {
    return this.take(actor, id, { to: 'decided', note: decision }, reply);
  }

  private async take(actor: Actor, text: string, step: Advance, reply: FastifyReply): Promise<DifficultyDetailDto> {
    const id = difficultyId(text);
    await advanceDifficulty(this.db, actor, id, step);
    return this.view(actor, id, reply);
  }

  private async view(actor: Actor, id: number, reply: FastifyReply): Promise<DifficultyDetailDto> {
    const { difficulty, steps } = await findDifficulty(this.db, actor, id);
    void reply.header('etag', `"${difficulty.version}"`);
    return {
      ...difficultyView(difficulty),
      steps: steps.map(({ ordinal, state, note, at, by }) => ({ ordinal, state, note, at: at.toISOString(), by })),
      illustrative: (await instanceSetting(this.db)).illustrative,
    };
  }
}

function dongOf(amount: number | null | undefined): Dong | null | undefined {
  return typeof amount === 'number' ? BigInt(amount) : amount;
}
