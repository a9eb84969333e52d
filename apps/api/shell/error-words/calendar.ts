import type { CalendarErrorCode } from '#libs/calendar';
import { day, say, type Refusals } from './refusal-words.js';

export const CALENDAR_WORDS: Refusals<CalendarErrorCode> = {
  'calendar-refused': say(
    422,
    ({ year }) => `Lịch làm việc năm ${year} chưa được ghi vì có ngày sai; lịch cũ vẫn còn.`,
    ({ year }) => `The calendar of ${year} was not kept because some days are wrong; the old one stands.`,
  ),
  'calendar-year-malformed': say(
    400,
    ({ year }) => `"${year}" không phải năm từ 2000 đến 2099.`,
    ({ year }) => `"${year}" is not a year from 2000 to 2099.`,
  ),
  'calendar-day-outside-year': say(
    422,
    ({ day: date, year }) => `Ngày ${day(date)} không thuộc năm ${year}.`,
    ({ day: date, year }) => `${day(date)} is not a day of ${year}.`,
  ),
  'calendar-day-twice': say(
    422,
    ({ day: date }) => `Ngày ${day(date)} có hai lần; để lại một.`,
    ({ day: date }) => `${day(date)} is named twice; leave one.`,
  ),
  'make-up-day-on-weekday': say(
    422,
    ({ day: date }) => `Ngày làm bù phải là thứ bảy hoặc chủ nhật; ${day(date)} là ngày trong tuần.`,
    ({ day: date }) => `A make-up day is a Saturday or Sunday; ${day(date)} is a weekday.`,
  ),
};
