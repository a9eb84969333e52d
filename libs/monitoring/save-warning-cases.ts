import { In, type EntityManager } from 'typeorm';
import type { RecordAudit } from '#libs/audit';
import { LAST_MONTH } from '#libs/kernel';
import type { CaseChange, CaseHistory, UnitStatus } from './rule/index.js';
import { WarningCase, WarningCaseStep } from './warning-case.entity.js';

/** What one evaluation says about the cases of its plan year. */
export interface CasesOfMonth {
  month: number;
  evaluationId: number;
  histories: readonly CaseHistory[];
  /** How each unit stands in the month. */
  statuses: ReadonlyMap<string, UnitStatus>;
  /** Units that were over before the month's end. */
  endedUnits: ReadonlySet<string>;
}

/**
 * Brings the kept cases of a plan year to what its new evaluations say, in the order of their months, and notes what
 * each month did to each. Cases that closed before are known already and stay. `firstAnew` is the first month that was
 * closed again: what was kept of cases from there on is decided anew, and a case that the corrected months no longer
 * have is withdrawn, its steps of before and the one that withdrew it side by side.
 */
export async function saveWarningCases(
  tx: EntityManager,
  planYear: number,
  evaluations: readonly CasesOfMonth[],
  firstAnew: number | undefined,
  record: RecordAudit,
): Promise<void> {
  const before = firstAnew === undefined ? [] : await standing(tx, planYear);
  // A unit has one open case at a time: those that opened later make room until their month is decided again.
  if (firstAnew !== undefined)
    for (const { id, openedMonth } of before)
      if (openedMonth >= firstAnew)
        await tx.update(WarningCase, { id }, { state: 'withdrawn', endedMonth: openedMonth, endReason: null });
  for (const evaluation of evaluations) await saveMonth(tx, planYear, evaluation);
  const last = evaluations.at(-1);
  if (!last) return;
  for (const kept of before) {
    // Decided anew are only those that opened in a month closed again.
    if (kept.openedMonth < (firstAnew ?? 0)) continue;
    const isStill = last.histories.some(
      ({ unit, openedMonth }) => unit === kept.unitCode && openedMonth === kept.openedMonth,
    );
    if (isStill) continue;
    const by = evaluations.find(({ month }) => month >= kept.openedMonth) ?? last;
    const { month, evaluationId } = by;
    await tx.update(WarningCase, { id: kept.id }, { state: 'withdrawn', endedMonth: month, endReason: null });
    await tx.insert(WarningCaseStep, { caseId: kept.id, evaluationId, month, change: 'withdrawn' });
    record({
      action: 'warning-case.withdraw',
      objectType: 'warning-case',
      objectId: kept.id,
      before: { state: kept.state },
      after: { state: 'withdrawn', evaluationId },
    });
  }
}

function standing(tx: EntityManager, planYear: number): Promise<WarningCase[]> {
  return tx.find(WarningCase, {
    where: { planYear, state: In(['open', 'cleared', 'ended']) },
    order: { id: 'ASC' },
  });
}

/**
 * What was published stays: a case that an older policy opened goes on by what the unit does now, though the present
 * policy would not have opened it yet; one that the present policy would have opened earlier opens in this month.
 */
async function saveMonth(tx: EntityManager, planYear: number, evaluation: CasesOfMonth): Promise<void> {
  const { month, evaluationId, histories } = evaluation;
  const touched = histories.filter(({ steps }) => steps.some((step) => step.month === month));
  const live = await liveCases(tx, planYear, month);
  // Closed ones first: a unit has one open case at a time.
  for (const history of [...touched].sort((a, b) => Number(a.state === 'open') - Number(b.state === 'open'))) {
    const { unit: unitCode, openedMonth, state, endedMonth, endReason } = history;
    const step = history.steps.find((candidate) => candidate.month === month);
    const exact = await tx.findOneBy(WarningCase, { planYear, unitCode, openedMonth });
    const known = exact ?? live.get(unitCode);
    if (known) live.delete(unitCode);
    if (!known && openedMonth < month && step?.change !== 'continuing') continue;
    const isNew = !known;
    const key = { planYear, unitCode, openedMonth: isNew ? month : known.openedMonth };
    if (known) await tx.update(WarningCase, { id: known.id }, { state, endedMonth, endReason });
    else await tx.insert(WarningCase, { ...key, state, endedMonth, endReason });
    const { id: caseId } = known ?? (await tx.findOneByOrFail(WarningCase, key));
    const change = isNew ? 'new' : !exact && step?.change === 'new' ? 'continuing' : step?.change;
    if (change) await tx.insert(WarningCaseStep, { caseId, evaluationId, month, change });
  }
  for (const { id: caseId, unitCode } of live.values()) {
    const { change, ...standing } = goesOn(evaluation, unitCode);
    await tx.update(WarningCase, { id: caseId }, standing);
    await tx.insert(WarningCaseStep, { caseId, evaluationId, month, change });
  }
}

/** Cases that were open when the month came, by unit. */
async function liveCases(tx: EntityManager, planYear: number, month: number): Promise<Map<string, WarningCase>> {
  const cases = await tx
    .createQueryBuilder(WarningCase, 'c')
    .where("c.plan_year = :planYear AND c.state <> 'withdrawn' AND c.opened_month < :month", { planYear, month })
    .andWhere('(c.ended_month IS NULL OR c.ended_month >= :month)', { month })
    .getMany();
  return new Map(cases.map((each) => [each.unitCode, each]));
}

/** domain.md §4 "Warning case", for a case that the policy of the month alone would not have opened. */
function goesOn(
  { month, statuses, endedUnits }: CasesOfMonth,
  unit: string,
): Pick<WarningCase, 'state' | 'endedMonth' | 'endReason'> & { change: CaseChange } {
  const status = statuses.get(unit) ?? 'not-rated';
  if (status === 'at-or-above') return { change: 'cleared', state: 'cleared', endedMonth: month, endReason: null };
  if (status === 'not-rated') {
    const endReason = endedUnits.has(unit) ? 'unit-ended' : 'not-rated';
    return { change: 'ended', state: 'ended', endedMonth: month, endReason };
  }
  const change = status === 'below' ? 'continuing' : 'paused';
  return month === LAST_MONTH
    ? { change, state: 'ended', endedMonth: month, endReason: 'plan-year-ended' }
    : { change, state: 'open', endedMonth: null, endReason: null };
}
