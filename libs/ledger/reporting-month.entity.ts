import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

export type MonthState = 'open' | 'closed' | 'reopened';

/**
 * A reporting period (kỳ báo cáo): plan year + month 1..13. The database lets months of a plan year close in order
 * only, counts the version up at each close, and refuses every write to the books of a closed month.
 */
@Entity()
@Check('reporting_month_number_check', 'month BETWEEN 1 AND 13')
@Check('reporting_month_state_check', "state IN ('open', 'closed', 'reopened')")
@Check('reporting_month_closed_check', "(state = 'closed') = (closed_at IS NOT NULL)")
export class ReportingMonth {
  @PrimaryColumn({ type: 'int' })
  planYear: number;

  @PrimaryColumn({ type: 'int' })
  month: number;

  @Column({ type: 'text', default: 'open' })
  state: MonthState;

  /** How often the month was closed; 0 before the first time. */
  @Column({ type: 'int', default: 0 })
  version: number;

  /** The business day of the close. */
  @Column({ type: 'date', nullable: true })
  closedOn: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  closedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  closedBy: string | null;
}

/** By whom a month was reported: the unit itself, staff from its paper, or the Treasury's statement naming it. */
export type ReportWay = 'unit' | 'staff' | 'treasury';

/**
 * A unit's report for a month: its row alone says that the unit reported, an entry does not (domain.md §4). The unit's
 * own (or staff's for it) comes once; the Treasury's stands beside it as a fact of its own.
 */
@Entity()
@ForeignKey('ReportingMonth', ['planYear', 'month'], ['planYear', 'month'])
@Check('monthly_report_via_check', "via IN ('unit', 'staff', 'treasury')")
@Index('monthly_report_submitted_unique', ['planYear', 'month', 'unitCode'], {
  unique: true,
  where: "via <> 'treasury'",
})
export class MonthlyReport {
  @PrimaryColumn({ type: 'int' })
  planYear: number;

  @PrimaryColumn({ type: 'int' })
  month: number;

  @PrimaryColumn({ type: 'text' })
  @ForeignKey('Unit')
  unitCode: string;

  @PrimaryColumn({ type: 'text', default: 'staff' })
  via: ReportWay;

  /** The business day on which the unit submitted, or on which the statement was imported. */
  @Column({ type: 'date' })
  submittedOn: string;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  @Column({ type: 'text' })
  recordedBy: string;
}
