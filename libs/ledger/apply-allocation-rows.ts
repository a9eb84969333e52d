import type { EntityManager } from 'typeorm';
import type { RecordAudit } from '#libs/audit';
import {
  effectiveMonth,
  Month,
  type Actor,
  type Dong,
  type ErrorFacts,
  type FieldProblem,
  type IsoDate,
  type RowOutcome,
} from '#libs/kernel';
import type { CapitalProblemCode } from './capital-errors.js';
import type { LedgerErrorCode } from './errors.js';
import { effectiveFrom, firstOpenMonth } from './first-open-month.js';
import { followPlanLines, noteWith } from './follow-plan-lines.js';
import { codeProblems } from './known-codes.js';
import {
  cellOf,
  keyOf,
  readDecisions,
  type AllocationField,
  type AllocationRow,
  type FileDecision,
  type Pending,
  type ReadLine,
} from './read-allocation-rows.js';
import type { NewAllocationLine } from './record-allocation-decision.js';
import { rejectTogether, writeDecisions } from './write-allocation-rows.js';

/**
 * Writes the rows of an allocation file in the caller's transaction, whose commit or roll-back decides. Decisions are
 * known by plan year, number and date; a line that the books hold already is `same`, one that differs only in its
 * amount is rejected (lines are only ever added). A decision with a wrong row is not written in part: its other new
 * rows are rejected with it. Costs a few statements a file, not a row.
 */
export async function applyAllocationRows(
  tx: EntityManager,
  actor: Actor,
  rows: readonly AllocationRow[],
  record: RecordAudit,
): Promise<RowOutcome[]> {
  const outcomes: RowOutcome[] = rows.map((_, row) => ({ row, outcome: 'new', problems: [] }));
  const decisions = readDecisions(rows, outcomes);
  await followSuccessors(tx, decisions);
  await addCodeProblems(tx, actor, decisions);
  const booked = await bookedDecisions(tx, decisions);
  const pending: Pending[] = [];
  for (const decision of decisions) {
    const known = booked.get(keyOf(decision));
    const fresh = compareWithBooks(decision, known, outcomes);
    const month = monthOf(decision);
    if (fresh.length > 0) pending.push({ decision, id: known?.id ?? null, month, fresh });
  }
  await addMonthProblems(tx, pending);
  const writable = pending.filter(({ decision, fresh }) => {
    const wrong = fresh.some(({ problems }) => problems.length > 0);
    if (wrong) rejectTogether(fresh, decision.number, outcomes);
    return !wrong;
  });
  await writeDecisions(tx, actor, writable, outcomes, record);
  return outcomes;
}

/** Before anything is compared: the books hold the lines of ended units under their successors. */
async function followSuccessors(tx: EntityManager, decisions: readonly FileDecision[]): Promise<void> {
  const all = decisions.flatMap((decision) => decision.lines.map((line) => ({ ...line, decision })));
  const followed = await followPlanLines(tx, all, ({ decision }) => monthOf(decision));
  let at = 0;
  for (const decision of decisions) {
    const own = followed.slice(at, (at += decision.lines.length));
    decision.lines = own.map(({ line: { decision: _, ...line } }) => line);
    decision.note = noteWith('', own);
  }
}

function monthOf({ planYear, effectiveDate }: FileDecision): Month {
  return Month.of(planYear, effectiveMonth(planYear, effectiveDate) ?? 13);
}

const FIELD_OF: Record<string, AllocationField> = {
  unitCode: 'unit_code',
  projectCode: 'project_code',
  sourceCode: 'source_code',
};

async function addCodeProblems(tx: EntityManager, actor: Actor, decisions: readonly FileDecision[]): Promise<void> {
  const lines = decisions.flatMap((decision) => {
    const month = monthOf(decision);
    return decision.lines.map((line) => ({ line, month }));
  });
  const problems = await codeProblems(
    tx,
    actor,
    lines.map(({ line, month }) => ({
      unitCode: line.unitCode,
      projectCode: line.projectCode,
      sourceCode: line.sourceCode,
      month,
    })),
    '',
  );
  for (const { pointer, ...problem } of problems) {
    const [, index, field] = pointer.split('/');
    lines[Number(index)]?.line.problems.push({ ...problem, pointer: `/${FIELD_OF[field as string]}` });
  }
}

