import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, systemClock, type Actor, type Month } from '#libs/kernel';
import { asLedgerRefusal, closeBooks, takeMonthToClose, type ReportingMonth } from '#libs/ledger';
import { evaluatePresentBooks } from '#libs/monitoring';
import { closingChecks } from './closing-checks.js';
import type { ClosingErrorCode } from './errors.js';
import { findMissing } from './find-missing.js';
import { decisionProblems, standingDecisions, type NewDecision } from './missing-items.rule.js';
import { MonthDecision } from './month-decision.entity.js';

/**
 * Closes a month: from here on its books take no write, and its evaluation is on its way, decided in the same
 * transaction. Months of a plan year close in order and not before they are over. What is missing at this moment, when
 * nobody writes to the month any more, needs a decision each; these are kept. A month that had been reopened takes the
 * later closed ones with it, each evaluated anew.
 */
export async function closeMonth(
  db: DataSource,
  actor: Actor,
  month: Month,
  decisions: readonly NewDecision[],
): Promise<ReportingMonth> {
  const facts = { month: month.toString() };
  return asLedgerRefusal(facts, () =>
    auditedTransaction(db, actor, async (tx, record) => {
      const taken = await takeMonthToClose(tx, month);
      const checks = await closingChecks(tx, month);
      const missing = await findMissing(tx, month, await evaluatePresentBooks(tx, month), checks);
      const problems = decisionProblems(missing, decisions);
      if (problems.length > 0)
        throw new DomainError<ClosingErrorCode>('decisions-needed', { ...facts, count: problems.length }, problems);
      const closed = await closeBooks(tx, actor, taken, record);
      const kept = standingDecisions(missing, decisions);
      if (kept.length > 0) {
        const { planYear, month: number, version: monthVersion } = closed;
        const by = { decidedAt: systemClock.now(), decidedBy: actor.username };
        await tx.insert(
          MonthDecision,
          kept.map((decision) => ({ planYear, month: number, monthVersion, ...decision, ...by })),
        );
        record({
          action: 'month.decide',
          objectType: 'month',
          objectId: month.toString(),
          after: { version: monthVersion, decisions: kept },
        });
      }
      return closed;
    }),
  );
}
