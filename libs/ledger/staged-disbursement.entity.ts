import { Column, Entity, PrimaryColumn } from 'typeorm';
import { dongColumn } from '#libs/platform';
import type { EntryBasis, EntryKind } from './disbursement.entity.js';

/**
 * A row of a disbursement file before it is booked, with what it would do. The table is UNLOGGED: a crash of the
 * server empties it, and the file is read again. Not append-only, not books.
 */
@Entity()
export class StagedDisbursement {
  @PrimaryColumn({ type: 'int' })
  batchId: number;

  /** Place in the file. */
  @PrimaryColumn({ type: 'int' })
  ordinal: number;

  /** Row of the sheet, from 1. */
  @Column({ type: 'int' })
  row: number;

  @Column({ type: 'int' })
  planYear: number;

  @Column({ type: 'int' })
  month: number;

  @Column({ type: 'text' })
  unitCode: string;

  @Column({ type: 'text' })
  projectCode: string;

  @Column({ type: 'text' })
  sourceCode: string;

  @Column({ type: 'text' })
  kind: EntryKind;

  @Column({ type: 'boolean' })
  carriedOver: boolean;

  @Column({ type: 'text' })
  basis: EntryBasis;

  /** đồng of this row. */
  @Column({ type: 'bigint', transformer: dongColumn })
  amount: bigint;

  @Column({ type: 'text', nullable: true })
  documentNo: string | null;

  @Column({ type: 'date', nullable: true })
  documentDate: string | null;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'int', nullable: true })
  corrects: number | null;

  /** Which of the file's column layouts the row was read by: a wide table has one for each amount column. */
  @Column({ type: 'int', default: 0 })
  layout: number;

  /**
   * `broken`: a row refused before the database saw it; it stands here only because its cell is incomplete. `carried`:
   * a transfer that a reorganisation adds to the rows, in the statement that books them.
   */
  @Column({ type: 'text', default: 'new' })
  outcome: 'new' | 'changed' | 'same' | 'rejected' | 'broken' | 'carried';

  /** Equal keys add up: the first row of the cell carries their sum and number, the others its ordinal. */
  @Column({ type: 'int', nullable: true })
  mergedInto: number | null;

  @Column({ type: 'int', default: 1 })
  rows: number;

  /** đồng of the cell; null where the row is alone. */
  @Column({ type: 'bigint', nullable: true, transformer: dongColumn })
  total: bigint | null;

  /** đồng of the cell in the books; null where the books have no entry of it. */
  @Column({ type: 'bigint', nullable: true, transformer: dongColumn })
  before: bigint | null;

  /** The newest entry of the cell, which a difference corrects. */
  @Column({ type: 'int', nullable: true })
  lastEntryId: number | null;

  /** Field, code and facts of what is wrong. */
  @Column({ type: 'jsonb', nullable: true })
  problems: { field: string | null; code: string; facts: Record<string, string | number> }[] | null;
}
