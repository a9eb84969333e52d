import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';
import { dongColumn } from '#libs/platform';

/** `explanation`: giải trình; `objection`: kiến nghị xem lại, which names the figure it contests. */
export const ANSWER_KINDS = ['explanation', 'objection'] as const;
export type AnswerKind = (typeof ANSWER_KINDS)[number];

export const ANSWER_STATES = ['open', 'rejected', 'accepted'] as const;
export type AnswerState = (typeof ANSWER_STATES)[number];

export const CONTESTED_FIGURES = ['plan', 'disbursed'] as const;
export type ContestedFigure = (typeof CONTESTED_FIGURES)[number];

/** What a unit answers to its letter or its case. Sent once, decided once; never changed otherwise. */
@Entity()
@Check('answer_kind_check', "kind IN ('explanation', 'objection')")
@Check('answer_about_check', 'notice_id IS NOT NULL OR case_id IS NOT NULL')
@Check('answer_figure_check', "figure IN ('plan', 'disbursed')")
@Check(
  'answer_contested_check',
  "num_nonnulls(plan_year, month, figure, stated, claimed) IN (0, 5) AND stated <> claimed AND (kind = 'explanation' OR figure IS NOT NULL)",
)
@Check('answer_text_check', "text <> '' AND text IS NFC NORMALIZED")
@Check('answer_state_check', "state IN ('open', 'rejected', 'accepted')")
@Check(
  'answer_decided_check',
  "(state = 'open') = (decided_at IS NULL) AND (state = 'open') = (decided_by IS NULL) AND (state <> 'rejected' OR reason <> '')",
)
@Check(
  'answer_leads_to_check',
  "num_nonnulls(reopening_id, entry_id) = (kind = 'objection' AND state = 'accepted')::int",
)
@ForeignKey('ReportingMonth', ['planYear', 'month'], ['planYear', 'month'])
@Index('answer_open_index', ['planYear', 'month'], { where: "state = 'open'" })
export class Answer {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int', nullable: true })
  @ForeignKey('Notice')
  @Index()
  noticeId: number | null;

  @Column({ type: 'int', nullable: true })
  @ForeignKey('WarningCase')
  @Index()
  caseId: number | null;

  @Column({ type: 'text' })
  @ForeignKey('Unit')
  @Index()
  unitCode: string;

  @Column({ type: 'text' })
  kind: AnswerKind;

  /** The month up to which the contested figure is cumulative; absent with the figure. */
  @Column({ type: 'int', nullable: true })
  planYear: number | null;

  @Column({ type: 'int', nullable: true })
  month: number | null;

  @Column({ type: 'text', nullable: true })
  figure: ContestedFigure | null;

  /** Of one project or source; absent: of the unit as a whole. */
  @Column({ type: 'text', nullable: true })
  @ForeignKey('Project')
  projectCode: string | null;

  @Column({ type: 'text', nullable: true })
  @ForeignKey('FundingSource')
  sourceCode: string | null;

  /** đồng: what stood when the answer was sent, read by the program. */
  @Column({ type: 'bigint', nullable: true, transformer: dongColumn })
  stated: bigint | null;

  /** đồng: what it should be, as the unit says. */
  @Column({ type: 'bigint', nullable: true, transformer: dongColumn })
  claimed: bigint | null;

  @Column({ type: 'text' })
  text: string;

  @Column({ type: 'timestamptz' })
  sentAt: Date;

  @Column({ type: 'text' })
  sentBy: string;

  /** By when the department decides. */
  @Column({ type: 'date' })
  dueOn: string;

  @Column({ type: 'text', default: 'open' })
  state: AnswerState;

  /** Of the decision; always there for a rejection. */
  @Column({ type: 'text', nullable: true })
  reason: string | null;

  /** What an accepted objection led to: the reopening of its month, or the entry that corrects an open one. */
  @Column({ type: 'int', nullable: true })
  @ForeignKey('MonthReopening')
  reopeningId: number | null;

  @Column({ type: 'int', nullable: true })
  @ForeignKey('DisbursementEntry')
  entryId: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  decidedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  decidedBy: string | null;
}

@Entity()
@Unique(['fileId'])
export class AnswerFile {
  @PrimaryColumn({ type: 'int' })
  @ForeignKey('Answer')
  answerId: number;

  @PrimaryColumn({ type: 'int' })
  @ForeignKey('UploadedFile')
  fileId: number;
}
