import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { CalendarDayKind } from './working-days.rule.js';

/** A day that differs from the plain week, as computed at first or as staff entered it from the year's decision. */
@Entity()
@Check('calendar_day_kind_check', "kind IN ('holiday', 'day-off-in-lieu', 'make-up-day')")
@Check('calendar_day_source_check', "source IN ('computed', 'staff')")
@Check('calendar_day_name_check', "name <> '' AND name IS NFC NORMALIZED")
@Check('calendar_day_make_up_check', "kind <> 'make-up-day' OR extract(isodow FROM date) >= 6")
export class CalendarDay {
  @PrimaryColumn({ type: 'date' })
  date: string;

  @Column({ type: 'text' })
  kind: CalendarDayKind;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  source: 'computed' | 'staff';

  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  @Column({ type: 'text' })
  recordedBy: string;
}
