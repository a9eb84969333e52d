import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction, type RecordAudit } from '#libs/audit';
import { monthEnd, slicesOf, systemClock, type Actor } from '#libs/kernel';
import { loadEvaluationInputs, ReportingMonth } from '#libs/ledger';
import { claimMessage, completeMessage, enqueue } from '#libs/platform';
import { Evaluation, EvaluationAverage, EvaluationLine, type PolicyVersion } from './evaluation.entity.js';
import { currentPolicyVersion, policyOf } from './policies.js';
import {
  evaluatePlanYear,
  frozenTexts,
  hashesOf,
  publishedResult,
  warningCases,
  type Evaluation as RuleEvaluation,
} from './rule/index.js';
import { saveWarningCases, type CasesOfMonth } from './save-warning-cases.js';

/** The message that a frozen evaluation leaves in the outbox. */
export const MONTH_EVALUATED = 'month-evaluated';

export interface EvaluationOrder {
  planYear: number;
  month: number;
  monthVersion: number;
  /** The outbox message that asks for it, if it came through the queue. */
  messageId?: number;
}

/**
 * Evaluates a closed month once: freezes inputs, policy and result with their hashes, moves the warning cases, and
 * decides on the notices, all in one transaction. Asked again, or by two workers at once, it returns what exists;
 * asked for a month that was reopened or closed anew since, it does nothing. Warning cases are a history, so months
 * of a plan year are evaluated one at a time and in order: whatever earlier month is due comes first, and with a month
 * that was closed again come the later ones that were closed anew with it, so that nobody ever sees half a correction.
 */
export async function evaluateMonth(
  db: DataSource,
  actor: Actor,
  { planYear, month, monthVersion, messageId }: EvaluationOrder,
): Promise<Evaluation | undefined> {
  return auditedTransaction(db, actor, async (tx, record) => {
    if (messageId !== undefined && !(await claimMessage(tx, messageId)))
      return newestEvaluation(tx, planYear, month, monthVersion);
    await tx.query("SELECT pg_advisory_xact_lock(hashtext('evaluate plan year'), $1)", [planYear]);
    const closed = await closedFromTheFirst(tx, planYear);
    const asked = closed.find((candidate) => candidate.month === month && candidate.version === monthVersion);
    if (asked) {
      const version = await currentPolicyVersion(tx, actor, planYear, record);
      const upTo = asked.version > 1 ? closed : closed.filter((candidate) => candidate.month <= month);
      await evaluateDue(tx, upTo, version, record);
    }
    if (messageId !== undefined) await completeMessage(tx, messageId);
    return asked && newestEvaluation(tx, planYear, month, monthVersion);
  });
}

/** Closed months up to the first that is not: what follows a gap waits until the gap is closed. */
async function closedFromTheFirst(tx: EntityManager, planYear: number): Promise<ReportingMonth[]> {
  // Shared: nobody reopens one of them meanwhile.
  const closed = await tx.find(ReportingMonth, {
    where: { planYear, state: 'closed' },
    order: { month: 'ASC' },
    lock: { mode: 'pessimistic_read' },
  });
  const gap = closed.findIndex(({ month }, i) => month !== i + 1);
  return gap < 0 ? closed : closed.slice(0, gap);
}

async function evaluateDue(
  tx: EntityManager,
  closed: readonly ReportingMonth[],
  policyVersion: PolicyVersion,
  record: RecordAudit,
): Promise<void> {
  const evaluations: CasesOfMonth[] = [];
  let firstAnew: number | undefined;
  for (const { planYear, month, version } of closed) {
    // By whatever policy: a newer one speaks for the months closed after it, never again for this one.
    if (await newestEvaluation(tx, planYear, month, version)) continue;
    if (version > 1) firstAnew ??= month;
    evaluations.push(await evaluate(tx, { planYear, month, monthVersion: version }, policyVersion, record));
  }
  await saveWarningCases(tx, policyVersion.planYear, evaluations, firstAnew, record);
  // After the cases: the notices tell of them.
  for (const { evaluationId } of evaluations) await enqueue(tx, MONTH_EVALUATED, { evaluationId });
}

async function evaluate(
  tx: EntityManager,
  { planYear, month, monthVersion }: { planYear: number; month: number; monthVersion: number },
  policyVersion: PolicyVersion,
  record: RecordAudit,
): Promise<CasesOfMonth> {
  const key = { planYear, month, monthVersion, policyVersion: policyVersion.version };
  const policy = policyOf(policyVersion, month);
  const evaluated = evaluatePlanYear(await loadEvaluationInputs(tx, policy), policy);
  const texts = frozenTexts(evaluated.inputs, policy, publishedResult(evaluated));
  const hashes = hashesOf(texts);
  const { identifiers } = await tx.insert(Evaluation, {
    ...key,
    ...texts,
    ...hashes,
    ...(await ledgerReached(tx)),
    evaluatedAt: systemClock.now(),
  });
  const { id } = identifiers[0] as { id: number };
  await saveDetail(tx, id, evaluated);
  record({ action: 'month.evaluate', objectType: 'evaluation', objectId: id, after: { ...key, ...hashes } });
  const end = monthEnd(planYear, month);
  return {
    month,
    evaluationId: id,
    histories: warningCases(evaluated, planYear),
    statuses: new Map(evaluated.months.at(-1)?.units.map(({ unit, status }) => [unit, status])),
    endedUnits: new Set(
      evaluated.inputs.units.filter(({ validTo }) => validTo && validTo < end).map(({ code }) => code),
    ),
  };
}

async function newestEvaluation(
  tx: EntityManager,
  planYear: number,
  month: number,
  monthVersion: number,
): Promise<Evaluation | undefined> {
  const found = await tx.findOne(Evaluation, {
    where: { planYear, month, monthVersion },
    order: { policyVersion: 'DESC' },
  });
  return found ?? undefined;
}

/** The books of the evaluated months take no writes any more, so every line and entry of theirs is at or below these. */
async function ledgerReached(tx: EntityManager): Promise<{ lastLineId: number; lastEntryId: number }> {
  const [row]: { line: number; entry: number }[] = await tx.query(
    `SELECT coalesce((SELECT max(id) FROM allocation_line), 0) AS line,
            coalesce((SELECT max(id) FROM disbursement_entry), 0) AS entry`,
  );
  return { lastLineId: row?.line ?? 0, lastEntryId: row?.entry ?? 0 };
}

const ROWS_AN_INSERT = 5000;

async function saveDetail(tx: EntityManager, evaluationId: number, evaluated: RuleEvaluation): Promise<void> {
  await tx.insert(
    EvaluationAverage,
    evaluated.months.flatMap(({ month, averages }) =>
      averages.map(({ group, average, ratedUnits, basis }) => ({
        evaluationId,
        month,
        group,
        method: basis.method,
        numerator: average.numerator.toString(),
        denominator: average.denominator.toString(),
        ratedUnits,
        poolDisbursed: basis.method === 'pooled' ? basis.disbursed : null,
        poolPlan: basis.method === 'pooled' ? basis.plan : null,
      })),
    ),
  );
  const lines = evaluated.months.flatMap(({ month, units }) =>
    units.map(({ unit, status, plan, disbursed, streak, flagged, gap }) => ({
      evaluationId,
      month,
      unitCode: unit,
      status,
      plan,
      disbursed,
      streak,
      flagged,
      gap,
    })),
  );
  for (const some of slicesOf(lines, ROWS_AN_INSERT)) await tx.insert(EvaluationLine, some);
}
