import type { Dong } from '#libs/kernel';
import type { Entry } from './demonstration.js';
import { portions } from './plan-cells.js';
import { seededRandom, type SeededRandom } from './seeded-random.js';
import { spreadOverProjects, wholeThousands, type SpendingCell } from './spread-over-projects.js';
import { isLate, type UnitTarget } from './unit-targets.js';

/** An entry before its document is numbered; entries of one `document` share number and date. */
export interface UnnumberedEntry extends Omit<Entry, 'documentNo'> {
  document: string;
}

/** Chosen by hand, all made up. */
const REFUND = {
  unit: 'SO-YTE',
  month: 7,
  amount: 2_640_000_000n,
  reason: 'Nhà thầu hoàn trả phần thanh toán vượt khối lượng nghiệm thu (minh hoạ)',
};
const ESTIMATE = {
  unit: 'SO-CT',
  month: 9,
  amount: 650_000_000n,
  reason: 'Ước thực hiện đến 30/9, chưa có chứng từ Kho bạc (minh hoạ)',
};

/** Above each of these a month's payments of one project and source come in one document more (đồng). */
const DOCUMENT_STEPS = [2_500_000_000n, 8_000_000_000n, 30_000_000_000n];

const LEAST_ADVANCE = 400_000_000n;

/**
 * What one unit books in one month, so that its cumulative disbursement meets the target rate of the plan in force.
 * Changes `spent` and `advanceLeft` of the cells.
 */
export function unitEntries(
  target: UnitTarget,
  month: number,
  cells: readonly SpendingCell[],
  workingDays: readonly string[],
): UnnumberedEntry[] {
  if (isLate(target.code, month)) return [];
  const random = seededRandom(`entries ${target.code} ${month}`);
  const writer = new MonthWriter(month, workingDays, random);
  let toPay = cumulativeTarget(target, month, cells, random) - cells.reduce((sum, { spent }) => sum + spent, 0n);

  if (target.code === REFUND.unit && month === REFUND.month) {
    const refunding = cells.reduce((a, b) => (b.spent > a.spent ? b : a));
    writer.write(refunding, 'refund', -REFUND.amount, REFUND.reason);
    toPay += REFUND.amount;
  }
  let paying = cells;
  if (target.code === ESTIMATE.unit && month === ESTIMATE.month) {
    const estimated = cells.at(-1) as SpendingCell;
    writer.writeEstimate(estimated, ESTIMATE.amount, ESTIMATE.reason);
    paying = cells.filter((cell) => cell !== estimated);
  }
  if (toPay <= 0n) throw new Error(`${target.code} would pay ${toPay} đồng in month ${month}`);
  // Recoveries first: an advance of this month may bear a later date than they do.
  for (const cell of paying) writer.recoverAdvance(cell);
  for (const [cell, amount] of spreadOverProjects(toPay, paying, random)) writer.pay(cell, amount);
  return writer.entries;
}

/** A few payments of the open month, up to the business day. */
export function openMonthEntries(cells: readonly SpendingCell[], workingDays: readonly string[]): UnnumberedEntry[] {
  const unit = cells[0]?.unit ?? '';
  const random = seededRandom(`entries ${unit} 10`);
  const writer = new MonthWriter(10, workingDays, random);
  const cell = cells[random.below(cells.length)] as SpendingCell;
  const amount = wholeThousands((cell.planNow * BigInt(random.between(30, 90))) / 10_000n);
  if (random.chance(70) && cell.spent + amount <= cell.planNow) writer.pay(cell, amount);
  return writer.entries;
}

/** Rate in 1/10 000 with up to 4/10 000 of noise, of the plan in force; whole thousands of đồng. */
function cumulativeTarget(
  target: UnitTarget,
  month: number,
  cells: readonly SpendingCell[],
  random: SeededRandom,
): Dong {
  const rate = (target.rates[month - 1] as number) * 10 + random.between(-4, 4);
  const plan = cells.reduce((sum, { planNow }) => sum + planNow, 0n);
  return wholeThousands((plan * BigInt(rate)) / 10_000n);
}

class MonthWriter {
  readonly entries: UnnumberedEntry[] = [];
  private documents = 0;

  constructor(
    private readonly month: number,
    private readonly workingDays: readonly string[],
    private readonly random: SeededRandom,
  ) {}

  /** The amount in one to four documents; early in the year often an advance first. */
  pay(cell: SpendingCell, amount: Dong): void {
    const documents = 1 + DOCUMENT_STEPS.filter((step) => amount > step).length;
    const weights = Array.from({ length: documents }, () => BigInt(this.random.between(50, 150)));
    portions(amount, weights, 1_000n).forEach((part, i) => {
      const isAdvance = i === 0 && part >= LEAST_ADVANCE && this.random.chance(this.month <= 3 ? 60 : 12);
      this.write(cell, isAdvance ? 'advance' : 'payment', part, null);
      if (isAdvance) cell.advanceLeft += part;
    });
  }

  /** Completed volume set off against an advance: payment +x and recovery −x in one document, together neutral. */
  recoverAdvance(cell: SpendingCell): void {
    if (this.month < 3 || cell.advanceLeft === 0n || !this.random.chance(38)) return;
    const portion = wholeThousands((cell.advanceLeft * BigInt(this.random.between(30, 65))) / 100n);
    const recovered = cell.advanceLeft < LEAST_ADVANCE ? cell.advanceLeft : portion;
    cell.advanceLeft -= recovered;
    this.write(cell, 'payment', recovered, null);
    const payment = this.entries.at(-1) as UnnumberedEntry;
    this.entries.push({ ...payment, kind: 'advance-recovery', amount: -recovered });
    cell.spent -= recovered;
  }

  write(cell: SpendingCell, kind: Entry['kind'], amount: Dong, reason: string | null): void {
    cell.spent += amount;
    this.add(cell, { kind, amount, reason, basis: 'actual', documentDate: this.documentDate() });
  }

  /** An estimate is not money spent: it leaves the cell as it is. */
  writeEstimate(cell: SpendingCell, amount: Dong, reason: string): void {
    const documentDate = this.workingDays.at(-1) as string;
    this.add(cell, { kind: 'payment', amount, reason, basis: 'estimate', documentDate });
  }

  private add(
    { unit, project, source }: SpendingCell,
    entry: Pick<Entry, 'kind' | 'amount' | 'reason' | 'basis' | 'documentDate'>,
  ): void {
    const document = `${unit} ${++this.documents}`;
    this.entries.push({ unit, project, source, carriedOver: false, document, ...entry });
  }

  /** Payments crowd towards the end of the month: the later of two draws. */
  private documentDate(): string {
    const last = this.workingDays.length;
    return this.workingDays[Math.max(this.random.below(last), this.random.below(last))] as string;
  }
}
