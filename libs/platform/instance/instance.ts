import type { DataSource, EntityManager } from 'typeorm';
import { dateInProvince, onDay, systemClock, type IsoDate } from '#libs/kernel';
import { platformEvent } from '../database/platform-event.js';
import { InstanceSetting } from './instance-setting.entity.js';

/** What this installation is. Without a row yet, an empty office of the configured province. */
export async function instanceSetting(db: DataSource | EntityManager): Promise<InstanceSetting> {
  const manager = 'manager' in db ? db.manager : db;
  const found = await manager.findOneBy(InstanceSetting, { singleton: true });
  if (!found) throw new Error('the database has no instance row: run `npm run cli -- migrate`');
  return found;
}

/** The business day: fixed in a demonstration, else today in the province. */
export async function businessDate(db: DataSource | EntityManager): Promise<IsoDate> {
  return (await instanceSetting(db)).businessDate ?? dateInProvince(systemClock.now());
}

/**
 * The instant of the business clock: now, or in a demonstration the present time of day on its fixed day. What the
 * office does (notices, receipts) bears it; sessions, tokens, audit and the queue use real time.
 */
export async function businessNow(db: DataSource | EntityManager): Promise<Date> {
  const now = systemClock.now();
  const { businessDate: fixed } = await instanceSetting(db);
  return fixed ? onDay(fixed, now) : now;
}

/** Writes the instance row of an empty database; an existing one stays. */
export async function ensureInstance(db: DataSource, provinceName: string): Promise<void> {
  const event = platformEvent(
    'instance.begin',
    { type: 'instance', id: 'province' },
    { provinceName, illustrative: false },
  );
  await db.query(
    `WITH begun AS (
       INSERT INTO instance_setting (singleton, province_name, illustrative) VALUES (true, $1, false)
       ON CONFLICT (singleton) DO NOTHING RETURNING 1
     )
     INSERT INTO audit_event (at, actor, action, object_type, object_id, body)
     SELECT $2::timestamptz, $3::text, $4::text, $5::text, $6::text, $7::text FROM begun`,
    [provinceName, ...event],
  );
}
