import { Check, Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What a webhook can be told of: steps of notices, by their states, and the marks of deadlines. */
export const WEBHOOK_TOPICS = [
  'issued',
  'acknowledged',
  'planned',
  'inspected',
  'answered',
  'resolved',
  'closed',
  'withdrawn',
  'overdue',
  'escalated',
] as const;
export type WebhookTopic = (typeof WEBHOOK_TOPICS)[number];

/** An address of another program that is called when notices move; ended, never removed. */
@Entity()
@Check('webhook_topics_check', 'cardinality(topics) > 0')
@Check('webhook_ended_check', '(ended_at IS NULL) = (ended_by IS NULL)')
export class Webhook {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  @Column({ type: 'text' })
  url: string;

  @Column({ type: 'text', array: true })
  topics: WebhookTopic[];

  /** The secret that signs, sealed with SECRET_KEY; told once. */
  @Column({ type: 'text' })
  sealedSecret: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'text' })
  createdBy: string;

  @Column({ type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  endedBy: string | null;
}
