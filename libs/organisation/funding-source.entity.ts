import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

export type FundingLevel = 'central' | 'local' | 'programme' | 'other';

/** Where money comes from (nguồn vốn): NSTW, NSĐP, the three national target programmes, other. */
@Entity()
@Check('funding_source_level_check', "level IN ('central', 'local', 'programme', 'other')")
@Check('funding_source_name_check', "name <> '' AND name IS NFC NORMALIZED")
export class FundingSource {
  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  level: FundingLevel;
}
