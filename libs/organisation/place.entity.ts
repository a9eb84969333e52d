import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** An administrative area with validity dates (địa bàn): where a project is, not who is rated. */
@Entity()
@Check('place_kind_check', "kind IN ('district', 'commune')")
@Check('place_name_check', "name <> '' AND name IS NFC NORMALIZED")
@Check('place_parent_check', "parent_code IS NULL OR kind = 'commune' AND parent_code <> code")
@Check('place_validity_check', 'valid_from IS NULL OR valid_to IS NULL OR valid_from <= valid_to')
export class Place {
  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  kind: 'district' | 'commune';

  @Column({ type: 'text' })
  name: string;

  /** The district that a commune lies in, where the register knows it. */
  @Column({ type: 'text', nullable: true })
  @ForeignKey('Place')
  parentCode: string | null;

  @Column({ type: 'date', nullable: true })
  validFrom: string | null;

  @Column({ type: 'date', nullable: true })
  validTo: string | null;
}
