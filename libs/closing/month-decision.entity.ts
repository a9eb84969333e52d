import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { MissingKind } from './missing-items.rule.js';

/** What was decided about one missing thing when a month was closed. Append-only. */
@Entity()
@ForeignKey('ReportingMonth', ['planYear', 'month'], ['planYear', 'month'])
@Check(
  'month_decision_kind_check',
  "kind IN ('missing-report', 'money-without-plan', 'outside-validity', 'estimate-without-actual', 'not-signed-off', 'open-objection')",
)
@Check('month_decision_note_check', "note <> '' AND decision <> ''")
export class MonthDecision {
  @PrimaryColumn({ type: 'int' })
  planYear: number;

  @PrimaryColumn({ type: 'int' })
  month: number;

  /** The version that this close made. */
  @PrimaryColumn({ type: 'int' })
  monthVersion: number;

  @PrimaryColumn({ type: 'text' })
  kind: MissingKind;

  /** A unit's code; for a check that is not signed off, its name. */
  @PrimaryColumn({ type: 'text' })
  subject: string;

  @Column({ type: 'text' })
  decision: string;

  @Column({ type: 'text' })
  note: string;

  @Column({ type: 'timestamptz' })
  decidedAt: Date;

  @Column({ type: 'text' })
  decidedBy: string;
}
