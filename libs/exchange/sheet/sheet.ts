import type { ErrorFacts } from '#libs/kernel';
import type { CellProblemCode } from './errors.js';

/** What a file may contain (product.md "File formats"). */
export const IMPORT_KINDS = [
  'units',
  'projects',
  'allocations',
  'disbursements',
  'reports',
  'progress',
  'key-projects',
  'treasury',
] as const;
export type ImportKind = (typeof IMPORT_KINDS)[number];

/** How the values of a field are written and read. */
export type FieldType =
  'text' | 'code' | 'amount' | 'date' | 'month' | 'year' | 'flag' | 'percent' | 'choice' | 'count';

/** The lists by which names become codes. */
export type ListName = 'units' | 'projects' | 'sources';

export interface FieldSpec {
  /** Column name of product.md, e.g. `amount_vnd`. */
  name: string;
  type: FieldType;
  /** A row without it is rejected, and a file without its column is asked for one. */
  required: boolean;
  /** What stands where the file has no column and the sender gave no constant; shown before the commit as assumed. */
  assumed?: string;
  /** For `choice` and `flag`: the canonical value and what people write for it; the first title stands in the template. */
  choices?: readonly { value: string; titles: readonly string[] }[];
  /** For `code`: the list its names are looked up in. */
  list?: ListName;
  /** Titles by which a column is known, compared without case, diacritics and spaces; the first stands in the template. */
  titles: readonly string[];
}

/** A column of names that a code is looked up from, where the file has no code. */
export interface LookupSpec {
  /** Name in a mapping, e.g. `project_name`. */
  name: string;
  /** The field it fills. */
  field: string;
  titles: readonly string[];
}

export interface KindSpec {
  kind: ImportKind;
  /** Title of the template's sheet. */
  title: string;
  fields: readonly FieldSpec[];
  lookups: readonly LookupSpec[];
  /** The amount that may stand in several columns, one for each value of the fields in `by` that its heading states. */
  wide?: { amount: string; by: readonly string[] };
  /** Columns that tables of this kind carry and that are not imported; a heading with one of these words is passed over. */
  passedOver: readonly string[];
}

/** The amounts of the whole file: stated once, by the sender or above the table. */
export type AmountUnit = 'dong' | 'nghin-dong' | 'trieu-dong' | 'ty-dong';

export interface ListedName {
  code: string;
  name: string;
  /** Other names of the same, and for projects the national code. */
  aliases?: readonly string[];
}

/** What the sender chose, and what the file itself cannot say. */
export interface ReadingChoices {
  /** Absent: as the file states it, else đồng. Another unit than the file states is a problem. */
  amountUnit?: AmountUnit;
  /** Constant values of fields the file has no column for, e.g. { plan_year: '2024', month: '9', unit_code: '181' }. */
  constants?: Readonly<Record<string, string>>;
  /**
   * Column index (0-based) → field or lookup name, saved per sender for a foreign layout; '' passes the column over;
   * `amount_vnd;source_code=ODA;month=3` names an amount column of a wide table.
   */
  mapping?: Readonly<Record<number, string>>;
  /** A mapping of an earlier file, with its titles: it holds only where every title stands in the same column again. */
  remembered?: Readonly<Record<number, RememberedColumn>>;
  /** Which sign stands before the decimals where a file leaves it open ("1.234" triệu đồng). */
  decimal?: ',' | '.';
  /** By which names become codes; absent, codes pass as they are and names are not understood. */
  lists?: Partial<Record<ListName, readonly ListedName[]>>;
}

/** A column as a sender once mapped it. */
export interface RememberedColumn {
  title: string;
  /** As in a mapping. */
  field: string;
}

/** One row in the words of product.md: amounts as whole đồng digits, dates yyyy-mm-dd, codes and choices canonical. */
export interface CanonicalRow {
  /** Row of the sheet, from 1 as people see it. A row of a wide table gives several of these. */
  row: number;
  /** By field name; a field the row leaves empty is ''. */
  values: Record<string, string>;
  /** Field name → column (0-based) it was read from; constants and assumed values have none. Shared between rows. */
  columns: Readonly<Record<string, number>>;
}

