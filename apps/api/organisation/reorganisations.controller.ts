import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { DomainError, type Actor } from '#libs/kernel';
import {
  carryOutReorganisation,
  findReorganisation,
  listReorganisations,
  prepareReorganisation,
  previewReorganisation,
  withdrawReorganisation,
  type NewReorganisation,
  type ReorganisationErrorCode,
} from '#libs/ledger';
import { instanceSetting } from '#libs/platform';
import { Acting, Needs } from '../shell/access.decorators.js';
import { cursorAfter, numberOfCursor } from '../shell/cursor.js';
import { ReorganisationViews } from './reorganisation-view.js';
import {
  ConfirmReorganisationDto,
  NewReorganisationDto,
  ReorganisationDto,
  ReorganisationListDto,
  ReorganisationQueryDto,
  ReorganisationResultDto,
} from './reorganisation.dto.js';

const ROWS = 50;
const LARGEST_ID = 2_147_483_647;

@ApiTags('organisation')
@Controller('reorganisations')
export class ReorganisationsController {
  private readonly views: ReorganisationViews;

  constructor(private readonly db: DataSource) {
    this.views = new ReorganisationViews(db);
  }

  @Get()
  @Needs('books.read')
  async list(@Acting() actor: Actor, @Query() query: ReorganisationQueryDto): Promise<ReorganisationListDto> {
    const limit = query.limit ?? ROWS;
    const { items, total } = await listReorganisations(this.db, actor, {
      state: query.state,
      unitCode: query.unit,
      after: numberOfCursor(query.cursor),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    return {
      items: page.map((row) => this.views.row(row)),
      nextCursor: items.length > limit ? cursorAfter(page.at(-1)?.id) : null,
      total,
      illustrative: (await instanceSetting(this.db)).illustrative,
    };
  }

  @Get(':id')
  @Needs('books.read')
  async find(@Acting() actor: Actor, @Param('id') text: string): Promise<ReorganisationDto> {
    return this.views.detail(await findReorganisation(this.db, actor, reorganisationId(text)));
  }

  /** What it would move, booked nowhere: the act itself, undone. */
  @Post('preview')
  @HttpCode(200)
  @Needs('reorganisations.prepare')
  async preview(@Acting() actor: Actor, @Body() request: NewReorganisationDto): Promise<ReorganisationResultDto> {
    return this.views.result(await previewReorganisation(this.db, actor, asked(request)));
  }

  /** The first person prepares. */
  @Post()
  @Needs('reorganisations.prepare')
  async prepare(@Acting() actor: Actor, @Body() request: NewReorganisationDto): Promise<ReorganisationDto> {
    const { id } = await prepareReorganisation(this.db, actor, asked(request));
    return this.views.detail(await findReorganisation(this.db, actor, id));
  }

  /** The second person carries it out. */
  @Post(':id/confirm')
  @HttpCode(200)
  @Needs('reorganisations.confirm')
  async confirm(
    @Acting() actor: Actor,
    @Param('id') text: string,
    @Body() { resultHash }: ConfirmReorganisationDto,
  ): Promise<ReorganisationDto> {
    await carryOutReorganisation(this.db, actor, reorganisationId(text), resultHash);
    return this.views.detail(await findReorganisation(this.db, actor, reorganisationId(text)));
  }

  @Post(':id/withdraw')
  @HttpCode(200)
  @Needs('reorganisations.prepare')
  async withdraw(@Acting() actor: Actor, @Param('id') text: string): Promise<ReorganisationDto> {
    await withdrawReorganisation(this.db, actor, reorganisationId(text));
    return this.views.detail(await findReorganisation(this.db, actor, reorganisationId(text)));
  }
}

function asked({ note, ended, successors, projects, ...request }: NewReorganisationDto): NewReorganisation {
  return {
    ...request,
    note: note ?? '',
    ended: ended.map(({ unitCode, successorCode, unassignedTo }) => ({
      unitCode,
      successorCode: successorCode ?? null,
      unassignedTo: unassignedTo ?? null,
    })),
    successors: (successors ?? []).map(({ shortName, teamCode, ...unit }) => ({
      ...unit,
      shortName: shortName ?? unit.name,
      teamCode: teamCode ?? null,
    })),
    projects: (projects ?? []).map(({ projectCode, successorCode }) => ({ projectCode, successorCode })),
  };
}

/** An id that cannot be one names no reorganisation. */
function reorganisationId(text: string): number {
  const id = Number(text);
  if (!/^[0-9]+$/.test(text) || id > LARGEST_ID)
    throw new DomainError<ReorganisationErrorCode>('reorganisation-unknown', { id: text });
  return id;
}
