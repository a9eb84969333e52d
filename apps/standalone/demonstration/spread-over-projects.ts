import type { Dong } from '#libs/kernel';
import type { PlanCell } from './plan-cells.js';
import type { SeededRandom } from './seeded-random.js';

const THOUSAND = 1_000n;

/** Smaller amounts than this are not worth a document unless the unit has nothing else in the month. */
const LEAST_PAYMENT = 50_000_000n;

/** A project's last 2 % wait for the final account (quyết toán). */
const PAYABLE_PERCENT = 98n;

export interface SpendingCell extends PlanCell {
  /** Plan in force at the end of the month that is being generated. */
  planNow: Dong;
  spent: Dong;
  advanceLeft: Dong;
}

/**
 * Shares what a unit pays out in a month over its projects, so that each comes nearer to its own pace. In about one
 * month of seven a project pays nothing and catches up later. The parts add up to `amount` exactly.
 */
export function spreadOverProjects(
  amount: Dong,
  cells: readonly SpendingCell[],
  random: SeededRandom,
): Map<SpendingCell, Dong> {
  const weightOf = (cell: SpendingCell): Dong => cell.planNow * BigInt(cell.pace);
  const weights = cells.reduce((sum, cell) => sum + weightOf(cell), 0n);
  const spentAfter = amount + cells.reduce((sum, { spent }) => sum + spent, 0n);
  const short = cells.map((cell) => ({ cell, lacks: (spentAfter * weightOf(cell)) / weights - cell.spent }));
  const payers = short.filter(({ lacks }) => lacks >= LEAST_PAYMENT && !random.chance(14));
  const total = payers.reduce((sum, { lacks }) => sum + lacks, 0n);

  const parts = new Map<SpendingCell, Dong>();
  let left = amount;
  const give = (cell: SpendingCell, wanted: Dong): void => {
    const most = [wanted, roomOf(cell) - (parts.get(cell) ?? 0n), left].reduce((a, b) => (b < a ? b : a));
    if (most <= 0n) return;
    parts.set(cell, (parts.get(cell) ?? 0n) + most);
    left -= most;
  };
  for (const { cell, lacks } of payers) give(cell, wholeThousands((amount * lacks) / total));
  // What rounding and full projects leave goes to those that already pay, then to whoever has room.
  for (const cell of [...parts.keys(), ...[...cells].sort((a, b) => (roomOf(b) > roomOf(a) ? 1 : -1))])
    give(cell, left);
  if (left > 0n) throw new Error(`no project of ${cells[0]?.unit} has room for ${left} đồng`);
  return parts;
}

export function wholeThousands(amount: Dong): Dong {
  return (amount / THOUSAND) * THOUSAND;
}

function roomOf({ planNow, spent }: SpendingCell): Dong {
  return wholeThousands((planNow * PAYABLE_PERCENT) / 100n) - spent;
}
