import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { ApiBody, ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { closeMonth, closingSheet } from '#libs/closing';
import { listDifference } from '#libs/insight';
import { Month, type Actor } from '#libs/kernel';
import { monthDuties, noteNationalAverage, reopenMonth, withdrawReopening } from '#libs/ledger';
import { CONFIG, type Config } from '#libs/platform';
import { MonthDto } from '../ledger/month.dto.js';
import { monthViewOf } from '../ledger/month-view.js';
import { Acting, Needs } from '../shell/access.decorators.js';
import {
  ClosingSheetDto,
  CloseMonthDto,
  DifferenceQueryDto,
  ListDifferenceDto,
  MonthDutiesDto,
  NationalAverageDto,
  ReopeningDto,
  ReopenMonthDto,
} from './closing.dto.js';
import { differenceView, dutiesView, reopeningOf, sheetView } from './closing-view.js';

/** The way of a month from its reports to its close, its reopening by two people, and what changed by that. */
@ApiTags('closing')
@Controller()
export class ClosingController {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('months/:month/closing')
  @Needs('province.read')
  async sheet(@Acting() actor: Actor, @Param('month') text: string): Promise<ClosingSheetDto> {
    return sheetView(this.db, actor, await closingSheet(this.db, Month.parse(text), this.config));
  }

  @Get('months/:month/duties')
  @Needs('books.read')
  async duties(@Acting() actor: Actor, @Param('month') text: string): Promise<MonthDutiesDto> {
    return dutiesView(this.db, await monthDuties(this.db, actor, Month.parse(text), this.config));
  }

  @Post('months/:month/close')
  @Needs('months.close')
  @HttpCode(200)
  @ApiBody({ type: CloseMonthDto, required: false })
  async close(
    @Acting() actor: Actor,
    @Param('month') text: string,
    @Body() { decisions }: CloseMonthDto,
  ): Promise<MonthDto> {
    const month = Month.parse(text);
    await closeMonth(
      this.db,
      actor,
      month,
      (decisions ?? []).map(({ kind, unitCode, check, answerId, decision, note }) => ({
        kind,
        subject: unitCode ?? check ?? String(answerId ?? ''),
        decision,
        note,
      })),
    );
    return monthViewOf(this.db, actor, month);
  }

  /** The first call asks for it with a reason; the same call by an approver other than the one who asked reopens. */
  @Post('months/:month/reopen')
  @Needs('months.reopen-request')
  @HttpCode(200)
  @ApiBody({ type: ReopenMonthDto, required: false })
  async reopen(
    @Acting() actor: Actor,
    @Param('month') text: string,
    @Body() { reason }: ReopenMonthDto,
  ): Promise<ReopeningDto> {
    return reopeningOf(this.db, actor, await reopenMonth(this.db, actor, Month.parse(text), reason ?? null));
  }

  @Post('months/:month/reopen/withdrawal')
  @Needs('months.reopen-request')
  @HttpCode(200)
  async withdraw(@Acting() actor: Actor, @Param('month') text: string): Promise<ReopeningDto> {
    return reopeningOf(this.db, actor, await withdrawReopening(this.db, actor, Month.parse(text)));
  }

  @Put('months/:month/national-average')
  @Needs('national-average.record')
  async nationalAverage(
    @Acting() actor: Actor,
    @Param('month') text: string,
    @Body() average: NationalAverageDto,
  ): Promise<MonthDto> {
    const month = Month.parse(text);
    await noteNationalAverage(this.db, actor, month, average);
    return monthViewOf(this.db, actor, month);
  }

  @Get('evaluations/:month/difference')
  @Needs('books.read')
  async difference(
    @Acting() actor: Actor,
    @Param('month') text: string,
    @Query() { from, to }: DifferenceQueryDto,
  ): Promise<ListDifferenceDto> {
    return differenceView(this.db, await listDifference(this.db, actor, Month.parse(text), { from, to }));
  }
}
