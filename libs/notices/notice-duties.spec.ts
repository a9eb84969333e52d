import { describe, expect, it } from '@jest/globals';
import type { CalendarDayKind } from '#libs/calendar';
import { dueOf, dutyOf, lastOverdueSince, marksOf } from './notice-duties.js';

const DEADLINES = {
  acknowledgeWorkingDays: 3,
  planWorkingDays: 5,
  answerWorkingDays: 7,
  escalationWorkingDays: 3,
};

/**
 * 2025 as published: Tết from Saturday 25 January to Sunday 2 February; 30 April to 4 May, Friday 2 May being a day
 * off for which Saturday 26 April was worked.
 */
const KINDS = new Map<string, CalendarDayKind>([
  ...['2025-01-27', '2025-01-28', '2025-01-29', '2025-01-30', '2025-01-31'].map((day) => [day, 'holiday'] as const),
  ['2025-04-26', 'make-up-day'],
  ['2025-04-30', 'holiday'],
  ['2025-05-01', 'holiday'],
  ['2025-05-02', 'day-off-in-lieu'],
]);

describe('what the recipient of a notice has to do next', () => {
  it.each([
    ['team', 'issued', 'acknowledge'],
    ['team', 'delivered', 'acknowledge'],
    ['team', 'acknowledged', 'plan'],
    ['unit', 'acknowledged', 'answer'],
    ['team', 'planned', undefined],
    ['unit', 'draft', undefined],
    ['reminder', 'issued', undefined],
    ['announcement', 'issued', undefined],
  ] as const)('%s, %s: %s', (course, state, duty) => {
    expect(dutyOf(course, state)).toBe(duty);
  });
});

describe('by when, in working days', () => {
  it.each([
    // Thursday 23 January: Friday 24, then nobody works until Monday 3 February, the third day is Tuesday the 4th.
    ['acknowledge', '2025-01-23', '2025-02-04'],
    // The last working day before Tết.
    ['acknowledge', '2025-01-24', '2025-02-05'],
    ['plan', '2025-01-23', '2025-02-06'],
    ['answer', '2025-01-22', '2025-02-07'],
    // Thursday 24 April: Friday, the worked Saturday, Monday.
    ['acknowledge', '2025-04-24', '2025-04-28'],
    // Monday 28 April: Tuesday, then Monday 5 May to Thursday the 8th.
    ['plan', '2025-04-28', '2025-05-08'],
    ['acknowledge', '2025-04-29', '2025-05-07'],
  ] as const)('%s, begun on %s: until %s', (duty, since, day) => {
    expect(dueOf(duty, since, since, DEADLINES, KINDS).day).toBe(day);
  });

  it.each([
    // Due on Tuesday 4 February.
    ['2025-01-24', 2, []],
    ['2025-01-29', 2, []],
    ['2025-02-03', 1, ['acknowledge-due-soon']],
    ['2025-02-04', 0, ['acknowledge-due-soon']],
    ['2025-02-05', -1, ['acknowledge-overdue']],
    ['2025-02-06', -2, ['acknowledge-overdue']],
    ['2025-02-07', -3, ['acknowledge-overdue', 'acknowledge-escalated']],
    ['2025-02-09', -3, ['acknowledge-overdue', 'acknowledge-escalated']],
  ] as const)('on %s %i working days are left of a notice of 23 January: %j', (today, daysLeft, marks) => {
    const due = dueOf('acknowledge', '2025-01-23', today, DEADLINES, KINDS);
    expect([due.daysLeft, marksOf(due, DEADLINES)]).toEqual([daysLeft, marks]);
  });

  it('over Tết nothing becomes overdue: what was due on the Friday before is late on the Monday after', () => {
    const on = (today: string): boolean => dueOf('acknowledge', '2025-01-21', today, DEADLINES, KINDS).isOverdue;
    expect(['2025-01-24', '2025-01-25', '2025-01-31', '2025-02-02', '2025-02-03'].map(on)).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  it.each([
    ['2025-02-03', '2025-01-21'],
    ['2025-02-04', '2025-01-22'],
    ['2025-05-05', '2025-04-25'],
  ])('on %s an acknowledgement is overdue that began on %s or before', (today, since) => {
    expect(lastOverdueSince('acknowledge', today, DEADLINES, KINDS)).toBe(since);
  });
});
