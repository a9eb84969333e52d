import type { FieldProblem } from './domain-error.js';

/** What a row of a file does to the books: decided by the context that owns the rows, shown before the commit. */
export interface RowOutcome {
  /** Index in the list of rows that was given, from 0. */
  row: number;
  outcome: 'new' | 'changed' | 'same' | 'rejected';
  /** For `changed`: what stands in the books, by field name of the row. */
  before?: Record<string, string | number | null>;
  /** For `rejected`: pointers are `/<field name of the row>`. */
  problems: FieldProblem[];
}
