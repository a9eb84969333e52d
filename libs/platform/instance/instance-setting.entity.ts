import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** What this installation is: one row. */
@Entity()
@Check('instance_setting_one_row_check', 'singleton')
export class InstanceSetting {
  @PrimaryColumn({ type: 'boolean' })
  singleton: boolean;

  @Column({ type: 'text' })
  provinceName: string;

  /** The database holds the demonstration: every figure carries the mark "số liệu minh hoạ". */
  @Column({ type: 'boolean' })
  illustrative: boolean;

  /** The fixed business day of a demonstration; empty where the calendar decides. */
  @Column({ type: 'date', nullable: true })
  businessDate: string | null;
}