/** A cell, or with column null a whole row, that is wrong. Row 0: the file as a whole. */
export interface CellProblem {
  row: number;
  column: number | null;
  code: CellProblemCode;
  facts: ErrorFacts;
}

/** What a cell is in the file: how its text is to be read. */
export const CELL_TEXT = 0;
export const CELL_NUMBER = 1;
export const CELL_DATE = 2;
export const CELL_PERCENT = 3;
export const CELL_ERROR = 4;
/** The value stands there because a formula was computed; added to one of the above. */
export const CELL_FORMULA = 16;
/** A formula whose value cannot be trusted: never computed, or taken from outside this file. */
export const CELL_FORMULA_EMPTY = 32;
export const CELL_FORMULA_OUTSIDE = 64;

/** A row as it stands in the file. */
export interface SheetRow {
  /** From 1. */
  row: number;
  /** Texts as they are; numbers as plain decimals with '.', rounded to 15 digits; dates yyyy-mm-dd. */
  cells: string[];
  /** What each cell is; absent: all text. */
  forms?: Uint8Array;
  /** csv: text followed a closing quote, so nobody knows what the cell was meant to be. */
  defect?: 'quote-text-after';
}

/** A merged range, 0-based columns, rows from 1, both ends included. */
export interface MergedRange {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export interface OpenedSheet {
  /** Of the first sheet; for csv the file's name without its ending. */
  name: string;
  format: 'csv' | 'xlsx';
  /** Every row from row 1, blank ones too. `rows` and `batches` are one stream: it is read once, by one of them. */
  rows: AsyncIterable<string[]>;
  batches: AsyncIterable<SheetRow[]>;
  merges: readonly MergedRange[];
  /** csv: what stands between cells. */
  separator?: ',' | ';' | '\t';
  /** xlsx: rows that the sender does not see; they are read all the same, and told. */
  hiddenRows: number;
}

/** Where a column stands and what it became. */
export interface ColumnReading {
  column: number;
  /** As people read it, from the top down: "Giải ngân / NSTW". */
  title: string;
  /** Field or lookup name. */
  field: string;
  /** Values of other fields that the heading states, e.g. { source_code: 'ODA' }. */
  states: Readonly<Record<string, string>>;
}

export interface ReadingSummary {
  /** False: the columns do not say enough; no row was read. The problems say what is missing. */
  readable: boolean;
  /** First and last row of the header; null: not found. */
  header: { first: number; last: number } | null;
  columns: readonly ColumnReading[];
  /** Filled columns that nothing was made of: they need a mapping, or '' to pass them over. */
  unknownColumns: readonly { column: number; title: string }[];
  /** Known not to be imported (STT, ghi chú, luỹ kế …). */
  passedOverColumns: readonly { column: number; title: string }[];
  /** Total columns of a wide table, checked row by row. */
  totalColumns: readonly { column: number; title: string }[];
  amountUnit: AmountUnit;
  /** The cell that states the unit; null: nobody stated it, or the sender did. */
  amountUnitStatedAt: { row: number; column: number; text: string } | null;
  /** The amounts' heading says "luỹ kế": they are since the start of the year. */
  cumulative: boolean;
  /** Values that a title or heading gave to every row ("tháng 9 năm 2024"). */
  stated: readonly { field: string; value: string; row: number; text: string }[];
  /** Values nobody stated: field → value. */
  assumed: Readonly<Record<string, string>>;
  /** Rows with figures, whether right or wrong. */
  lines: number;
  /** Lines of a wide table whose amounts are all empty: they say nothing (missing is not zero). */
  linesWithoutAmount: number;
  titles: readonly number[];
  groups: readonly { row: number; text: string; field: string | null; value: string | null }[];
  totals: readonly { row: number; text: string; checked: boolean }[];
  blankRows: number;
  hiddenRows: number;
  /** Cells whose value was computed by a formula when the file was saved. */
  formulas: number;
}

export interface SheetBatch {
  rows: CanonicalRow[];
  problems: CellProblem[];
  /** Lines with a problem, as far as they were understood: which cells of the books they speak of. */
  refused: CanonicalRow[];
  /** Rows of the sheet read so far. */
  readRows: number;
  /** With the last batch only. */
  summary?: ReadingSummary;
}
