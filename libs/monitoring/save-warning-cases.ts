import { In, type EntityManager } from 'typeorm';
import type { RecordAudit } from '#libs/audit';
import type { CaseHistory } from './rule/index.js';
import { WarningCase, WarningCaseStep } from './warning-case.entity.js';

/** What one evaluation says about the cases of its plan year. */
export interface CasesOfMonth {
  month: number;
  evaluationId: number;
  histories: readonly CaseHistory[];
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

async function saveMonth(
  tx: EntityManager,
  planYear: number,
  { month, evaluationId, histories }: CasesOfMonth,
): Promise<void> {
  const touched = histories.filter(({ steps }) => steps.some((step) => step.month === month));
  // Closed ones first: a unit has one open case at a time.
  for (const history of [...touched].sort((a, b) => Number(a.state === 'open') - Number(b.state === 'open'))) {
    const { unit: unitCode, openedMonth, state, endedMonth, endReason } = history;
    const key = { planYear, unitCode, openedMonth };
    const known = await tx.findOneBy(WarningCase, key);
    if (known) await tx.update(WarningCase, { id: known.id }, { state, endedMonth, endReason });
    else await tx.insert(WarningCase, { ...key, state, endedMonth, endReason });
    const { id: caseId } = known ?? (await tx.findOneByOrFail(WarningCase, key));
    const step = history.steps.find((candidate) => candidate.month === month);
    if (step) await tx.insert(WarningCaseStep, { caseId, evaluationId, month, change: step.change });
  }
}
