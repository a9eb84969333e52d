import { describe, expect, it } from '@jest/globals';
import { isValidAt, normalisedInputs, unitsInSight, type RatedUnit } from './index.js';

const unit = (code: string, validFrom = '', validTo = ''): RatedUnit => ({
  code,
  kind: 'district',
  group: 'district',
  validFrom,
  validTo,
});

describe('valid on the month end', () => {
  it.each([
    ['', '', 1, true, 'no dates: always'],
    ['', '2025-06-30', 6, true, 'a district that ends on 30/6/2025 is rated for June'],
    ['', '2025-06-30', 7, false, '… and not for July'],
    ['', '2025-06-29', 6, false, 'one day earlier, not for June either'],
    ['2025-07-01', '', 6, false, 'a commune from 1/7/2025 is not rated for June'],
    ['2025-07-01', '', 7, true, '… but for July'],
    ['2025-07-31', '', 7, true, 'valid from the last day of July: rated for July'],
    ['2025-08-01', '', 7, false, 'valid from the day after: not'],
    ['2025-03-05', '2025-03-25', 3, false, 'valid within the month only: on no month end'],
    ['', '2025-12-31', 12, true, 'ended with the calendar year: rated for month 12'],
    ['', '2025-12-31', 13, false, '… not for month 13, which ends on 31/1/2026'],
    ['', '2026-01-31', 13, true, 'ended on 31/1/2026: rated for month 13'],
    ['2026-01-31', '', 13, true, 'valid from 31/1/2026: rated for month 13'],
  ])('from "%s" to "%s", month %d of 2025: %p (%s)', (validFrom, validTo, month, valid) => {
    expect(isValidAt({ validFrom, validTo }, 2025, month)).toBe(valid);
  });
});

describe('the units an evaluation knows', () => {
  const units = [
    unit('Z'),
    unit('ENDED', '', '2024-12-31'),
    unit('DISTRICT', '', '2025-06-30'),
    unit('COMMUNE', '2025-07-01'),
    unit('BRIEF', '2025-03-05', '2025-03-25'),
  ];

  it('up to month 6 of 2025: the district; neither the commune of July nor units valid on no month end', () => {
    expect(unitsInSight(units, 2025, 6)).toEqual([unit('DISTRICT', '', '2025-06-30'), unit('Z')]);
  });

  it('up to month 5 a valid_to of 30 June lies ahead and counts as empty', () => {
    expect(unitsInSight(units, 2025, 5)).toEqual([unit('DISTRICT'), unit('Z')]);
  });

  it('up to month 7: district and commune side by side, in code order', () => {
    expect(unitsInSight(units, 2025, 7).map(({ code }) => code)).toEqual(['COMMUNE', 'DISTRICT', 'Z']);
  });

  it('sorts codes by code point: U10 < U2 < Đ < U+FF5E < U+1F600', () => {
    const codes = ['\u{1F600}', '\uff5e', 'Đ', 'U2', 'U10'];
    expect(
      unitsInSight(
        codes.map((code) => unit(code)),
        2025,
        1,
      ).map(({ code }) => code),
    ).toEqual([...codes].reverse());
  });

  it('leaves the units it was given untouched', () => {
    const given = Object.freeze([Object.freeze(unit('B', '', '2025-06-30')), Object.freeze(unit('A'))]);
    unitsInSight(given, 2025, 1);
    expect(given[0]?.validTo).toBe('2025-06-30');
  });
});

describe('the inputs in the order and extent that is hashed', () => {
  const sum = (month: number, code: string, plan: number) => ({ month, unit: code, plan: BigInt(plan), disbursed: 0n });

  it('has every month × unit once, zeros included, by month then unit, and nothing beyond the last month', () => {
    const inputs = normalisedInputs(
      {
        units: [unit('B'), unit('A')],
        sums: [sum(3, 'A', 9), sum(2, 'B', 7), sum(1, 'A', 5), sum(1, 'X', 1)],
        reports: null,
      },
      2025,
      2,
    );
    expect(inputs.sums).toEqual([sum(1, 'A', 5), sum(1, 'B', 0), sum(2, 'A', 0), sum(2, 'B', 7)]);
    expect(inputs.reports).toBeNull();
  });

  it('has each report of a listed unit once, by month then unit; an empty list stays a list', () => {
    const units = [unit('B'), unit('A'), unit('LATER', '2025-07-01')];
    const reports = [
      { month: 2, unit: 'A' },
      { month: 1, unit: 'B' },
      { month: 2, unit: 'A' },
      { month: 1, unit: 'A' },
      { month: 3, unit: 'A' },
      { month: 1, unit: 'LATER' },
    ];
    expect(normalisedInputs({ units, sums: [], reports }, 2025, 2).reports).toEqual([
      { month: 1, unit: 'A' },
      { month: 1, unit: 'B' },
      { month: 2, unit: 'A' },
    ]);
    expect(normalisedInputs({ units, sums: [], reports: [] }, 2025, 2).reports).toEqual([]);
  });
});
