import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, type Actor } from '#libs/kernel';
import { Account } from './account.entity.js';
import type { AccessErrorCode } from './errors.js';

/** Sets or takes away the address to which the actor's notices are mailed. */
export async function setOwnEmail(db: DataSource, actor: Actor, email: string | null): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    const account = await tx.findOne(Account, {
      where: { id: actor.accountId ?? 0 },
      lock: { mode: 'pessimistic_write' },
    });
    if (!account) throw new DomainError<AccessErrorCode>('not-signed-in');
    if (account.email === email) return;
    const before = account.email;
    await tx.update(Account, { id: account.id }, { email });
    record({
      action: 'account.email',
      objectType: 'account',
      objectId: account.id,
      before: { email: before },
      after: { email },
    });
  });
}
