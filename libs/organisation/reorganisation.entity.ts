import { Check, Column, Entity, Exclusion, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

export type ReorganisationState = 'draft' | 'carried-out' | 'withdrawn';

/**
 * A reorganisation of units (sắp xếp đơn vị): prepared by one person, carried out by another, never taken back; what
 * was wrong is put right by a new one.
 */
@Entity()
@Check('reorganisation_decision_no_check', "decision_no <> '' AND decision_no IS NFC NORMALIZED")
@Check('reorganisation_state_check', "state IN ('draft', 'carried-out', 'withdrawn')")
@Check(
  'reorganisation_decided_check',
  "(state = 'draft') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)",
)
@Check('reorganisation_second_person_check', "state <> 'carried-out' OR decided_by <> prepared_by")
export class Reorganisation {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'text' })
  decisionNo: string;

  @Column({ type: 'date' })
  decisionDate: string;

  /** The first day of the successors; the ended units' last day is the one before. */
  @Column({ type: 'date' })
  effectiveDate: string;

  @Column({ type: 'text', default: '' })
  note: string;

  @Column({ type: 'text', default: 'draft' })
  state: ReorganisationState;

  /** Every unit that ends or takes over: whose people may read it. */
  @Column({ type: 'text', array: true })
  unitCodes: string[];

  /** Canonical JSON of what was asked for. */
  @Column({ type: 'text' })
  request: string;

  /** Canonical JSON of what it moves: as computed when prepared, then as carried out. */
  @Column({ type: 'text' })
  result: string;

  @Column({ type: 'timestamptz' })
  preparedAt: Date;

  @Column({ type: 'text' })
  preparedBy: string;

  @Column({ type: 'timestamptz', nullable: true })
  decidedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  decidedBy: string | null;
}

/** One unit follows another from a day on; several may follow one and one may follow several. Append-only. */
@Entity()
@Check('unit_succession_itself_check', 'predecessor_code <> successor_code')
@Exclusion('unit_succession_ends_once', 'USING gist (predecessor_code WITH =, reorganisation_id WITH <>)')
@Index('unit_succession_pair_unique', ['predecessorCode', 'successorCode'], { unique: true })
export class UnitSuccession {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  @ForeignKey('Reorganisation')
  reorganisationId: number;

  @Column({ type: 'text' })
  @ForeignKey('Unit')
  predecessorCode: string;

  @Column({ type: 'text' })
  @ForeignKey('Unit')
  @Index()
  successorCode: string;

  @Column({ type: 'date' })
  effectiveDate: string;

  /**
   * Whether the predecessor's reporters see and fill the successor's rows. True where the successor began with the
   * act; a unit that existed before has people of its own, and taking over one project must not open its books.
   */
  @Column({ type: 'boolean' })
  peopleFollow: boolean;
}
