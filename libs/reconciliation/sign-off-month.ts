import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, systemClock, type Actor, type Month } from '#libs/kernel';
import type { ReconciliationErrorCode } from './errors.js';
import { holdMonth } from './import-statement.js';
import { reconciliationState } from './reconciliation-state.js';
import { asReconciliationRefusal } from './refusals.js';
import { ReconciliationSignOff } from './sign-off.entity.js';

/**
 * Signs a month's reconciliation: every difference answered, on the newest statement. What is booked or imported
 * afterwards makes the signature stale, and it may be given again.
 */
export async function signOffMonth(db: DataSource, actor: Actor, month: Month): Promise<void> {
  const facts = { month: month.toString() };
  await asReconciliationRefusal(facts, () =>
    auditedTransaction(db, actor, async (tx, record) => {
      await holdMonth(tx, month);
      const { statement, signOff, open, differences, books, treasury } = await reconciliationState(tx, month);
      if (!statement) throw new DomainError<ReconciliationErrorCode>('statement-missing', facts);
      if (open > 0) throw new DomainError<ReconciliationErrorCode>('sign-off-unresolved', { ...facts, open });
      if (signOff.state === 'signed') throw new DomainError<ReconciliationErrorCode>('sign-off-exists', facts);
      const row = {
        planYear: month.planYear,
        month: month.number,
        action: 'signed' as const,
        statementId: statement.id,
        // The database counts them itself.
        entries: 0,
        differences,
        books,
        treasury,
        reason: null,
        recordedAt: systemClock.now(),
        recordedBy: actor.username,
      };
      await tx.insert(ReconciliationSignOff, row);
      record({
        action: 'reconciliation.sign-off',
        objectType: 'reconciliation',
        objectId: month.toString(),
        after: { statement: statement.version, differences, books, treasury },
      });
    }),
  );
}

/** Takes a signature back, stale or not, with a reason: a row of its own, the signature stays in the history. */
export async function withdrawSignOff(db: DataSource, actor: Actor, month: Month, reason: string): Promise<void> {
  const facts = { month: month.toString() };
  await asReconciliationRefusal(facts, () =>
    auditedTransaction(db, actor, async (tx, record) => {
      await holdMonth(tx, month);
      const signed = await tx.findOne(ReconciliationSignOff, {
        where: { planYear: month.planYear, month: month.number },
        order: { id: 'DESC' },
      });
      if (signed?.action !== 'signed') throw new DomainError<ReconciliationErrorCode>('sign-off-missing', facts);
      const { statementId, differences, books, treasury } = signed;
      await tx.insert(ReconciliationSignOff, {
        planYear: month.planYear,
        month: month.number,
        action: 'withdrawn',
        statementId,
        entries: 0,
        differences,
        books,
        treasury,
        reason,
        recordedAt: systemClock.now(),
        recordedBy: actor.username,
      });
      record({
        action: 'reconciliation.withdraw-sign-off',
        objectType: 'reconciliation',
        objectId: month.toString(),
        after: { reason },
      });
    }),
  );
}
