import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import {
  DomainError,
  effectiveMonth,
  maySeeUnit,
  Month,
  systemClock,
  type Actor,
  type Dong,
  type ErrorFacts,
  type FieldProblem,
  type IsoDate,
} from '#libs/kernel';
import type { PlanBasis } from '#libs/monitoring/rule';
import { AllocationDecision, AllocationLine, type DecisionKind, type DecisionLevel } from './allocation.entity.js';
import type { CapitalErrorCode, CapitalProblemCode } from './capital-errors.js';
import { AllocationDecisionTotal } from './decision-total.entity.js';
import type { LedgerErrorCode } from './errors.js';
import { carryPlanLines } from './carry-plan-lines.js';
import { refuseClosedMonth } from './first-open-month.js';
import { followPlanLines, noteWith } from './follow-plan-lines.js';
import { codeProblems } from './known-codes.js';
import { mediumTermExcess, type MediumTermExcess } from './medium-term-excess.js';
import { mediumTermPeriod } from './medium-term-plan.entity.js';
import { asLedgerRefusal, CAPITAL_CONSTRAINTS } from './refusals.js';

export interface NewAllocationDecision {
  planYear: number;
  number: string;
  decisionDate: IsoDate;
  /** From this day the lines are in force; later than the decision when its month had closed. */
  effectiveDate: IsoDate;
  level: DecisionLevel;
  kind: DecisionKind;
  note: string;
  /** The decision whose capital this one assigns in detail. */
  detailsDecisionId?: number | null;
  /** What the decision assigns in all; without any, the sum of its lines. */
  totals?: StatedTotal[];
  lines: NewAllocationLine[];
}

