import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { calendarYear, correctCalendarYear, type CalendarErrorCode } from '#libs/calendar';
import { DomainError, type Actor } from '#libs/kernel';
import { monthDeadlines } from '#libs/ledger';
import { CONFIG, type Config } from '#libs/platform';
import { Acting, Needs } from '../shell/access.decorators.js';
import { CalendarYearDto, DeadlinesDto, NewCalendarYearDto } from './calendar.dto.js';

@ApiTags('calendar')
@Controller('calendars')
export class CalendarController {
  constructor(
    private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(':year')
  @Needs('books.read')
  async find(@Param('year') text: string): Promise<CalendarYearDto> {
    const year = yearOf(text);
    return { year, days: await calendarYear(this.db, year) };
  }

  /** States all days of the year that differ from the plain week, as the year's decision names them. */
  @Put(':year')
  @Needs('calendar.edit')
  async correct(
    @Acting() actor: Actor,
    @Param('year') text: string,
    @Body() { days, reason }: NewCalendarYearDto,
  ): Promise<CalendarYearDto> {
    const year = yearOf(text);
    return { year, days: await correctCalendarYear(this.db, actor, year, days, reason ?? null) };
  }

  /** Until when each month of the plan year is reported and closed. */
  @Get(':year/deadlines')
  @Needs('books.read')
  async deadlines(@Param('year') text: string): Promise<DeadlinesDto> {
    return this.deadlinesOf(yearOf(text));
  }

  /** The same, were these the days of the year: nothing is kept. */
  @Post(':year/deadlines')
  @Needs('calendar.edit')
  @HttpCode(200)
  async deadlinesWith(@Param('year') text: string, @Body() { days }: NewCalendarYearDto): Promise<DeadlinesDto> {
    return this.deadlinesOf(yearOf(text), days);
  }

  private async deadlinesOf(planYear: number, days?: NewCalendarYearDto['days']): Promise<DeadlinesDto> {
    const { reportDeadlineWorkingDays, closingDeadlineWorkingDays, assignmentDeadline } = this.config;
    const deadlines = { reportDeadlineWorkingDays, closingDeadlineWorkingDays };
    return {
      planYear,
      reportWorkingDays: reportDeadlineWorkingDays,
      closingWorkingDays: closingDeadlineWorkingDays,
      assignmentDays: assignmentDeadline,
      months: (await monthDeadlines(this.db, planYear, deadlines, days)).map(({ month, ...due }) => ({
        month: month.toString(),
        ...due,
      })),
    };
  }
}

function yearOf(text: string): number {
  if (!/^20[0-9]{2}$/.test(text)) throw new DomainError<CalendarErrorCode>('calendar-year-malformed', { year: text });
  return Number(text);
}
