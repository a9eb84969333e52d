import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { countColumn, dongColumn } from '#libs/platform';

export type SignOffAction = 'signed' | 'withdrawn';

/**
 * A month's reconciliation was signed, or the signature withdrawn with a reason. The database takes a signature on the
 * newest statement only, and only when no difference is open; `entries` says what was in the books then, so that a
 * later entry makes it stale.
 */
@Entity()
@ForeignKey('ReportingMonth', ['planYear', 'month'], ['planYear', 'month'])
@Check('reconciliation_sign_off_action_check', "action IN ('signed', 'withdrawn')")
@Check('reconciliation_sign_off_reason_check', "reason <> '' AND (action = 'signed' OR reason IS NOT NULL)")
@Index(['planYear', 'month', 'id'])
export class ReconciliationSignOff {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  planYear: number;

  @Column({ type: 'int' })
  month: number;

  @Column({ type: 'text' })
  action: SignOffAction;

  @Column({ type: 'int' })
  @ForeignKey('TreasuryStatement')
  statementId: number;

  /** Entries of the month and corrections of it elsewhere, counted by the database as the row is added. */
  @Column({ type: 'bigint', transformer: countColumn })
  entries: number;

  /** Differences that stood, each answered, when it was signed. */
  @Column({ type: 'int' })
  differences: number;

  /** đồng */
  @Column({ type: 'bigint', transformer: dongColumn })
  books: bigint;

  /** đồng */
  @Column({ type: 'bigint', transformer: dongColumn })
  treasury: bigint;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  @Column({ type: 'text' })
  recordedBy: string;
}
