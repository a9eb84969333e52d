import type { EntityManager } from 'typeorm';
import { addDays, DomainError, effectiveMonth, Month, systemClock, type Actor, type FieldProblem } from '#libs/kernel';
import type {
  DisbursedMove,
  EffectiveMonth,
  NewReorganisation,
  PlanMove,
  ReorganisationErrorCode,
  ReorganisationPlan,
  Route,
} from './reorganisation-request.js';

type Raw<T> = Omit<T, 'amount' | 'to' | 'planYear'> & { amount: string };

/**
 * The plan in force of the ended units, per project × source × basis × series. What is in force in the effective month
 * moves in it; a line that only takes effect later moves in its own month, or it would come back to the ended unit.
 */
export async function planMoves(tx: EntityManager, plan: ReorganisationPlan): Promise<PlanMove[]> {
  const found: PlanMove[] = [];
  for (const { planYear, month } of plan.months) {
    const rows: Raw<PlanMove>[] = await tx.query(
      `SELECT unit_code AS "from", project_code AS "projectCode", source_code AS "sourceCode", basis,
              carried_over AS "carriedOver", greatest(effective_month, $2) AS month, sum(amount) AS amount
       FROM allocation_line WHERE plan_year = $1 AND unit_code = ANY($3)
       GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(amount) <> 0
       ORDER BY 6, 1, 2, 3, 4, 5`,
      [planYear, month, plan.endedCodes],
    );
    found.push(...rows.map((row) => ({ ...row, ...target(plan.routes, row), planYear, amount: BigInt(row.amount) })));
  }
  return found;
}

/**
 * What the ended units have disbursed, per project × source × series × basis: one net amount a cell, booked as kind
 * `transfer`, never as payment or advance again.
 *
 * Why net: a payment or an advance is what Treasury paid, once. Booked anew on the successor, the province's payments
 * and advances of the year would count twice; a negative advance on the ended unit would look like its recovery. The
 * advances of a project stay balanced over its units: the successor books the recovery as advance-recovery, and how
 * much of what it took over is unrecovered stands beside the amount.
 *
 * Why both bases, each for itself: every series is conserved for itself. In the rule an estimate counts only where its
 * unit × project × source × series × month has no actual entry. Where a cell has actual entries, an actual transfer
 * (of 0 đồng, if they add up to 0) therefore stands beside the estimate's: the estimates that actuals have replaced
 * count nowhere, neither before nor after. Where it has none, the estimate counts before and after.
 */
export async function disbursedMoves(tx: EntityManager, plan: ReorganisationPlan): Promise<DisbursedMove[]> {
  const found: DisbursedMove[] = [];
  for (const { planYear, month } of plan.months) {
    const rows: Raw<DisbursedMove>[] = await tx.query(
      `WITH cell AS (
         SELECT unit_code, project_code, source_code, basis, carried_over, greatest(month, $2) AS month,
                sum(amount) AS amount
         FROM disbursement_entry WHERE plan_year = $1 AND unit_code = ANY($3) GROUP BY 1, 2, 3, 4, 5, 6)
       SELECT unit_code AS "from", project_code AS "projectCode", source_code AS "sourceCode", basis,
              carried_over AS "carriedOver", month, amount
       FROM cell AS c
       WHERE amount <> 0 OR (basis = 'actual' AND EXISTS (
         SELECT FROM cell AS e WHERE e.basis = 'estimate' AND e.amount <> 0
           AND (e.unit_code, e.project_code, e.source_code, e.carried_over, e.month)
             = (c.unit_code, c.project_code, c.source_code, c.carried_over, c.month)))
       ORDER BY month, unit_code, project_code, source_code, basis, carried_over`,
      [planYear, month, plan.endedCodes],
    );
    found.push(...rows.map((row) => ({ ...row, ...target(plan.routes, row), planYear, amount: BigInt(row.amount) })));
  }
  return found;
}

function target(routes: readonly Route[], { from, projectCode }: Omit<Route, 'to'>): { to: string } {
  const found = routes.find((route) => route.from === from && route.projectCode === projectCode);
  if (!found) throw new Error(`no successor for ${projectCode ?? 'capital not assigned to projects'} of ${from}`);
  return { to: found.to };
}

/**
 * An estimate that still counts beside actual entries of its project cannot be moved: the transfer of the actuals in
 * the effective month would hide the estimate's. Under a policy that counts estimates the act waits for the actuals.
 */
export async function refuseUnreplacedEstimates(
  tx: EntityManager,
  { months, endedCodes }: ReorganisationPlan,
  request: NewReorganisation,
): Promise<void> {
  const problems: FieldProblem[] = [];
  for (const { planYear, month } of months) {
    if (!(await countsEstimates(tx, planYear))) continue;
    const rows: { unit: string; project: string; month: number }[] = await tx.query(
      `SELECT DISTINCT e.unit_code AS unit, e.project_code AS project, e.month
       FROM disbursement_entry AS e
       JOIN disbursement_entry AS a ON a.basis = 'actual' AND a.plan_year = e.plan_year AND a.month <= $2
        AND (a.unit_code, a.project_code, a.source_code, a.carried_over)
          = (e.unit_code, e.project_code, e.source_code, e.carried_over)
       WHERE e.plan_year = $1 AND e.month <= $2 AND e.unit_code = ANY($3) AND e.basis = 'estimate'
       GROUP BY e.unit_code, e.project_code, e.source_code, e.carried_over, e.month
       HAVING bool_and(a.month <> e.month) ORDER BY 1, 2, 3`,
      [planYear, month, endedCodes],
    );
    problems.push(
      ...rows.map(({ unit, project, month: inMonth }) => ({
        pointer: `/ended/${endedCodes.indexOf(unit)}/unitCode`,
        code: 'estimate-not-replaced',
        facts: { unit, project, month: Month.of(planYear, inMonth).toString() },
      })),
    );
  }
  if (problems.length > 0)
    throw new DomainError<ReorganisationErrorCode>(
      'reorganisation-refused',
      { decision: request.decisionNo, problems: problems.length },
      problems,
    );
}

