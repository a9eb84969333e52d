import type { UnitMonth } from '../client/types';

export interface BelowRun {
  first: number;
  last: number;
  /** Months inside the run without a report: they neither count nor break it. */
  missing: number[];
}

/** Which months the present run of below-average months covers, read back from the last month evaluated. */
export function belowRun(months: UnitMonth[]): BelowRun | null {
  const covered: UnitMonth[] = [];
  for (const month of [...months].reverse()) {
    if (month.streak === 0) break;
    covered.unshift(month);
    // A missing month carries the count of the month before it, so only a counted one can be where the run began.
    if (month.streak === 1 && month.status !== 'missing') break;
  }
  const first = covered[0];
  const last = covered.at(-1);
  if (first === undefined || last === undefined) return null;
  return {
    first: first.month,
    last: last.month,
    missing: covered.filter((month) => month.status === 'missing').map((month) => month.month),
  };
}
