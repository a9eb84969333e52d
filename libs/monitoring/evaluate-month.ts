import { LessThanOrEqual, type DataSource, type EntityManager } from 'typeorm';
import { auditedTransaction, type RecordAudit } from '#libs/audit';
import { systemClock, type Actor } from '#libs/kernel';
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
import { saveWarningCases } from './save-warning-cases.js';

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
 * of a plan year are evaluated one at a time and in order: whatever earlier month is due comes first.
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
    // Shared: nobody reopens one of them meanwhile.
    const closed = await tx.find(ReportingMonth, {
      where: { planYear, state: 'closed', month: LessThanOrEqual(month) },
      order: { month: 'ASC' },
      lock: { mode: 'pessimistic_read' },
    });
    const last = closed.at(-1);
    let evaluation: Evaluation | undefined;
    if (last?.month === month && last.version === monthVersion) {
      const version = await currentPolicyVersion(tx, actor, planYear, record);
      for (const due of closed) evaluation = await evaluateOnce(tx, due, version, record);
    }
    if (messageId !== undefined) await completeMessage(tx, messageId);
    return evaluation;
  });
}

async function evaluateOnce(
  tx: EntityManager,
  { planYear, month, version: monthVersion }: ReportingMonth,
  policyVersion: PolicyVersion,
  record: RecordAudit,
): Promise<Evaluation> {
  // By whatever policy: a newer one speaks for the months closed after it, never again for this one.
  const existing = await newestEvaluation(tx, planYear, month, monthVersion);
  if (existing) return existing;
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
  await saveWarningCases(tx, planYear, month, id, warningCases(evaluated, planYear));
  await enqueue(tx, MONTH_EVALUATED, { evaluationId: id });
  record({ action: 'month.evaluate', objectType: 'evaluation', objectId: id, after: { ...key, ...hashes } });
  return tx.findOneByOrFail(Evaluation, { id });
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
  for (let start = 0; start < lines.length; start += ROWS_AN_INSERT)
    await tx.insert(EvaluationLine, lines.slice(start, start + ROWS_AN_INSERT));
}