interface BookedDecision {
  id: number;
  effectiveDate: IsoDate;
  /** Amounts of the booked lines by cell. */
  amounts: Map<string, Dong[]>;
}

async function bookedDecisions(
  tx: EntityManager,
  decisions: readonly FileDecision[],
): Promise<Map<string, BookedDecision>> {
  const heads: { id: number; plan_year: number; number: string; decision_date: string; effective_date: string }[] =
    await tx.query(
      `SELECT d.id, d.plan_year, d.number, d.decision_date::text, d.effective_date::text
       FROM allocation_decision AS d
       JOIN unnest($1::int[], $2::text[], $3::date[]) AS k (plan_year, number, decision_date)
         USING (plan_year, number, decision_date)`,
      [
        decisions.map(({ planYear }) => planYear),
        decisions.map(({ number }) => number),
        decisions.map(({ decisionDate }) => decisionDate),
      ],
    );
  const byId = new Map<number, BookedDecision>(
    heads.map((head) => [head.id, { id: head.id, effectiveDate: head.effective_date, amounts: new Map() }]),
  );
  const lines: (Omit<NewAllocationLine, 'amount'> & { decisionId: number; amount: string })[] = await tx.query(
    `SELECT decision_id AS "decisionId", basis, carried_over AS "carriedOver", unit_code AS "unitCode",
            project_code AS "projectCode", source_code AS "sourceCode", amount
     FROM allocation_line WHERE decision_id = ANY($1) ORDER BY id`,
    [heads.map(({ id }) => id)],
  );
  for (const line of lines) {
    const { amounts } = byId.get(line.decisionId) as BookedDecision;
    const cell = cellOf(line);
    const known = amounts.get(cell);
    if (known) known.push(BigInt(line.amount));
    else amounts.set(cell, [BigInt(line.amount)]);
  }
  return new Map(
    heads.map((head) => [
      keyOf({ planYear: head.plan_year, number: head.number, decisionDate: head.decision_date }),
      byId.get(head.id) as BookedDecision,
    ]),
  );
}

/** Marks what the books hold as `same`; returns the lines that are left to write, wrong ones among them. */
function compareWithBooks(
  decision: FileDecision,
  booked: BookedDecision | undefined,
  outcomes: RowOutcome[],
): ReadLine[] {
  if (!booked) return decision.lines;
  const left = decision.lines.filter((line) => {
    const amounts = booked.amounts.get(cellOf(line));
    const found = line.problems.length > 0 ? -1 : (amounts?.indexOf(line.amount) ?? -1);
    if (found === -1) return true;
    amounts?.splice(found, 1);
    outcomes[line.row] = { row: line.row, outcome: 'same', problems: [] };
    return false;
  });
  for (const line of left) {
    const other = booked.amounts.get(cellOf(line))?.shift();
    if (other !== undefined)
      line.problems.push(
        problem('/amount_vnd', 'line-differs', { decision: decision.number, booked: other.toString() }),
      );
    if (booked.effectiveDate !== decision.effectiveDate)
      line.problems.push(
        problem('/effective_date', 'decision-differs', { decision: decision.number, expected: booked.effectiveDate }),
      );
  }
  return left;
}

async function addMonthProblems(tx: EntityManager, pending: readonly Pending[]): Promise<void> {
  const states: { plan_year: number; month: number; state: string }[] = await tx.query(
    'SELECT plan_year, month, state FROM reporting_month WHERE plan_year = ANY($1)',
    [[...new Set(pending.map(({ month }) => month.planYear))]],
  );
  const stateOf = new Map(states.map((row) => [Month.of(row.plan_year, row.month).toString(), row.state]));
  for (const { month, fresh } of pending) {
    const state = stateOf.get(month.toString());
    const code: LedgerErrorCode = 'month-not-opened';
    if (state === undefined)
      for (const line of fresh) line.problems.push({ pointer: '/plan_year', code, facts: { month: month.toString() } });
    if (state !== 'closed') continue;
    const offered = effectiveFrom('/effective_date', month, await firstOpenMonth(tx, month));
    for (const line of fresh) line.problems.push(offered);
  }
}

const problem = (pointer: string, code: CapitalProblemCode, facts: ErrorFacts): FieldProblem => ({
  pointer,
  code,
  facts,
});
