import type { CellReader } from './cell-reader.js';
import { ColumnRoles } from './column-roles.js';
import type { FileConstants } from './constants-of-file.js';
import { GroupRows, type StatedSums } from './group-rows.js';
import { LineReader } from './line-reader.js';
import type { NameLists } from './name-lists.js';
import { plainTitle, tidyText } from './plain-title.js';
import { isFooterText, isOrderingHeading, isTotalText, markerOf, splitMarker, type Marker } from './row-kinds.js';
import { RunningSums } from './running-sums.js';
import {
  CELL_FORMULA,
  CELL_TEXT,
  type CanonicalRow,
  type CellProblem,
  type FieldSpec,
  type KindSpec,
  type OpenedSheet,
  type ReadingSummary,
  type SheetBatch,
  type SheetRow,
} from './sheet.js';
import { columnLetters } from './sheet-rows.js';
import type { TableLayout } from './table-layout.js';

/** Fields that say which thing a line is about: a row without one may be a group. */
const KEYS = ['project_code', 'national_code', 'code'];

/** Reads the rows below the header: tells lines from groups, totals, headings and what stands below the table. */
export class TableReader {
  private readonly lines: LineReader;
  private readonly sums: RunningSums;
  private readonly groups: GroupRows;
  private readonly roles: ColumnRoles;
  private readonly mergedRows = new Map<number, string>();
  private readonly width: number;
  private readonly keyColumns: readonly number[];
  private readonly amountColumns: ReadonlySet<number>;
  /** Notes, reasons of an earlier return, plans: they say nothing of what a row is. */
  private readonly asideColumns: ReadonlySet<number>;
  private readonly headerText: string;
  private readonly firstHeading: string | undefined;
  private readonly titles: number[] = [];
  private rows: CanonicalRow[] = [];
  private problems: CellProblem[] = [];
  private readRows = 0;
  private lineCount = 0;
  private silentLines = 0;
  private blankRows = 0;
  private formulas = 0;

  constructor(
    private readonly opened: OpenedSheet,
    private readonly spec: KindSpec,
    private readonly layout: TableLayout,
    private readonly reader: CellReader,
    private readonly lists: NameLists,
    private readonly constants: FileConstants,
  ) {
    this.lines = new LineReader(spec, layout, reader, constants.values);
    this.sums = new RunningSums(this.lines.sums);
    this.groups = new GroupRows(this.sums, this.problems);
    this.roles = new ColumnRoles(spec, lists);
    this.width = layout.header.paths.length;
    const keyField = spec.fields.find(({ name }) => KEYS.includes(name));
    this.keyColumns = layout.fields.filter(({ field }) => field === keyField).map(({ column }) => column);
    this.amountColumns = new Set(this.lines.sumOf.keys());
    this.asideColumns = new Set(
      layout.passedOver.map(({ column }) => column).filter((column) => column !== layout.numbering),
    );
    this.headerText = layout.header.paths.map((path) => plainTitle(path.at(-1) ?? '')).join('|');
    this.firstHeading = layout.header.paths.find((path) => path.length > 0)?.at(-1);
    this.readRows = layout.header.last;
    this.findMerged();
  }

  read(rows: readonly SheetRow[]): SheetBatch {
    for (const row of rows) this.row(row);
    return this.batch();
  }

  finish(): SheetBatch {
    this.groups.finish();
    return { ...this.batch(), summary: this.summary() };
  }

  private batch(): SheetBatch {
    const { refused } = this.lines;
    const batch = { rows: this.rows, problems: [...this.problems], refused, readRows: this.readRows };
    this.rows = [];
    this.lines.refused = [];
    // The groups tell their problems into the same list.
    this.problems.length = 0;
    return batch;
  }

  private row(row: SheetRow): void {
    this.readRows = row.row;
    const { cells, forms } = row;
    if (cells.length === 0) this.blankRows++;
    else if (row.row === this.layout.header.numbers) this.titles.push(row.row);
    else {
      if (forms) for (const form of forms) if (form >= CELL_FORMULA) this.formulas++;
      const first = firstText(cells);
      if (!this.mayBeMore(row, first) && this.lines.isComplete(row)) this.line(row);
      else this.unclearRow(row, first);
    }
  }

