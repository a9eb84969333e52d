import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { RecordAudit } from '#libs/audit';
import {
  canonicalJson,
  DomainError,
  slicesOf,
  systemClock,
  type Actor,
  type Dong,
  type ErrorFacts,
  type RowOutcome,
} from '#libs/kernel';
import type { DecisionKind } from './allocation.entity.js';
import type { CapitalProblemCode } from './capital-errors.js';
import { carryPlanLines, type CarriedPlan, type CarryingDecision, type PlacedLine } from './carry-plan-lines.js';
import type { FileDecision, Pending, ReadLine } from './read-allocation-rows.js';
import { asLedgerRefusal, CAPITAL_CONSTRAINTS } from './refusals.js';

const LINES_AN_INSERT = 10_000;

/** A decision with a wrong line is not written in part: its other new lines are rejected with it. */
export function rejectTogether(lines: readonly ReadLine[], number: string, outcomes: RowOutcome[]): void {
  const code: CapitalProblemCode = 'decision-has-wrong-lines';
  const others = [{ pointer: '/decision_no', code, facts: { decision: number } }];
  for (const { row, problems } of lines)
    outcomes[row] = { row, outcome: 'rejected', problems: problems.length > 0 ? problems : others };
}

/** All at once; where the database refuses, once more decision by decision, to find the one that it refuses. */
export async function writeDecisions(
  tx: EntityManager,
  actor: Actor,
  pending: readonly Pending[],
  outcomes: RowOutcome[],
  record: RecordAudit,
): Promise<void> {
  if (pending.length === 0) return;
  const refused = await attempt(tx, actor, pending, record);
  if (!refused) return;
  if (pending.length === 1) {
    const { decision, fresh } = pending[0] as Pending;
    for (const line of fresh) line.problems.push({ pointer: '/amount_vnd', ...refused });
    rejectTogether(fresh, decision.number, outcomes);
    return;
  }
  for (const one of pending) await writeDecisions(tx, actor, [one], outcomes, record);
}

interface Refused {
  code: string;
  facts: ErrorFacts;
}

async function attempt(
  tx: EntityManager,
  actor: Actor,
  pending: readonly Pending[],
  record: RecordAudit,
): Promise<Refused | undefined> {
  await tx.query('SAVEPOINT allocation_rows');
  try {
    const { written, carrying } = await asLedgerRefusal({}, async () => {
      const decisions = await insertDecisions(tx, actor, pending);
      await tx.query(`SET CONSTRAINTS ${CAPITAL_CONSTRAINTS} IMMEDIATE`);
      return decisions;
    });
    for (const { id, isNew, decision, fresh } of written)
      record({
        action: isNew ? 'allocation.record' : 'allocation.add-lines',
        objectType: 'allocation-decision',
        objectId: id,
        after: { ...withoutLines(decision), lines: fresh.length, linesHash: hashOf(fresh) },
      });
    for (const { id: objectId, ...after } of carrying)
      record({ action: 'allocation.record', objectType: 'allocation-decision', objectId, after });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await tx.query('ROLLBACK TO SAVEPOINT allocation_rows');
    return { code: error.code, facts: error.facts };
  } finally {
    await tx.query(`SET CONSTRAINTS ${CAPITAL_CONSTRAINTS} DEFERRED`).catch(() => undefined);
  }
  await tx.query('RELEASE SAVEPOINT allocation_rows');
  return undefined;
}

type WrittenDecision = Pending & { id: number; isNew: boolean };

