import { Check, Column, Entity, PrimaryColumn, UpdateDateColumn } from 'typeorm';
import type { UnitKind } from '#libs/monitoring/rule';

/** A unit that receives capital (đơn vị được giao vốn) and is rated; its code is never reused. */
@Entity()
@Check('unit_kind_check', "kind IN ('investor', 'district', 'commune', 'reserve')")
@Check('unit_code_check', "code <> '' AND code = btrim(code) AND code IS NFC NORMALIZED")
@Check('unit_name_check', "name <> '' AND name IS NFC NORMALIZED AND short_name <> ''")
@Check('unit_validity_check', 'valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to')
export class Unit {
  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  kind: UnitKind;

  /** The group whose average it may be compared with, e.g. `provincial`, `district`. */
  @Column({ type: 'text', name: 'unit_group' })
  group: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  shortName: string;

  @Column({ type: 'date', nullable: true })
  validFrom: string | null;

  @Column({ type: 'date', nullable: true })
  validTo: string | null;

  /** To the millisecond, so that it survives an ETag. */
  @UpdateDateColumn({ type: 'timestamptz', precision: 3 })
  updatedAt: Date;
}
