import { describe, expect, it } from '@jest/globals';
import type { UnitMonth } from '../client/types';
import { belowRun } from './below-run';
import { gapBand } from './gap-band';

const month = (number: number, status: UnitMonth['status'], streak: number) =>
  ({ month: number, status, streak }) as UnitMonth;

describe('the run of below-average months', () => {
  it('reads back over a missing month to where it began', () => {
    const months = [
      month(1, 'at-or-above', 0),
      month(2, 'below', 1),
      month(3, 'missing', 1),
      month(4, 'below', 2),
      month(5, 'below', 3),
    ];
    expect(belowRun(months)).toEqual({ first: 2, last: 5, missing: [3] });
  });

  it('is none when the last month is at or above', () => {
    expect(belowRun([month(1, 'below', 1), month(2, 'at-or-above', 0)])).toBeNull();
  });
});

describe('the shaded gap', () => {
  it('ends exactly where the lines cross', () => {
    const band = gapBand([
      { x: 1, unit: 0, average: 10 },
      { x: 2, unit: 30, average: 20 },
    ]);
    expect(band).toEqual([
      { x: 1, floor: 0, height: 10 },
      { x: 1.5, floor: 15, height: 0 },
      { x: 2, floor: 30, height: 0 },
    ]);
  });
});
