import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** One close of a month: every version with its day and person. Written by the database as months close. */
@Entity()
@ForeignKey('ReportingMonth', ['planYear', 'month'], ['planYear', 'month'])
@Index('month_closing_version_unique', ['planYear', 'month', 'version'], { unique: true })
export class MonthClosing {
  /** In the order of the closes: a month may be closed anew only after an earlier one was. */
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  planYear: number;

  @Column({ type: 'int' })
  month: number;

  @Column({ type: 'int' })
  version: number;

  /** The earlier month whose closing again gave this one a new version; empty for a close of its own. */
  @Column({ type: 'int', nullable: true })
  anewOf: number | null;

  @Column({ type: 'date', nullable: true })
  closedOn: string | null;

  @Column({ type: 'timestamptz' })
  closedAt: Date;

  @Column({ type: 'text', nullable: true })
  closedBy: string | null;
}

export type ReopeningState = 'requested' | 'approved' | 'withdrawn';

/** A request to reopen a closed month, and what became of it: carried out by a second person, or withdrawn. */
@Entity()
@ForeignKey('ReportingMonth', ['planYear', 'month'], ['planYear', 'month'])
@Check('month_reopening_state_check', "state IN ('requested', 'approved', 'withdrawn')")
@Check('month_reopening_reason_check', "reason <> ''")
@Check('month_reopening_decided_check', "(state = 'requested') = (decided_by IS NULL AND decided_at IS NULL)")
@Check('month_reopening_two_people_check', "state <> 'approved' OR decided_by <> requested_by")
@Index('month_reopening_one_request_index', ['planYear', 'month'], { unique: true, where: "state = 'requested'" })
@Index(['planYear', 'month', 'monthVersion'])
export class MonthReopening {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  planYear: number;

  @Column({ type: 'int' })
  month: number;

  /** The closed version that is to be opened again. */
  @Column({ type: 'int' })
  monthVersion: number;

  @Column({ type: 'text' })
  state: ReopeningState;

  @Column({ type: 'text' })
  reason: string;

  @Column({ type: 'text' })
  requestedBy: string;

  @Column({ type: 'timestamptz' })
  requestedAt: Date;

  @Column({ type: 'text', nullable: true })
  decidedBy: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  decidedAt: Date | null;
}

/** The national average of a month as somebody published it. Beside the province's, never in its place. */
@Entity()
@ForeignKey('ReportingMonth', ['planYear', 'month'], ['planYear', 'month'])
@Check('national_average_percent_check', "percent ~ '^[0-9]{1,3}([.][0-9]{1,4})?$'")
@Check('national_average_source_check', "source <> ''")
export class NationalAverage {
  @PrimaryColumn({ type: 'int' })
  planYear: number;

  @PrimaryColumn({ type: 'int' })
  month: number;

  /** Decimal text of a percentage, as published. */
  @Column({ type: 'text' })
  percent: string;

  /** Who published it, in which document. */
  @Column({ type: 'text' })
  source: string;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  @Column({ type: 'text' })
  recordedBy: string;
}
