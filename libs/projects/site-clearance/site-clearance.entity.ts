import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { dongColumn } from '#libs/platform';

/** What a key project's site (mặt bằng) is to hand over in all, and by when. Append-only: the newest row counts. */
@Entity()
@Check('site_clearance_plan_figures_check', 'area >= 0 AND households >= 0 AND area + households > 0')
@Index('site_clearance_plan_newest_index', ['projectCode', 'id'])
export class SiteClearancePlan {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'text' })
  @ForeignKey('Project')
  projectCode: string;

  /** m² */
  @Column({ type: 'int' })
  area: number;

  @Column({ type: 'int' })
  households: number;

  /** By when the site is to be handed over whole, as agreed. */
  @Column({ type: 'date', nullable: true })
  agreedDate: string | null;

  @Column({ type: 'text', default: '' })
  note: string;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  @Column({ type: 'text' })
  recordedBy: string;
}

/**
 * What was handed over and paid from the beginning to the end of a calendar month. Append-only: the newest row of a
 * project and month counts, the older ones are its history.
 */
@Entity()
@Check('site_clearance_month_month_check', 'month BETWEEN 1 AND 12 AND year BETWEEN 1000 AND 9999')
@Check('site_clearance_month_figures_check', 'area >= 0 AND households >= 0 AND paid BETWEEN 0 AND 9007199254740991')
@Index('site_clearance_month_newest_index', ['projectCode', 'year', 'month', 'id'])
export class SiteClearanceMonth {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'text' })
  @ForeignKey('Project')
  projectCode: string;

  @Column({ type: 'int' })
  year: number;

  @Column({ type: 'int' })
  month: number;

  /** m² */
  @Column({ type: 'int' })
  area: number;

  @Column({ type: 'int' })
  households: number;

  /** đồng of compensation and support */
  @Column({ type: 'bigint', transformer: dongColumn })
  paid: bigint;

  @Column({ type: 'text', default: '' })
  note: string;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  @Column({ type: 'text' })
  recordedBy: string;
}
