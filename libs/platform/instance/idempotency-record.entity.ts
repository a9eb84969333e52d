import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The answer once given to a POST with an Idempotency-Key, so that a repeated one changes nothing. */
@Entity()
export class IdempotencyRecord {
  @PrimaryColumn({ type: 'text' })
  actor: string;

  @PrimaryColumn({ type: 'text' })
  key: string;

  /** SHA-256 of method, path and body: the same key with another request is refused. */
  @Column({ type: 'text' })
  requestHash: string;

  @Column({ type: 'int', nullable: true })
  status: number | null;

  @Column({ type: 'text', nullable: true })
  answer: string | null;

  @Column({ type: 'timestamptz' })
  @Index()
  createdAt: Date;
}
