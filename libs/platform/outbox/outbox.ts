import type { DataSource, EntityManager } from 'typeorm';
import { systemClock } from '#libs/kernel';
import { OutboxMessage, type OutboxPayload } from './outbox-message.entity.js';

/** Rung in the transaction that enqueues, heard when it commits. */
export const OUTBOX_CHANNEL = 'outbox';

/** Decides on work in the transaction that makes it necessary; the relay hands it to the queue afterwards. */
export async function enqueue(tx: EntityManager, topic: string, payload: OutboxPayload): Promise<number> {
  const { identifiers } = await tx.insert(OutboxMessage, { topic, payload, createdAt: systemClock.now() });
  await tx.query('SELECT pg_notify($1, $2)', [OUTBOX_CHANNEL, '']);
  return (identifiers[0] as { id: number }).id;
}

/**
 * Takes a message for the rest of the transaction. False when it is done already: the queue may deliver a message
 * twice, and a second worker waits here for the first.
 */
export async function claimMessage(tx: EntityManager, id: number): Promise<boolean> {
  const message = await tx.findOne(OutboxMessage, { where: { id }, lock: { mode: 'pessimistic_write' } });
  return message !== null && message.doneAt === null;
}

/** Marks the message as done; in the transaction of its effect. */
export async function completeMessage(tx: EntityManager, id: number): Promise<void> {
  await tx.update(OutboxMessage, { id }, { doneAt: systemClock.now(), lastError: null });
}

export async function noteFailure(db: DataSource, id: number, reason: string): Promise<void> {
  await db.manager.update(OutboxMessage, { id }, { lastError: reason.slice(0, 1000) });
}

/**
 * Hands messages to `dispatch` that were never dispatched, or long enough ago without being done. Runs in one
 * transaction that skips what another relay holds; a crash between dispatch and commit dispatches again, which
 * `claimMessage` makes harmless. Returns how many were handed over.
 */
export async function dispatchDue(
  db: DataSource,
  options: { redispatchSeconds: number; limit: number },
  dispatch: (message: OutboxMessage) => Promise<void>,
): Promise<number> {
  return db.transaction(async (tx) => {
    const due = await tx
      .createQueryBuilder(OutboxMessage, 'message')
      .where('message.done_at IS NULL')
      .andWhere('(message.dispatched_at IS NULL OR message.dispatched_at < now() - make_interval(secs => :seconds))', {
        seconds: options.redispatchSeconds,
      })
      .orderBy('message.id')
      .limit(options.limit)
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getMany();
    for (const message of due) {
      message.attempts += 1;
      await dispatch(message);
      await tx.update(
        OutboxMessage,
        { id: message.id },
        { dispatchedAt: systemClock.now(), attempts: message.attempts },
      );
    }
    return due.length;
  });
}

/** What is not done yet: how many messages, and the age of the oldest in seconds. */
export async function outboxBacklog(db: DataSource): Promise<{ waiting: number; oldestSeconds: number }> {
  const [row]: { waiting: string; oldest: string }[] = await db.query(
    `SELECT count(*) AS waiting, coalesce(floor(extract(epoch FROM now() - min(created_at))), 0) AS oldest
     FROM outbox_message WHERE done_at IS NULL`,
  );
  return { waiting: Number(row?.waiting ?? 0), oldestSeconds: Number(row?.oldest ?? 0) };
}
