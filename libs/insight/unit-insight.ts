import type { DataSource } from 'typeorm';
import { DomainError, maySeeUnit, Month, type Actor, type Dong } from '#libs/kernel';
import { AllocationTotal, entryCounts, MonthlyReport } from '#libs/ledger';
import { EvaluationAverage, EvaluationLine, type MonitoringErrorCode } from '#libs/monitoring';
import { policyInMonth, type PlanBasis } from '#libs/monitoring/rule';
import { findUnit, type OrganisationErrorCode, type UnitWithTeam } from '#libs/organisation';
import { frozenEvaluation, type FrozenEvaluation } from './frozen-evaluation.js';

export interface UnitInEvaluation {
  unit: UnitWithTeam;
  frozen: FrozenEvaluation;
  month: Month;
  /** Months 1 … month of the unit, oldest first. */
  lines: EvaluationLine[];
  averages: (EvaluationAverage | undefined)[];
}

/** One unit in the frozen evaluation of a month, if it is the actor's. */
export async function unitInEvaluation(
  db: DataSource,
  actor: Actor,
  month: Month,
  unitCode: string,
): Promise<UnitInEvaluation> {
  if (!maySeeUnit(actor, unitCode)) throw new DomainError<OrganisationErrorCode>('unit-unknown', { unit: unitCode });
  const frozen = await frozenEvaluation(db, month);
  const unit = await findUnit(db, actor, unitCode, month.end);
  const lines = await db.manager.find(EvaluationLine, {
    where: { evaluationId: frozen.evaluation.id, unitCode },
    order: { month: 'ASC' },
  });
  if (lines.length === 0)
    throw new DomainError<MonitoringErrorCode>('evaluation-unit-missing', {
      month: month.toString(),
      unit: unitCode,
    });
  return { unit, frozen, month, lines, averages: lines.map((line) => frozen.averageFor(unitCode, line.month)) };
}

export interface UnitSources {
  decisions: number;
  lines: number;
  entries: number;
  report: MonthlyReport | null;
}

/** How many decisions, lines and entries the unit's figures of a month rest on, as the policy counts them. */
export async function unitSources(db: DataSource, { frozen, month, unit }: UnitInEvaluation): Promise<UnitSources> {
  const { planBasis, includeCarriedOver, includeEstimates, excludeProjects } = policyInMonth(
    frozen.policy,
    month.number,
  );
  const { lastLineId, lastEntryId } = frozen.evaluation;
  const [counts]: { decisions: string; lines: string; entries: string }[] = await db.query(
    `SELECT count(DISTINCT l.decision_id) AS decisions, count(*) AS lines,
            (SELECT count(*) FROM disbursement_entry AS e
             WHERE e.plan_year = $1 AND e.month <= $2 AND e.unit_code = $3 AND ($5 OR NOT e.carried_over)
               AND ${entryCounts('$8::boolean')} AND NOT e.project_code = ANY($9) AND e.id <= $7) AS entries
     FROM allocation_line AS l
     WHERE l.plan_year = $1 AND l.effective_month <= $2 AND l.unit_code = $3 AND l.basis = $4
       AND ($5 OR NOT l.carried_over) AND l.id <= $6
       AND (l.project_code IS NULL OR NOT l.project_code = ANY($9))`,
    [
      month.planYear,
      month.number,
      unit.code,
      planBasis,
      includeCarriedOver,
      lastLineId,
      lastEntryId,
      includeEstimates,
      excludeProjects,
    ],
  );
  return {
    decisions: Number(counts?.decisions ?? 0),
    lines: Number(counts?.lines ?? 0),
    entries: Number(counts?.entries ?? 0),
    // The first that made the month reported: the unit's own word, or the Treasury's statement before it.
    report: await db.manager.findOne(MonthlyReport, {
      where: { planYear: month.planYear, month: month.number, unitCode: unit.code },
      order: { submittedOn: 'ASC', via: 'DESC' },
    }),
  };
}

export interface UnitPlan {
  /** đồng: what month 1 began with. */
  initial: Dong;
  adjustments: Dong;
  inForce: Dong;
  /** Its own series, never mixed with the year's plan. */
  carriedOver: Dong;
  pm: Dong;
  /** The plan on each basis; carried-over capital as the policy counts it. */
  bases: { basis: PlanBasis; isAssigned: boolean; plan: Dong }[];
}

/** The unit's plan at a month's end on the basis the policy uses, and beside it the other series. */
export async function unitPlan(db: DataSource, { frozen, month, unit }: UnitInEvaluation): Promise<UnitPlan> {
  const { planBasis, includeCarriedOver } = policyInMonth(frozen.policy, month.number);
  const counts = (total: AllocationTotal, basis: PlanBasis): boolean =>
    total.basis === basis && (includeCarriedOver || !total.carriedOver);
  const totals = await db.manager.findBy(AllocationTotal, { planYear: month.planYear, unitCode: unit.code });
  const sum = (isCounted: (total: AllocationTotal) => boolean): Dong =>
    totals
      .filter((total) => total.effectiveMonth <= month.number && isCounted(total))
      .reduce((all, total) => all + total.amount, 0n);
  const inForce = sum((total) => total.basis === planBasis && !total.carriedOver);
  const initial = sum((total) => total.basis === planBasis && !total.carriedOver && total.effectiveMonth === 1);
  return {
    initial,
    adjustments: inForce - initial,
    inForce,
    carriedOver: sum((total) => total.basis === planBasis && total.carriedOver),
    pm: sum((total) => total.basis === 'pm' && !total.carriedOver),
    bases: (['province', 'pm'] as const).map((basis) => ({
      basis,
      isAssigned: totals.some((total) => total.effectiveMonth <= month.number && counts(total, basis)),
      plan: sum((total) => counts(total, basis)),
    })),
  };
}
