import type { DataSource } from 'typeorm';
import { AuditHead } from '#libs/audit';
import type { Actor, Month, Rational } from '#libs/kernel';
import { asRational, overviewOf, type Overview, type OverviewUnit, type Rate } from '#libs/insight';
import { definitionSentence } from '#libs/monitoring';
import { InspectionTeam } from '#libs/organisation';
import { instanceSetting } from '#libs/platform';
import type { KeyProjectFact, MonthFacts, UnitFact } from './month-facts.js';

/** The facts of a closed and evaluated month; `evaluation-missing` before it has been evaluated. */
export async function gatherMonthFacts(db: DataSource, actor: Actor, month: Month): Promise<MonthFacts> {
  const overview = await overviewOf(db, actor, month);
  const { provinceName, illustrative } = await instanceSetting(db);
  const head = await db.manager.findOneByOrFail(AuditHead, { singleton: true });
  const fallback = await db.manager.findOneBy(InspectionTeam, { isFallback: true });
  const { frozen, inForce } = overview;
  return {
    month,
    asOf: month.end,
    provinceName,
    illustrative,
    judgedBy: inForce.planBasis,
    bases: overview.bases.map(({ basis, isAssigned, plan, rate }) => ({
      basis,
      isAssigned,
      plan,
      rate: rate && asRational(rate),
    })),
    disbursed: overview.bases.find(({ used }) => used)?.disbursed ?? 0n,
    averages: overview.averages
      .filter((average) => average.month === month.number)
      .map(({ group, rate }) => ({ group, rate: asRational(rate) })),
    units: unitsOf(overview, month, fallback && { code: fallback.code, name: fallback.name }),
    left: overview.units.filter(({ change }) => change === 'cleared').map(({ unit }) => unit.name),
    keyProjectsBehind: overview.laggingKeyProjects.flatMap((project): KeyProjectFact[] =>
      project.behindBecause === null
        ? []
        : [
            {
              name: project.name,
              responsible: project.unit?.name ?? project.investorName ?? '–',
              because: project.behindBecause,
              rate: project.rate && asRational(project.rate),
            },
          ],
    ),
    definition: definitionSentence(frozen.policy, month.number).vi,
    thresholdMonths: inForce.thresholdMonths,
    evidence: {
      evaluationId: frozen.evaluation.id,
      monthVersion: frozen.evaluation.monthVersion,
      policyVersion: frozen.evaluation.policyVersion,
      resultHash: frozen.evaluation.resultHash,
      auditHead: { seq: head.seq, hash: head.hash },
    },
  };
}

/**
 * In the order of the month screen: the largest gap first, so that the list begins with what weighs most. What no team
 * looks after is the fallback's, as in the notices.
 */
function unitsOf({ units, frozen }: Overview, month: Month, fallback: UnitFact['team']): UnitFact[] {
  return units.map(({ unit, line, rate, pmPlan, pmRate, bases, change, gapAttainable, team }: OverviewUnit) => {
    const average = frozen.averageFor(unit.code, month.number);
    const exact = (value: Rate | null): Rational | null => value && asRational(value);
    return {
      code: unit.code,
      name: unit.name,
      group: unit.group,
      status: line.status,
      plan: line.plan,
      pmPlan: bases.some(({ basis, isAssigned }) => basis === 'pm' && isAssigned) ? pmPlan : null,
      disbursed: line.disbursed,
      rate: exact(rate),
      pmRate: exact(pmRate),
      average: average ? asRational(average) : null,
      streak: line.streak,
      flagged: line.flagged,
      isNew: change === 'new',
      gap: line.gap,
      gapAttainable,
      team: team ?? fallback,
    };
  });
}
