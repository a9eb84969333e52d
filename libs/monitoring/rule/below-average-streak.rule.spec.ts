import { describe, expect, it } from '@jest/globals';
import { isFlagged, nextStreak, statusOf, type MissingReport, type UnitStatus } from './index.js';

const POLICIES: MissingReport[] = ['pause', 'break', 'carry-forward'];

describe('status', () => {
  it('not rated comes before everything else', () => {
    for (const missing of POLICIES)
      for (const reported of [true, false])
        for (const below of [true, false])
          expect(statusOf({ rated: false, reported, below }, missing)).toBe('not-rated');
  });

  it.each(['pause', 'break'] as const)(
    'a rated unit that did not report is missing under %s, below or not',
    (missing) => {
      expect(statusOf({ rated: true, reported: false, below: true }, missing)).toBe('missing');
      expect(statusOf({ rated: true, reported: false, below: false }, missing)).toBe('missing');
    },
  );

  it('carry-forward rates it as if it had reported', () => {
    expect(statusOf({ rated: true, reported: false, below: true }, 'carry-forward')).toBe('below');
    expect(statusOf({ rated: true, reported: false, below: false }, 'carry-forward')).toBe('at-or-above');
  });

  it.each(POLICIES)('a rated unit that reported is below or at-or-above, under %s', (missing) => {
    expect(statusOf({ rated: true, reported: true, below: true }, missing)).toBe('below');
    expect(statusOf({ rated: true, reported: true, below: false }, missing)).toBe('at-or-above');
  });
});

describe('streak', () => {
  const streaks = (statuses: UnitStatus[], missing: MissingReport): number[] => {
    let streak = 0;
    return statuses.map((status) => (streak = nextStreak(streak, status, missing)));
  };
  const lapse: UnitStatus[] = ['below', 'below', 'missing', 'below', 'at-or-above', 'below', 'not-rated', 'below'];

  it('pause: two months below, one silent, one below make three', () => {
    expect(streaks(lapse, 'pause')).toEqual([1, 2, 2, 3, 0, 1, 0, 1]);
  });

  it('break: the silent month starts the count anew', () => {
    expect(streaks(lapse, 'break')).toEqual([1, 2, 0, 1, 0, 1, 0, 1]);
  });

  it('pause: silence alone never adds to the count, nor takes from it', () => {
    expect(streaks(['missing', 'missing', 'below', 'missing', 'missing'], 'pause')).toEqual([0, 0, 1, 1, 1]);
  });

  it('thirteen months below make thirteen', () => {
    expect(streaks(Array<UnitStatus>(13).fill('below'), 'pause').at(-1)).toBe(13);
  });
});

describe('flagged', () => {
  const policy = { thresholdMonths: 3, minimumGapVnd: 0 };

  it('in the third month below, not in the second', () => {
    expect(isFlagged({ status: 'below', streak: 2, gap: 5n }, policy)).toBe(false);
    expect(isFlagged({ status: 'below', streak: 3, gap: 5n }, policy)).toBe(true);
    expect(isFlagged({ status: 'below', streak: 4, gap: 5n }, policy)).toBe(true);
  });

  it('only while below: a pause keeps the count but flags nobody', () => {
    for (const status of ['missing', 'at-or-above', 'not-rated'] as const)
      expect(isFlagged({ status, streak: 3, gap: 0n }, policy)).toBe(false);
  });

  it('from a gap of exactly the minimum on', () => {
    const atLeast = { thresholdMonths: 1, minimumGapVnd: 1_000_000 };
    expect(isFlagged({ status: 'below', streak: 1, gap: 999_999n }, atLeast)).toBe(false);
    expect(isFlagged({ status: 'below', streak: 1, gap: 1_000_000n }, atLeast)).toBe(true);
  });

  it('compares a minimum of 2^53 − 1 đồng exactly', () => {
    const most = { thresholdMonths: 1, minimumGapVnd: Number.MAX_SAFE_INTEGER };
    expect(isFlagged({ status: 'below', streak: 1, gap: 2n ** 53n - 2n }, most)).toBe(false);
    expect(isFlagged({ status: 'below', streak: 1, gap: 2n ** 53n - 1n }, most)).toBe(true);
  });
});
