import { ColumnRoles, type ColumnRole } from './column-roles.js';
import type { CellProblemCode } from './errors.js';
import { findHeader, type FoundHeader } from './find-header.js';
import type { NameLists } from './name-lists.js';
import { statedByTitles, type Stated } from './stated-by-titles.js';
import { mappedHeader, mappingAgain } from './mapped-header.js';
import type {
  AmountUnit,
  CellProblem,
  ColumnReading,
  FieldSpec,
  KindSpec,
  LookupSpec,
  MergedRange,
  ReadingChoices,
  SheetRow,
} from './sheet.js';
import { columnLetters } from './sheet-rows.js';
import { unitInHeading, titleFacts, unitInTitle } from './title-facts.js';

/** A column of one of several amounts, and what its heading states of every amount in it. */
export interface AmountColumn {
  column: number;
  states: Readonly<Record<string, string>>;
  /** Its heading's own, else the table's. */
  unit: AmountUnit;
}

export interface TableLayout {
  header: FoundHeader;
  fields: { field: FieldSpec; column: number; unit: AmountUnit }[];
  lookups: { lookup: LookupSpec; target: FieldSpec; column: number }[];
  amounts: AmountColumn[];
  /** Sums across a row, and the columns they are of. */
  totals: { column: number; unit: AmountUnit; of: readonly number[] }[];
  /** Column of the numbering (STT), by whose sort group rows are told; -1: none. */
  numbering: number;
  columns: ColumnReading[];
  unknown: { column: number; title: string }[];
  passedOver: { column: number; title: string }[];
  unit: AmountUnit;
  unitStatedAt: { row: number; column: number; text: string } | null;
  /** Values that titles above the table state for every row. */
  stated: readonly Stated[];
  cumulative: boolean;
  problems: CellProblem[];
}

const NUMBERING = new Set(['stt', 'tt', 'sott', 'sothutu']);

/** Finds header, columns and unit in the first rows of a sheet; undefined: no header. Problems name what is missing. */
export function layoutOf(
  rows: readonly SheetRow[],
  merges: readonly MergedRange[],
  spec: KindSpec,
  choices: ReadingChoices,
  lists: NameLists,
): TableLayout | undefined {
  const found = findHeader(rows, merges, new ColumnRoles(spec, lists));
  const again = mappingAgain(found, rows, choices.remembered);
  const mapping = again || choices.mapping ? { ...again, ...choices.mapping } : undefined;
  const header = found ?? (mapping ? mappedHeader(rows, mapping, again && choices.remembered) : undefined);
  if (!header) return undefined;
  return new LayoutBuilder(header, rows, spec, mapping ? { ...choices, mapping } : choices, lists).build();
}

class LayoutBuilder {
  private readonly layout: TableLayout;
  private readonly taken = new Map<string, { column: number; rank: number }>();
  private readonly parents = new Map<number, string>();
  private readonly totalParents: { column: number; parent: string }[] = [];

  constructor(
    private readonly header: FoundHeader,
    private readonly rows: readonly SheetRow[],
    private readonly spec: KindSpec,
    private readonly choices: ReadingChoices,
    lists: NameLists,
  ) {
    this.layout = {
      header,
      fields: [],
      lookups: [],
      amounts: [],
      totals: [],
      numbering: header.paths.findIndex((path) => NUMBERING.has(titleFacts(path.at(-1) ?? '').base)),
      columns: [],
      unknown: [],
      passedOver: [],
      unit: 'dong',
      unitStatedAt: null,
      stated: statedByTitles(rows, header.first, spec, lists),
      cumulative: false,
      problems: [],
    };
  }

  build(): TableLayout {
    this.header.paths.forEach((path, column) => this.place(column, path, this.roleOf(column)));
    this.settleTotals();
    this.settleUnits();
    return this.layout;
  }

  private problem(column: number | null, code: CellProblemCode, facts: CellProblem['facts']): void {
    this.layout.problems.push({ row: this.header.last, column, code, facts });
  }

