import { dongToJson } from '#libs/kernel';
import {
  asRate,
  isAttainable,
  lineRate,
  points,
  rateOf,
  type Rate,
  type UnitInEvaluation,
  type UnitPlan,
} from '#libs/insight';
import type { MonthlyReport } from '#libs/ledger';
import { definitionSentence, type EvaluationAverage, type EvaluationLine } from '#libs/monitoring';
import { policyInMonth } from '#libs/monitoring/rule';
import { asDto } from '../organisation/units.controller.js';
import { basisRateView, hashesView } from './overview-view.js';
import type { ExplanationDto, UnitYearDto } from './unit-insight.dto.js';

export function explanationView(
  { unit, frozen, month, lines, averages }: UnitInEvaluation,
  sources: { decisions: number; lines: number; entries: number; report: MonthlyReport | null },
  illustrative: boolean,
): ExplanationDto {
  const line = lines.at(-1) as EvaluationLine;
  const average = averages.at(-1);
  const { thresholdMonths, average: averagePolicy, planBasis } = policyInMonth(frozen.policy, month.number);
  return {
    month: month.toString(),
    unit: { code: unit.code, name: unit.name, shortName: unit.shortName, kind: unit.kind, group: unit.group },
    illustrative,
    status: line.status,
    flagged: line.flagged,
    definition: definitionSentence(frozen.policy, month.number),
    method: averagePolicy.method,
    planBasis,
    average: average
      ? {
          group: average.group,
          rate: averageRate(average) as Rate,
          poolDisbursedDong: average.poolDisbursed === null ? null : dongToJson(average.poolDisbursed),
          poolPlanDong: average.poolPlan === null ? null : dongToJson(average.poolPlan),
          unitsInPool: average.ratedUnits,
        }
      : null,
    planDong: dongToJson(line.plan),
    disbursedDong: dongToJson(line.disbursed),
    rate: lineRate(line),
    differencePoints: points(lineRate(line), average),
    months: lines.map((each, i) => ({
      month: each.month,
      status: each.status,
      rate: lineRate(each),
      average: averageRate(averages[i]),
      differencePoints: points(lineRate(each), averages[i]),
      streak: each.streak,
      flagged: each.flagged,
    })),
    thresholdMonths,
    gapDong: dongToJson(line.gap),
    gapAttainable: isAttainable(line),
    remainingPlanDong: dongToJson(line.plan - line.disbursed),
    sources: {
      decisions: sources.decisions,
      lines: sources.lines,
      entries: sources.entries,
      reportedOn: sources.report?.submittedOn ?? null,
    },
    monthVersion: frozen.evaluation.monthVersion,
    policyVersion: frozen.evaluation.policyVersion,
    hashes: hashesView(frozen.evaluation),
    evaluatedAt: frozen.evaluation.evaluatedAt.toISOString(),
  };
}

export function unitYearView(
  { unit, frozen, month, lines, averages }: UnitInEvaluation,
  plan: UnitPlan,
  illustrative: boolean,
): UnitYearDto {
  const line = lines.at(-1) as EvaluationLine;
  const { planBasis, thresholdMonths } = policyInMonth(frozen.policy, month.number);
  return {
    unit: asDto(unit),
    planYear: month.planYear,
    throughMonth: month.number,
    illustrative,
    thresholdMonths,
    months: lines.map((each, i) => ({
      month: each.month,
      status: each.status,
      planDong: dongToJson(each.plan),
      disbursedDong: dongToJson(each.disbursed),
      ownDisbursedDong: dongToJson(each.disbursed - (lines[i - 1]?.disbursed ?? 0n)),
      rate: lineRate(each),
      average: averageRate(averages[i]),
      differencePoints: points(lineRate(each), averages[i]),
      streak: each.streak,
      flagged: each.flagged,
      gapDong: dongToJson(each.gap),
    })),
    current: {
      status: line.status,
      streak: line.streak,
      flagged: line.flagged,
      planDong: dongToJson(line.plan),
      disbursedDong: dongToJson(line.disbursed),
      rate: lineRate(line),
      averageRate: averageRate(averages.at(-1)),
      differencePoints: points(lineRate(line), averages.at(-1)),
      pmPlanDong: dongToJson(plan.pm),
      pmRate: line.status === 'not-rated' ? null : rateOf(line.disbursed, plan.pm),
      bases: plan.bases.map(({ basis, isAssigned, plan: ofBasis }) => {
        // On the basis that judges, the frozen figure: excluded projects are left out of it.
        const judged = basis === planBasis ? line.plan : ofBasis;
        const rate = line.status === 'not-rated' ? null : rateOf(line.disbursed, judged);
        return basisRateView({ basis, isAssigned, plan: judged, rate }, planBasis);
      }),
      gapDong: dongToJson(line.gap),
      gapAttainable: isAttainable(line),
    },
    plan: {
      initialDong: dongToJson(plan.initial),
      adjustmentsDong: dongToJson(plan.adjustments),
      inForceDong: dongToJson(plan.inForce),
      carriedOverDong: dongToJson(plan.carriedOver),
      at: month.end,
    },
    hashes: hashesView(frozen.evaluation),
    monthVersion: frozen.evaluation.monthVersion,
    policyVersion: frozen.evaluation.policyVersion,
  };
}

export function averageRate(average: Pick<EvaluationAverage, 'numerator' | 'denominator'> | undefined): Rate | null {
  return average ? asRate({ numerator: BigInt(average.numerator), denominator: BigInt(average.denominator) }) : null;
}
