import type { CellReader, OnProblem } from './cell-reader.js';
import type { GroupInForce } from './group-rows.js';
import type { RunningSums } from './running-sums.js';
import type { AmountUnit, CanonicalRow, CellProblem, FieldSpec, FieldType, KindSpec, SheetRow } from './sheet.js';
import { columnLetters } from './sheet-rows.js';
import type { TableLayout } from './table-layout.js';

interface Slot {
  field: FieldSpec;
  name: string;
  /** -1: the file has no such column. */
  column: number;
  unit: AmountUnit;
  /** Columns of names that it is looked up from. */
  lookups: readonly number[];
  /** What stands where row and group say nothing. */
  fallback: string;
  required: boolean;
  /** Index among the sums; -1: no amount. */
  sum: number;
}

interface AmountSlot {
  column: number;
  unit: AmountUnit;
  states: readonly (readonly [field: string, value: string])[];
  sum: number;
  columns: Readonly<Record<string, number>>;
}

/** Turns a line of the table into canonical rows; a line with one wrong cell gives none. */
export class LineReader {
  private readonly slots: Slot[] = [];
  private readonly amounts: AmountSlot[];
  private readonly amountField: FieldSpec | undefined;
  private readonly totals: readonly { column: number; unit: AmountUnit; of: ReadonlySet<number> }[];
  private readonly template: Record<string, string> = {};
  private readonly columns: Record<string, number> = {};
  /** Column → index of its sum, for the rows of groups and totals. */
  readonly sumOf = new Map<number, { sum: number; unit: AmountUnit }>();
  /** Lines with a problem, as far as they were understood; whoever takes the rows takes these too. */
  refused: CanonicalRow[] = [];
  /** Values already read, of fields that repeat a few: half a million rows have thirteen months. */
  private readonly seen = new Map<FieldSpec, Map<string, string>>();
  private row = 0;
  private at = 0;
  private field = '';
  private problems: CellProblem[] = [];
  private readonly tell: OnProblem = (code, facts) =>
    this.problems.push({ row: this.row, column: this.at, code, facts: { ...facts, field: this.field } });

  constructor(
    spec: KindSpec,
    layout: TableLayout,
    private readonly reader: CellReader,
    fallbacks: Readonly<Record<string, string>>,
  ) {
    this.amountField = spec.fields.find(({ name }) => name === spec.wide?.amount);
    for (const field of spec.fields) {
      this.template[field.name] = '';
      if (REPEATING.has(field.type)) this.seen.set(field, new Map());
      if (field === this.amountField) continue;
      const own = layout.fields.find((one) => one.field === field);
      const lookups = layout.lookups.filter((one) => one.target === field).map(({ column }) => column);
      const column = own?.column ?? -1;
      if (column >= 0 || lookups.length > 0) this.columns[field.name] = column >= 0 ? column : (lookups[0] as number);
      this.slots.push({
        field,
        name: field.name,
        column,
        unit: own?.unit ?? 'dong',
        lookups,
        fallback: fallbacks[field.name] ?? '',
        required: field.required && !statedByAll(layout, field.name),
        sum: field.type === 'amount' && column >= 0 ? this.sumFor(column, own?.unit ?? 'dong') : -1,
      });
    }
    const name = this.amountField?.name ?? '';
    this.amounts = layout.amounts.map(({ column, unit, states }) => ({
      column,
      unit,
      // A period in the heading says nothing new where every row has its own.
      states: Object.entries(states).filter(([field]) => !(PERIOD.has(field) && this.columns[field] !== undefined)),
      sum: this.sumFor(column, unit),
      columns: { ...this.columns, [name]: column },
    }));
    this.totals = layout.totals.map(({ column, unit, of }) => ({ column, unit, of: new Set(of) }));
    for (const { column, unit } of layout.totals) if (!this.sumOf.has(column)) this.sumFor(column, unit);
  }

  get sums(): number {
    return this.sumOf.size;
  }

  private sumFor(column: number, unit: AmountUnit): number {
    const sum = this.sumOf.size;
    this.sumOf.set(column, { sum, unit });
    return sum;
  }

  /** Whether every cell that a line must fill is filled: then it is one, and no title, group or total. */
  isComplete({ cells }: SheetRow): boolean {
    for (const { required, column, lookups } of this.slots)
      if (required && (column >= 0 || lookups.length > 0)) {
        if ((cells[column] ?? '') === '' && lookups.every((lookup) => (cells[lookup] ?? '') === '')) return false;
      }
    return this.amounts.length === 0 || this.amounts.some(({ column }) => beginsLikeFigure(cells[column] ?? ''));
  }

  /**
   * Adds the canonical rows of a line, its problems, and its amounts to the sums. False: it has no amount at all.
   * `group`: what the group rows above it state, and the last of them that states nothing.
   */
  read(line: SheetRow, group: GroupInForce, sums: RunningSums, rows: CanonicalRow[], problems: CellProblem[]): boolean {
    const before = problems.length;
    this.row = line.row;
    this.problems = problems;
    const values = { ...this.template };
    for (const slot of this.slots) {
      const value = this.slotValue(slot, line, group.states);
      if (value === undefined) continue;
      if (value === '' && slot.required) this.miss(slot, group.unclear);
      if (slot.sum >= 0 && value !== '') sums.add(slot.sum, value);
      values[slot.name] = value;
    }
    const said = this.amountField ? this.readAmounts(line, values, sums, rows, before) : true;
    if (!this.amountField && problems.length === before) rows.push({ row: line.row, values, columns: this.columns });
    if (problems.length > before) this.refuse(line, values);
    if (problems.length > before && problems.slice(before).some(({ code }) => AMOUNT_UNREAD.test(code))) sums.miss();
    return said;
  }

