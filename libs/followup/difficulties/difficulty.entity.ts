import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';
import { dongColumn } from '#libs/platform';
import type { DifficultyState } from './difficulty-states.rule.js';

/** What a difficulty is about (domain.md §5). */
@Entity()
export class DifficultyCategory {
  @PrimaryColumn({ type: 'text' })
  code: string;

  @Column({ type: 'int' })
  ordinal: number;

  @Column({ type: 'text' })
  nameVi: string;

  @Column({ type: 'text' })
  nameEn: string;
}

/** A difficulty (khó khăn, vướng mắc) of a project, or of a unit as a whole, with who is to solve it by when. */
@Entity()
@Check('difficulty_subject_check', 'num_nonnulls(unit_code, project_code) > 0')
@Check('difficulty_state_check', "state IN ('open', 'proposed', 'decided', 'solved', 'dropped')")
@Check('difficulty_words_check', "title <> '' AND owner <> '' AND decider <> ''")
@Check('difficulty_proposal_check', "state <> 'proposed' OR proposal <> ''")
@Check('difficulty_decision_check', "state <> 'decided' OR decision <> ''")
@Check('difficulty_blocked_check', 'blocked BETWEEN 0 AND 9007199254740991')
@Index('difficulty_state_due_date_index', ['state', 'dueDate'])
export class Difficulty {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  /** Who held the project when it was recorded; null for PPP and non-budget projects, which no unit holds. */
  @Column({ type: 'text', nullable: true })
  @ForeignKey('Unit')
  @Index()
  unitCode: string | null;

  /** null: of the unit as a whole. */
  @Column({ type: 'text', nullable: true })
  @ForeignKey('Project')
  @Index()
  projectCode: string | null;

  @Column({ type: 'text' })
  @ForeignKey('DifficultyCategory')
  categoryCode: string;

  @Column({ type: 'text' })
  title: string;

  @Column({ type: 'text', default: '' })
  description: string;

  /** đồng of the plan that cannot be disbursed because of it; null: not known. */
  @Column({ type: 'bigint', nullable: true, transformer: dongColumn })
  blocked: bigint | null;

  /** The person or body that has to solve it. */
  @Column({ type: 'text' })
  owner: string;

  /** Who has the authority to decide. */
  @Column({ type: 'text' })
  decider: string;

  @Column({ type: 'date', nullable: true })
  dueDate: string | null;

  @Column({ type: 'text', default: '' })
  proposal: string;

  @Column({ type: 'text', default: '' })
  decision: string;

  @Column({ type: 'text' })
  state: DifficultyState;

  /** One more with every change: the number of its newest step. */
  @Column({ type: 'int' })
  version: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'text' })
  createdBy: string;
}

/** What was done about a difficulty, in order. Append-only; the database refuses a change without its step. */
@Entity()
@Check('difficulty_step_state_check', "state IN ('open', 'proposed', 'decided', 'solved', 'dropped')")
export class DifficultyStep {
  @PrimaryColumn({ type: 'int' })
  @ForeignKey('Difficulty')
  difficultyId: number;

  @PrimaryColumn({ type: 'int' })
  ordinal: number;

  @Column({ type: 'text' })
  state: DifficultyState;

  /** What was proposed, decided, or how it ended; empty where its fields alone were changed. */
  @Column({ type: 'text', default: '' })
  note: string;

  /** Of the business day. */
  @Column({ type: 'timestamptz' })
  at: Date;

  /** The name of who did it. */
  @Column({ type: 'text' })
  by: string;
}
