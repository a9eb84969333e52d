import type { EntityManager } from 'typeorm';
import type { CaseHistory } from './rule/index.js';
import { WarningCase, WarningCaseStep } from './warning-case.entity.js';

/**
 * Brings the kept cases of a plan year to what the evaluation of `month` says, and notes what this month did to
 * each. Cases that closed before are known already and stay.
 */
export async function saveWarningCases(
  tx: EntityManager,
  planYear: number,
  month: number,
  evaluationId: number,
  histories: readonly CaseHistory[],
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
