import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { dongColumn } from '#libs/platform';

/** Years of a medium-term plan (kế hoạch trung hạn): 2021-2025, 2026-2030 … */
export const MEDIUM_TERM_YEARS = 5;

/** The first year of the medium-term period that a plan year lies in: 2024 → 2021. */
export function mediumTermPeriod(planYear: number): number {
  return planYear - ((planYear - 1) % MEDIUM_TERM_YEARS);
}

/** What a project may get of a source in a medium-term period, by the decision that set it last. */
@Entity()
@Check('medium_term_plan_period_check', 'period_start BETWEEN 1000 AND 9999 AND period_start % 5 = 1')
@Check(
  'medium_term_plan_amount_check',
  'amount BETWEEN 0 AND 9007199254740991 AND allocated_before BETWEEN 0 AND 9007199254740991',
)
export class MediumTermPlan {
  @PrimaryColumn({ type: 'int' })
  periodStart: number;

  @PrimaryColumn({ type: 'text' })
  @ForeignKey('Project')
  @Index()
  projectCode: string;

  @PrimaryColumn({ type: 'text' })
  @ForeignKey('FundingSource')
  sourceCode: string;

  /** đồng for the whole period */
  @Column({ type: 'bigint', transformer: dongColumn })
  amount: bigint;

  /** đồng that the years of the period before the first one kept in these books had been allocated */
  @Column({ type: 'bigint', transformer: dongColumn, default: 0 })
  allocatedBefore: bigint;

  @Column({ type: 'text', nullable: true })
  decisionNo: string | null;

  @Column({ type: 'date', nullable: true })
  decisionDate: string | null;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;

  @Column({ type: 'text' })
  updatedBy: string;
}
