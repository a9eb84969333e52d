import { In, type DataSource, type EntityManager } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { isWorkingDay } from '#libs/calendar';
import { addDays, weekday, type Actor, type IsoDate } from '#libs/kernel';
import { instanceSetting } from '#libs/platform';
import { Notice } from '../notice.entity.js';
import { dueClock, noticeDue, type DueClock } from '../notice-due.js';
import type { DutyDue } from '../notice-duties.js';
import { digestMessage } from './message-words.js';
import { orderMessages } from './order-delivery.js';
import { ofRoles, receiversOf, type Receiver } from './receivers.js';
import type { DeliveryConfig } from './tell-step.js';

type Waiting = DutyDue & { notice: Notice };

/**
 * On the first working day of a week, one message to each who has notices to answer, and to the leaders what is
 * overdue; once a week, which the database holds. Who has nothing open hears nothing.
 */
export async function sendWeeklyDigest(db: DataSource, actor: Actor, config: DeliveryConfig): Promise<number> {
  const clock = await dueClock(db, config);
  const monday = addDays(clock.today, 1 - weekday(clock.today));
  if (clock.today !== firstWorkingDay(monday, clock)) return 0;
  return auditedTransaction(db, actor, async (tx, record) => {
    const subject = `digest ${monday}`;
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [subject]);
    if ((await tx.query('SELECT FROM delivery WHERE subject = $1 LIMIT 1', [subject])).length > 0) return 0;
    const { illustrative } = await instanceSetting(tx);
    const byReceiver = await waitingByReceiver(tx, clock);
    for (const { receiver, items } of byReceiver.values()) {
      const message = digestMessage(receiver.displayName, monday, items, { illustrative, publicUrl: config.publicUrl });
      await orderMessages(tx, config, subject, null, message, [receiver]);
    }
    if (byReceiver.size > 0)
      record({
        action: 'notice.digest',
        objectType: 'week',
        objectId: monday,
        after: { receivers: [...byReceiver.values()].map(({ receiver }) => receiver.username) },
      });
    return byReceiver.size;
  });
}

/** Undefined in a week in which nobody works. */
function firstWorkingDay(monday: IsoDate, { kinds }: DueClock): IsoDate | undefined {
  return [0, 1, 2, 3, 4, 5, 6].map((days) => addDays(monday, days)).find((day) => isWorkingDay(day, kinds));
}

async function waitingByReceiver(
  tx: EntityManager,
  clock: DueClock,
): Promise<Map<number, { receiver: Receiver; items: Waiting[] }>> {
  const open = await tx.find(Notice, {
    where: { audience: In(['team', 'unit']), step: '', state: In(['issued', 'delivered', 'acknowledged']) },
    order: { id: 'ASC' },
  });
  const waiting = open.flatMap((notice): Waiting[] => {
    const due = noticeDue(notice, clock);
    return due ? [{ ...due, notice }] : [];
  });
  waiting.sort((a, b) => a.daysLeft - b.daysLeft || a.notice.id - b.notice.id);
  const leaders = await ofRoles(tx, ['leader']);
  const found = new Map<number, { receiver: Receiver; items: Waiting[] }>();
  for (const item of waiting)
    for (const receiver of [...(await receiversOf(tx, 'issued', item.notice)), ...(item.isOverdue ? leaders : [])]) {
      const known = found.get(receiver.accountId);
      if (known) known.items.push(item);
      else found.set(receiver.accountId, { receiver, items: [item] });
    }
  return found;
}
