import type { Cell, Overview, OverviewUnit } from '../client/types';
import { heatStepOfRates, type HeatStep } from '../format/heat-step';
import { differenceInTenThousandths, type Rate } from '../format/rate';
import { stepOf } from '../frame/HeatCell';

export type RatesShown = 'cumulative' | 'own';

type Average = Overview['averages'][number];

export interface RowGroup {
  kind: 'below' | 'above' | 'missing' | 'not-rated';
  units: OverviewUnit[];
}

/** The server's order (gap, then rate) is kept; the groups only put labelled breaks into it. */
export function groupRows(units: OverviewUnit[]): RowGroup[] {
  const kindOf = { below: 'below', 'at-or-above': 'above', missing: 'missing', 'not-rated': 'not-rated' } as const;
  return (['below', 'above', 'missing', 'not-rated'] as const)
    .map((kind) => ({ kind, units: units.filter((unit) => kindOf[unit.status] === kind) }))
    .filter((group) => group.units.length > 0);
}

/** One row for the province, or one for each group where the policy compares within groups. */
export function averageGroups(averages: Average[]): string[] {
  return [...new Set(averages.map((average) => average.group))];
}

export function averageOf(averages: Average[], month: number, group: string): Average | undefined {
  return averages.find((average) => average.month === month && (average.group === group || average.group === '*'));
}

export interface ShownCell {
  status: Cell['status'];
  rate: Rate | null;
  below: boolean;
  step: HeatStep | null;
  /** The foot line: only with cumulative rates, which are what months running are counted on. */
  run: boolean;
}

const BLANK: ShownCell = { status: 'not-rated', rate: null, below: false, step: null, run: false };

export function shownCell(cell: Cell | undefined, average: Average | undefined, rates: RatesShown): ShownCell {
  if (cell === undefined) return BLANK;
  if (rates === 'cumulative') {
    return {
      status: cell.status,
      rate: cell.rate,
      below: cell.status === 'below',
      step: stepOf(cell),
      run: cell.flagged,
    };
  }
  const own = cell.ownRate;
  const ownAverage = average?.ownRate ?? null;
  if (own === null || ownAverage === null || cell.status === 'missing' || cell.status === 'not-rated') {
    return { status: cell.status, rate: own, below: false, step: null, run: false };
  }
  const below = differenceInTenThousandths(own, ownAverage) < 0n;
  return { status: cell.status, rate: own, below, step: heatStepOfRates(own, ownAverage), run: false };
}
