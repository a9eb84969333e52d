import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { DomainError, Month, type Actor } from '#libs/kernel';
import { listPlanYears, moveBusinessDay, openPlanYear, submitReport, type LedgerErrorCode } from '#libs/ledger';
import { Acting, Needs } from '../shell/access.decorators.js';
import {
  BusinessDayDto,
  MonthDto,
  MonthListDto,
  MonthQueryDto,
  NewPlanYearDto,
  NewReportDto,
  ReportDto,
} from './month.dto.js';
import { monthViewOf, monthViews } from './month-view.js';

@ApiTags('ledger')
@Controller()
export class MonthsController {
  constructor(private readonly db: DataSource) {}

  @Get('months')
  @Needs('books.read')
  async list(@Acting() actor: Actor, @Query() query: MonthQueryDto): Promise<MonthListDto> {
    const planYears = await listPlanYears(this.db);
    const planYear = query.planYear ?? planYears.at(-1);
    if (planYear === undefined) return { planYear: 0, planYears, latestClosed: null, items: [] };
    const items = await monthViews(this.db, actor, planYear);
    const latestClosed = items.filter(({ state }) => state === 'closed').at(-1)?.month ?? null;
    return { planYear, planYears, latestClosed, items };
  }

  @Get('months/:month')
  @Needs('books.read')
  async find(@Acting() actor: Actor, @Param('month') text: string): Promise<MonthDto> {
    const month = Month.parse(text);
    const view = await monthViewOf(this.db, actor, month);
    if (!view) throw new DomainError<LedgerErrorCode>('month-not-opened', { month: text });
    return view;
  }

  @Post('plan-years')
  @Needs('plan-years.open')
  async open(@Acting() actor: Actor, @Body() { planYear }: NewPlanYearDto): Promise<MonthListDto> {
    await openPlanYear(this.db, actor, planYear);
    return this.list(actor, { planYear });
  }

  @Post('months/:month/reports')
  @Needs('reports.submit')
  async report(
    @Acting() actor: Actor,
    @Param('month') text: string,
    @Body() { unitCode, submittedOn }: NewReportDto,
  ): Promise<ReportDto> {
    const report = await submitReport(this.db, actor, Month.parse(text), unitCode, submittedOn);
    return { month: text, unitCode: report.unitCode, submittedOn: report.submittedOn };
  }

  /** Moves the fixed business day of a demonstration on. */
  @Post('business-day')
  @Needs('business-day.move')
  @HttpCode(200)
  async moveDay(@Acting() actor: Actor, @Body() { date }: BusinessDayDto): Promise<BusinessDayDto> {
    await moveBusinessDay(this.db, actor, date);
    return { date };
  }
}
