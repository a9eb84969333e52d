import type { DataSource } from 'typeorm';
import { DomainError, type Dong, type Month } from '#libs/kernel';
import { ReportingMonth } from '#libs/ledger';
import { Evaluation, EvaluationAverage, EvaluationLine, type MonitoringErrorCode } from '#libs/monitoring';
import { policyInMonth, type Policy } from '#libs/monitoring/rule';
import { rateOf, type Rate } from './rate.js';

export type FrozenLine = Pick<
  EvaluationLine,
  'month' | 'unitCode' | 'status' | 'plan' | 'disbursed' | 'streak' | 'flagged' | 'gap'
>;

/** A frozen evaluation as the read models need it. */
export interface FrozenEvaluation {
  evaluation: Evaluation;
  policy: Policy;
  averages: EvaluationAverage[];
  /** The average that a unit was compared with in a month. */
  averageFor(unitCode: string, month: number): EvaluationAverage | undefined;
}

/**
 * The evaluation of a month's version, without one of its present version, by the newest policy; `evaluation-missing`
 * before there is one.
 */
export async function frozenEvaluation(db: DataSource, month: Month, version?: number): Promise<FrozenEvaluation> {
  const { planYear, number } = month;
  const reporting = await db.manager.findOneBy(ReportingMonth, { planYear, month: number });
  const evaluation =
    reporting &&
    (await db.manager.findOne(Evaluation, {
      where: { planYear, month: number, monthVersion: version ?? reporting.version },
      order: { policyVersion: 'DESC' },
    }));
  if (!evaluation) throw new DomainError<MonitoringErrorCode>('evaluation-missing', { month: month.toString() });
  return withAverages(db, evaluation);
}

/** A given evaluation, whatever the present version of its month: what a notice rests on. */
export async function frozenEvaluationById(db: DataSource, id: number): Promise<FrozenEvaluation> {
  return withAverages(db, await db.manager.findOneByOrFail(Evaluation, { id }));
}

async function withAverages(db: DataSource, evaluation: Evaluation): Promise<FrozenEvaluation> {
  const policy = JSON.parse(evaluation.policy) as Policy;
  const averages = await db.manager.find(EvaluationAverage, {
    where: { evaluationId: evaluation.id },
    order: { month: 'ASC', group: 'ASC' },
  });
  const groupOf = frozenGroups(evaluation, policy);
  const byKey = new Map(averages.map((average) => [`${average.month} ${average.group}`, average]));
  return {
    evaluation,
    policy,
    averages,
    averageFor: (unitCode, inMonth) =>
      byKey.get(`${inMonth} ${policyInMonth(policy, inMonth).average.scope === 'group' ? groupOf.get(unitCode) : '*'}`),
  };
}

/** The groups that the units had when the month was frozen; read only where a policy compares within them. */
function frozenGroups(evaluation: Evaluation, policy: Policy): Map<string, string> {
  const comparesGroups = Array.from({ length: policy.throughMonth }, (_, i) => i + 1).some(
    (month) => policyInMonth(policy, month).average.scope === 'group',
  );
  if (!comparesGroups) return new Map();
  const { units } = JSON.parse(evaluation.inputs) as { units: { code: string; group: string }[] };
  return new Map(units.map(({ code, group }) => [code, group]));
}

export function lineRate({ plan, disbursed, status }: Pick<FrozenLine, 'plan' | 'disbursed' | 'status'>): Rate | null {
  return status === 'not-rated' ? null : rateOf(disbursed, plan);
}

/** Whether the unit can close its gap out of what is left of its plan (domain.md §4 gap). */
export function isAttainable({ gap, plan, disbursed }: { gap: Dong; plan: Dong; disbursed: Dong }): boolean {
  return gap <= plan - disbursed;
}
