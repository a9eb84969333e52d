import type { DataSource } from 'typeorm';
import { randomBytes } from 'node:crypto';
import { seal } from '#libs/access';
import { auditedTransaction } from '#libs/audit';
import { DomainError, systemClock, type Actor } from '#libs/kernel';
import type { Config } from '#libs/platform';
import type { NoticesErrorCode } from '../errors.js';
import { addressProblem } from './call-webhook.js';
import { Webhook, type WebhookTopic } from './webhook.entity.js';

export const WEBHOOK_SECRET = 'webhook secret';
const SECRET_BYTES = 32;
const MOST_WEBHOOKS = 20;

export async function listWebhooks(db: DataSource): Promise<Webhook[]> {
  return db.manager.find(Webhook, { order: { id: 'ASC' } });
}

/** Registers an address; the secret that signs is told this once. */
export async function addWebhook(
  db: DataSource,
  actor: Actor,
  config: Pick<Config, 'secretKey' | 'webhookAddresses'>,
  { url, topics }: { url: string; topics: WebhookTopic[] },
): Promise<{ webhook: Webhook; secret: string }> {
  if (addressProblem(url, config.webhookAddresses))
    throw new DomainError<NoticesErrorCode>('webhook-address-refused', { url });
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
  const webhook = await auditedTransaction(db, actor, async (tx, record) => {
    await tx.query("SELECT pg_advisory_xact_lock(hashtext('webhooks'))");
    const alive = (await tx.find(Webhook)).filter(({ endedAt }) => endedAt === null);
    if (alive.length >= MOST_WEBHOOKS)
      throw new DomainError<NoticesErrorCode>('webhooks-too-many', { most: MOST_WEBHOOKS });
    const { identifiers } = await tx.insert(Webhook, {
      url,
      topics,
      sealedSecret: seal(config.secretKey, WEBHOOK_SECRET, url, secret),
      createdAt: systemClock.now(),
      createdBy: actor.username,
    });
    const { id } = identifiers[0] as { id: number };
    record({ action: 'webhook.add', objectType: 'webhook', objectId: id, after: { url, topics } });
    return tx.findOneByOrFail(Webhook, { id });
  });
  return { webhook, secret };
}

/** It is called no more; what was on its way to it is given up. */
export async function endWebhook(db: DataSource, actor: Actor, id: number): Promise<Webhook> {
  return auditedTransaction(db, actor, async (tx, record) => {
    const webhook = await tx.findOne(Webhook, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!webhook) throw new DomainError<NoticesErrorCode>('webhook-unknown', { webhook: id });
    if (webhook.endedAt !== null) return webhook;
    Object.assign(webhook, { endedAt: systemClock.now(), endedBy: actor.username });
    await tx.save(webhook);
    record({ action: 'webhook.end', objectType: 'webhook', objectId: id, before: { url: webhook.url } });
    return webhook;
  });
}
