import type { DataSource } from 'typeorm';
import { DomainError } from '#libs/kernel';
import { InstanceSetting } from '#libs/platform';
import type { AccountErrorCode } from './account-errors.js';
import { Account } from './account.entity.js';
import type { AccessErrorCode } from './errors.js';

/**
 * In production no program works on a database that holds the demonstration: neither its figures nor its accounts,
 * whose common password everybody knows. The database itself lets the two be only together.
 */
export async function refuseDemonstration(db: DataSource): Promise<void> {
  const setting = await db.manager.findOneBy(InstanceSetting, { singleton: true });
  if (setting?.illustrative) throw new DomainError<AccountErrorCode>('demonstration-database');
  const accounts = await db.manager.countBy(Account, { isDemonstration: true });
  if (accounts > 0) throw new DomainError<AccessErrorCode>('demonstration-in-production', { accounts });
}