  /** Whether the first cell could begin a total, or number a group: cheap, because half a million lines pass here. */
  private mayBeMore(row: SheetRow, first: string): boolean {
    const code = first.charCodeAt(0) | 0x20;
    if ((code === 0x63 || code === 0x74) && isTotalText(first)) return true;
    if (first === this.firstHeading && this.isRepeatedHeader(row.cells)) return true;
    const { numbering } = this.layout;
    if (numbering < 0) return false;
    const number = row.cells[numbering] ?? '';
    const letter = number.charCodeAt(0);
    return (letter >= 0x41 && letter <= 0x5a) || (number === first && number.length > 6);
  }

  private unclearRow(row: SheetRow, first: string): void {
    const { cells } = row;
    const numbering = this.layout.numbering < 0 ? '' : (cells[this.layout.numbering] ?? '');
    const own = markerOf(numbering);
    // "a", "1.2", "-" in the column of numbers are no names; a title that reaches into it is.
    const isNumber = (column: number, cell: string): boolean =>
      column === this.layout.numbering && cell.length <= 6 && !isTotalText(cell);
    const texts = cells.filter(
      (cell, column) =>
        cell !== '' && !this.amountColumns.has(column) && !this.asideColumns.has(column) && !isNumber(column, cell),
    );
    const split = own ? undefined : splitMarker(texts[0] ?? '');
    const marker = own ?? split?.marker;
    const name = tidyText(split?.name ?? texts.find((text) => !/^\d+(?:\.\d+)*\.?$/.test(text)) ?? first);
    if (texts.some(isTotalText) && this.isKeyless(cells, texts.find(isTotalText) as string))
      this.groups.total(row.row, texts.find(isTotalText) as string, this.statedSums(row));
    else if (this.isRepeatedHeader(cells) || this.isFooter(row)) this.titles.push(row.row);
    else if (this.isGroup(row, texts, name, marker)) this.group(row, name, marker);
    else this.line(row);
  }

  /** A row is a group when it names no project of its own, and its number, its name or its loneliness says so. */
  private isGroup(row: SheetRow, texts: readonly string[], name: string, marker: Marker | undefined): boolean {
    if (!this.isKeyless(row.cells, name)) return false;
    const names = texts.filter((text) => !/^\d+(?:\.\d+)*\.?$/.test(text));
    if (names.length === 0 || name === '') return false;
    // A project under a Roman number is a line all the same: whether it has components, the books know.
    if (this.has('project_code') && this.lists.find('projects', name) !== undefined) return false;
    if (marker) return true;
    if (names.length > 1) return false;
    if (this.namesUnit(name) || this.lists.isAmbiguous('units', name) || isOrderingHeading(name)) return true;
    const isAlone = row.cells.filter((cell, column) => cell !== '' && !this.asideColumns.has(column)).length === 1;
    // One word alone is a code whose line is unfinished, and no heading.
    return isAlone && /\s/.test(name) && !this.hasFigure(row);
  }

  private namesUnit(name: string): boolean {
    return this.has('unit_code') && this.lists.find('units', name) !== undefined;
  }

  private has(field: string): boolean {
    return this.spec.fields.some(({ name }) => name === field);
  }

  private isKeyless(cells: readonly string[], name: string): boolean {
    return this.keyColumns.every((column) => {
      const cell = cells[column] ?? '';
      return cell === '' || tidyText(cell).endsWith(name);
    });
  }

  private group(row: SheetRow, name: string, marker: Marker | undefined): void {
    const states: Record<string, string> = { ...this.roles.statedByGroup(name) };
    const unit = this.has('unit_code') ? this.lists.find('units', name) : undefined;
    const source = this.has('source_code') ? this.lists.find('sources', name) : undefined;
    if (unit !== undefined) states.unit_code = unit;
    else if (source !== undefined) states.source_code = source;
    else if (this.has('unit_code') && this.lists.isAmbiguous('units', name))
      this.problems.push({
        row: row.row,
        column: row.cells.findIndex((cell) => cell !== '' && tidyText(cell).endsWith(name)),
        code: 'name-ambiguous',
        facts: { ...(this.ambiguity(name) ?? { name }), field: 'unit_code', list: 'units' },
      });
    const numbered = /^\d/.test(row.cells[this.layout.numbering] ?? '') ? 'number' : undefined;
    this.groups.group(row.row, name, marker ?? numbered, states, this.statedSums(row));
  }

