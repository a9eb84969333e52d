import type { Dong } from '#libs/kernel';
import type { MissingReport } from './policy.js';

export type UnitStatus = 'not-rated' | 'missing' | 'below' | 'at-or-above';

/** domain.md §4 status(u,m), from what is known of the unit in the month. */
export function statusOf(
  known: { rated: boolean; reported: boolean; below: boolean },
  missing: MissingReport,
): UnitStatus {
  if (!known.rated) return 'not-rated';
  if (!known.reported && missing !== 'carry-forward') return 'missing';
  return known.below ? 'below' : 'at-or-above';
}

/**
 * domain.md §4 streak(u,m): months below the average so far in this run. A missing report pauses the count or
 * breaks it, by policy; it never adds to it.
 */
export function nextStreak(previous: number, status: UnitStatus, missing: MissingReport): number {
  switch (status) {
    case 'below':
      return previous + 1;
    case 'missing':
      return missing === 'pause' ? previous : 0;
    case 'not-rated':
    case 'at-or-above':
      return 0;
  }
}

/** domain.md §4 flagged(u,m). The gap is in đồng. */
export function isFlagged(
  unit: { status: UnitStatus; streak: number; gap: Dong },
  policy: { thresholdMonths: number; minimumGapVnd: number },
): boolean {
  return unit.status === 'below' && unit.streak >= policy.thresholdMonths && unit.gap >= BigInt(policy.minimumGapVnd);
}
