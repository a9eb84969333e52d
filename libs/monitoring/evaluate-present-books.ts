import type { EntityManager } from 'typeorm';
import type { Month } from '#libs/kernel';
import { loadEvaluationInputs } from '#libs/ledger';
import { presentPolicy } from './policies.js';
import { evaluatePlanYear, type Evaluation, type Policy } from './rule/index.js';

export type PresentEvaluation = Evaluation & { policy: Policy };

/** The rule run on the books as they are now, up to a month, by the newest policy. Freezes and writes nothing. */
export async function evaluatePresentBooks(tx: EntityManager, month: Month): Promise<PresentEvaluation> {
  const policy = await presentPolicy(tx, month.planYear, month.number);
  return { ...evaluatePlanYear(await loadEvaluationInputs(tx, policy), policy), policy };
}