  private ambiguity(name: string): Record<string, string> | undefined {
    const reading = this.lists.code('units', name, false);
    return 'facts' in reading ? reading.facts : undefined;
  }

  private line(row: SheetRow): void {
    this.lineCount++;
    const { cells } = row;
    if (row.defect) {
      this.problems.push({ row: row.row, column: null, code: row.defect, facts: {} });
      this.sums.miss();
      return;
    }
    const merged = this.mergedRows.get(row.row);
    if (merged !== undefined) {
      this.problems.push({ row: row.row, column: null, code: 'cells-merged', facts: { range: merged } });
      this.sums.miss();
      return;
    }
    if (this.opened.format === 'csv' && cells.length > this.width) {
      const stray = cells.findIndex((cell, column) => column >= this.width && cell !== '');
      if (stray !== -1) {
        const facts = { found: cells[stray] as string, last: columnLetters(this.width - 1) };
        this.problems.push({ row: row.row, column: stray, code: 'cell-beyond-header', facts });
        this.sums.miss();
        return;
      }
    }
    if (!this.lines.read(row, this.groups.inForce, this.sums, this.rows, this.problems)) this.silentLines++;
  }

  /** Who signs and when stands under any column, the amounts' too. */
  private isFooter(row: SheetRow): boolean {
    return row.cells.some(isFooterText) && !this.hasFigure(row);
  }

  private hasFigure({ cells, forms }: SheetRow): boolean {
    for (const column of this.amountColumns)
      if (/^[-(\u2212]?\s*\d/.test(cells[column] ?? '') || (forms?.[column] ?? CELL_TEXT) !== CELL_TEXT) return true;
    return false;
  }

  private isRepeatedHeader(cells: readonly string[]): boolean {
    return (
      cells.length > 1 &&
      this.headerText === this.layout.header.paths.map((_, i) => plainTitle(cells[i] ?? '')).join('|')
    );
  }

  private statedSums({ cells, forms }: SheetRow): StatedSums {
    const stated = new Map<number, { column: number; dong: bigint }>();
    const amount = this.spec.fields.find(({ type }) => type === 'amount') as FieldSpec;
    for (const [column, { sum, unit }] of this.lines.sumOf) {
      const text = cells[column] ?? '';
      if (text === '') continue;
      const dong = this.reader.read(amount, text, forms?.[column] ?? 0, unit, () => undefined);
      if (dong) stated.set(sum, { column, dong: BigInt(dong) });
    }
    return stated;
  }

  /** Rows below the header in which merged cells hide what belongs to which line. */
  private findMerged(): void {
    const used = new Set([...this.layout.columns.map(({ column }) => column)]);
    for (const { top, bottom, left, right } of this.opened.merges) {
      if (top <= this.layout.header.last) continue;
      const touched = [...used].filter((column) => column >= left && column <= right);
      if (touched.length === 0 || (top === bottom && touched.length < 2)) continue;
      const range = `${columnLetters(left)}${top}:${columnLetters(right)}${bottom}`;
      for (let row = top; row <= bottom && this.mergedRows.size < 100_000; row++) this.mergedRows.set(row, range);
    }
  }

  private summary(): ReadingSummary {
    const { header, columns, unknown, passedOver, totals } = this.layout;
    return {
      readable: true,
      header: { first: header.first, last: header.last },
      columns,
      unknownColumns: unknown,
      passedOverColumns: passedOver,
      totalColumns: totals.map(({ column }) => ({ column, title: (header.paths[column] ?? []).join(' / ') })),
      amountUnit: this.layout.unit,
      amountUnitStatedAt: this.layout.unitStatedAt,
      cumulative: this.layout.cumulative,
      stated: this.constants.stated,
      assumed: this.constants.assumed,
      lines: this.lineCount,
      linesWithoutAmount: this.silentLines,
      titles: this.titles,
      groups: this.groups.groups,
      totals: this.groups.totals,
      blankRows: this.blankRows,
      hiddenRows: this.opened.hiddenRows,
      formulas: this.formulas,
    };
  }
}

function firstText(cells: readonly string[]): string {
  for (const cell of cells) if (cell !== '') return cell;
  return '';
}
