import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import type { Course, NoticeState } from './life-cycle.rule.js';

/** Beside the states: that a deadline comes near, has passed, or was brought before the leaders. */
export const NOTICE_MARKS = [
  'acknowledge-due-soon',
  'acknowledge-overdue',
  'acknowledge-escalated',
  'plan-due-soon',
  'plan-overdue',
  'plan-escalated',
  'answer-due-soon',
  'answer-overdue',
  'answer-escalated',
] as const;
export type NoticeMark = (typeof NOTICE_MARKS)[number];

/**
 * What happened to a notice, in order: each state it came into and each mark it got, each once. Only ever added to;
 * the newest state among them is the notice's, which the database checks at the commit.
 */
@Entity()
@Check(
  'notice_step_what_check',
  "what IN ('draft', 'issued', 'delivered', 'acknowledged', 'planned', 'inspected', 'answered', 'resolved', 'closed', 'withdrawn', 'acknowledge-due-soon', 'acknowledge-overdue', 'acknowledge-escalated', 'plan-due-soon', 'plan-overdue', 'plan-escalated', 'answer-due-soon', 'answer-overdue', 'answer-escalated')",
)
@Check('notice_step_month_check', 'month BETWEEN 1 AND 13')
@Index('notice_step_once_unique', ['noticeId', 'what'], { unique: true })
export class NoticeStep {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  @ForeignKey('Notice')
  noticeId: number;

  @Column({ type: 'text' })
  what: NoticeState | NoticeMark;

  /** By the business clock. */
  @Column({ type: 'timestamptz' })
  at: Date;

  /** The person's name, `Hệ thống` for jobs. */
  @Column({ type: 'text' })
  byName: string;

  @Column({ type: 'text', nullable: true })
  because: string | null;

  /** The month of the notice's plan year that cleared the case, where one did. */
  @Column({ type: 'int', nullable: true })
  month: number | null;
}

/** life-cycle.rule.ts in the database, for its own refusals. */
@Entity()
export class NoticeTransition {
  @PrimaryColumn({ type: 'text' })
  course: Course;

  @PrimaryColumn({ type: 'text' })
  fromState: NoticeState;

  @PrimaryColumn({ type: 'text' })
  toState: NoticeState;
}
