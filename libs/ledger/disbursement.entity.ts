import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { countColumn, dongColumn } from '#libs/platform';

export const ENTRY_KINDS = ['payment', 'advance', 'advance-recovery', 'refund', 'correction', 'transfer'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];
export type EntryBasis = 'actual' | 'estimate';

/** A disbursement entry (giải ngân). Append-only: a correction is a new entry that names what it corrects. */
@Entity()
@Check('disbursement_entry_month_check', 'month BETWEEN 1 AND 13')
@Check(
  'disbursement_entry_kind_check',
  "kind IN ('payment', 'advance', 'advance-recovery', 'refund', 'correction', 'transfer')",
)
@Check('disbursement_entry_basis_check', "basis IN ('actual', 'estimate')")
@Check('disbursement_entry_amount_check', 'amount BETWEEN -9007199254740991 AND 9007199254740991')
@Check(
  'disbursement_entry_reason_check',
  "reason <> '' AND (reason IS NOT NULL OR ((amount >= 0 OR kind = 'advance-recovery') AND kind NOT IN ('refund', 'correction')))",
)
@ForeignKey('ReportingMonth', ['planYear', 'month'], ['planYear', 'month'])
@Index(['planYear', 'unitCode', 'month'])
@Index(['projectCode', 'planYear', 'month'])
@Index('disbursement_entry_estimate_index', ['planYear', 'unitCode', 'projectCode', 'month'], {
  where: "basis = 'estimate'",
})
@Index('disbursement_entry_advance_index', ['projectCode', 'sourceCode'], {
  where: "kind IN ('advance', 'advance-recovery') OR corrects IS NOT NULL",
})
export class DisbursementEntry {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  planYear: number;

  @Column({ type: 'int' })
  month: number;

  @Column({ type: 'text' })
  @ForeignKey('Unit')
  unitCode: string;

  @Column({ type: 'text' })
  @ForeignKey('Project')
  projectCode: string;

  @Column({ type: 'text' })
  @ForeignKey('FundingSource')
  sourceCode: string;

  @Column({ type: 'text' })
  kind: EntryKind;

  @Column({ type: 'boolean', default: false })
  carriedOver: boolean;

  @Column({ type: 'text' })
  basis: EntryBasis;

  /** đồng; the sign is here, the kind never changes it. */
  @Column({ type: 'bigint', transformer: dongColumn })
  amount: bigint;

  @Column({ type: 'text', nullable: true })
  documentNo: string | null;

  @Column({ type: 'date', nullable: true })
  documentDate: string | null;

  /** Required wherever the cumulative figure falls: refunds, corrections, negative payments. */
  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'int', nullable: true })
  @ForeignKey('DisbursementEntry')
  corrects: number | null;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  @Column({ type: 'text' })
  recordedBy: string;

  /** The import that wrote it; null for one typed in. */
  @Column({ type: 'int', nullable: true })
  importId: number | null;
}

/** What each unit disbursed in a month: kept by the database as entries arrive. */
@Entity()
@Check('disbursement_total_amount_check', 'amount BETWEEN -9007199254740991 AND 9007199254740991')
export class DisbursementTotal {
  @PrimaryColumn({ type: 'int' })
  planYear: number;

  @PrimaryColumn({ type: 'int' })
  month: number;

  @PrimaryColumn({ type: 'text' })
  unitCode: string;

  @PrimaryColumn({ type: 'text' })
  basis: EntryBasis;

  @PrimaryColumn({ type: 'boolean' })
  carriedOver: boolean;

  /** đồng */
  @Column({ type: 'bigint', transformer: dongColumn })
  amount: bigint;

  @Column({ type: 'bigint', transformer: countColumn })
  entries: number;
}
