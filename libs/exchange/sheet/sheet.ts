import type { ErrorFacts } from '#libs/kernel';

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
export type FieldType = 'text' | 'code' | 'amount' | 'date' | 'month' | 'year' | 'flag' | 'percent' | 'choice';

export interface FieldSpec {
  /** Column name of product.md, e.g. `amount_vnd`. */
  name: string;
  type: FieldType;
  required: boolean;
  /** For `choice` and `flag`: the canonical value and what people write for it; the first title stands in the template. */
  choices?: readonly { value: string; titles: readonly string[] }[];
  /** Titles by which a column is known, compared without case, diacritics and spaces; the first stands in the template. */
  titles: readonly string[];
}

export interface KindSpec {
  kind: ImportKind;
  fields: readonly FieldSpec[];
}

/** The amounts of the whole file: stated once, by the sender or above the table. */
export type AmountUnit = 'dong' | 'trieu-dong' | 'ty-dong';

/** What the sender chose, and what the file itself cannot say. */
export interface ReadingChoices {
  /** Absent: as the file states it, else đồng. */
  amountUnit?: AmountUnit;
  /** Constant values of fields the file has no column for, e.g. { plan_year: '2024', month: '9', unit_code: '181' }. */
  constants?: Readonly<Record<string, string>>;
  /** Column index (0-based) → field name, saved per sender for a foreign layout. */
  mapping?: Readonly<Record<number, string>>;
}

/** One row in the words of product.md: amounts as whole đồng digits, dates yyyy-mm-dd, codes and choices canonical. */
export interface CanonicalRow {
  /** Row of the sheet, from 1 as people see it. A row of a wide table gives several of these. */
  row: number;
  /** By field name; a field the row leaves empty is ''. */
  values: Record<string, string>;
  /** Field name → column (0-based) it was read from; constants and defaults have none. */
  columns: Record<string, number>;
}

/** A cell, or with column null a whole row, that is wrong. Row 0: the file as a whole. */
export interface CellProblem {
  row: number;
  column: number | null;
  code: string;
  facts: ErrorFacts;
}
