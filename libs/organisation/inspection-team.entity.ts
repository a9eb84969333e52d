import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** An inspection team (đoàn kiểm tra). One of them is the named fallback for units that no team looks after. */
@Entity()
@Check('inspection_team_name_check', "name <> '' AND name IS NFC NORMALIZED")
@Index('inspection_team_one_fallback_index', ['isFallback'], { unique: true, where: 'is_fallback' })
export class InspectionTeam {
  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'boolean', default: false })
  isFallback: boolean;
}

/** What a team looks after, from a day to a day: a unit or a place. No unit or place has two teams on one day. */
@Entity()
@Check('team_area_subject_check', 'num_nonnulls(unit_code, place_code) = 1')
@Check('team_area_validity_check', 'valid_to IS NULL OR valid_from <= valid_to')
@Exclusion(
  'team_area_one_team_a_unit',
  "USING gist (unit_code WITH =, daterange(valid_from, valid_to, '[]') WITH &&) WHERE (unit_code IS NOT NULL)",
)
@Exclusion(
  'team_area_one_team_a_place',
  "USING gist (place_code WITH =, daterange(valid_from, valid_to, '[]') WITH &&) WHERE (place_code IS NOT NULL)",
)
export class TeamArea {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'text' })
  @ForeignKey('InspectionTeam')
  teamCode: string;

  @Column({ type: 'text', nullable: true })
  @ForeignKey('Unit')
  unitCode: string | null;

  @Column({ type: 'text', nullable: true })
  @ForeignKey('Place')
  placeCode: string | null;

  @Column({ type: 'date' })
  validFrom: string;

  @Column({ type: 'date', nullable: true })
  validTo: string | null;
}
