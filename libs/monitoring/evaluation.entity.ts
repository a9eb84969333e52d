import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { dongColumn } from '#libs/platform';
import type { AverageMethod, UnitStatus } from './rule/index.js';

/** The policy of a plan year, by version; a new version never touches a published result. */
@Entity()
@Check('policy_version_version_check', 'version > 0')
export class PolicyVersion {
  @PrimaryColumn({ type: 'int' })
  planYear: number;

  @PrimaryColumn({ type: 'int' })
  version: number;

  /** Canonical JSON of the policy's fields but planYear and throughMonth, defaults filled in. */
  @Column({ type: 'text' })
  fields: string;

  @Column({ type: 'text' })
  reason: string;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  @Column({ type: 'text' })
  recordedBy: string;

  /** What was proposed and confirmed by another person; null for the defaults of the first version. */
  @Column({ type: 'int', nullable: true })
  @ForeignKey('PolicyProposal')
  proposalId: number | null;
}

/**
 * One frozen evaluation. The three texts are canonical JSON; the database itself holds their SHA-256 to them, so
 * neither a text nor a hash can be altered alone. Append-only.
 */
@Entity()
@Index('evaluation_once_unique', ['planYear', 'month', 'monthVersion', 'policyVersion'], { unique: true })
@Check('evaluation_input_hash_check', "input_hash = encode(sha256(convert_to(inputs, 'UTF8')), 'hex')")
@Check('evaluation_policy_hash_check', "policy_hash = encode(sha256(convert_to(policy, 'UTF8')), 'hex')")
@Check('evaluation_result_hash_check', "result_hash = encode(sha256(convert_to(result, 'UTF8')), 'hex')")
@ForeignKey('ReportingMonth', ['planYear', 'month'], ['planYear', 'month'])
@ForeignKey('PolicyVersion', ['planYear', 'policyVersion'], ['planYear', 'version'])
export class Evaluation {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  planYear: number;

  @Column({ type: 'int' })
  month: number;

  @Column({ type: 'int' })
  monthVersion: number;

  @Column({ type: 'int' })
  policyVersion: number;

  @Column({ type: 'text' })
  inputs: string;

  @Column({ type: 'text' })
  policy: string;

  @Column({ type: 'text' })
  result: string;

  @Column({ type: 'text' })
  inputHash: string;

  @Column({ type: 'text' })
  policyHash: string;

  @Column({ type: 'text' })
  resultHash: string;

  /** The highest ledger ids that the frozen sums contain: which lines and entries the bundle must show. */
  @Column({ type: 'int' })
  lastLineId: number;

  @Column({ type: 'int' })
  lastEntryId: number;

  @Column({ type: 'timestamptz' })
  evaluatedAt: Date;
}

/** The average of one group in one month of an evaluation. */
@Entity()
export class EvaluationAverage {
  @PrimaryColumn({ type: 'int' })
  @ForeignKey('Evaluation')
  evaluationId: number;

  @PrimaryColumn({ type: 'int' })
  month: number;

  @PrimaryColumn({ type: 'text', name: 'unit_group' })
  group: string;

  @Column({ type: 'text' })
  method: AverageMethod;

  /** Reduced fraction; under method `mean` it may have thousands of digits. */
  @Column({ type: 'text' })
  numerator: string;

  @Column({ type: 'text' })
  denominator: string;

  @Column({ type: 'int' })
  ratedUnits: number;

  /** đồng; method `pooled` only. */
  @Column({ type: 'bigint', nullable: true, transformer: dongColumn })
  poolDisbursed: bigint | null;

  /** đồng; method `pooled` only. */
  @Column({ type: 'bigint', nullable: true, transformer: dongColumn })
  poolPlan: bigint | null;
}

/** One unit in one month of an evaluation. */
@Entity()
@Check('evaluation_line_status_check', "status IN ('not-rated', 'missing', 'below', 'at-or-above')")
@Index(['unitCode', 'evaluationId'])
export class EvaluationLine {
  @PrimaryColumn({ type: 'int' })
  @ForeignKey('Evaluation')
  evaluationId: number;

  @PrimaryColumn({ type: 'int' })
  month: number;

  @PrimaryColumn({ type: 'text' })
  @ForeignKey('Unit')
  unitCode: string;

  @Column({ type: 'text' })
  status: UnitStatus;

  /** đồng */
  @Column({ type: 'bigint', transformer: dongColumn })
  plan: bigint;

  /** đồng */
  @Column({ type: 'bigint', transformer: dongColumn })
  disbursed: bigint;

  @Column({ type: 'int' })
  streak: number;

  @Column({ type: 'boolean' })
  flagged: boolean;

  /** đồng */
  @Column({ type: 'bigint', transformer: dongColumn })
  gap: bigint;
}
