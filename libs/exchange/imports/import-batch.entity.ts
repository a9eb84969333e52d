import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { ErrorFacts, RowOutcome } from '#libs/kernel';
import type { AmountUnit, ImportKind, RememberedColumn } from '../sheet/index.js';

export const IMPORT_STATES = ['receiving', 'waiting', 'reading', 'ready', 'committed', 'failed', 'discarded'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** What the sender said about the file. Same bytes, kind and choices are the same import. */
export interface ImportChoices {
  /** Absent: as the file states it, else đồng. */
  amountUnit?: AmountUnit;
  /** Disbursements: the amounts run from the start of the plan year to the row's month. Absent: they are the month's. */
  cumulative?: boolean;
  /** Which sign stands before the decimals, where amounts leave it open. */
  decimal?: ',' | '.';
  /** Values of fields that the file has no column for, by field name. */
  constants?: Record<string, string>;
  /** Column (from 0) → field name, for a layout that the titles do not tell. */
  mapping?: Record<string, string>;
}

/** How many cells of the books (or rows, for other kinds) and their đồng. */
export interface OutcomeCount {
  cells: number;
  /** Rows of the file: equal keys are added up to one cell. */
  rows: number;
  /** đồng as the file states it, as text: a JSON number could lose some. */
  dong: string;
  /** đồng that a commit adds to the books. */
  differenceDong: string;
}

export interface ImportDifference {
  new: OutcomeCount;
  changed: OutcomeCount;
  same: OutcomeCount;
  rejected: OutcomeCount;
  /** Cells that lower a figure and give no reason of their own: the commit asks for one. */
  withoutReason: number;
}

/** What the reader recognised: shown, so that nobody has to guess what was read from where. */
export interface ImportReading {
  format: 'csv' | 'xlsx';
  sheet: string | null;
  /** `totals`: each row states the total of its cell; `vouchers`: rows append, keyed by document. */
  mode: 'totals' | 'vouchers' | 'rows';
  amountUnit: AmountUnit;
  /** The cell that states the unit of amounts; null: the sender did, or nobody. */
  amountUnitStatedAt: { row: number; column: number; text: string } | null;
  /** Rows of the header, from 1. */
  headerRows: number[];
  /** Columns of a wide table name more than a field: `amount_vnd;source_code=ODA`. */
  columns: {
    column: number;
    title: string;
    field: string | null;
    use: 'field' | 'unknown' | 'passed-over' | 'total';
  }[];
  /** Disbursements: the amounts run from the start of the plan year, as the sender or the heading says. */
  cumulative: boolean;
  /** Values that a title or heading gave to every row, by field. */
  stated: Record<string, string>;
  /** Values that nobody stated, by field. */
  assumed: Record<string, string>;
  /** Rows recognised and left out. */
  ignored: { titles: number; groups: number; totals: number; withoutAmount: number };
  /** Amounts that can be read in two ways until the sender says which sign stands before the decimals. */
  ambiguousAmounts: number;
  hiddenRows: number;
  /** Cells whose value a formula had computed. */
  formulas: number;
}

/** A file on its way into the books: received, read by a job, shown, committed. Its bytes and rows stay as evidence. */
@Entity()
@Check(
  'import_batch_state_check',
  "state IN ('receiving', 'waiting', 'reading', 'ready', 'committed', 'failed', 'discarded')",
)
@Check('import_batch_committed_check', "(state = 'committed') = (committed_at IS NOT NULL)")
@Check('import_batch_failed_check', "(state = 'failed') = (failure IS NOT NULL)")
@Check('import_batch_received_check', "(state = 'receiving') = (import_key IS NULL)")
// A file sent twice by one person before it is committed is one import.
@Index('import_batch_pending_once_index', ['importKey', 'createdBy'], {
  unique: true,
  where: "state IN ('waiting', 'reading', 'ready')",
})
@Index('import_batch_key_index', ['importKey'])
export class ImportBatch {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'text' })
  kind: ImportKind;

  @Column({ type: 'text' })
  fileName: string;

  @Column({ type: 'int', default: 0 })
  bytes: number;

  /** SHA-256 of the file's bytes. */
  @Column({ type: 'text', nullable: true })
  contentHash: string | null;

  /** SHA-256 over bytes, kind and choices: the import key. */
  @Column({ type: 'text', nullable: true })
  importKey: string | null;

  @Column({ type: 'jsonb' })
  choices: ImportChoices;

  @Column({ type: 'text', default: 'receiving' })
  state: ImportState;

  /** Moves while the file is read. */
  @Column({ type: 'int', default: 0 })
  rowsRead: number;

  @Column({ type: 'int', default: 0 })
  bytesRead: number;

  @Column({ type: 'jsonb', nullable: true })
  reading: ImportReading | null;

  /** Field name → column (from 0), for each layout of the file's rows. */
  @Column({ type: 'jsonb', nullable: true })
  layouts: Record<string, number>[] | null;

  /** Plan years of a disbursement file's rows. */
  @Column({ type: 'jsonb', nullable: true })
  planYears: number[] | null;

  @Column({ type: 'jsonb', nullable: true })
  difference: ImportDifference | null;

  /** What the difference was computed from: equal again means that it still holds. */
  @Column({ type: 'text', nullable: true })
  booksVersion: string | null;

  @Column({ type: 'jsonb', nullable: true })
  failure: {
    code: string;
    facts: ErrorFacts;
    problems: { column: number | null; code: string; facts: ErrorFacts }[];
  } | null;

  /** The committed import of the same bytes, kind and choices that came before. */
  @Column({ type: 'int', nullable: true })
  @ForeignKey('ImportBatch')
  repeatOf: number | null;

  /** Given at the commit, for every figure that falls without a reason of its own. */
  @Column({ type: 'text', nullable: true })
  reason: string | null;

  /** Entries that the commit wrote, and the rolling SHA-256 over them (see recompute-batch-hash.ts). */
  @Column({ type: 'int', default: 0 })
  entries: number;

  @Column({ type: 'text', nullable: true })
  rowsHash: string | null;

  @Column({ type: 'boolean', default: false })
  isIllustrative: boolean;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'text' })
  createdBy: string;

  @Column({ type: 'timestamptz', nullable: true })
  readAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  committedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  committedBy: string | null;
}