/** Whether the plan year's newest policy counts estimates in any month (domain.md §4; without one: no). */
async function countsEstimates(tx: EntityManager, planYear: number): Promise<boolean> {
  const [newest]: { fields: string }[] = await tx.query(
    'SELECT fields FROM policy_version WHERE plan_year = $1 ORDER BY version DESC LIMIT 1',
    [planYear],
  );
  if (!newest) return false;
  const { includeEstimates, changes } = JSON.parse(newest.fields) as {
    includeEstimates?: boolean;
    changes?: { includeEstimates?: boolean }[];
  };
  return includeEstimates === true || (changes ?? []).some((change) => change.includeEstimates === true);
}

/** Books the plan's moves: one transfer decision a plan year and month, its lines −x on the old unit, +x on the new. */
export async function bookPlanMoves(
  tx: EntityManager,
  actor: Actor,
  request: NewReorganisation,
  moves: readonly PlanMove[],
): Promise<number[]> {
  const ids = new Map<string, number>();
  for (const { planYear, month } of moves) {
    const key = `${planYear} ${month}`;
    if (!ids.has(key)) ids.set(key, await transferDecision(tx, actor, request, { planYear, month }));
  }
  const lines = moves.flatMap(({ from, to, amount, ...cell }) => {
    const decisionId = ids.get(`${cell.planYear} ${cell.month}`);
    return [
      { ...cell, decisionId, unitCode: from, amount: (-amount).toString() },
      { ...cell, decisionId, unitCode: to, amount: amount.toString() },
    ];
  });
  // One statement: the database checks after it that nothing is left on the ended units.
  await tx.query(
    `INSERT INTO allocation_line (decision_id, plan_year, effective_month, basis, carried_over, unit_code, project_code,
                                  source_code, amount)
     SELECT "decisionId", "planYear", month, basis, "carriedOver", "unitCode", "projectCode", "sourceCode", amount
     FROM jsonb_to_recordset($1) AS l ("decisionId" int, "planYear" int, month int, basis text, "carriedOver" boolean,
       "unitCode" text, "projectCode" text, "sourceCode" text, amount bigint)`,
    [JSON.stringify(lines)],
  );
  return [...ids.values()];
}

async function transferDecision(
  tx: EntityManager,
  actor: Actor,
  { decisionNo, decisionDate, effectiveDate }: NewReorganisation,
  { planYear, month }: EffectiveMonth,
): Promise<number> {
  const isFirst = effectiveMonth(planYear, effectiveDate) === month;
  // The first day of a later month is the day after the end of the one before.
  const laterStart = month > 1 ? addDays(Month.of(planYear, month - 1).end, 1) : effectiveDate;
  const [row]: { id: number }[] = await tx.query(
    `INSERT INTO allocation_decision (plan_year, number, decision_date, effective_date, level, kind, note, recorded_at,
                                      recorded_by)
     VALUES ($1, $2, $3, $4, 'province', 'transfer', $5, $6, $7) RETURNING id`,
    [
      planYear,
      isFirst ? decisionNo : `${decisionNo} (T${month})`,
      decisionDate,
      isFirst ? effectiveDate : laterStart,
      `Sắp xếp đơn vị theo ${decisionNo}: chuyển kế hoạch cho đơn vị kế thừa`,
      systemClock.now(),
      actor.username,
    ],
  );
  return (row as { id: number }).id;
}

/** Books what was disbursed: pairs of `transfer` entries that sum to zero. Returns how many entries. */
export async function bookDisbursedMoves(
  tx: EntityManager,
  actor: Actor,
  { decisionNo, decisionDate }: NewReorganisation,
  moves: readonly DisbursedMove[],
): Promise<number> {
  const reason = `Sắp xếp đơn vị theo ${decisionNo}: chuyển luỹ kế giải ngân cho đơn vị kế thừa`;
  const entries = moves.flatMap(({ from, to, amount, ...cell }) => [
    { ...cell, unitCode: from, amount: (-amount).toString() },
    { ...cell, unitCode: to, amount: amount.toString() },
  ]);
  await tx.query(
    `INSERT INTO disbursement_entry (plan_year, month, unit_code, project_code, source_code, kind, carried_over, basis,
                                     amount, document_no, document_date, reason, recorded_at, recorded_by)
     SELECT "planYear", month, "unitCode", "projectCode", "sourceCode", 'transfer', "carriedOver", basis, amount,
            $2, $3, $4, $5, $6
     FROM jsonb_to_recordset($1) AS e ("planYear" int, month int, "unitCode" text, "projectCode" text,
       "sourceCode" text, "carriedOver" boolean, basis text, amount bigint)`,
    [JSON.stringify(entries), decisionNo, decisionDate, reason, systemClock.now(), actor.username],
  );
  return entries.length;
}
