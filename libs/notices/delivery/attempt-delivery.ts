import type { DataSource, EntityManager } from 'typeorm';
import { unseal } from '#libs/access';
import { systemClock } from '#libs/kernel';
import { claimMessage, completeMessage, enqueue, MailRefused, type Config, type Mailer } from '#libs/platform';
import { callWebhook, WebhookRefused } from './call-webhook.js';
import { Delivery } from './delivery.entity.js';
import { DELIVERY_DUE } from './order-delivery.js';
import { Webhook } from './webhook.entity.js';
import { WEBHOOK_SECRET } from './webhooks.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
/** Seconds until the next attempt, the longer the more have failed; after the last of them it is given up. */
export const RETRY_SECONDS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR] as const;
const ANSWER_KEPT = 500;

export interface DeliveryMeans {
  mailer: Mailer | undefined;
  config: Pick<Config, 'secretKey' | 'webhookAddresses' | 'publicUrl'>;
}

/**
 * Sends one delivery. Whoever sends holds its row, so that nobody else does meanwhile, and notes the outcome in the
 * same transaction. A worker killed after the other side took the message and before the commit leaves it due: it is
 * sent again with the same Message-ID or webhook-id. That is at least once, which is all that SMTP allows.
 */
export async function attemptDelivery(
  db: DataSource,
  means: DeliveryMeans,
  { deliveryId, messageId }: { deliveryId: number; messageId?: number },
): Promise<Delivery['state'] | undefined> {
  return db.transaction(async (tx) => {
    if (messageId !== undefined && !(await claimMessage(tx, messageId))) return undefined;
    const delivery = await tx.findOneOrFail(Delivery, {
      where: { id: deliveryId },
      lock: { mode: 'pessimistic_write' },
    });
    if (delivery.state === 'pending') await attempt(tx, means, delivery);
    if (messageId !== undefined) await completeMessage(tx, messageId);
    return delivery.state;
  });
}

async function attempt(tx: EntityManager, means: DeliveryMeans, delivery: Delivery): Promise<void> {
  const attempts = delivery.attempts + 1;
  try {
    const answer = await send(tx, means, delivery);
    Object.assign(delivery, {
      state: 'sent',
      attempts,
      sentAt: systemClock.now(),
      answer: answer.slice(0, ANSWER_KEPT),
    });
  } catch (error) {
    const seconds = RETRY_SECONDS[attempts - 1];
    const isDead = error instanceof MailRefused || error instanceof WebhookRefused || seconds === undefined;
    Object.assign(delivery, {
      state: isDead ? 'dead' : 'pending',
      attempts,
      answer: String((error as Error).message).slice(0, ANSWER_KEPT),
      nextAttemptAt: isDead ? null : new Date(systemClock.now().getTime() + seconds * 1000),
    });
  }
  await tx.save(delivery);
}

async function send(tx: EntityManager, { mailer, config }: DeliveryMeans, delivery: Delivery): Promise<string> {
  if (delivery.channel === 'mail') {
    if (!mailer) throw new Error('SMTP_URL is not set');
    const host = config.publicUrl ? new URL(config.publicUrl).hostname : 'localhost';
    return mailer.send({
      to: delivery.address,
      subject: delivery.title,
      text: delivery.body,
      messageId: `<delivery-${delivery.id}@${host}>`,
    });
  }
  const hook = await tx.findOneByOrFail(Webhook, { id: delivery.webhookId as number });
  if (hook.endedAt !== null) throw new WebhookRefused('the webhook was ended');
  const secret = unseal(config.secretKey, WEBHOOK_SECRET, hook.url, hook.sealedSecret);
  if (secret === undefined) throw new Error('the secret was sealed with another SECRET_KEY');
  const call = { url: hook.url, secret, id: `delivery-${delivery.id}`, body: delivery.body };
  return callWebhook(call, config.webhookAddresses);
}

/** Hands over the attempts whose time has come; each carried by one outbox message at a time. */
export async function orderDueDeliveries(db: DataSource): Promise<number> {
  return db.transaction(async (tx) => {
    const [due] = (await tx.query(
      `UPDATE delivery SET next_attempt_at = NULL
       WHERE state = 'pending' AND next_attempt_at <= $1 RETURNING id`,
      [systemClock.now()],
    )) as [{ id: number }[], number];
    for (const { id } of due) await enqueue(tx, DELIVERY_DUE, { deliveryId: id });
    return due.length;
  });
}
