import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dateInProvince, DomainError, effectiveMonth, isIsoDate, isMonthNumber, Month, monthEnd } from './index.js';

describe('the end of a month (I14)', () => {
  it.each([
    [2024, 1, '2024-01-31'],
    [2024, 2, '2024-02-29'],
    [2023, 2, '2023-02-28'],
    [2000, 2, '2000-02-29'],
    [2100, 2, '2100-02-28'],
    [2024, 4, '2024-04-30'],
    [2025, 6, '2025-06-30'],
    [2024, 12, '2024-12-31'],
  ])('%d, month %d ends on %s', (planYear, month, end) => {
    expect(monthEnd(planYear, month)).toBe(end);
  });

  it('month 13 is January of the next year: plan year 2024 closes on 31 January 2025', () => {
    expect(monthEnd(2024, 13)).toBe('2025-01-31');
    expect(monthEnd(2024, 13)).toBe(monthEnd(2025, 1));
  });

  it('lies in order, as text: 13 month ends, each after the one before', () => {
    const ends = Array.from({ length: 13 }, (_, i) => monthEnd(2024, i + 1));
    expect(ends).toEqual([...new Set(ends)].sort());
  });

  describe('on a computer anywhere', () => {
    const zone = process.env.TZ;
    afterEach(() => {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    });

    it.each(['UTC', 'America/Los_Angeles', 'Pacific/Kiritimati'])('is the same with TZ=%s', (elsewhere) => {
      process.env.TZ = elsewhere;
      expect(monthEnd(2024, 2)).toBe('2024-02-29');
      expect(monthEnd(2024, 13)).toBe('2025-01-31');
      expect(effectiveMonth(2024, '2025-01-31')).toBe(13);
      expect(dateInProvince(new Date('2025-01-31T16:59:59.999Z'))).toBe('2025-01-31');
    });
  });
});

describe('the day in the province (I14): 7 hours ahead of UTC, all year', () => {
  it('31 January 2025 lasts until 16:59:59.999 UTC; a millisecond later it is 1 February', () => {
    expect(dateInProvince(new Date('2025-01-30T17:00:00.000Z'))).toBe('2025-01-31');
    expect(dateInProvince(new Date('2025-01-31T16:59:59.999Z'))).toBe('2025-01-31');
    expect(dateInProvince(new Date('2025-01-31T17:00:00.000Z'))).toBe('2025-02-01');
  });

  it('29 February 2024 exists; the day after 28 February 2023 is 1 March', () => {
    expect(dateInProvince(new Date('2024-02-28T17:00:00Z'))).toBe('2024-02-29');
    expect(dateInProvince(new Date('2023-02-28T17:00:00Z'))).toBe('2023-03-01');
  });

  it('knows no summer time: 30 June 2025 ends at 17:00 UTC too', () => {
    expect(dateInProvince(new Date('2025-06-30T16:59:59Z'))).toBe('2025-06-30');
    expect(dateInProvince(new Date('2025-06-30T17:00:00Z'))).toBe('2025-07-01');
  });
});

describe('the month in which a decision takes effect', () => {
  it.each<[string, number | undefined, string]>([
    ['2023-06-01', 1, 'before the plan year: in force from the first month'],
    ['2024-01-31', 1, 'on the last day of January'],
    ['2024-02-01', 2, 'the day after'],
    ['2024-02-29', 2, 'on the leap day'],
    ['2024-03-01', 3, 'the day after the leap day'],
    ['2024-12-31', 12, 'on the last day of December'],
    ['2025-01-01', 13, 'in January of the next year'],
    ['2025-01-31', 13, 'on the last day of month 13'],
    ['2025-02-01', undefined, 'after month 13: in no month of this plan year'],
  ])('plan year 2024, %s → %p: %s', (date, month) => {
    expect(effectiveMonth(2024, date)).toBe(month);
  });

  it('is the first month whose end is not before the date, whatever the date', () => {
    const day = fc
      .date({ min: new Date('2022-01-01T00:00:00Z'), max: new Date('2027-12-31T00:00:00Z'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(fc.integer({ min: 2023, max: 2026 }), day, (planYear, date) => {
        const months = Array.from({ length: 13 }, (_, i) => i + 1);
        expect(effectiveMonth(planYear, date)).toBe(months.find((month) => monthEnd(planYear, month) >= date));
      }),
    );
  });
});

describe('Month', () => {
  it('is written 2024-09 … 2024-13 and read back', () => {
    for (let number = 1; number <= 13; number++)
      expect(Month.parse(Month.of(2024, number).toString())).toEqual(Month.of(2024, number));
    expect(Month.of(2024, 9).toString()).toBe('2024-09');
    expect(Month.parse('2024-13').end).toBe('2025-01-31');
  });

  it('goes back to month 12 from month 13, and from month 1 to nowhere: a plan year starts anew', () => {
    expect(Month.of(2024, 13).previous?.toString()).toBe('2024-12');
    expect(Month.of(2024, 2).previous?.toString()).toBe('2024-01');
    expect(Month.of(2024, 1).previous).toBeUndefined();
  });

  it.each(['2024-14', '2024-00', '2024-9', '24-09', '0999-01', '2024/09', ' 2024-09', '2024-09-30', ''])(
    'refuses "%s"',
    (text) => {
      expect(() => Month.parse(text)).toThrow(DomainError);
    },
  );

  it('refuses half months and years that have not four digits', () => {
    for (const [year, number] of [
      [2024, 1.5],
      [2024, 0],
      [2024, 14],
      [999, 1],
      [10000, 1],
      [2024.5, 1],
    ] as const)
      expect(() => Month.of(year, number)).toThrow('month-malformed');
    expect([0, 1, 13, 14, 1.5].map(isMonthNumber)).toEqual([false, true, true, false, false]);
  });
});

describe('a day written yyyy-mm-dd', () => {
  it.each(['2024-02-29', '2000-02-29', '2025-01-31', '2025-06-30', '1999-12-31'])('%s exists', (text) => {
    expect(isIsoDate(text)).toBe(true);
  });

  it.each([
    '2023-02-29',
    '2100-02-29',
    '2024-02-30',
    '2024-04-31',
    '2024-13-01',
    '2024-00-10',
    '2024-01-00',
    '2024-1-31',
    '31/01/2024',
    '2024-01-31T00:00:00',
    ' 2024-01-31',
    '',
  ])('"%s" does not', (text) => {
    expect(isIsoDate(text)).toBe(false);
  });
});
