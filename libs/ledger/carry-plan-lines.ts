import type { EntityManager } from 'typeorm';
import { systemClock, type Actor, type IsoDate, type Month } from '#libs/kernel';
import { carriesOf, type Carry } from './follow-succession.js';
import type { NewAllocationLine } from './record-allocation-decision.js';

/** A line as it is written. */
export interface PlacedLine extends NewAllocationLine {
  decisionId: number;
  planYear: number;
  effectiveMonth: number;
}

/** A decision that the program writes for the carrying alone. */
export interface CarryingDecision {
  id: number;
  planYear: number;
  number: string;
  effectiveDate: IsoDate;
  note: string;
}

export interface CarriedPlan<Line> {
  /** Beside which line its transfers are written, in one statement: nothing may stay on an ended unit. */
  linesOf: Map<Line, PlacedLine[]>;
  decisions: CarryingDecision[];
}

interface Head {
  number: string;
  decisionDate: IsoDate;
}

/**
 * Plan lines that take effect before their unit's end and are booked after the reorganisation moved its plan: decisions
 * of kind transfer that carry them on, one for each month that a chain of reorganisations has. Capital not assigned to
 * a project has no holder to follow and is not carried.
 */
export async function carryPlanLines<Line extends NewAllocationLine>(
  tx: EntityManager,
  actor: Actor,
  head: Head,
  month: Month,
  lines: readonly Line[],
): Promise<CarriedPlan<Line>> {
  const assigned = lines.flatMap((line) =>
    line.projectCode === null ? [] : [{ unitCode: line.unitCode, projectCode: line.projectCode, line }],
  );
  const linesOf = new Map<Line, PlacedLine[]>();
  const decisions = new Map<number, CarryingDecision>();
  for (const carry of await carriesOf(tx, month, assigned)) {
    const decision = decisions.get(carry.month) ?? (await carryingDecision(tx, actor, head, month, carry));
    decisions.set(carry.month, decision);
    const { line } = carry.cell;
    const { basis, carriedOver, projectCode, sourceCode, amount } = line;
    const cell = { basis, carriedOver, projectCode, sourceCode };
    const place = { decisionId: decision.id, planYear: month.planYear, effectiveMonth: carry.month };
    linesOf.set(line, [
      ...(linesOf.get(line) ?? []),
      { ...cell, ...place, unitCode: carry.from, amount: -amount },
      { ...cell, ...place, unitCode: carry.to, amount },
    ]);
  }
  return { linesOf, decisions: [...decisions.values()] };
}

/** A later line of the same decision goes into the one that stands. */
async function carryingDecision(
  tx: EntityManager,
  actor: Actor,
  { number: of, decisionDate }: Head,
  { planYear }: Month,
  { month, effectiveDate, decisionNo }: Carry<unknown>,
): Promise<CarryingDecision> {
  const number = `${of} (chuyển tiếp T${month})`;
  const note = `Sắp xếp đơn vị theo ${decisionNo}: chuyển tiếp vốn của ${of} cho đơn vị kế thừa`;
  const values = [planYear, number, decisionDate];
  const [added]: { id: number }[] = await tx.query(
    `INSERT INTO allocation_decision (plan_year, number, decision_date, effective_date, level, kind, note, recorded_at,
                                      recorded_by)
     VALUES ($1, $2, $3, $4, 'province', 'transfer', $5, $6, $7)
     ON CONFLICT (plan_year, number, decision_date) DO NOTHING RETURNING id`,
    [...values, effectiveDate, note, systemClock.now(), actor.username],
  );
  const [standing]: { id: number }[] = added
    ? [added]
    : await tx.query(
        'SELECT id FROM allocation_decision WHERE plan_year = $1 AND number = $2 AND decision_date = $3',
        values,
      );
  return { id: (standing as { id: number }).id, planYear, number, effectiveDate, note };
}
