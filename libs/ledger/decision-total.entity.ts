import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { PlanBasis } from '#libs/monitoring/rule';
import { countColumn, dongColumn } from '#libs/platform';

/**
 * What a decision says that it assigns in all, beside its lines. A decision that states none assigns the sum of its
 * lines; one that states some assigns nothing of what it does not state. Append-only.
 */
@Entity()
@Check('allocation_decision_total_basis_check', "basis IN ('pm', 'province')")
@Check('allocation_decision_total_amount_check', 'amount BETWEEN -9007199254740991 AND 9007199254740991')
export class AllocationDecisionTotal {
  @PrimaryColumn({ type: 'int' })
  @ForeignKey('AllocationDecision')
  decisionId: number;

  @PrimaryColumn({ type: 'text' })
  @ForeignKey('FundingSource')
  sourceCode: string;

  @PrimaryColumn({ type: 'text' })
  basis: PlanBasis;

  @PrimaryColumn({ type: 'boolean' })
  carriedOver: boolean;

  /** đồng */
  @Column({ type: 'bigint', transformer: dongColumn })
  amount: bigint;
}

/** What the lines of a decision sum to, and those of the decisions that detail it: kept by the database. */
@Entity()
export class AllocationDecisionSum {
  @PrimaryColumn({ type: 'int' })
  decisionId: number;

  @PrimaryColumn({ type: 'text' })
  sourceCode: string;

  @PrimaryColumn({ type: 'text' })
  basis: PlanBasis;

  @PrimaryColumn({ type: 'boolean' })
  carriedOver: boolean;

  /** đồng, all own lines */
  @Column({ type: 'bigint', transformer: dongColumn })
  amount: bigint;

  /** đồng, own lines of projects */
  @Column({ type: 'bigint', transformer: dongColumn })
  toProjects: bigint;

  /** đồng, all lines of the decisions that detail this one */
  @Column({ type: 'bigint', transformer: dongColumn })
  detailsAmount: bigint;

  /** đồng, their lines of projects */
  @Column({ type: 'bigint', transformer: dongColumn })
  detailsToProjects: bigint;

  @Column({ type: 'bigint', transformer: countColumn })
  lines: number;
}

/**
 * Capital that a unit holds and no project has yet, by the decision that brought it; what a decision that details
 * that one moved on is taken off. Below zero where a decision drew on the unit's capital without naming its decision.
 * Kept by the database.
 */
@Entity()
@Index(['planYear', 'unitCode'])
export class UnassignedCapital {
  @PrimaryColumn({ type: 'int' })
  decisionId: number;

  @PrimaryColumn({ type: 'text' })
  unitCode: string;

  @PrimaryColumn({ type: 'text' })
  sourceCode: string;

  @PrimaryColumn({ type: 'text' })
  basis: PlanBasis;

  @PrimaryColumn({ type: 'boolean' })
  carriedOver: boolean;

  @Column({ type: 'int' })
  planYear: number;

  /** đồng */
  @Column({ type: 'bigint', transformer: dongColumn })
  amount: bigint;
}
