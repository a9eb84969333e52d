import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

/**
 * What somebody said about a cell of the month grid (unit × project × source × carried over × month). Append-only;
 * a closed month takes comments too, for they are no part of its books.
 */
@Entity()
@Check('cell_comment_text_check', "text <> '' AND text IS NFC NORMALIZED")
@ForeignKey('ReportingMonth', ['planYear', 'month'], ['planYear', 'month'])
@Index(['planYear', 'unitCode', 'month'])
export class CellComment {
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

  @Column({ type: 'boolean' })
  carriedOver: boolean;

  @Column({ type: 'text' })
  text: string;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  @Column({ type: 'text' })
  recordedBy: string;
}
