import { dongToJson } from '#libs/kernel';
import type { BasisRate, Overview, OverviewCell, OverviewUnit } from '#libs/insight';
import { definitionSentence, type Evaluation, type EvaluationSeal } from '#libs/monitoring';
import type { PlanBasis } from '#libs/monitoring/rule';
import type { MonthDto } from '../ledger/month.dto.js';
import type { CellDto, OverviewDto, OverviewUnitDto } from './overview.dto.js';
import type { BasisRateDto, HashesDto } from './rate.dto.js';

export function overviewView(
  overview: Overview,
  month: MonthDto,
  seal: EvaluationSeal | null,
  illustrative: boolean,
): OverviewDto {
  const { frozen, inForce, units, bases, withoutLargestProject: largest } = overview;
  const count = (test: (unit: OverviewUnit) => boolean): number => units.filter(test).length;
  const gaps = (test: (unit: OverviewUnit) => boolean): number =>
    dongToJson(units.filter(test).reduce((sum, { line }) => sum + line.gap, 0n));
  return {
    month,
    illustrative,
    planYear: month.planYear,
    throughMonth: month.number,
    definition: definitionSentence(frozen.policy, month.number),
    policy: {
      version: frozen.evaluation.policyVersion,
      thresholdMonths: inForce.thresholdMonths,
      planBasis: inForce.planBasis,
      method: inForce.average.method,
      scope: inForce.average.scope,
    },
    hashes: hashesView(frozen.evaluation),
    seal,
    bases: bases.map(({ plan, disbursed, ...figure }) => ({
      ...figure,
      planDong: dongToJson(plan),
      disbursedDong: dongToJson(disbursed),
      previousMonth: month.number > 1 ? month.number - 1 : null,
    })),
    withoutLargestProject: largest && {
      project: largest.project,
      unit: largest.unit,
      planDong: dongToJson(largest.plan),
      planSharePercent: largest.planShare.percent,
      rate: largest.rate,
      changePoints: largest.changePoints,
    },
    ratedCount: count(({ line }) => line.status !== 'not-rated'),
    belowCount: count(({ line }) => line.status === 'below'),
    flaggedCount: count(({ line }) => line.flagged),
    newCount: count(({ change }) => change === 'new'),
    clearedCount: count(({ change }) => change === 'cleared'),
    missingCount: count(({ line }) => line.status === 'missing'),
    totalGapDong: gaps(() => true),
    flaggedGapDong: gaps(({ line }) => line.flagged),
    reservePlanDong: dongToJson(overview.reservePlan),
    averages: overview.averages,
    units: units.map((unit) => unitView(unit, inForce.planBasis)),
    nextMonth: units
      .filter(({ line }) => line.status === 'below' && line.streak === inForce.thresholdMonths - 1)
      .map(({ unit, line }) => ({
        unit: { code: unit.code, name: unit.name },
        shortName: unit.shortName,
        gapDong: dongToJson(line.gap),
        streak: line.streak,
      })),
    laggingKeyProjects: overview.laggingKeyProjects.map(({ ordinal, name, differencePoints, behindBecause }) => ({
      ordinal,
      name,
      differencePoints,
      reason: behindBecause ?? 'below-average',
    })),
  };
}

function unitView({ unit, line, cells, pmPlan, bases, ...rest }: OverviewUnit, usedBasis: PlanBasis): OverviewUnitDto {
  return {
    code: unit.code,
    name: unit.name,
    shortName: unit.shortName,
    kind: unit.kind as OverviewUnitDto['kind'],
    group: unit.group,
    status: line.status,
    planDong: dongToJson(line.plan),
    disbursedDong: dongToJson(line.disbursed),
    pmPlanDong: dongToJson(pmPlan),
    bases: bases.map((each) => basisRateView(each, usedBasis)),
    gapDong: dongToJson(line.gap),
    streak: line.streak,
    flagged: line.flagged,
    ...rest,
    cells: cells.map(cellView),
  };
}

export function basisRateView({ plan, ...rate }: BasisRate, usedBasis: PlanBasis | null): BasisRateDto {
  return { ...rate, used: rate.basis === usedBasis, planDong: dongToJson(plan) };
}

export function cellView(cell: OverviewCell): CellDto {
  return { ...cell };
}

export function hashesView({ inputHash, policyHash, resultHash }: Evaluation): HashesDto {
  return { input: inputHash, policy: policyHash, result: resultHash };
}
