import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, ValidateNested } from 'class-validator';
import { IsDay, IsPlainText, IsRecord } from '../shell/field-rules.js';

const MOST_DAYS = 120;

export class NewCalendarDayDto {
  @IsDay()
  date: string;

  /** `make-up-day`: a Saturday or Sunday that is worked for a day off in lieu. */
  @IsIn(['holiday', 'day-off-in-lieu', 'make-up-day'])
  kind: 'holiday' | 'day-off-in-lieu' | 'make-up-day';

  @IsPlainText(200)
  name: string;
}

/** All days of a year that differ from the plain week; it replaces what is kept. */
export class NewCalendarYearDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_DAYS)
  @IsRecord()
  @ValidateNested({ each: true })
  @Type(() => NewCalendarDayDto)
  days: NewCalendarDayDto[];

  /** The decision or notice that the days come from. */
  @IsOptional()
  @IsPlainText(500)
  reason?: string;
}

export class MonthDeadlineDto {
  month: string;
  /** The last day of the period. */
  end: string;
  reportDue: string;
  closingDue: string;
}

/** Due days of a plan year, with where the numbers of working days come from. */
export class DeadlinesDto {
  planYear: number;
  /** Working days after a month’s end; set by REPORT_DEADLINE_WORKING_DAYS. */
  reportWorkingDays: number;
  /** Working days after a month’s end; set by CLOSING_DEADLINE_WORKING_DAYS. */
  closingWorkingDays: number;
  /** Calendar days from a decision; set by ASSIGNMENT_DEADLINE. */
  assignmentDays: number;
  months: MonthDeadlineDto[];
}

export class CalendarDayDto {
  date: string;
  kind: 'holiday' | 'day-off-in-lieu' | 'make-up-day';
  name: string;
  /** Computed, until staff entered the year's decision. */
  source: 'computed' | 'staff';
}

export class CalendarYearDto {
  year: number;
  days: CalendarDayDto[];
}
