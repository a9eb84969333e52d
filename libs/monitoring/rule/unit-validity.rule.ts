import { byCodePoint, monthEnd } from '#libs/kernel';
import type { EvaluationInputs, RatedUnit } from './inputs.js';

/** domain.md §4 "rated": valid_from empty or ≤ month end, valid_to empty or ≥ month end. */
export function isValidAt(unit: Pick<RatedUnit, 'validFrom' | 'validTo'>, planYear: number, month: number): boolean {
  const end = monthEnd(planYear, month);
  return (unit.validFrom === '' || unit.validFrom <= end) && (unit.validTo === '' || unit.validTo >= end);
}

/**
 * The units that an evaluation up to `throughMonth` knows: those valid on at least one month end so far, in code
 * order. A valid_to after the last month end counts as open: what happens later must not change an old result.
 */
export function unitsInSight(units: readonly RatedUnit[], planYear: number, throughMonth: number): RatedUnit[] {
  const lastEnd = monthEnd(planYear, throughMonth);
  return units
    .filter((unit) => {
      for (let month = 1; month <= throughMonth; month++) if (isValidAt(unit, planYear, month)) return true;
      return false;
    })
    .map((unit) => (unit.validTo > lastEnd ? { ...unit, validTo: '' } : unit))
    .sort((a, b) => byCodePoint(a.code, b.code));
}

/** The same inputs in the one order and extent that is hashed, evaluated and frozen. */
export function normalisedInputs(inputs: EvaluationInputs, planYear: number, throughMonth: number): EvaluationInputs {
  const units = unitsInSight(inputs.units, planYear, throughMonth);
  const position = new Map(units.map((unit, i) => [unit.code, i]));
  const isSeen = ({ month, unit }: { month: number; unit: string }): boolean =>
    month >= 1 && month <= throughMonth && position.has(unit);

  const sums = new Map(inputs.sums.filter(isSeen).map((sum) => [cellKey(sum, units.length, position), sum]));
  const reports = new Map(
    (inputs.reports ?? [])
      .filter(isSeen)
      .map(({ month, unit }) => [cellKey({ month, unit }, units.length, position), { month, unit }]),
  );
  const everySum = Array.from({ length: throughMonth }, (_, i) => i + 1).flatMap((month) =>
    units.map(
      ({ code }) =>
        sums.get(cellKey({ month, unit: code }, units.length, position)) ?? {
          month,
          unit: code,
          plan: 0n,
          disbursed: 0n,
        },
    ),
  );
  return {
    units,
    sums: everySum,
    reports: inputs.reports === null ? null : [...reports].sort(([a], [b]) => a - b).map(([, report]) => report),
  };
}

function cellKey(
  cell: { month: number; unit: string },
  unitCount: number,
  position: ReadonlyMap<string, number>,
): number {
  return cell.month * unitCount + (position.get(cell.unit) as number);
}
