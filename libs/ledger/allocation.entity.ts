import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { PlanBasis } from '#libs/monitoring/rule';
import { countColumn, dongColumn } from '#libs/platform';

export const DECISION_KINDS = ['initial', 'supplement', 'adjustment', 'transfer', 'carried-over', 'cancelled'] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];
export type DecisionLevel = 'central' | 'province';

/** A decision that assigns or moves capital (quyết định giao, điều chỉnh kế hoạch vốn). Append-only. */
@Entity()
@Check('allocation_decision_number_check', "number <> '' AND number IS NFC NORMALIZED")
@Check('allocation_decision_level_check', "level IN ('central', 'province')")
@Check(
  'allocation_decision_kind_check',
  "kind IN ('initial', 'supplement', 'adjustment', 'transfer', 'carried-over', 'cancelled')",
)
@Index('allocation_decision_number_unique', ['planYear', 'number', 'decisionDate'], { unique: true })
export class AllocationDecision {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  planYear: number;

  @Column({ type: 'text' })
  number: string;

  @Column({ type: 'date' })
  decisionDate: string;

  /** From this day the lines are in force; later than the decision date when it arrived after a month closed. */
  @Column({ type: 'date' })
  effectiveDate: string;

  @Column({ type: 'text' })
  level: DecisionLevel;

  @Column({ type: 'text' })
  kind: DecisionKind;

  /** The decision whose capital this one assigns in detail; that one is no detail itself. */
  @Column({ type: 'int', nullable: true })
  @ForeignKey('AllocationDecision')
  @Index()
  detailsDecisionId: number | null;

  @Column({ type: 'text', default: '' })
  note: string;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  @Column({ type: 'text' })
  recordedBy: string;
}

/**
 * A signed line project × source of a decision. `province` lines carry the whole plan; `pm` lines repeat the part
 * that the Prime Minister assigned. Append-only.
 */
@Entity()
@Check('allocation_line_basis_check', "basis IN ('pm', 'province')")
@Check('allocation_line_amount_check', 'amount BETWEEN -9007199254740991 AND 9007199254740991')
@Check('allocation_line_month_check', 'effective_month BETWEEN 1 AND 13')
@ForeignKey('ReportingMonth', ['planYear', 'effectiveMonth'], ['planYear', 'month'])
@Index(['planYear', 'unitCode', 'effectiveMonth'])
@Index(['planYear', 'projectCode', 'sourceCode'])
export class AllocationLine {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  @ForeignKey('AllocationDecision')
  @Index()
  decisionId: number;

  @Column({ type: 'int' })
  planYear: number;

  /** The first month whose end is on or after the decision's effective date; the database checks it. */
  @Column({ type: 'int' })
  effectiveMonth: number;

  @Column({ type: 'text' })
  basis: PlanBasis;

  @Column({ type: 'boolean' })
  carriedOver: boolean;

  @Column({ type: 'text' })
  @ForeignKey('Unit')
  unitCode: string;

  /** Empty: capital of the unit that is not yet assigned to projects. */
  @Column({ type: 'text', nullable: true })
  @ForeignKey('Project')
  @Index()
  projectCode: string | null;

  @Column({ type: 'text' })
  @ForeignKey('FundingSource')
  sourceCode: string;

  /** đồng */
  @Column({ type: 'bigint', transformer: dongColumn })
  amount: bigint;
}

/** What a month's lines add to each unit's plan: kept by the database as lines arrive, so evaluating costs by units. */
@Entity()
@Check('allocation_total_amount_check', 'amount BETWEEN -9007199254740991 AND 9007199254740991')
export class AllocationTotal {
  @PrimaryColumn({ type: 'int' })
  planYear: number;

  @PrimaryColumn({ type: 'int' })
  effectiveMonth: number;

  @PrimaryColumn({ type: 'text' })
  unitCode: string;

  @PrimaryColumn({ type: 'text' })
  basis: PlanBasis;

  @PrimaryColumn({ type: 'boolean' })
  carriedOver: boolean;

  /** đồng */
  @Column({ type: 'bigint', transformer: dongColumn })
  amount: bigint;

  @Column({ type: 'bigint', transformer: countColumn })
  lines: number;
}
