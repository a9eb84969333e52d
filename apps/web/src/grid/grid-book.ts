import type { CellPlace, GridData, GridUnit } from './grid-types';
import type { UnitChange } from './live-rate';

export const MONTHS = 13;

/**
 * waiting: goes out with the next save · saving: under way · offline: no answer came, goes out again · invalid: not
 * an amount · reason: falls and needs a reason · refused, conflict: the server said so. Whatever it is, it stays.
 */
export type EditState = 'waiting' | 'saving' | 'offline' | 'invalid' | 'reason' | 'refused' | 'conflict';

export interface Edit {
  text: string;
  /** đồng; null while the text is not an amount. */
  amount: bigint | null;
  /** What the books showed when it was typed, đồng. */
  expected: bigint;
  state: EditState;
  sentence: string;
  reason: string;
  lowering: 'correction' | 'refund';
  documentNo: string;
  /** Of a conflict: who changed the cell meanwhile, and when. */
  changedBy: string | null;
  changedAt: string | null;
}

export interface BookRow {
  key: string;
  unitCode: string;
  projectCode: string | null;
  projectName: string;
  sourceCode: string;
  sourceName: string;
  carriedOver: boolean;
  group: number;
  unit: number;
  planProvince: bigint | null;
  planPm: bigint | null;
  /** By month 1..13; null: nothing booked. */
  actual: (bigint | null)[];
  estimate: (bigint | null)[];
  treasury: (bigint | null)[];
  comments: number[];
}

/** Sums of what is shown, by month; a project of a unit, or a unit. */
export interface Sums {
  name: string;
  months: bigint[];
  /** How many cells of the month hold something: a sum of nothing is not zero. */
  filled: number[];
  planProvince: bigint | null;
  planPm: bigint | null;
}

export interface UnitSums extends Sums {
  data: GridUnit;
  /** Typed beyond what counted when the average was read, by month; đồng. */
  delta: bigint[];
}

/**
 * What the screen shows: the books as last read, and over them what was typed and is not booked yet. Sums move by
 * the difference of each change, so that typing costs the same in 20 rows and in 2,000.
 */
export class GridBook {
  rows: BookRow[] = [];
  groups: Sums[] = [];
  units: UnitSums[] = [];
  total: Sums = emptySums('');
  readonly edits = new Map<string, Edit>();
  /** Cells booked a moment ago. */
  readonly saved = new Set<string>();
  data: GridData;
  private rowOf = new Map<string, number>();
  private readonly listeners = new Set<() => void>();
  version = 0;

  constructor(data: GridData) {
    this.data = data;
    this.load(data);
  }

