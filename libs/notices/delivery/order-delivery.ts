import type { EntityManager } from 'typeorm';
import { businessNow, enqueue, type Config } from '#libs/platform';
import { Delivery } from './delivery.entity.js';
import type { Message } from './message-words.js';
import type { Receiver } from './receivers.js';

/** The order of one attempt, carried by the outbox. */
export const DELIVERY_DUE = 'delivery-due';

type NewDelivery = Pick<
  Delivery,
  'subject' | 'noticeId' | 'channel' | 'address' | 'accountId' | 'webhookId' | 'title' | 'body'
>;

/**
 * Decides on a message to one address, once: one that exists already stays. In the inbox it is there with the commit;
 * mail and calls are ordered for afterwards.
 */
export async function orderDelivery(tx: EntityManager, delivery: NewDelivery): Promise<void> {
  const now = await businessNow(tx);
  const isThere = delivery.channel === 'in-app';
  const { raw } = await tx
    .createQueryBuilder()
    .insert()
    .into(Delivery)
    .values({ ...delivery, state: isThere ? 'sent' : 'pending', sentAt: isThere ? now : null, createdAt: now })
    .orIgnore()
    .returning('id')
    .execute();
  const [written] = raw as { id: number }[];
  if (written && !isThere) await enqueue(tx, DELIVERY_DUE, { deliveryId: written.id });
}

/** Into the inbox of each, and by mail to those with an address where the office sends mail. */
export async function orderMessages(
  tx: EntityManager,
  { smtpUrl }: Pick<Config, 'smtpUrl'>,
  subject: string,
  noticeId: number | null,
  { title, text }: Message,
  receivers: readonly Receiver[],
): Promise<void> {
  for (const { accountId, username, email } of receivers) {
    const message = { subject, noticeId, accountId, webhookId: null, title, body: text };
    await orderDelivery(tx, { ...message, channel: 'in-app', address: username });
    if (smtpUrl && email) await orderDelivery(tx, { ...message, channel: 'mail', address: email });
  }
}
