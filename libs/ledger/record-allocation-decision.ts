import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, effectiveMonth, Month, systemClock, type Actor, type Dong, type IsoDate } from '#libs/kernel';
import type { PlanBasis } from '#libs/monitoring/rule';
import { AllocationDecision, AllocationLine, type DecisionKind, type DecisionLevel } from './allocation.entity.js';
import type { LedgerErrorCode } from './errors.js';
import { codeProblems } from './known-codes.js';
import { asLedgerRefusal } from './refusals.js';

export interface NewAllocationDecision {
  planYear: number;
  number: string;
  decisionDate: IsoDate;
  /** From this day the lines are in force; later than the decision when its month had closed. */
  effectiveDate: IsoDate;
  level: DecisionLevel;
  kind: DecisionKind;
  note: string;
  lines: NewAllocationLine[];
}

export interface NewAllocationLine {
  basis: PlanBasis;
  carriedOver: boolean;
  unitCode: string;
  /** null: capital of the unit not yet assigned to a project. */
  projectCode: string | null;
  sourceCode: string;
  /** đồng, negative where the plan is reduced */
  amount: Dong;
}

/** Books a decision with all its lines, or nothing. */
export async function recordAllocationDecision(
  db: DataSource,
  actor: Actor,
  decision: NewAllocationDecision,
): Promise<AllocationDecision> {
  const facts = { decision: decision.number, day: decision.effectiveDate };
  const monthNumber = effectiveMonth(decision.planYear, decision.effectiveDate);
  if (monthNumber === undefined)
    throw new DomainError<LedgerErrorCode>('decision-outside-year', { ...facts, planYear: decision.planYear });
  if (decision.lines.length === 0) throw new DomainError<LedgerErrorCode>('decision-without-lines', facts);
  refuseUnbalancedTransfer(decision);
  const month = Month.of(decision.planYear, monthNumber);

  return asLedgerRefusal({ ...facts, month: month.toString() }, () =>
    auditedTransaction(db, actor, async (tx, record) => {
      const { lines, ...head } = decision;
      const { planYear, number, decisionDate } = decision;
      if (await tx.existsBy(AllocationDecision, { planYear, number, decisionDate }))
        throw new DomainError<LedgerErrorCode>('decision-exists', facts);
      const problems = await codeProblems(
        tx,
        actor,
        lines.map((line) => ({ ...line, month })),
        '/lines',
      );
      if (problems.length > 0) throw new DomainError<LedgerErrorCode>('lines-refused', facts, problems);
      const { identifiers } = await tx.insert(AllocationDecision, {
        ...head,
        recordedAt: systemClock.now(),
        recordedBy: actor.username,
      });
      const { id } = identifiers[0] as { id: number };
      await tx.insert(
        AllocationLine,
        lines.map((line) => ({ ...line, decisionId: id, planYear, effectiveMonth: monthNumber })),
      );
      record({ action: 'allocation.record', objectType: 'allocation-decision', objectId: id, after: decision });
      return tx.findOneByOrFail(AllocationDecision, { id });
    }),
  );
}

/** A transfer moves capital: on each basis and series its lines sum to zero. */
function refuseUnbalancedTransfer({ kind, number, lines }: NewAllocationDecision): void {
  if (kind !== 'transfer') return;
  const sums = new Map<string, bigint>();
  for (const { basis, carriedOver, amount } of lines) {
    const series = `${basis} ${carriedOver}`;
    sums.set(series, (sums.get(series) ?? 0n) + amount);
  }
  for (const sum of sums.values())
    if (sum !== 0n)
      throw new DomainError<LedgerErrorCode>('transfer-not-zero', { decision: number, amount: sum.toString() });
}
