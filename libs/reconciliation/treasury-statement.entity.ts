import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { dongColumn } from '#libs/platform';

/**
 * A statement (bảng kê) of the Treasury (KBNN) for a month. A newer one of the same month is a new version and
 * replaces the older one whole; nothing is overwritten. The database lets no line be added to a finished statement.
 */
@Entity()
@Unique('treasury_statement_version_unique', ['planYear', 'month', 'version'])
@ForeignKey('ReportingMonth', ['planYear', 'month'], ['planYear', 'month'])
@Check('treasury_statement_version_check', 'version > 0')
@Check('treasury_statement_lines_check', 'lines > 0')
@Check('treasury_statement_document_check', "document_no <> ''")
export class TreasuryStatement {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  planYear: number;

  @Column({ type: 'int' })
  month: number;

  /** 1 for the first statement of a month. */
  @Column({ type: 'int' })
  version: number;

  /** The day up to which the Treasury counted. */
  @Column({ type: 'date' })
  asOf: string;

  @Column({ type: 'text', nullable: true })
  documentNo: string | null;

  /** How many lines it has: as many must be there when the transaction ends, and no more ever. */
  @Column({ type: 'int' })
  lines: number;

  /** SHA-256 over the lines in their order: what was read is what is kept. */
  @Column({ type: 'text' })
  linesHash: string;

  @Column({ type: 'timestamptz' })
  importedAt: Date;

  @Column({ type: 'text' })
  importedBy: string;
}

/** One line of a statement: a project's money of the month by source, as the Treasury printed it. */
@Entity()
@Check('treasury_line_national_code_check', "national_code ~ '^[0-9]{7}$'")
@Check(
  'treasury_line_amount_check',
  'amount BETWEEN -9007199254740991 AND 9007199254740991 AND advance BETWEEN 0 AND 9007199254740991 AND advance_recovered BETWEEN 0 AND 9007199254740991',
)
@Index('treasury_line_of_project_unique', ['statementId', 'nationalCode', 'sourceCode', 'carriedOver'], {
  unique: true,
  where: 'unit_code IS NULL',
})
@Index('treasury_line_of_unit_unique', ['statementId', 'nationalCode', 'sourceCode', 'carriedOver', 'unitCode'], {
  unique: true,
  where: 'unit_code IS NOT NULL',
})
@Index(['statementId', 'nationalCode'])
export class TreasuryLine {
  @PrimaryColumn({ type: 'int' })
  @ForeignKey('TreasuryStatement')
  statementId: number;

  /** Its place in the statement, from 1. */
  @PrimaryColumn({ type: 'int' })
  ordinal: number;

  /** Seven digits, the key to the books; the register may not know it. */
  @Column({ type: 'text' })
  nationalCode: string;

  @Column({ type: 'text', nullable: true })
  @ForeignKey('Unit')
  unitCode: string | null;

  /** As printed. */
  @Column({ type: 'text', default: '' })
  projectName: string;

  @Column({ type: 'text' })
  @ForeignKey('FundingSource')
  sourceCode: string;

  @Column({ type: 'boolean', default: false })
  carriedOver: boolean;

  /** đồng, net disbursed in the month: payments and advances less what was recovered or refunded. */
  @Column({ type: 'bigint', transformer: dongColumn })
  amount: bigint;

  /** đồng of it paid in advance. */
  @Column({ type: 'bigint', default: 0, transformer: dongColumn })
  advance: bigint;

  /** đồng of earlier advances recovered in the month. */
  @Column({ type: 'bigint', default: 0, transformer: dongColumn })
  advanceRecovered: bigint;
}
