import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { dongColumn } from '#libs/platform';

/**
 * What a project reports of a month (tiến độ tháng), on its leaves. Figures run from the beginning of the plan year to
 * the end of the month, the physical percentage from the beginning of the project; null says that it is not known.
 * Append-only: the newest row of a project and month counts, the older ones are its history.
 */
@Entity()
@Check('project_progress_month_check', 'month BETWEEN 1 AND 13')
@Check('project_progress_percent_check', 'physical_percent BETWEEN 0 AND 100')
@Check('project_progress_volume_check', 'volume BETWEEN 0 AND 9007199254740991')
@Check(
  'project_progress_implemented_check',
  'implemented BETWEEN 0 AND 9007199254740991 AND implemented_plan BETWEEN 0 AND 9007199254740991',
)
@ForeignKey('ReportingMonth', ['planYear', 'month'], ['planYear', 'month'])
@Index('project_progress_newest_index', ['projectCode', 'planYear', 'month', 'id'])
export class ProjectProgress {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'int' })
  planYear: number;

  @Column({ type: 'int' })
  month: number;

  @Column({ type: 'text' })
  @ForeignKey('Project')
  projectCode: string;

  /** đồng: value of completed volume (giá trị khối lượng hoàn thành) */
  @Column({ type: 'bigint', nullable: true, transformer: dongColumn })
  volume: bigint | null;

  /** 0 to 100 with at most four decimals, exact: text, never a float. */
  @Column({ type: 'numeric', precision: 7, scale: 4, nullable: true })
  physicalPercent: string | null;

  /** đồng: PPP or non-budget capital implemented */
  @Column({ type: 'bigint', nullable: true, transformer: dongColumn })
  implemented: bigint | null;

  /** đồng: what the investor's plan foresees by the same day */
  @Column({ type: 'bigint', nullable: true, transformer: dongColumn })
  implementedPlan: bigint | null;

  @Column({ type: 'text', default: '' })
  done: string;

  @Column({ type: 'text', default: '' })
  unfinished: string;

  @Column({ type: 'text', default: '' })
  nextSteps: string;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  @Column({ type: 'text' })
  recordedBy: string;
}
