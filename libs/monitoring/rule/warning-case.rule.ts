import { monthEnd, LAST_MONTH } from '#libs/kernel';
import type { Evaluation } from './evaluate-plan-year.js';

export type CaseState = 'open' | 'cleared' | 'ended';
/** Why a case ended without clearing. */
export type CaseEndReason = 'not-rated' | 'unit-ended' | 'plan-year-ended';
/** What a month did to a case: `paused` leaves it as it is. */
export type CaseChange = 'new' | 'continuing' | 'paused' | 'cleared' | 'ended';

export interface CaseHistory {
  unit: string;
  openedMonth: number;
  state: CaseState;
  /** The month that cleared or ended it. */
  endedMonth: number | null;
  endReason: CaseEndReason | null;
  steps: { month: number; change: CaseChange }[];
}

/**
 * domain.md §4 "Warning case": opens when a unit is first flagged; goes on while it is below; clears when it is at
 * or above; a missing report leaves it as it is. Where a missing report broke the run, the new run must reach the
 * threshold again before the case goes on. It ends without clearing when the unit is not rated, ends, or the plan year ends. Derived whole from an
 * evaluation, so a corrected month gives corrected cases. In order of opening month, then unit code.
 */
export function warningCases(evaluation: Evaluation, planYear: number): CaseHistory[] {
  const open = new Map<string, CaseHistory>();
  const broken = new Set<CaseHistory>();
  const all: CaseHistory[] = [];
  const validTo = new Map(evaluation.inputs.units.map((unit) => [unit.code, unit.validTo]));
  for (const { month, policy, units } of evaluation.months) {
    for (const { unit, status, streak, flagged } of units) {
      const current = open.get(unit);
      if (!current) {
        if (!flagged) continue;
        const opened: CaseHistory = {
          unit,
          openedMonth: month,
          state: 'open',
          endedMonth: null,
          endReason: null,
          steps: [{ month, change: 'new' }],
        };
        open.set(unit, opened);
        all.push(opened);
      } else if (status === 'below') {
        if (streak >= policy.thresholdMonths) broken.delete(current);
        current.steps.push({ month, change: broken.has(current) ? 'paused' : 'continuing' });
      } else if (status === 'missing') {
        if (streak === 0) broken.add(current);
        current.steps.push({ month, change: 'paused' });
      } else if (status === 'at-or-above') {
        close(current, month, 'cleared', null);
        open.delete(unit);
      } else {
        const lastDay = validTo.get(unit) ?? '';
        const unitEnded = lastDay !== '' && lastDay < monthEnd(planYear, month);
        close(current, month, 'ended', unitEnded ? 'unit-ended' : 'not-rated');
        open.delete(unit);
      }
    }
    if (month === LAST_MONTH)
      for (const current of open.values()) {
        current.state = 'ended';
        current.endedMonth = month;
        current.endReason = 'plan-year-ended';
      }
  }
  return all;
}

function close(current: CaseHistory, month: number, state: 'cleared' | 'ended', reason: CaseEndReason | null): void {
  current.state = state;
  current.endedMonth = month;
  current.endReason = reason;
  current.steps.push({ month, change: state });
}
