import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * How often somebody asked in the present window, shared by all api processes where there is no Redis. The limiter
 * writes it; the columns bear the names that it expects.
 */
@Entity()
export class RateLimit {
  /** Kind of limit and who: `account:17`, `address:203.0.113.5`. */
  @PrimaryColumn({ type: 'text' })
  key: string;

  @Column({ type: 'int', default: 0 })
  points: number;

  /** End of the window, milliseconds since 1970; rows an hour older are removed by each process every five minutes. */
  @Column({ type: 'bigint', nullable: true })
  expire: string | null;
}
