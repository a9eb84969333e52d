import { Body, Controller, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import type { Actor } from '#libs/kernel';
import { addUnit, changeUnit, findUnit, listUnits, type Unit, type UnitWithTeam } from '#libs/organisation';
import { businessDate } from '#libs/platform';
import { Acting, Needs } from '../shell/access.decorators.js';
import { cursorAfter, keyOfCursor } from '../shell/cursor.js';
import { refusal } from '../shell/refusal.js';
import { NewUnitDto, UnitChangeDto, UnitDto, UnitListDto, UnitQueryDto } from './unit.dto.js';

const ROWS = 200;

@ApiTags('organisation')
@Controller('units')
export class UnitsController {
  constructor(private readonly db: DataSource) {}

  @Get()
  @Needs('books.read')
  async list(@Acting() actor: Actor, @Query() query: UnitQueryDto): Promise<UnitListDto> {
    const limit = query.limit ?? ROWS;
    const { items, total } = await listUnits(this.db, actor, {
      on: query.at ?? (await businessDate(this.db)),
      validOnly: query.at !== undefined,
      kind: query.kind,
      after: keyOfCursor(query.cursor),
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    return {
      items: page.map(asDto),
      nextCursor: items.length > limit ? cursorAfter(page.at(-1)?.code) : null,
      total,
    };
  }

  @Get(':code')
  @Needs('books.read')
  async find(
    @Acting() actor: Actor,
    @Param('code') code: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UnitDto> {
    const unit = await findUnit(this.db, actor, code, await businessDate(this.db));
    void reply.header('etag', etagOf(unit));
    return asDto(unit);
  }

  @Post()
  @Needs('units.edit')
  async add(
    @Acting() actor: Actor,
    @Body() unit: NewUnitDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UnitDto> {
    const added = await addUnit(this.db, actor, {
      ...unit,
      shortName: unit.shortName ?? unit.name,
      validFrom: unit.validFrom ?? null,
      validTo: unit.validTo ?? null,
    });
    void reply.header('etag', etagOf(added));
    return asDto({ ...added, team: null });
  }

  @Patch(':code')
  @Needs('units.edit')
  async change(
    @Acting() actor: Actor,
    @Param('code') code: string,
    @Body() changes: UnitChangeDto,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Headers('if-match') seen?: string,
  ): Promise<UnitDto> {
    const instant = /^"(\d{1,15})"$/.exec(seen ?? '');
    if (!instant) throw refusal('if-match-missing');
    const changed = await changeUnit(this.db, actor, code, changes, new Date(Number(instant[1])));
    void reply.header('etag', etagOf(changed));
    return asDto(await findUnit(this.db, actor, code, await businessDate(this.db)));
  }
}

function etagOf({ updatedAt }: Unit): string {
  return `"${updatedAt.getTime()}"`;
}

export function asDto({ code, kind, group, name, shortName, validFrom, validTo, team }: UnitWithTeam): UnitDto {
  return { code, kind, group, name, shortName, validFrom, validTo, team };
}
