import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '#libs/kernel';
import { addWorkingDays, isWorkingDay, workingDaysUntil, type CalendarDayKind } from './working-days.rule.js';

/** The days of 2025 as the Government decided them (announcement of the Ministry of Home Affairs). */
const KINDS_2025 = new Map<string, CalendarDayKind>([
  ['2025-01-01', 'holiday'],
  ['2025-01-27', 'day-off-in-lieu'],
  ['2025-01-28', 'holiday'],
  ['2025-01-29', 'holiday'],
  ['2025-01-30', 'holiday'],
  ['2025-01-31', 'holiday'],
  ['2025-04-07', 'holiday'],
  ['2025-04-30', 'holiday'],
  ['2025-05-01', 'holiday'],
  ['2025-05-02', 'day-off-in-lieu'],
  ['2025-04-26', 'make-up-day'],
  ['2025-09-01', 'holiday'],
  ['2025-09-02', 'holiday'],
]);

const days = (from: string, to: string): string[] => {
  const all: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) all.push(day);
  return all;
};
const off = (from: string, to: string): string[] => days(from, to).filter((day) => !isWorkingDay(day, KINDS_2025));

describe('working days of 2025', () => {
  it('Tết is nine days off, from Saturday 25 January to Sunday 2 February', () => {
    expect(off('2025-01-24', '2025-02-03')).toEqual(days('2025-01-25', '2025-02-02'));
  });

  it('30 April to 4 May is off, and Friday 2 May is worked on Saturday 26 April', () => {
    expect(off('2025-04-29', '2025-05-05')).toEqual(days('2025-04-30', '2025-05-04'));
    expect(off('2025-04-25', '2025-04-28')).toEqual(['2025-04-27']);
  });

  it('2 September is off from Saturday 30 August', () => {
    expect(off('2025-08-29', '2025-09-03')).toEqual(days('2025-08-30', '2025-09-02'));
  });

  it('Hùng Vương is a Monday off; an ordinary Monday is worked', () => {
    expect(off('2025-04-07', '2025-04-14')).toEqual(['2025-04-07', '2025-04-12', '2025-04-13']);
  });

  it.each([
    // January ends within Tết: 3, 4, 5, 6, 7 February are the five working days after it.
    ['2025-01-31', 5, '2025-02-07'],
    // April ends on a holiday, 2 May is in lieu: 5, 6, 7, 8, 9 May.
    ['2025-04-30', 5, '2025-05-09'],
    // August ends on a Sunday: 3, 4, 5, 8, 9 September.
    ['2025-08-31', 5, '2025-09-09'],
    // The Saturday that is worked counts: 25, 26, 28 April.
    ['2025-04-24', 3, '2025-04-28'],
    ['2025-02-01', 0, '2025-02-03'],
    ['2025-02-03', 0, '2025-02-03'],
  ])('from %s, %i working days on is %s', (from, n, expected) => {
    expect(addWorkingDays(from, n, KINDS_2025)).toBe(expected);
  });

  it.each([
    ['2025-02-04', '2025-02-07', 3],
    ['2025-02-07', '2025-02-07', 0],
    ['2025-02-08', '2025-02-07', 0],
    ['2025-02-10', '2025-02-07', -1],
    ['2025-02-12', '2025-02-07', -3],
    ['2025-04-29', '2025-05-05', 1],
  ])('on %s a duty of %s is %i working days away', (today, due, expected) => {
    expect(workingDaysUntil(today, due, KINDS_2025)).toBe(expected);
  });

  it('counts what a walk from day to day finds, over years too', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 730 }), fc.integer({ min: 0, max: 900 }), (offset, length) => {
        const from = addDays('2024-06-01', offset);
        const due = addDays(from, length);
        const walked = days(addDays(from, 1), due).filter((day) => isWorkingDay(day, KINDS_2025)).length;
        expect(workingDaysUntil(from, due, KINDS_2025)).toBe(walked);
        expect(workingDaysUntil(due, from, KINDS_2025) + walked).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  it('counting back undoes counting on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 364 }), fc.integer({ min: 1, max: 40 }), (offset, n) => {
        const day = addDays('2025-01-01', offset);
        const due = addWorkingDays(day, n, KINDS_2025);
        expect(isWorkingDay(due, KINDS_2025)).toBe(true);
        expect(workingDaysUntil(day, due, KINDS_2025)).toBe(n);
      }),
    );
  });
});
