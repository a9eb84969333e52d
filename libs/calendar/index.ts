export { CalendarDay } from './calendar-day.entity.js';
export { CalendarModule } from './calendar.module.js';
export {
  calendarYear,
  correctCalendarYear,
  dayKinds,
  refuseWrongDays,
  seedCalendarYear,
  type CalendarEntry,
  type KeptDay,
} from './calendar-year.js';
export { computedHolidays } from './computed-holidays.js';
export type { CalendarErrorCode } from './errors.js';
export {
  addWorkingDays,
  isWorkingDay,
  workingDaysUntil,
  type CalendarDayKind,
  type DayKinds,
} from './working-days.rule.js';
