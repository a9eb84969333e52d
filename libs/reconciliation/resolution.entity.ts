import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { dongColumn } from '#libs/platform';
import type { DifferenceCause } from './suggested-cause.rule.js';

export type ResolutionKind = 'note' | 'entry';

/**
 * How a difference was answered: accepted with a cause and a note, or corrected by entries. Bound to the figures that
 * were answered: when either side changes afterwards it no longer holds, and the difference is open again.
 */
@Entity()
@ForeignKey('ReportingMonth', ['planYear', 'month'], ['planYear', 'month'])
@Check('reconciliation_resolution_kind_check', "kind IN ('note', 'entry')")
@Check('reconciliation_resolution_note_check', "note <> ''")
@Index(['planYear', 'month', 'cellProject', 'sourceCode', 'carriedOver', 'id'])
export class ReconciliationResolution {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  planYear: number;

  @Column({ type: 'int' })
  month: number;

  @Column({ type: 'int' })
  @ForeignKey('TreasuryStatement')
  statementId: number;

  /** The project's code, or `KB:` and the national code that no project of the register has. */
  @Column({ type: 'text' })
  cellProject: string;

  @Column({ type: 'text' })
  @ForeignKey('FundingSource')
  sourceCode: string;

  @Column({ type: 'boolean' })
  carriedOver: boolean;

  @Column({ type: 'text' })
  kind: ResolutionKind;

  @Column({ type: 'text' })
  cause: DifferenceCause;

  @Column({ type: 'text' })
  note: string;

  /** đồng in the books as answered; for a correction, after its entries. */
  @Column({ type: 'bigint', transformer: dongColumn })
  books: bigint;

  /** đồng in the statement as answered. */
  @Column({ type: 'bigint', transformer: dongColumn })
  treasury: bigint;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  @Column({ type: 'text' })
  recordedBy: string;
}

/**
 * A correcting entry and the month it corrects. Where that is not the month it is booked in (the other was closed),
 * reconciliation counts it in the month it corrects, so that a later month is not off by it.
 */
@Entity()
@ForeignKey('ReportingMonth', ['planYear', 'month'], ['planYear', 'month'])
@Index(['planYear', 'month'])
export class ReconciliationEntry {
  @PrimaryColumn({ type: 'int' })
  @ForeignKey('DisbursementEntry')
  entryId: number;

  @Column({ type: 'int' })
  @ForeignKey('ReconciliationResolution')
  resolutionId: number;

  @Column({ type: 'int' })
  planYear: number;

  @Column({ type: 'int' })
  month: number;
}
