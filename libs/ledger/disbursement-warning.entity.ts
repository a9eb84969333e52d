import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { dongColumn } from '#libs/platform';
import type { WarningCode } from './disbursement-warnings.rule.js';

/** What was unusual about an entry when it was booked; the reason stands with the entry. Append-only. */
@Entity()
@Check(
  'disbursement_warning_code_check',
  "code IN ('over-plan', 'no-plan', 'over-usual', 'december-spike', 'cumulative-falls')",
)
@Index('disbursement_warning_once_unique', ['entryId', 'code'], { unique: true })
export class DisbursementWarning {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  @ForeignKey('DisbursementEntry')
  entryId: number;

  @Column({ type: 'text' })
  code: WarningCode;

  /** đồng: the cumulative figure, or the month's sum */
  @Column({ type: 'bigint', transformer: dongColumn })
  found: bigint;

  /** đồng: the plan, the usual month, or 0 */
  @Column({ type: 'bigint', transformer: dongColumn })
  comparedWith: bigint;
}
