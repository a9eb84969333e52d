/**
 * A plan year worked out by hand. Units A-D have a plan of 1,000 đồng each from January on. Every month B pays 14,
 * A, C and D pay 4; in month 6 A pays 40. B does not report month 3, C does not report month 5. With m the month:
 *   paid to month 5:   A = C = D = 4m, B = 14m:        average 26m / 4000, gap = ⌈(26m·1000 − 4m·4000) / 3000⌉ = ⌈10m / 3⌉
 *   paid from month 6: A = 4m + 36, the rest as before: average (26m + 36) / 4000, gap of C and D = ⌈(10m + 36) / 3⌉;
 *   A is at or above it while 4m + 36 ≥ 6.5m + 9, so to month 10; its gap then is ⌈(10m − 108) / 3⌉.
 */
export const PLAN_DONG = 1000n;

export function paidIn(month: number): Record<'A' | 'B' | 'C' | 'D', bigint> {
  return { A: month === 6 ? 40n : 4n, B: 14n, C: 4n, D: 4n };
}

export function reportingIn(month: number): string[] {
  return ['A', 'B', 'C', 'D'].filter((unit) => !(unit === 'B' && month === 3) && !(unit === 'C' && month === 5));
}

export interface MonthByHand {
  average: string;
  /** `unit status streak gap`, `!` for flagged. */
  lines: string[];
  /** `unit (month opened) change`. */
  steps: string[];
  /** `audience recipient state: unit kind gap, …` */
  notices: string[];
}

const NOBODY = ['announcement province draft: '];

export const BY_HAND: Record<number, MonthByHand> = {
  1: {
    average: '13/2000',
    lines: ['A below 1 4', 'B at-or-above 0 0', 'C below 1 4', 'D below 1 4'],
    steps: [],
    notices: NOBODY,
  },
  2: {
    average: '13/1000',
    lines: ['A below 2 7', 'B at-or-above 0 0', 'C below 2 7', 'D below 2 7'],
    steps: [],
    notices: NOBODY,
  },
  3: {
    average: '39/2000',
    lines: ['A below 3! 10', 'B missing 0 0', 'C below 3! 10', 'D below 3! 10'],
    steps: ['A (3) new', 'C (3) new', 'D (3) new'],
    notices: [
      'announcement province draft: A new-case 10, C new-case 10, D new-case 10',
      'team T0 issued: D new-case 10',
      'team T1 issued: A new-case 10, B missing-report 0',
      'team T2 issued: C new-case 10',
      'unit A draft: A new-case 10',
      'unit C draft: C new-case 10',
      'unit D draft: D new-case 10',
    ],
  },
  4: {
    average: '13/500',
    lines: ['A below 4! 14', 'B at-or-above 0 0', 'C below 4! 14', 'D below 4! 14'],
    steps: ['A (3) continuing', 'C (3) continuing', 'D (3) continuing'],
    notices: [
      'announcement province draft: A continuing-case 14, C continuing-case 14, D continuing-case 14',
      'team T0 issued: D continuing-case 14',
      'team T1 issued: A continuing-case 14',
      'team T2 issued: C continuing-case 14',
      'unit A draft: A continuing-case 14',
      'unit C draft: C continuing-case 14',
      'unit D draft: D continuing-case 14',
    ],
  },
  5: {
    average: '13/400',
    lines: ['A below 5! 17', 'B at-or-above 0 0', 'C missing 4 0', 'D below 5! 17'],
    steps: ['A (3) continuing', 'C (3) paused', 'D (3) continuing'],
    notices: [
      'announcement province draft: A continuing-case 17, D continuing-case 17',
      'team T0 issued: D continuing-case 17',
      'team T1 issued: A continuing-case 17',
      'team T2 issued: C missing-report 0',
      'unit A draft: A continuing-case 17',
      'unit D draft: D continuing-case 17',
    ],
  },
  6: {
    average: '6/125',
    lines: ['A at-or-above 0 0', 'B at-or-above 0 0', 'C below 5! 32', 'D below 6! 32'],
    steps: ['A (3) cleared', 'C (3) continuing', 'D (3) continuing'],
    notices: onlyCAndD(32),
  },
  7: quiet('109/2000', 6, 36),
  8: quiet('61/1000', 7, 39),
  9: quiet('27/400', 8, 42),
  10: quiet('37/500', 9, 46),
  11: {
    ...quiet('161/2000', 10, 49),
    lines: ['A below 1 1', 'B at-or-above 0 0', 'C below 10! 49', 'D below 11! 49'],
  },
  12: {
    ...quiet('87/1000', 11, 52),
    lines: ['A below 2 4', 'B at-or-above 0 0', 'C below 11! 52', 'D below 12! 52'],
  },
  13: {
    average: '187/2000',
    lines: ['A below 3! 8', 'B at-or-above 0 0', 'C below 12! 56', 'D below 13! 56'],
    steps: ['A (13) new', 'C (3) continuing', 'D (3) continuing'],
    notices: [
      'announcement province draft: C continuing-case 56, D continuing-case 56, A new-case 8',
      'team T0 issued: D continuing-case 56',
      'team T1 issued: A new-case 8',
      'team T2 issued: C continuing-case 56',
      'unit A draft: A new-case 8',
      'unit C draft: C continuing-case 56',
      'unit D draft: D continuing-case 56',
    ],
  },
};

/** The cases after a month, `unit (month opened) state, month ended`. */
export function casesAfter(month: number): string[] {
  if (month < 3) return [];
  if (month < 6) return ['A (3) open', 'C (3) open', 'D (3) open'];
  if (month < 13) return ['A (3) cleared 6', 'C (3) open', 'D (3) open'];
  return ['A (3) cleared 6', 'A (13) ended 13', 'C (3) ended 13', 'D (3) ended 13'];
}

/** A stays at or above the average, C has one counted month less than D, for it did not report month 5. */
function quiet(average: string, streakOfC: number, gap: number): MonthByHand {
  return {
    average,
    lines: [
      'A at-or-above 0 0',
      'B at-or-above 0 0',
      `C below ${streakOfC}! ${gap}`,
      `D below ${streakOfC + 1}! ${gap}`,
    ],
    steps: ['C (3) continuing', 'D (3) continuing'],
    notices: onlyCAndD(gap),
  };
}

function onlyCAndD(gap: number): string[] {
  return [
    `announcement province draft: C continuing-case ${gap}, D continuing-case ${gap}`,
    `team T0 issued: D continuing-case ${gap}`,
    `team T2 issued: C continuing-case ${gap}`,
    `unit C draft: C continuing-case ${gap}`,
    `unit D draft: D continuing-case ${gap}`,
  ];
}
