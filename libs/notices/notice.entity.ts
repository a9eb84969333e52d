import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { dongColumn } from '#libs/platform';
import type { Audience, NoticeState } from './life-cycle.rule.js';

/** Steps of a reminder; empty for whatever rests on an evaluation. */
export const REMINDER_STEPS = ['due-soon', 'overdue', 'long-overdue'] as const;
export type ReminderStep = (typeof REMINDER_STEPS)[number];

/** A message about one closed month to one recipient; the database lets exactly one exist. */
@Entity()
@Check('notice_audience_check', "audience IN ('team', 'unit', 'announcement', 'staff')")
@Check(
  'notice_state_check',
  "state IN ('draft', 'issued', 'delivered', 'acknowledged', 'planned', 'inspected', 'answered', 'resolved', 'closed', 'withdrawn')",
)
@Check('notice_issued_check', "(state = 'draft') = (issued_at IS NULL)")
@Check(
  'notice_acknowledged_check',
  "CASE WHEN state IN ('draft', 'issued', 'delivered') THEN acknowledged_at IS NULL WHEN state IN ('acknowledged', 'planned', 'inspected', 'answered', 'resolved') THEN acknowledged_at IS NOT NULL ELSE true END",
)
@Check('notice_step_check', "step IN ('', 'due-soon', 'overdue', 'long-overdue')")
@Index('notice_once_unique', ['planYear', 'month', 'monthVersion', 'audience', 'recipient', 'step'], { unique: true })
@Index(['audience', 'recipient', 'state'])
@ForeignKey('ReportingMonth', ['planYear', 'month'], ['planYear', 'month'])
export class Notice {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  planYear: number;

  @Column({ type: 'int' })
  month: number;

  @Column({ type: 'int' })
  monthVersion: number;

  @Column({ type: 'text' })
  audience: Audience;

  /** Team code, unit code, `province` or `staff`. */
  @Column({ type: 'text' })
  recipient: string;

  /** The recipient's name on the day of writing. */
  @Column({ type: 'text' })
  recipientName: string;

  /** The recipient is the named fallback: no team looks after the units in it. */
  @Column({ type: 'boolean', default: false })
  isFallback: boolean;

  @Column({ type: 'text' })
  state: NoticeState;

  @Column({ type: 'text' })
  subject: string;

  @Column({ type: 'text', default: '' })
  step: ReminderStep | '';

  /** The released notice of an earlier version that this one corrects (đính chính). */
  @Column({ type: 'int', nullable: true })
  @ForeignKey('Notice')
  @Index()
  corrects: number | null;

  /** Absent for a reminder about a month that is still open. */
  @Column({ type: 'int', nullable: true })
  @ForeignKey('Evaluation')
  evaluationId: number | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  issuedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  releasedBy: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  acknowledgedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  acknowledgedBy: string | null;

  @Column({ type: 'text', nullable: true })
  acknowledgementNote: string | null;
}

export type NoticeLineKind = 'new-case' | 'continuing-case' | 'missing-report' | 'left-list';

/** One unit in a notice: a case that is new or goes on, a report that is missing, or, in a correction, that it is not on the list after all. Figures are frozen. */
@Entity()
@Check('notice_line_kind_check', "kind IN ('new-case', 'continuing-case', 'missing-report', 'left-list')")
@Index(['unitCode'])
export class NoticeLine {
  @PrimaryColumn({ type: 'int' })
  @ForeignKey('Notice')
  noticeId: number;

  @PrimaryColumn({ type: 'int' })
  ordinal: number;

  @Column({ type: 'text' })
  kind: NoticeLineKind;

  @Column({ type: 'text' })
  @ForeignKey('Unit')
  unitCode: string;

  @Column({ type: 'int', nullable: true })
  @ForeignKey('WarningCase')
  caseId: number | null;

  @Column({ type: 'int' })
  streak: number;

  /** đồng */
  @Column({ type: 'bigint', transformer: dongColumn })
  plan: bigint;

  /** đồng */
  @Column({ type: 'bigint', transformer: dongColumn })
  disbursed: bigint;

  /** đồng */
  @Column({ type: 'bigint', transformer: dongColumn })
  gap: bigint;
}