  private roleOf(column: number): ColumnRole {
    const mapped = this.choices.mapping?.[column];
    if (mapped === undefined) return this.header.roles[column] as ColumnRole;
    if (mapped === '') return { role: 'passed-over' };
    const [name = '', ...stated] = mapped.split(';');
    const field = this.spec.fields.find((one) => one.name === name);
    if (field && (field.name === this.spec.wide?.amount || stated.length > 0)) {
      const states = Object.fromEntries(stated.map((one) => one.split('=', 2) as [string, string]));
      const known = Object.keys(states).every((key) => this.spec.fields.some((one) => one.name === key));
      if (known && field.name === this.spec.wide?.amount)
        return { role: 'amount', states, parent: '', cumulative: false };
    } else if (field) return { role: 'field', field, rank: -1 };
    const lookup = this.spec.lookups.find((one) => one.name === name);
    if (lookup) return { role: 'lookup', lookup, rank: -1 };
    this.problem(column, 'mapping-unknown', { mapping: mapped });
    return { role: 'unknown' };
  }

  private place(column: number, path: readonly string[], role: ColumnRole): void {
    const title = path.join(' / ');
    const unit = 'dong';
    switch (role.role) {
      case 'field':
        if (!this.take(role.field.name, column, role.rank, title)) return;
        this.layout.fields.push({ field: role.field, column, unit });
        break;
      case 'lookup': {
        if (!this.take(role.lookup.name, column, role.rank, title)) return;
        const target = this.spec.fields.find((field) => field.name === role.lookup.field) as FieldSpec;
        this.layout.lookups.push({ lookup: role.lookup, target, column });
        break;
      }
      case 'amount': {
        const key = `${this.spec.wide?.amount};${JSON.stringify(Object.entries(role.states).sort())}`;
        // A figure since the start of the year beside the month's own is for reading only.
        if (role.cumulative && this.layoutHasMonthly()) {
          this.layout.passedOver.push({ column, title });
          return;
        }
        if (!this.take(key, column, 0, title)) return;
        if (role.cumulative) this.layout.cumulative = true;
        this.parents.set(column, role.parent);
        this.layout.amounts.push({ column, states: role.states, unit });
        break;
      }
      case 'total':
        this.totalParents.push({ column, parent: role.parent });
        return;
      case 'unclear':
        this.problem(column, 'column-not-understood', { title, part: role.part });
        this.layout.unknown.push({ column, title });
        return;
      case 'passed-over':
        this.layout.passedOver.push({ column, title });
        return;
      case 'unknown':
        if (title !== '' && column !== this.layout.numbering) this.layout.unknown.push({ column, title });
        return;
    }
    this.layout.columns.push({
      column,
      title,
      field:
        role.role === 'field'
          ? role.field.name
          : role.role === 'lookup'
            ? role.lookup.name
            : (this.spec.wide?.amount ?? ''),
      states: role.role === 'amount' ? role.states : {},
    });
  }

  private layoutHasMonthly(): boolean {
    return this.header.roles.some((role, column) => {
      const mapped = this.choices.mapping?.[column];
      return mapped === undefined
        ? role.role === 'amount' && !role.cumulative
        : mapped.startsWith(`${this.spec.wide?.amount}`);
    });
  }

  /** Whether the column may be it; the one whose title names the field best is, two that do so equally are a problem. */
  private take(name: string, column: number, rank: number, title: string): boolean {
    const before = this.taken.get(name);
    if (!before) {
      this.taken.set(name, { column, rank });
      return true;
    }
    const isAmount = name.startsWith(`${this.spec.wide?.amount}`);
    if (!isAmount && before.rank < rank) {
      this.layout.passedOver.push({ column, title });
      return false;
    }
    if (!isAmount && before.rank > rank) {
      const replaced = this.layout.columns.find((one) => one.column === before.column);
      this.layout.fields = this.layout.fields.filter((one) => one.column !== before.column);
      this.layout.lookups = this.layout.lookups.filter((one) => one.column !== before.column);
      this.layout.columns = this.layout.columns.filter((one) => one.column !== before.column);
      this.layout.passedOver.push({ column: before.column, title: replaced?.title ?? '' });
      this.taken.set(name, { column, rank });
      return true;
    }
    this.problem(column, 'column-double', { title, other: columnLetters(before.column) });
    return false;
  }

