export type CalendarErrorCode =
  | 'calendar-refused'
  | 'calendar-year-malformed'
  | 'calendar-day-outside-year'
  | 'calendar-day-twice'
  | 'make-up-day-on-weekday';
