import { byCodePoint, compare, type Dong, type Rational } from '#libs/kernel';
import { isFlagged, nextStreak, statusOf, type UnitStatus } from './below-average-streak.rule.js';
import { gapOf } from './gap.rule.js';
import type { EvaluationInputs, MonthlySum, RatedUnit } from './inputs.js';
import { policyInMonth, type Policy, type PolicyFields } from './policy.js';
import { averageGroup, averagesOf, type AverageMember, type GroupAverage } from './provincial-average.rule.js';
import { isValidAt, normalisedInputs } from './unit-validity.rule.js';

/** One unit in one month: the answer, and after it the evidence that the answer rests on. */
export interface UnitMonth {
  unit: string;
  status: UnitStatus;
  plan: Dong;
  disbursed: Dong;
  streak: number;
  flagged: boolean;
  gap: Dong;
  evidence: {
    reported: boolean;
    /** The months counted in the present run, oldest first; a paused month is not among them. */
    countedMonths: number[];
    /** The average the unit was compared with; absent when it was not rated. */
    average?: GroupAverage;
  };
}

export interface ProblemFound {
  code: 'money-without-plan' | 'outside-validity';
  month: number;
  unit: string;
}

export interface EvaluatedMonth {
  month: number;
  policy: PolicyFields;
  averages: GroupAverage[];
  /** Every unit in sight but the reserve, in code order. */
  units: UnitMonth[];
}

export interface Evaluation {
  /** The inputs in the order and extent that was evaluated, hashed and is to be frozen. */
  inputs: EvaluationInputs;
  months: EvaluatedMonth[];
  problems: ProblemFound[];
}

/**
 * The monitoring rule of domain.md §4: a pure function of frozen inputs and policy, for months 1..throughMonth.
 * The policy must have come from `parsePolicy`.
 */
export function evaluatePlanYear(given: EvaluationInputs, policy: Policy): Evaluation {
  const inputs = normalisedInputs(given, policy.planYear, policy.throughMonth);
  const reported = inputs.reports && new Set(inputs.reports.map(({ month, unit }) => `${month} ${unit}`));
  const runs = new Map<string, number[]>();
  const streaks = new Map<string, number>();
  const months: EvaluatedMonth[] = [];
  const problems: ProblemFound[] = [];

  for (let month = 1; month <= policy.throughMonth; month++) {
    const inForce = policyInMonth(policy, month);
    const sums = inputs.sums.slice((month - 1) * inputs.units.length, month * inputs.units.length);
    const cells = inputs.units.map((unit, i) => unitInMonth(unit, sums[i] as MonthlySum, policy.planYear, month));
    problems.push(...problemsOf(cells, inForce, month));
    const averages = averagesOf(
      cells.filter(({ entersAverage }) => entersAverage),
      inForce.average,
      month,
    );

    const units: UnitMonth[] = [];
    for (const cell of cells) {
      if (cell.isReserve) continue;
      const average = cell.entersAverage ? averages.get(averageGroup(cell.group, inForce.average)) : undefined;
      const isReported = !reported || reported.has(`${month} ${cell.unit}`);
      const below = average !== undefined && compare(rateOf(cell), average.average) < 0;
      const status = statusOf({ rated: cell.entersAverage, reported: isReported, below }, inForce.missing);
      const streak = nextStreak(streaks.get(cell.unit) ?? 0, status, inForce.missing);
      const counted = countedMonths(runs.get(cell.unit) ?? [], status, streak, month);
      const gap = status === 'below' && average ? gapOf(cell, average) : 0n;
      streaks.set(cell.unit, streak);
      runs.set(cell.unit, counted);
      units.push({
        unit: cell.unit,
        status,
        plan: cell.plan,
        disbursed: cell.disbursed,
        streak,
        flagged: isFlagged({ status, streak, gap }, inForce),
        gap,
        evidence: { reported: isReported, countedMonths: counted, average },
      });
    }
    months.push({
      month,
      policy: inForce,
      averages: [...averages.values()].sort((a, b) => byCodePoint(a.group, b.group)),
      units,
    });
  }
  return { inputs, months, problems };
}

interface Cell extends AverageMember {
  valid: boolean;
  /** Rated, or a reserve that could count: valid on the month end, plan > 0. */
  entersAverage: boolean;
}

function unitInMonth(unit: RatedUnit, sum: MonthlySum, planYear: number, month: number): Cell {
  const valid = isValidAt(unit, planYear, month);
  return {
    unit: unit.code,
    group: unit.group,
    isReserve: unit.kind === 'reserve',
    plan: sum.plan,
    disbursed: sum.disbursed,
    valid,
    entersAverage: valid && sum.plan > 0n,
  };
}

/** domain.md §4 problems; they change nothing of the result. Cells come in code order. */
function problemsOf(cells: readonly Cell[], policy: PolicyFields, month: number): ProblemFound[] {
  return cells.flatMap(({ unit, plan, disbursed, valid }) => {
    const found: ProblemFound[] = [];
    if (policy.planBasis === 'province' && disbursed !== 0n && plan <= 0n)
      found.push({ code: 'money-without-plan', month, unit });
    if (!valid && (plan !== 0n || disbursed !== 0n)) found.push({ code: 'outside-validity', month, unit });
    return found;
  });
}

function countedMonths(run: readonly number[], status: UnitStatus, streak: number, month: number): number[] {
  if (streak === 0) return [];
  return status === 'below' ? [...run, month] : [...run];
}

function rateOf({ plan, disbursed }: { plan: Dong; disbursed: Dong }): Rational {
  return { numerator: disbursed, denominator: plan };
}
