import {
  Check,
  Column,
  Entity,
  Exclusion,
  ForeignKey,
  Index,
  PrimaryColumn,
  PrimaryGeneratedColumn,
  UpdateDateColumn,
} from 'typeorm';
import { dongColumn } from '#libs/platform';

export type CapitalType = 'public' | 'ppp' | 'non-budget' | 'unknown';
export type Programme = 'none' | 'NTM' | 'GNBV' | 'DTTS';

/** A project (dự án); it may have components, and capital and payments sit on the leaves. */
@Entity()
@Check('project_code_check', "code <> '' AND code = btrim(code) AND code IS NFC NORMALIZED")
@Check('project_name_check', "name <> '' AND name IS NFC NORMALIZED")
@Check('project_national_code_check', "national_code ~ '^[0-9]{7}$'")
@Check('project_capital_type_check', "capital_type IN ('public', 'ppp', 'non-budget', 'unknown')")
@Check('project_programme_check', "programme IN ('none', 'NTM', 'GNBV', 'DTTS')")
@Check('project_parent_check', 'parent_code <> code')
@Check(
  'project_investment_decision_check',
  "investment_decision_no <> '' AND investment_decision_no IS NFC NORMALIZED AND (investment_decision_date IS NULL OR investment_decision_no IS NOT NULL)",
)
@Check(
  'project_opening_check',
  'num_nulls(opening_through_year, opening_allocated, opening_disbursed) IN (0, 3) AND opening_allocated BETWEEN 0 AND 9007199254740991 AND opening_disbursed BETWEEN 0 AND 9007199254740991',
)
export class Project {
  @PrimaryColumn({ type: 'text' })
  code: string;

  /** Seven digits, the key to the Treasury. */
  @Column({ type: 'text', nullable: true, unique: true })
  nationalCode: string | null;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', nullable: true })
  @ForeignKey('Project')
  @Index()
  parentCode: string | null;

  /** PPP and non-budget projects have an investor's name instead of a unit. */
  @Column({ type: 'text', nullable: true })
  investorName: string | null;

  @Column({ type: 'text' })
  capitalType: CapitalType;

  @Column({ type: 'text', default: 'none' })
  programme: Programme;

  /** đồng */
  @Column({ type: 'bigint', nullable: true, transformer: dongColumn })
  totalInvestment: bigint | null;

  /** What is known of the total when it is not an exact figure, e.g. "khoảng 2.300 tỷ đồng". */
  @Column({ type: 'text', nullable: true })
  totalInvestmentNote: string | null;

  @Column({ type: 'text', default: '' })
  sourceNote: string;

  /** Decision to invest (quyết định đầu tư); its total is `totalInvestment`. */
  @Column({ type: 'text', nullable: true })
  investmentDecisionNo: string | null;

  @Column({ type: 'date', nullable: true })
  investmentDecisionDate: string | null;

  /** The last year before the books begin: the two figures below are cumulative to its end. */
  @Column({ type: 'int', nullable: true })
  openingThroughYear: number | null;

  /** đồng */
  @Column({ type: 'bigint', nullable: true, transformer: dongColumn })
  openingAllocated: bigint | null;

  /** đồng */
  @Column({ type: 'bigint', nullable: true, transformer: dongColumn })
  openingDisbursed: bigint | null;

  /** To the millisecond, so that it survives an ETag. */
  @UpdateDateColumn({ type: 'timestamptz', precision: 3 })
  updatedAt: Date;
}

/** Which unit holds a project, from a day to a day; one at a time. */
@Entity()
@Exclusion(
  'project_unit_one_at_a_time',
  "USING gist (project_code WITH =, daterange(valid_from, valid_to, '[]') WITH &&)",
)
export class ProjectUnit {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'text' })
  @ForeignKey('Project')
  @Index()
  projectCode: string;

  @Column({ type: 'text' })
  @ForeignKey('Unit')
  @Index()
  unitCode: string;

  @Column({ type: 'date', nullable: true })
  validFrom: string | null;

  @Column({ type: 'date', nullable: true })
  validTo: string | null;
}

@Entity()
export class ProjectPlace {
  @PrimaryColumn({ type: 'text' })
  @ForeignKey('Project')
  projectCode: string;

  @PrimaryColumn({ type: 'text' })
  @ForeignKey('Place')
  @Index()
  placeCode: string;
}
