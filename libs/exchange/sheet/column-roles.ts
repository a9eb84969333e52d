import type { NameLists } from './name-lists.js';
import { plainTitle } from './plain-title.js';
import type { AmountUnit, FieldSpec, KindSpec, LookupSpec } from './sheet.js';
import { titleFacts, type TitleFacts } from './title-facts.js';

/** What a column of the table is. */
export type ColumnRole =
  | { role: 'field'; field: FieldSpec; rank: number }
  | { role: 'lookup'; lookup: LookupSpec; rank: number }
  | { role: 'amount'; states: Record<string, string>; parent: string; cumulative: boolean }
  | { role: 'total'; parent: string }
  | { role: 'passed-over' }
  | { role: 'unclear'; part: string }
  | { role: 'unknown' };

export interface TableColumn {
  column: number;
  /** Texts of the heading from the top down, each once. */
  path: readonly string[];
  role: ColumnRole;
  unit?: AmountUnit;
}

const NEUTRAL = new Set(
  [
    'Trong đó',
    'Chia ra',
    'Gồm',
    'Bao gồm',
    'Chia theo nguồn vốn',
    'Theo nguồn vốn',
    'Chi tiết theo nguồn vốn',
    'Chi tiết',
    'Nguồn vốn',
    'Phân theo nguồn vốn',
    'Chia theo nguồn',
    'Theo tháng',
    'Chia theo tháng',
  ].map(plainTitle),
);
const TOTAL = new Set(
  ['Tổng số', 'Tổng cộng', 'Cộng', 'Tổng', 'Tổng vốn', 'Tổng các nguồn vốn', 'Tổng số vốn', 'Tổng các nguồn'].map(
    plainTitle,
  ),
);

/** Titles shorter than this say too little to be the beginning of another. */
const MIN_PREFIX = 4;
const MIN_GROUP_PREFIX = 8;

/** Knows by its heading what a column of one kind of file is. */
export class ColumnRoles {
  private readonly fields = new Map<string, { field: FieldSpec; rank: number }>();
  private readonly lookups = new Map<string, { lookup: LookupSpec; rank: number }>();
  private readonly stated = new Map<string, { field: string; value: string }>();
  private readonly passedOver: ReadonlySet<string>;

  constructor(
    private readonly spec: KindSpec,
    private readonly lists: NameLists,
  ) {
    for (const field of spec.fields) {
      this.fields.set(plainTitle(field.name), { field, rank: 0 });
      field.titles.forEach((title, rank) => setFirst(this.fields, plainTitle(title), { field, rank }));
    }
    for (const lookup of spec.lookups) {
      setFirst(this.lookups, plainTitle(lookup.name), { lookup, rank: 0 });
      lookup.titles.forEach((title, rank) => setFirst(this.lookups, plainTitle(title), { lookup, rank }));
    }
    for (const name of spec.wide?.by ?? [])
      for (const choice of spec.fields.find((field) => field.name === name)?.choices ?? [])
        for (const title of choice.titles) {
          const plain = plainTitle(title);
          if (plain.length >= MIN_PREFIX) setFirst(this.stated, plain, { field: name, value: choice.value });
        }
    this.passedOver = new Set(spec.passedOver.map(plainTitle));
  }

  of(path: readonly string[]): ColumnRole {
    const leaf = path.at(-1);
    if (leaf === undefined) return { role: 'unknown' };
    const parts = path.map((text) => ({ text, plain: plainTitle(text), facts: titleFacts(text) }));
    // Under a heading of amounts, "Vốn kéo dài" is one of them and not the column that says yes or no.
    const underAmount = parts.slice(0, -1).some((part) => this.isAmount(part.facts.base) || this.isPassedOver(part));
    if (!underAmount) {
      const named = this.named(parts.at(-1) as Part) ?? this.named({ plain: plainTitle(path.join('')), facts: null });
      if (named) return named.role === 'field' && this.isWide(named.field) ? this.amount(parts) : named;
    }
    const amount = this.amount(parts);
    if (amount.role !== 'unknown') return amount;
    return (underAmount ? this.named(parts.at(-1) as Part) : undefined) ?? amount;
  }