/** The file as it was sent, in pieces; replicas share no disk. */
@Entity()
export class ImportFileChunk {
  @PrimaryColumn({ type: 'int' })
  @ForeignKey('ImportBatch', { onDelete: 'CASCADE' })
  batchId: number;

  @PrimaryColumn({ type: 'int' })
  ordinal: number;

  @Column({ type: 'bytea' })
  bytes: Buffer;
}

export interface ImportRowProblem {
  /** Field name of product.md; null for the row as a whole. */
  field: string | null;
  code: string;
  facts: ErrorFacts;
}

/**
 * A row of a file with what it does to the books. Disbursements keep only their rejected rows here: the others
 * stand in `staged_disbursement`, typed.
 */
@Entity()
@Check('import_row_outcome_check', "outcome IN ('new', 'changed', 'same', 'rejected')")
@Index(['batchId', 'outcome', 'ordinal'])
export class ImportRow {
  @PrimaryColumn({ type: 'int' })
  @ForeignKey('ImportBatch', { onDelete: 'CASCADE' })
  batchId: number;

  /** Place in the file; a row of a wide table gives several. */
  @PrimaryColumn({ type: 'int' })
  ordinal: number;

  /** Row of the sheet, from 1 as people see it. */
  @Column({ type: 'int' })
  row: number;

  @Column({ type: 'text' })
  outcome: RowOutcome['outcome'];

  /** By field name of product.md. */
  @Column({ type: 'jsonb' })
  values: Record<string, string>;

  /** Field name → column (from 0) of the sheet. */
  @Column({ type: 'jsonb' })
  columns: Record<string, number>;

  @Column({ type: 'jsonb', nullable: true })
  before: Record<string, string | number | null> | null;

  @Column({ type: 'jsonb' })
  problems: ImportRowProblem[];

  /** The reader took it: whoever owns the kind decides about it, again at the commit. */
  @Column({ type: 'boolean', default: false })
  wasRead: boolean;
}

/** The columns of a foreign layout with their titles, as the sender once matched them; by column (from 0). */
@Entity()
export class ImportMapping {
  @PrimaryColumn({ type: 'text' })
  username: string;

  @PrimaryColumn({ type: 'text' })
  kind: ImportKind;

  @Column({ type: 'jsonb' })
  mapping: Record<string, RememberedColumn>;

  @Column({ type: 'timestamptz' })
  savedAt: Date;
}
