import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { dongColumn } from '#libs/platform';
import type { CellState } from './cell-queries.js';

/**
 * One project × source × series of a month with a statement, both figures and where they stand: kept by the database's
 * own triggers from entries, lines and answers, never written by hand.
 */
@Entity()
@Check('reconciliation_figure_state_check', "state IN ('matched', 'corrected', 'open', 'lapsed', 'accepted')")
@Index(
  'reconciliation_figure_differing_index',
  ['planYear', 'month', 'minusDistance', 'cellProject', 'sourceCode', 'carriedOver'],
  { where: "state <> 'matched'" },
)
export class ReconciliationFigure {
  @PrimaryColumn({ type: 'int' })
  planYear: number;

  @PrimaryColumn({ type: 'int' })
  month: number;

  /** The project's code, or `KB:` and a national code that no project has. */
  @PrimaryColumn({ type: 'text' })
  cellProject: string;

  @PrimaryColumn({ type: 'text' })
  sourceCode: string;

  @PrimaryColumn({ type: 'boolean' })
  carriedOver: boolean;

  @Column({ type: 'text', nullable: true })
  projectCode: string | null;

  @Column({ type: 'text', nullable: true })
  nationalCode: string | null;

  /** đồng, as the next four. */
  @Column({ type: 'bigint', transformer: dongColumn })
  books: bigint;

  @Column({ type: 'bigint', transformer: dongColumn })
  treasury: bigint;

  @Column({ type: 'bigint', transformer: dongColumn })
  booksRecovered: bigint;

  @Column({ type: 'bigint', transformer: dongColumn })
  treasuryRecovered: bigint;

  @Column({ type: 'bigint', transformer: dongColumn })
  treasuryAdvance: bigint;

  /** Whose entries they are, and whom the statement names: where nobody holds the project. */
  @Column({ type: 'text', nullable: true })
  entryUnit: string | null;

  @Column({ type: 'text', nullable: true })
  lineUnit: string | null;

  /** As the Treasury printed it. */
  @Column({ type: 'text', nullable: true })
  projectName: string | null;

  /** −|books − treasury|: rising, it is the order of the list. */
  @Column({ type: 'bigint', transformer: dongColumn })
  minusDistance: bigint;

  /** The newest answer. */
  @Column({ type: 'int', nullable: true })
  resolutionId: number | null;

  @Column({ type: 'text' })
  state: CellState;
}
