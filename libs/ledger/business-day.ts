import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, type Actor, type IsoDate } from '#libs/kernel';
import { InstanceSetting } from '#libs/platform';
import type { LedgerErrorCode } from './errors.js';

/** Moves the fixed business day of a demonstration on. A real office's day comes from the calendar. */
export async function moveBusinessDay(db: DataSource, actor: Actor, date: IsoDate): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    const setting = await tx.findOneOrFail(InstanceSetting, {
      where: { singleton: true },
      lock: { mode: 'pessimistic_write' },
    });
    if (!setting.illustrative || (setting.businessDate !== null && date < setting.businessDate))
      throw new DomainError<LedgerErrorCode>('business-day-not-movable');
    record({
      action: 'business-day.move',
      objectType: 'instance',
      objectId: 'business-day',
      before: setting.businessDate,
      after: date,
    });
    setting.businessDate = date;
    await tx.save(setting);
  });
}
