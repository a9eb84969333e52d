import { Body, Controller, Get, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import { calendarYear, correctCalendarYear, type CalendarErrorCode } from '#libs/calendar';
import { DomainError, type Actor } from '#libs/kernel';
import { Acting, Needs } from '../shell/access.decorators.js';
import { CalendarYearDto, NewCalendarYearDto } from './calendar.dto.js';

@ApiTags('calendar')
@Controller('calendars')
export class CalendarController {
  constructor(private readonly db: DataSource) {}

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
    @Body() { days }: NewCalendarYearDto,
  ): Promise<CalendarYearDto> {
    const year = yearOf(text);
    return { year, days: await correctCalendarYear(this.db, actor, year, days) };
  }
}

function yearOf(text: string): number {
  if (!/^20[0-9]{2}$/.test(text)) throw new DomainError<CalendarErrorCode>('calendar-year-malformed', { year: text });
  return Number(text);
}