  /** What a wrong line speaks of: a total short of it would be a wrong total. */
  private refuse({ row, cells }: SheetRow, values: Record<string, string>): void {
    if (!this.amountField) this.refused.push({ row, values, columns: this.columns });
    for (const { column, states, columns } of this.amounts)
      if (this.amounts.length === 1 || (cells[column] ?? '') !== '')
        this.refused.push({ row, values: { ...values, ...Object.fromEntries(states) }, columns });
  }

  private slotValue(
    slot: Slot,
    { cells, forms }: SheetRow,
    group: Readonly<Record<string, string>>,
  ): string | undefined {
    if (slot.column >= 0) {
      const value = this.cell(slot.field, slot.column, cells[slot.column] ?? '', forms?.[slot.column] ?? 0, slot.unit);
      if (value !== '') return value;
    }
    for (const column of slot.lookups) {
      const value = this.cell(slot.field, column, cells[column] ?? '', forms?.[column] ?? 0, slot.unit);
      if (value !== '') return value;
    }
    return group[slot.name] ?? slot.fallback;
  }

  private cell(field: FieldSpec, column: number, text: string, form: number, unit: AmountUnit): string | undefined {
    if (text === '' && form === 0) return '';
    const seen = form === 0 ? this.seen.get(field) : undefined;
    const before = seen?.get(text);
    if (before !== undefined) return before;
    this.at = column;
    this.field = field.name;
    const value = this.reader.read(field, text, form, unit, this.tell);
    if (value !== undefined && seen && seen.size < MAX_SEEN) seen.set(text, value);
    return value;
  }

  private miss({ name, column, lookups }: Slot, under: string | undefined): void {
    const at = column >= 0 ? column : (lookups[0] ?? null);
    this.problems.push({
      row: this.row,
      column: at,
      code: 'value-missing',
      facts: at === null && under ? { field: name, under } : { field: name },
    });
  }

  private readAmounts(
    line: SheetRow,
    values: Record<string, string>,
    sums: RunningSums,
    rows: CanonicalRow[],
    before: number,
  ): boolean {
    const field = this.amountField as FieldSpec;
    const found: { slot: AmountSlot; dong: string }[] = [];
    for (const slot of this.amounts) {
      const { column, unit } = slot;
      const dong = this.cell(field, column, line.cells[column] ?? '', line.forms?.[column] ?? 0, unit);
      if (dong === undefined || dong === '') continue;
      sums.add(slot.sum, dong);
      found.push({ slot, dong });
    }
    const only = this.amounts.length === 1 ? (this.amounts[0] as AmountSlot).column : -1;
    if (only >= 0 && (line.cells[only] ?? '') === '' && (line.forms?.[only] ?? 0) === 0)
      this.problems.push({
        row: line.row,
        column: only,
        code: 'value-missing',
        facts: { field: field.name },
      });
    if (this.totals.length > 0) this.checkTotals(line, found, sums);
    if (this.problems.length === before)
      for (const { slot, dong } of found) {
        const own = this.amounts.length === 1 ? values : { ...values };
        for (const [name, value] of slot.states) own[name] = value;
        own[field.name] = dong;
        rows.push({ row: line.row, values: own, columns: slot.columns });
      }
    return found.length > 0 || this.problems.length > before;
  }

  private checkTotals(line: SheetRow, found: readonly { slot: AmountSlot; dong: string }[], sums: RunningSums): void {
    for (const { column, unit, of } of this.totals) {
      const text = line.cells[column] ?? '';
      if (text === '') continue;
      const total = this.cell(this.amountField as FieldSpec, column, text, line.forms?.[column] ?? 0, unit);
      if (total === undefined) continue;
      sums.add(this.sumOf.get(column)?.sum ?? 0, total);
      const sum = found.reduce((all, { slot, dong }) => (of.has(slot.column) ? all + BigInt(dong) : all), 0n);
      if (sum !== BigInt(total))
        this.problems.push({
          row: line.row,
          column,
          code: 'total-column-mismatch',
          facts: { stated: total, summed: sum.toString(), columns: [...of].map(columnLetters).join(', ') },
        });
    }
  }
}

/** A digit, a sign or a bracket: words under an amount belong to who signs. */
function beginsLikeFigure(text: string): boolean {
  const code = text.charCodeAt(0);
  return (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x28 || code === 0x2212;
}

const REPEATING: ReadonlySet<FieldType> = new Set(['code', 'date', 'month', 'year', 'flag', 'choice']);
const MAX_SEEN = 20_000;

const PERIOD = new Set(['plan_year', 'month']);
/** Problems after which a line's amounts are not in the sums. */
const AMOUNT_UNREAD = /^(?:amount-|formula-|cell-error|cells-merged|quote-)/;

function statedByAll(layout: TableLayout, field: string): boolean {
  return layout.amounts.length > 0 && layout.amounts.every(({ states }) => states[field] !== undefined);
}
