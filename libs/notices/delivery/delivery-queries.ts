import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, systemClock, type Actor } from '#libs/kernel';
import { enqueue } from '#libs/platform';
import type { NoticesErrorCode } from '../errors.js';
import { Delivery, type Channel, type DeliveryState } from './delivery.entity.js';
import { DELIVERY_DUE } from './order-delivery.js';

export interface DeliveryFilter {
  state?: DeliveryState;
  channel?: Channel;
  notice?: number;
  /** Deliveries older than this one. */
  before?: number;
  limit: number;
}

/** Deliveries of the whole office, newest first; `dead` counts those given up. */
export async function listDeliveries(
  db: DataSource,
  { state, channel, notice, before, limit }: DeliveryFilter,
): Promise<{ items: Delivery[]; dead: number }> {
  const query = db.manager.createQueryBuilder(Delivery, 'delivery').where('true');
  if (state) query.andWhere('delivery.state = :state', { state });
  if (channel) query.andWhere('delivery.channel = :channel', { channel });
  if (notice !== undefined) query.andWhere('delivery.notice_id = :notice', { notice });
  if (before !== undefined) query.andWhere('delivery.id < :before', { before });
  const items = await query.orderBy('delivery.id', 'DESC').limit(limit).getMany();
  return { items, dead: await db.manager.countBy(Delivery, { state: 'dead' }) };
}

/** Has a delivery that was given up tried again, from the first attempt on. */
export async function retryDelivery(db: DataSource, actor: Actor, id: number): Promise<Delivery> {
  return auditedTransaction(db, actor, async (tx, record) => {
    const delivery = await tx.findOne(Delivery, { where: { id }, lock: { mode: 'pessimistic_write' } });
    if (!delivery) throw new DomainError<NoticesErrorCode>('delivery-unknown', { delivery: id });
    if (delivery.state !== 'dead') throw new DomainError<NoticesErrorCode>('delivery-not-dead', { delivery: id });
    const { attempts, answer } = delivery;
    Object.assign(delivery, { state: 'pending', attempts: 0, nextAttemptAt: null });
    await tx.save(delivery);
    await enqueue(tx, DELIVERY_DUE, { deliveryId: id });
    record({ action: 'delivery.retry', objectType: 'delivery', objectId: id, before: { attempts, answer } });
    return delivery;
  });
}

/** The actor's own messages, newest first, and how many of them were never opened. */
export async function ownInbox(
  db: DataSource,
  { accountId }: Actor,
  { before, limit }: { before?: number; limit: number },
): Promise<{ items: Delivery[]; unread: number }> {
  const own = db.manager
    .createQueryBuilder(Delivery, 'delivery')
    .where("delivery.channel = 'in-app' AND delivery.account_id = :accountId", { accountId });
  const unread = await own.clone().andWhere('delivery.read_at IS NULL').getCount();
  if (before !== undefined) own.andWhere('delivery.id < :before', { before });
  return { items: await own.orderBy('delivery.id', 'DESC').limit(limit).getMany(), unread };
}

/** The actor has seen their messages up to this one. Nobody's act on a record: it leaves no event. */
export async function markRead(db: DataSource, { accountId }: Actor, through: number): Promise<void> {
  await db.query(
    `UPDATE delivery SET read_at = $3
     WHERE channel = 'in-app' AND account_id = $1 AND id <= $2 AND read_at IS NULL`,
    [accountId, through, systemClock.now()],
  );
}