async function insertDecisions(
  tx: EntityManager,
  actor: Actor,
  pending: readonly Pending[],
): Promise<{ written: WrittenDecision[]; carrying: CarryingDecision[] }> {
  const added = pending.filter(({ id }) => id === null);
  const years = await yearsWithDecisions(tx, added);
  const heads = added.map(({ decision }, i) => ({
    i,
    plan_year: decision.planYear,
    number: decision.number,
    decision_date: decision.decisionDate,
    effective_date: decision.effectiveDate,
    level: decision.level ?? (decision.lines.every(({ basis }) => basis === 'pm') ? 'central' : 'province'),
    kind: decision.kind ?? kindOf(decision, years),
    note: decision.note,
  }));
  const ids: { id: number }[] = await tx.query(
    `WITH given AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb)
         AS g (i int, plan_year int, number text, decision_date date, effective_date date, level text, kind text, note text)
     ), added AS (
       INSERT INTO allocation_decision (plan_year, number, decision_date, effective_date, level, kind, note, recorded_at,
                                        recorded_by)
       SELECT plan_year, number, decision_date, effective_date, level, kind, note, $2, $3 FROM given ORDER BY i
       RETURNING id, plan_year, number, decision_date
     )
     SELECT added.id FROM given JOIN added USING (plan_year, number, decision_date) ORDER BY given.i`,
    [JSON.stringify(heads), systemClock.now(), actor.username],
  );
  const idOf = new Map(added.map((one, i) => [one, (ids[i] as { id: number }).id]));
  const written = pending.map((one) => ({ ...one, id: one.id ?? (idOf.get(one) as number), isNew: one.id === null }));
  const { linesOf, decisions: carrying } = await carried(tx, actor, written);
  const groups = written.flatMap(({ id: decisionId, month, fresh }) =>
    fresh.map((line): PlacedLine[] => [
      { ...line, decisionId, planYear: month.planYear, effectiveMonth: month.number },
      ...(linesOf.get(line) ?? []),
    ]),
  );
  for (const some of slicesOf(groups, LINES_AN_INSERT)) {
    const chunk = some.flat();
    await tx.query(
      `INSERT INTO allocation_line (decision_id, plan_year, effective_month, basis, carried_over, unit_code, project_code, source_code, amount)
       SELECT * FROM unnest($1::int[], $2::int[], $3::int[], $4::text[], $5::boolean[], $6::text[], $7::text[], $8::text[], $9::bigint[])`,
      [
        chunk.map(({ decisionId }) => decisionId),
        chunk.map(({ planYear }) => planYear),
        chunk.map(({ effectiveMonth }) => effectiveMonth),
        chunk.map(({ basis }) => basis),
        chunk.map(({ carriedOver }) => carriedOver),
        chunk.map(({ unitCode }) => unitCode),
        chunk.map(({ projectCode }) => projectCode),
        chunk.map(({ sourceCode }) => sourceCode),
        chunk.map(({ amount }) => amount.toString()),
      ],
    );
  }
  return { written, carrying };
}

/** Decision by decision, of those alone that name a unit which a reorganisation ended. */
async function carried(
  tx: EntityManager,
  actor: Actor,
  written: readonly WrittenDecision[],
): Promise<CarriedPlan<ReadLine>> {
  const ended: { code: string }[] = await tx.query('SELECT DISTINCT predecessor_code AS code FROM unit_succession');
  const codes = new Set(ended.map(({ code }) => code));
  const all: CarriedPlan<ReadLine> = { linesOf: new Map(), decisions: [] };
  for (const { decision, month, fresh } of written) {
    const lines = fresh.filter(({ unitCode }) => codes.has(unitCode));
    if (lines.length === 0) continue;
    const { linesOf, decisions } = await carryPlanLines(tx, actor, decision, month, lines);
    for (const [line, transfers] of linesOf) all.linesOf.set(line, transfers);
    all.decisions.push(...decisions);
  }
  return all;
}

async function yearsWithDecisions(tx: EntityManager, pending: readonly Pending[]): Promise<Set<string>> {
  const rows: { plan_year: number; basis: string }[] = await tx.query(
    'SELECT DISTINCT plan_year, basis FROM allocation_total WHERE plan_year = ANY($1)',
    [[...new Set(pending.map(({ decision }) => decision.planYear))]],
  );
  return new Set(rows.map((row) => `${row.plan_year} ${row.basis}`));
}

/** allocations.csv does not say the kind: what the lines show, the first decision of a year and basis being its initial one. */
function kindOf({ planYear, lines }: FileDecision, years: Set<string>): DecisionKind {
  if (lines.every(({ carriedOver }) => carriedOver)) return 'carried-over';
  if (lines.some(({ amount }) => amount < 0n)) {
    const sums = new Map<string, Dong>();
    for (const { basis, carriedOver, amount } of lines)
      sums.set(`${basis} ${carriedOver}`, (sums.get(`${basis} ${carriedOver}`) ?? 0n) + amount);
    return [...sums.values()].every((sum) => sum === 0n) ? 'transfer' : 'adjustment';
  }
  const isFirst = lines.every(({ basis }) => !years.has(`${planYear} ${basis}`));
  for (const { basis } of lines) years.add(`${planYear} ${basis}`);
  return isFirst ? 'initial' : 'supplement';
}

function withoutLines({ lines: _lines, ...head }: FileDecision): Omit<FileDecision, 'lines'> {
  return head;
}

/** A rolling hash over the lines in the order of the file: the lines are immutable and need no second copy. */
function hashOf(lines: readonly ReadLine[]): string {
  return lines.reduce(
    (hash, { row: _row, problems: _problems, amount, ...line }) =>
      createHash('sha256')
        .update(hash)
        .update(canonicalJson({ ...line, amount: amount.toString() }))
        .digest('hex'),
    '',
  );
}