  /** Values of choices that the text of a group row states: "Vốn kéo dài năm 2023 sang 2024" → carried_over 1. */
  statedByGroup(text: string): Record<string, string> {
    const { base } = titleFacts(text);
    for (const [title, { field, value }] of this.stated)
      if (base === title || (title.length >= MIN_GROUP_PREFIX && base.startsWith(title))) return { [field]: value };
    return {};
  }

  private named({ plain, facts }: { plain: string; facts: TitleFacts | null }): ColumnRole | undefined {
    for (const key of facts ? [plain, facts.base] : [plain]) {
      const field = this.fields.get(key);
      if (field) return { role: 'field', ...field };
      const lookup = this.lookups.get(key);
      if (lookup) return { role: 'lookup', ...lookup };
    }
    return undefined;
  }

  private isWide(field: FieldSpec): boolean {
    return field.name === this.spec.wide?.amount;
  }

  private isAmount(base: string): boolean {
    const found = this.fields.get(base);
    return found !== undefined && this.isWide(found.field);
  }

  private isPassedOver({ plain, facts }: Part): boolean {
    if (this.passedOver.has(plain) || this.passedOver.has(facts.base)) return true;
    for (const title of this.passedOver)
      if (title.length >= MIN_PREFIX && (plain.startsWith(title) || facts.base.startsWith(title))) return true;
    return false;
  }

  /** A column of amounts, its heading's every part an amount, a value that it states, or no more than an order. */
  private amount(parts: readonly Part[]): ColumnRole {
    if (parts.some((part) => this.isPassedOver(part))) return { role: 'passed-over' };
    if (!this.spec.wide) return { role: 'unknown' };
    const states: Record<string, string> = {};
    let amounts = 0;
    let total = false;
    let unclear: string | undefined;
    for (const { text, plain, facts } of parts) {
      const value = this.statedBy(plain, facts, text);
      if (this.isAmount(facts.base) || this.isAmount(plain)) amounts++;
      else if (TOTAL.has(plain) || TOTAL.has(facts.base)) total = true;
      else if (value) states[value.field] = value.value;
      else if (facts.base !== '' && !NEUTRAL.has(facts.base)) unclear ??= text;
      this.addPeriod(states, facts);
    }
    const parent = parts.length > 1 ? (parts[0] as Part).plain : '';
    if (unclear !== undefined) return amounts > 0 ? { role: 'unclear', part: unclear } : { role: 'unknown' };
    if (total) return { role: 'total', parent };
    if (amounts === 0 && Object.keys(states).length === 0) return { role: 'unknown' };
    return { role: 'amount', states, parent, cumulative: parts.some(({ facts }) => facts.cumulative) };
  }

  private addPeriod(states: Record<string, string>, facts: TitleFacts): void {
    if (facts.month && this.has('month')) states.month = facts.month;
    if (facts.planYear && this.has('plan_year')) states.plan_year = facts.planYear;
  }

  private has(field: string): boolean {
    return this.spec.fields.some(({ name }) => name === field);
  }

  private statedBy(plain: string, facts: TitleFacts, text: string): { field: string; value: string } | undefined {
    const choice = this.stated.get(plain) ?? this.stated.get(facts.base);
    if (choice) return choice;
    for (const name of this.spec.wide?.by ?? []) {
      const list = this.spec.fields.find((field) => field.name === name)?.list;
      const code =
        list && (this.lists.find(list, text) ?? this.lists.find(list, text.replace(/\s*\([^)]*\)\s*/g, ' ').trim()));
      if (code) return { field: name, value: code };
    }
    return undefined;
  }
}

interface Part {
  text: string;
  plain: string;
  facts: TitleFacts;
}

function setFirst<T>(map: Map<string, T>, key: string, value: T): void {
  if (!map.has(key)) map.set(key, value);
}
