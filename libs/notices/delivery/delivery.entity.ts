import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';

export const CHANNELS = ['in-app', 'mail', 'webhook'] as const;
export type Channel = (typeof CHANNELS)[number];
export const DELIVERY_STATES = ['pending', 'sent', 'dead'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/**
 * One message to one address over one channel: a step of a notice, or the digest of a week. Its text is frozen when it
 * is decided on, so that a later attempt says the same. `dead`: given up, until somebody has it tried again.
 */
@Entity()
@Check('delivery_channel_check', "channel IN ('in-app', 'mail', 'webhook')")
@Check('delivery_state_check', "state IN ('pending', 'sent', 'dead')")
@Check('delivery_sent_check', "(state = 'sent') = (sent_at IS NOT NULL)")
@Check('delivery_attempts_check', 'attempts >= 0')
@Check(
  'delivery_receiver_check',
  "(channel = 'webhook') = (webhook_id IS NOT NULL) AND (channel = 'webhook') = (account_id IS NULL)",
)
@Index('delivery_once_unique', ['subject', 'channel', 'address'], { unique: true })
@Index('delivery_due_index', ['nextAttemptAt'], { where: "state = 'pending'" })
@Index('delivery_account_index', ['accountId', 'id'], { where: "channel = 'in-app'" })
@Index(['noticeId'])
export class Delivery {
  @PrimaryGeneratedColumn('identity', { generatedIdentity: 'ALWAYS', type: 'int' })
  id: number;

  /** `notice 12 issued`, `digest 2025-02-03`: what the message is about, the same for all its receivers. */
  @Column({ type: 'text' })
  subject: string;

  @Column({ type: 'int', nullable: true })
  @ForeignKey('Notice')
  noticeId: number | null;

  @Column({ type: 'text' })
  channel: Channel;

  /** User name, mail address, or the webhook's URL, as it was on the day. */
  @Column({ type: 'text' })
  address: string;

  @Column({ type: 'int', nullable: true })
  @ForeignKey('Account')
  accountId: number | null;

  @Column({ type: 'int', nullable: true })
  @ForeignKey('Webhook')
  webhookId: number | null;

  @Column({ type: 'text' })
  title: string;

  /** Text of the mail, JSON of the webhook. */
  @Column({ type: 'text' })
  body: string;

  @Column({ type: 'text' })
  state: DeliveryState;

  @Column({ type: 'int', default: 0 })
  attempts: number;

  /** Absent while an outbox message carries the next attempt, and when there is none. */
  @Column({ type: 'timestamptz', nullable: true })
  nextAttemptAt: Date | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  sentAt: Date | null;

  /** What the other side answered: to the attempt that went through, or the last that did not. */
  @Column({ type: 'text', nullable: true })
  answer: string | null;

  /** When the receiver opened it; in-app only. */
  @Column({ type: 'timestamptz', nullable: true })
  readAt: Date | null;
}
