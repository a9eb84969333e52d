import { Body, Controller, Get, HttpCode, Inject, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { liveAverage } from '#libs/insight';
import { Month, type Actor } from '#libs/kernel';
import { cellHistory, commentCell, monthGrid, stateCells, type CellKey } from '#libs/ledger';
import { CONFIG, instanceSetting, type Config } from '#libs/platform';
import { Acting, Needs } from '../shell/access.decorators.js';
import { cursorAfter, keyOfCursor } from '../shell/cursor.js';
import { languageOf } from '../shell/problem.filter.js';
import { refusal } from '../shell/refusal.js';
import {
  CellCommentDto,
  CellDetailDto,
  CellKeyDto,
  CellQueryDto,
  GridDto,
  GridQueryDto,
  NewCellCommentDto,
  StatedCellsAnswerDto,
  StatedCellsDto,
} from './grid.dto.js';
import { cellView, gridView, outcomeView } from './grid-view.js';

@ApiTags('ledger')
@Controller('grid')
export class GridController {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Needs('books.read')
  async grid(@Acting() actor: Actor, @Query() { planYear, month, unit, cursor }: GridQueryDto): Promise<GridDto> {
    const grid = await monthGrid(this.db, actor, { planYear, month, unitCode: unit, after: rowOfCursor(cursor) });
    const live = await liveAverage(
      this.db,
      planYear,
      grid.month,
      grid.units.map(({ code }) => code),
    );
    return gridView(grid, live, {
      nextCursor: grid.next === null ? null : cursorAfter(grid.next),
      illustrative: (await instanceSetting(this.db)).illustrative,
    });
  }

  @Get('cell')
  @Needs('books.read')
  async cell(@Acting() actor: Actor, @Query() query: CellQueryDto): Promise<CellDetailDto> {
    const cell = {
      unitCode: query.unit,
      projectCode: query.project,
      sourceCode: query.source,
      carriedOver: query.carriedOver === 'true',
      month: Month.of(query.planYear, query.month),
    };
    return cellView(await cellHistory(this.db, actor, cell));
  }

  /** States totals of cells of open months; what differs from the books is booked, all of it or nothing. */
  @Post('cells')
  @Needs('disbursements.record')
  @HttpCode(200)
  async state(
    @Acting() actor: Actor,
    @Body() { planYear, cells, partial }: StatedCellsDto,
    @Req() { headers }: FastifyRequest,
  ): Promise<StatedCellsAnswerDto> {
    const outcomes = await stateCells(
      this.db,
      actor,
      cells.map(({ amountDong, expectedDong, lowering, reason, documentNo, documentDate, basis, ...cell }) => ({
        ...keyOf(planYear, cell),
        basis,
        amount: BigInt(amountDong),
        expected: BigInt(expectedDong),
        lowering: lowering ?? 'correction',
        reason: reason ?? null,
        documentNo: documentNo ?? null,
        documentDate: documentDate ?? null,
      })),
      partial ?? false,
      this.config,
    );
    return {
      booked: outcomes.filter(({ outcome }) => outcome === 'booked').length,
      cells: outcomes.map((outcome) => outcomeView(outcome, languageOf(headers['accept-language']))),
    };
  }

  @Post('comments')
  @Needs('cells.comment')
  async comment(
    @Acting() actor: Actor,
    @Body() { planYear, text, ...cell }: NewCellCommentDto,
  ): Promise<CellCommentDto> {
    const { id, recordedAt } = await commentCell(this.db, actor, keyOf(planYear, cell), text);
    return { id, text, recordedAt: recordedAt.toISOString(), recordedBy: actor.displayName };
  }
}

function keyOf(planYear: number, { unitCode, projectCode, sourceCode, carriedOver, month }: CellKeyDto): CellKey {
  return { unitCode, projectCode, sourceCode, carriedOver: carriedOver ?? false, month: Month.of(planYear, month) };
}

/** The key of a row, as `monthGrid` gave it. */
function rowOfCursor(cursor: string | undefined): string | undefined {
  const key = keyOfCursor(cursor);
  if (key !== undefined && !isRowKey(key)) throw refusal('cursor-unknown');
  return key;
}

function isRowKey(text: string): boolean {
  try {
    const [unit, project, source, carriedOver, ...more] = JSON.parse(text) as unknown[];
    const isCode = (value: unknown): boolean => typeof value === 'string' && value.isWellFormed();
    return (
      isCode(unit) &&
      (project === null || isCode(project)) &&
      isCode(source) &&
      typeof carriedOver === 'boolean' &&
      more.length === 0
    );
  } catch {
    return false;
  }
}
