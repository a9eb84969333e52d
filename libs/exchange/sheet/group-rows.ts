import { isGrandTotal, isOrderingHeading, type Marker } from './row-kinds.js';
import { sumsBetween, type RunningSums, type SumPoint } from './running-sums.js';
import type { CellProblem } from './sheet.js';
import { plainSigns } from './title-facts.js';

/** Amounts of a group or total row by index of the sum; columns that are empty there are left out. */
export type StatedSums = ReadonlyMap<number, { column: number; dong: bigint }>;

type Level = Marker | 'number' | 'bare' | 'ordering';

export interface GroupInForce {
  states: Readonly<Record<string, string>>;
  /** Text of the innermost group that states nothing and is no mere heading: a name that nobody knows. */
  unclear: string | undefined;
}

interface Group {
  row: number;
  text: string;
  level: Level;
  states: Readonly<Record<string, string>>;
  from: SumPoint;
  stated: StatedSums;
}

/**
 * The group rows in force and the totals seen: what a group states holds for the lines below it until the next group of
 * its level; sums that groups and totals state are compared with their lines.
 */
export class GroupRows {
  private readonly open: Group[] = [];
  private current: GroupInForce = { states: {}, unclear: undefined };
  private readonly start: SumPoint;
  private sinceSubtotal: SumPoint;
  private readonly waiting: { row: number; text: string; stated: StatedSums; candidates: SumPoint[] }[] = [];
  readonly groups: { row: number; text: string; field: string | null; value: string | null }[] = [];
  readonly totals: { row: number; text: string; checked: boolean }[] = [];

  constructor(
    private readonly sums: RunningSums,
    private readonly problems: CellProblem[],
  ) {
    this.start = this.sinceSubtotal = sums.point();
  }

  /** What the groups in force state: field → value. */
  get inForce(): GroupInForce {
    return this.current;
  }

  group(
    row: number,
    text: string,
    marker: Marker | 'number' | undefined,
    states: Readonly<Record<string, string>>,
    stated: StatedSums,
  ): void {
    const said = Object.entries(states)[0];
    const level: Level = marker ?? (said ? 'bare' : isOrderingHeading(text) ? 'ordering' : 'bare');
    const same = this.open.findIndex((group) => group.level === level);
    if (same !== -1) this.close(same);
    this.open.push({ row, text, level, states, from: this.sums.point(), stated });
    this.merge();
    this.groups.push({ row, text, field: said?.[0] ?? null, value: said?.[1] ?? null });
  }

  total(row: number, text: string, stated: StatedSums): void {
    const now = this.sums.point();
    // A total of the whole table may stand above or below its lines: all of it is known at the end.
    const grand = isGrandTotal(text);
    const groups = this.open.map(({ from }) => from).reverse();
    const named = this.named(text);
    const candidates = named ? [named.from] : [...groups, this.sinceSubtotal, this.start];
    if (stated.size === 0) this.totals.push({ row, text, checked: false });
    else if (grand) this.waiting.push({ row, text, stated, candidates });
    else this.check(row, text, stated, candidates, now);
    // Above the table even 0 agrees with the nothing that was read so far.
    if (grand && stated.size > 0 && now.added > this.start.added && this.agrees(stated, candidates, now)) {
      this.waiting.pop();
      this.totals.push({ row, text, checked: true });
    }
    this.sinceSubtotal = now;
  }

  /** The end of the table: groups still open and totals of the whole are compared. */
  finish(): void {
    this.close(0);
    const end = this.sums.point();
    for (const { row, text, stated } of this.waiting) this.check(row, text, stated, [this.start], end);
    this.totals.sort((a, b) => a.row - b.row);
  }

  /** The open group that a total names: "Cộng I", "Cộng huyện Bình Gia". */
  private named(text: string): Group | undefined {
    const plain = plainSigns(text);
    return this.open.findLast((group) => plain.includes(plainSigns(group.text)) && group.text.length > 3);
  }

  private close(from: number): void {
    const now = this.sums.point();
    for (const group of this.open.splice(from).reverse())
      if (group.stated.size > 0) this.check(group.row, group.text, group.stated, [group.from], now);
    this.merge();
  }

  private merge(): void {
    this.current = {
      states: Object.assign({}, ...this.open.map(({ states }) => states)) as Record<string, string>,
      unclear: this.open.findLast(({ states, level }) => level !== 'ordering' && Object.keys(states).length === 0)
        ?.text,
    };
  }

  private agrees(stated: StatedSums, candidates: readonly SumPoint[], now: SumPoint): boolean {
    return candidates.some((from) => {
      const sums = sumsBetween(from, now);
      return sums !== undefined && [...stated].every(([sum, { dong }]) => sums[sum] === dong);
    });
  }

  /** Compares with the lines since each candidate, the nearest first; what agrees with none is a problem. */
  private check(row: number, text: string, stated: StatedSums, candidates: readonly SumPoint[], now: SumPoint): void {
    const known = candidates.map((from) => sumsBetween(from, now));
    const unread = known.some((sums) => sums === undefined);
    const agrees = this.agrees(stated, candidates, now);
    this.totals.push({ row, text, checked: agrees || !unread });
    if (agrees || unread) return;
    const nearest = known[0] as readonly bigint[];
    for (const [sum, { column, dong }] of stated)
      if (nearest[sum] !== dong)
        this.problems.push({
          row,
          column,
          code: 'total-mismatch',
          facts: { name: text, stated: dong.toString(), summed: (nearest[sum] as bigint).toString() },
        });
  }
}