  /** A column of totals is checked against the columns it sums; alone, it is the amount. */
  private settleTotals(): void {
    const { amounts } = this.layout;
    const plain = amounts.filter(({ states }) => Object.keys(states).length === 0);
    if (amounts.length > 1 && plain.length === 1) {
      const [total] = plain as [AmountColumn];
      amounts.splice(amounts.indexOf(total), 1);
      this.layout.columns = this.layout.columns.filter(({ column }) => column !== total.column);
      this.totalParents.push({ column: total.column, parent: this.parents.get(total.column) ?? '' });
    }
    for (const { column, parent } of this.totalParents) {
      const path = this.header.paths[column] as readonly string[];
      const under = amounts.filter((one) => this.parents.get(one.column) === parent).map((one) => one.column);
      const of = under.length > 0 ? under : parent === '' ? amounts.map((one) => one.column) : [];
      if (of.length > 0) this.layout.totals.push({ column, unit: 'dong', of });
      else if (parent !== '' && amounts.length === 0) {
        amounts.push({ column, states: {}, unit: 'dong' });
        this.layout.columns.push({ column, title: path.join(' / '), field: this.spec.wide?.amount ?? '', states: {} });
      } else this.layout.passedOver.push({ column, title: path.join(' / ') });
    }
  }

  private findUnit(): void {
    const found: { unit: AmountUnit; row: number; column: number; text: string }[] = [];
    for (const { row, cells } of this.rows) {
      if (row >= this.header.first) break;
      cells.forEach((text, column) => {
        const unit = text === '' ? undefined : unitInTitle(text);
        if (unit) found.push({ unit, row, column, text });
      });
    }
    const [first] = found;
    if (!first) return this.findUnitOfHeadings();
    this.layout.unit = first.unit;
    this.layout.unitStatedAt = { row: first.row, column: first.column, text: first.text };
    const other = found.find(({ unit }) => unit !== first.unit);
    if (other) this.unitTwice(other.row, other.column, first.text, other.text);
  }

  /** Where no title states the unit, the headings of imported amounts do; what one says holds for those that are silent. */
  private findUnitOfHeadings(): void {
    const own = this.amountColumns().flatMap(({ column }) => {
      const unit = this.ownUnit(column);
      return unit ? [{ unit, column, text: (this.header.paths[column] as readonly string[]).join(' / ') }] : [];
    });
    const [first] = own;
    if (!first) return;
    const other = own.find(({ unit }) => unit !== first.unit);
    if (other && own.length < this.amountColumns().length)
      this.unitTwice(this.header.last, other.column, first.text, other.text);
    this.layout.unit = first.unit;
    this.layout.unitStatedAt = { row: this.header.first, column: first.column, text: first.text };
  }

  private unitTwice(row: number, column: number, first: string, second: string): void {
    this.layout.problems.push({ row, column, code: 'amount-unit-twice', facts: { first, second } });
  }

  private amountColumns(): { column: number; unit: AmountUnit }[] {
    return [
      ...this.layout.fields.filter(({ field }) => field.type === 'amount'),
      ...this.layout.amounts,
      ...this.layout.totals,
    ];
  }

  private ownUnit(column: number): AmountUnit | undefined {
    const path = this.header.paths[column] ?? [];
    // The machine's name says what it holds.
    if (path.at(-1)?.endsWith('_vnd')) return 'dong';
    return path
      .toReversed()
      .map(unitInHeading)
      .find((unit) => unit !== undefined);
  }

  /** Every amount's unit: the heading's own, else the sender's, else the table's. Two that disagree are a problem. */
  private settleUnits(): void {
    this.findUnit();
    const { unit: stated, unitStatedAt } = this.layout;
    const chosen = this.choices.amountUnit;
    if (chosen && unitStatedAt && chosen !== stated)
      this.layout.problems.push({
        row: unitStatedAt.row,
        column: unitStatedAt.column,
        code: 'amount-unit-conflict',
        facts: { stated, chosen, text: unitStatedAt.text },
      });
    if (chosen) this.layout.unit = chosen;
    for (const one of this.amountColumns()) one.unit = this.ownUnit(one.column) ?? this.layout.unit;
  }
}
