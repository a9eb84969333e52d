import { dongToJson, type Dong, type Rational } from '#libs/kernel';
import type { LiveAverage } from '#libs/insight';
import type { CellHistory, MonthGrid, StatedOutcome } from '#libs/ledger';
import type { Language } from '../shell/error-words/index.js';
import { worded } from '../shell/problem.filter.js';
import type { CellDetailDto, FractionDto, GridDto, StatedOutcomeDto } from './grid.dto.js';

/** The grid as it is sent, beside the average as the books stand. */
export function gridView(
  grid: MonthGrid,
  live: LiveAverage | null,
  rest: Pick<GridDto, 'nextCursor' | 'illustrative'>,
): GridDto {
  const liveOf = new Map(live?.units.map((unit) => [unit.unitCode, unit]));
  return {
    planYear: grid.planYear,
    month: grid.month,
    months: grid.months,
    units: grid.units.map(({ group: _group, ...unit }) => {
      const figures = liveOf.get(unit.code);
      return {
        ...unit,
        share: figures ? fraction({ numerator: figures.disbursed, denominator: figures.plan }) : null,
        averageGroup: figures?.averageGroup ?? null,
      };
    }),
    projects: grid.projects,
    sources: grid.sources,
    rows: grid.rows.map(({ provincePlan, pmPlan, cells, ...row }) => ({
      ...row,
      planProvinceDong: dongOrNull(provincePlan),
      planPmDong: dongOrNull(pmPlan),
      cells: cells.map(({ actual, estimate, ...cell }) => ({
        ...cell,
        actualDong: dongOrNull(actual),
        estimateDong: dongOrNull(estimate),
        treasuryDong: null,
      })),
    })),
    counting: live?.counting ?? null,
    averages:
      live?.averages.map(({ group, method, value, ratedUnits, pool, sumOfRates }) => ({
        group,
        method,
        value: fraction(value),
        ratedUnits,
        pool: pool && fraction({ numerator: pool.disbursed, denominator: pool.plan }),
        sumOfRates: sumOfRates && fraction(sumOfRates),
      })) ?? [],
    ...rest,
  };
}

export function outcomeView(
  { book, changedAt, problems, ...outcome }: StatedOutcome,
  language: Language,
): StatedOutcomeDto {
  return {
    ...outcome,
    bookDong: dongToJson(book),
    changedAt: changedAt?.toISOString() ?? null,
    problems: problems.map((problem) => worded(problem, language)),
  };
}

export function cellView({ values, entries, comments }: CellHistory): CellDetailDto {
  return {
    values: values.map(({ actual, ...value }) => ({ ...value, actualDong: dongOrNull(actual) })),
    entries: entries.map((entry) => ({
      id: entry.id,
      kind: entry.kind,
      basis: entry.basis,
      amountDong: dongToJson(entry.amount),
      documentNo: entry.documentNo,
      documentDate: entry.documentDate,
      reason: entry.reason,
      corrects: entry.corrects,
      recordedAt: entry.recordedAt.toISOString(),
      recordedBy: entry.recordedByName,
    })),
    comments: comments.map((comment) => ({ ...comment, recordedAt: comment.recordedAt.toISOString() })),
    treasuryDong: null,
  };
}

function dongOrNull(amount: Dong | null): number | null {
  return amount === null ? null : dongToJson(amount);
}

function fraction({ numerator, denominator }: Rational): FractionDto {
  return { numerator: numerator.toString(), denominator: denominator.toString() };
}