  /** Takes newly read books; what was typed stays over them. */
  rebase(data: GridData): void {
    this.data = data;
    this.load(data);
    for (const [key, edit] of this.edits) this.addDifference(key, edit, 1n);
    this.changed();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  changed(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }

  key({ row, month }: CellPlace): string {
    return `${month} ${this.rows[row]?.key ?? ''}`;
  }

  /** Undefined for a row that this page of the grid does not have. */
  placeOf(key: string): CellPlace | undefined {
    const space = key.indexOf(' ');
    const row = this.rowOf.get(key.slice(space + 1));
    return row === undefined ? undefined : { row, month: Number(key.slice(0, space)) };
  }

  edit(place: CellPlace): Edit | undefined {
    return this.edits.get(this.key(place));
  }

  /** What the books hold, đồng; 0 without an entry. */
  booked({ row, month }: CellPlace): bigint {
    return this.rows[row]?.actual[month] ?? 0n;
  }

  /** What the cell shows: typed if it can be read, else booked; null for an empty cell. */
  shown(place: CellPlace): bigint | null {
    return this.edit(place)?.amount ?? this.rows[place.row]?.actual[place.month] ?? null;
  }

  isOpen(month: number): boolean {
    return this.data.months.some(({ number, state }) => number === month && state !== 'closed');
  }

  mayType({ row, month }: CellPlace): boolean {
    return this.isOpen(month) && this.rows[row]?.projectCode != null;
  }

  /** Puts an edit over a cell, or takes it away. The caller tells `changed` once for all of them. */
  put(place: CellPlace, edit: Edit | undefined): void {
    const key = this.key(place);
    const before = this.edits.get(key);
    if (before) this.addDifference(key, before, -1n);
    if (edit) {
      this.edits.set(key, edit);
      this.addDifference(key, edit, 1n);
    } else this.edits.delete(key);
  }

  /** The books hold this now. */
  book(place: CellPlace, amount: bigint): void {
    const row = this.rows[place.row];
    if (!row) return;
    const edit = this.edit(place);
    if (edit) this.addDifference(this.key(place), edit, -1n);
    this.add(place, amount - (row.actual[place.month] ?? 0n));
    if (amount !== 0n) this.replaceEstimate(place, 1n);
    if (amount !== 0n && row.actual[place.month] === null) this.fill(place, 1);
    if (amount !== 0n || row.actual[place.month] !== null) row.actual[place.month] = amount;
    if (edit) this.addDifference(this.key(place), edit, 1n);
  }

  /** What was typed of a unit up to the month that its rate is shown for. */
  changeOf(unit: UnitSums): UnitChange {
    const { share } = unit.data;
    let delta = 0n;
    for (let month = 1; month <= this.data.month; month++) delta += unit.delta[month] ?? 0n;
    return { plan: BigInt(share?.denominator ?? 0), disbursed: BigInt(share?.numerator ?? 0), delta };
  }

  private addDifference(key: string, edit: Edit, sign: bigint): void {
    const place = this.placeOf(key);
    if (!place || edit.amount === null) return;
    this.add(place, sign * (edit.amount - this.booked(place)));
    if (this.rows[place.row]?.actual[place.month] === null) this.fill(place, Number(sign));
    if (edit.amount !== 0n) this.replaceEstimate(place, sign);
  }

  private fill({ row: index, month }: CellPlace, cells: number): void {
    const row = this.rows[index];
    if (!row || !this.isSummed(row)) return;
    for (const sums of [this.groups[row.group], this.units[row.unit], this.total])
      if (sums) sums.filled[month] = (sums.filled[month] ?? 0) + cells;
  }

  /** An estimate that counted gives way to the first actual figure of its cell. */
  private replaceEstimate({ row: index, month }: CellPlace, sign: bigint): void {
    const row = this.rows[index];
    const estimate = row?.actual[month] === null ? (row.estimate[month] ?? 0n) : 0n;
    const unit = row && this.units[row.unit];
    if (row && unit && this.data.counting?.includeEstimates && this.counts(row))
      unit.delta[month] = (unit.delta[month] ?? 0n) - sign * estimate;
  }

  private add({ row: index, month }: CellPlace, amount: bigint): void {
    const row = this.rows[index];
    if (!row || amount === 0n) return;
    const unit = this.units[row.unit];
    if (this.isSummed(row))
      for (const sums of [this.groups[row.group], unit, this.total])
        if (sums) sums.months[month] = (sums.months[month] ?? 0n) + amount;
    if (unit && this.counts(row)) unit.delta[month] = (unit.delta[month] ?? 0n) + amount;
  }

  /** Capital carried over is a series of its own, never mixed into sums unless the policy counts it. */
  isSummed({ carriedOver }: BookRow): boolean {
    return !carriedOver || this.data.counting?.includeCarriedOver === true;
  }

  /** Whether the row's money counts towards the rate (domain.md §4: carried-over and excluded projects do not). */
  private counts(row: BookRow): boolean {
    const { counting } = this.data;
    if (!counting) return false;
    return this.isSummed(row) && !counting.excludeProjects.includes(row.projectCode ?? '');
  }

  private load(data: GridData): void {
    const projects = new Map(data.projects.map(({ code, name }) => [code, name]));
    const sources = new Map(data.sources.map(({ code, name }) => [code, name]));
    const unitAt = new Map(data.units.map(({ code }, i) => [code, i]));
    this.units = data.units.map((unit) => ({ ...emptySums(unit.name), data: unit, delta: zeros() }));
    this.groups = [];
    this.total = emptySums('');
    const groupAt = new Map<string, number>();
    this.rows = data.rows.map((row) => {
      const groupKey = JSON.stringify([row.unitCode, row.projectCode]);
      const name = row.projectCode === null ? '' : (projects.get(row.projectCode) ?? row.projectCode);
      let group = groupAt.get(groupKey);
      if (group === undefined) {
        groupAt.set(groupKey, (group = this.groups.length));
        this.groups.push(emptySums(name));
      }
      const read: BookRow = {
        key: JSON.stringify([row.unitCode, row.projectCode, row.sourceCode, row.carriedOver]),
        unitCode: row.unitCode,
        projectCode: row.projectCode,
        projectName: name,
        sourceCode: row.sourceCode,
        sourceName: sources.get(row.sourceCode) ?? row.sourceCode,
        carriedOver: row.carriedOver,
        group,
        unit: unitAt.get(row.unitCode) ?? 0,
        planProvince: dongOrNull(row.planProvinceDong),
        planPm: dongOrNull(row.planPmDong),
        actual: nothing(),
        estimate: nothing(),
        treasury: nothing(),
        comments: Array.from({ length: MONTHS + 1 }, () => 0),
      };
      for (const cell of row.cells) {
        read.actual[cell.month] = dongOrNull(cell.actualDong);
        read.estimate[cell.month] = dongOrNull(cell.estimateDong);
        read.treasury[cell.month] = dongOrNull(cell.treasuryDong);
        read.comments[cell.month] = cell.comments;
      }
      if (this.isSummed(read))
        for (const sums of [this.groups[group], this.units[read.unit], this.total]) if (sums) addRow(sums, read);
      return read;
    });
    this.rowOf = new Map(this.rows.map(({ key }, i) => [key, i]));
  }
}

function addRow(sums: Sums, row: BookRow): void {
  for (let month = 1; month <= MONTHS; month++) {
    const amount = row.actual[month];
    if (amount == null) continue;
    sums.months[month] = (sums.months[month] ?? 0n) + amount;
    sums.filled[month] = (sums.filled[month] ?? 0) + 1;
  }
  if (row.planProvince !== null) sums.planProvince = (sums.planProvince ?? 0n) + row.planProvince;
  if (row.planPm !== null) sums.planPm = (sums.planPm ?? 0n) + row.planPm;
}

function emptySums(name: string): Sums {
  return { name, months: zeros(), filled: zeros().map(Number), planProvince: null, planPm: null };
}

const zeros = (): bigint[] => Array.from({ length: MONTHS + 1 }, () => 0n);
const nothing = (): null[] => Array.from({ length: MONTHS + 1 }, () => null);

function dongOrNull(amount: number | null): bigint | null {
  return amount === null ? null : BigInt(amount);
}
