import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** Identities only: whoever does the work reads the rest from the database. */
export type OutboxPayload = Record<string, number | string>;

/**
 * Work that a transaction decided on, to be carried by the queue. It is due until `doneAt` is set in the same
 * transaction as its effect; the queue may lose it, double it or be wiped, and it is dispatched again.
 */
@Entity()
@Check('outbox_message_attempts_check', 'attempts >= 0')
@Index('outbox_message_due_index', ['id'], { where: 'done_at IS NULL' })
export class OutboxMessage {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'text' })
  topic: string;

  @Column({ type: 'jsonb' })
  payload: OutboxPayload;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  dispatchedAt: Date | null;

  @Column({ type: 'int', default: 0 })
  attempts: number;

  @Column({ type: 'timestamptz', nullable: true })
  doneAt: Date | null;

  @Column({ type: 'text', nullable: true })
  lastError: string | null;
}
