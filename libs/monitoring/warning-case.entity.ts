import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { CaseChange, CaseEndReason, CaseState } from './rule/index.js';

/** Beside what the rule says: `withdrawn`, when a month was closed anew and its evaluation no longer has the case. */
export type KeptCaseState = CaseState | 'withdrawn';
export type KeptCaseChange = CaseChange | 'withdrawn';

/** A warning case (cảnh báo): one below-average run of one unit that reached the threshold. */
@Entity()
@Check('warning_case_state_check', "state IN ('open', 'cleared', 'ended', 'withdrawn')")
@Check('warning_case_end_check', "(state = 'open') = (ended_month IS NULL)")
@Check('warning_case_reason_check', "(state = 'ended') = (end_reason IS NOT NULL)")
@Index('warning_case_run_unique', ['planYear', 'unitCode', 'openedMonth'], { unique: true })
@Index('warning_case_one_open_index', ['planYear', 'unitCode'], { unique: true, where: "state = 'open'" })
export class WarningCase {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  planYear: number;

  @Column({ type: 'text' })
  @ForeignKey('Unit')
  unitCode: string;

  @Column({ type: 'int' })
  openedMonth: number;

  @Column({ type: 'text' })
  state: KeptCaseState;

  /** The month that cleared or ended it, or whose correction withdrew it. */
  @Column({ type: 'int', nullable: true })
  endedMonth: number | null;

  @Column({ type: 'text', nullable: true })
  endReason: CaseEndReason | null;
}

/** What one evaluation did to a case. */
@Entity()
@Check('warning_case_step_change_check', "change IN ('new', 'continuing', 'paused', 'cleared', 'ended', 'withdrawn')")
export class WarningCaseStep {
  @PrimaryColumn({ type: 'int' })
  @ForeignKey('WarningCase')
  caseId: number;

  @PrimaryColumn({ type: 'int' })
  @ForeignKey('Evaluation')
  @Index()
  evaluationId: number;

  @Column({ type: 'int' })
  month: number;

  @Column({ type: 'text' })
  change: KeptCaseChange;
}