export interface StatedTotal {
  sourceCode: string;
  basis: PlanBasis;
  carriedOver: boolean;
  /** đồng */
  amount: Dong;
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

/** A booked decision, and where its projects now have more than their medium-term plan: a warning, not a refusal. */
export type RecordedDecision = AllocationDecision & { mediumTermExcess: MediumTermExcess[] };

/**
 * Books a decision with all its lines, or nothing. What only the whole books can tell (never more to projects than a
 * decision's total, nothing taken that is not there) the database judges; asked before the commit, so that the
 * refusal comes from here. A line of a unit that ended is carried to the project's holder (follow-plan-lines), and the
 * decision's note says so; one of before its unit's end, booked after it, goes on by a transfer (carry-plan-lines).
 */
export async function recordAllocationDecision(
  db: DataSource,
  actor: Actor,
  decision: NewAllocationDecision,
): Promise<RecordedDecision> {
  const facts = { decision: decision.number, day: decision.effectiveDate };
  const { planYear, lines: given, totals = [], detailsDecisionId = null, ...head } = decision;
  const monthNumber = effectiveMonth(planYear, decision.effectiveDate);
  if (monthNumber === undefined)
    throw new DomainError<LedgerErrorCode>('decision-outside-year', { ...facts, planYear });
  if (given.length === 0 && totals.length === 0)
    throw new DomainError<LedgerErrorCode>('decision-without-lines', facts);
  refuseUnbalancedTransfer(decision);
  const month = Month.of(planYear, monthNumber);

  return asLedgerRefusal({ ...facts, month: month.toString() }, () =>
    auditedTransaction(db, actor, async (tx, record) => {
      const { number, decisionDate } = decision;
      if (await tx.existsBy(AllocationDecision, { planYear, number, decisionDate }))
        throw new DomainError<LedgerErrorCode>('decision-exists', facts);
      await refuseClosedMonth(tx, month, { ...facts, month: month.toString() });
      await refuseUnknownRoot(tx, actor, detailsDecisionId);
      const followed = await followPlanLines(tx, given, () => month);
      const lines = followed.map(({ line }) => line);
      const note = noteWith(head.note, followed);
      const problems = [
        ...kindProblems(decision),
        ...(await codeProblems(
          tx,
          actor,
          lines.map((line) => ({ ...line, month })),
          '/lines',
        )),
        ...(await totalProblems(tx, totals)),
      ];
      if (problems.length > 0) throw new DomainError<LedgerErrorCode>('lines-refused', facts, problems);
      const { identifiers } = await tx.insert(AllocationDecision, {
        ...head,
        note,
        planYear,
        detailsDecisionId,
        recordedAt: systemClock.now(),
        recordedBy: actor.username,
      });
      const { id } = identifiers[0] as { id: number };
      if (totals.length > 0)
        await tx.insert(
          AllocationDecisionTotal,
          totals.map((total) => ({ ...total, decisionId: id })),
        );
      const carried = await carryPlanLines(tx, actor, decision, month, lines);
      if (lines.length > 0)
        await tx.insert(
          AllocationLine,
          lines.flatMap((line) => [
            { ...line, decisionId: id, planYear, effectiveMonth: monthNumber },
            ...(carried.linesOf.get(line) ?? []),
          ]),
        );
      await tx.query(`SET CONSTRAINTS ${CAPITAL_CONSTRAINTS} IMMEDIATE`);
      record({
        action: 'allocation.record',
        objectType: 'allocation-decision',
        objectId: id,
        after: { ...decision, note, lines },
      });
      for (const { id: objectId, ...after } of carried.decisions)
        record({ action: 'allocation.record', objectType: 'allocation-decision', objectId, after });
      const booked = await tx.findOneByOrFail(AllocationDecision, { id });
      return Object.assign(booked, { mediumTermExcess: await excessOf(tx, actor, decision) });
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

/** Of a decision none of whose lines is the actor's, not even its existence is told. */
async function refuseUnknownRoot(tx: EntityManager, actor: Actor, rootId: number | null): Promise<void> {
  if (rootId === null) return;
  const rows: { unit_code: string | null }[] = await tx.query(
    `SELECT l.unit_code FROM allocation_decision AS d LEFT JOIN allocation_line AS l ON l.decision_id = d.id
     WHERE d.id = $1 GROUP BY l.unit_code`,
    [rootId],
  );
  const isTheirs =
    actor.units === 'all'
      ? rows.length > 0
      : rows.some(({ unit_code: unit }) => unit !== null && maySeeUnit(actor, unit));
  if (!isTheirs) throw new DomainError<CapitalErrorCode>('decision-unknown', { decision: rootId });
}

function kindProblems({ kind, lines }: NewAllocationDecision): FieldProblem[] {
  const problem = (pointer: string, code: CapitalProblemCode, facts: ErrorFacts = {}): FieldProblem[] => [
    { pointer, code, facts },
  ];
  return lines.flatMap(({ carriedOver, amount }, i) => {
    if (kind === 'carried-over' && !carriedOver) return problem(`/lines/${i}/carriedOver`, 'line-not-carried-over');
    if (kind === 'cancelled' && amount >= 0n) return problem(`/lines/${i}/amountDong`, 'line-not-negative');
    return [];
  });
}

async function totalProblems(tx: EntityManager, totals: readonly StatedTotal[]): Promise<FieldProblem[]> {
  if (totals.length === 0) return [];
  const rows: { code: string }[] = await tx.query('SELECT code FROM funding_source WHERE code = ANY($1)', [
    totals.map(({ sourceCode }) => sourceCode),
  ]);
  const known = new Set(rows.map(({ code }) => code));
  const keys = totals.map(({ sourceCode, basis, carriedOver }) => `${basis} ${carriedOver} ${sourceCode}`);
  return totals.flatMap(({ sourceCode }, i): FieldProblem[] => {
    const pointer = `/totals/${i}/sourceCode`;
    if (!known.has(sourceCode)) return [{ pointer, code: 'source-unknown', facts: { source: sourceCode } }];
    if (keys.indexOf(keys[i] as string) < i) return [{ pointer, code: 'total-twice', facts: { source: sourceCode } }];
    return [];
  });
}

async function excessOf(tx: EntityManager, actor: Actor, decision: NewAllocationDecision): Promise<MediumTermExcess[]> {
  const projectCodes = [
    ...new Set(
      decision.lines
        .filter(({ basis, carriedOver, amount }) => basis === 'province' && !carriedOver && amount > 0n)
        .flatMap(({ projectCode }) => projectCode ?? []),
    ),
  ];
  if (projectCodes.length === 0) return [];
  const periodStart = mediumTermPeriod(decision.planYear);
  const { items } = await mediumTermExcess(tx, actor, { periodStart, projectCodes, limit: decision.lines.length });
  return items;
}
