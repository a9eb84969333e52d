import type { DataSource } from 'typeorm';
import { inTransaction, type Dong, type Rational } from '#libs/kernel';
import { loadEvaluationInputs } from '#libs/ledger';
import { policyOf } from './policies.js';
import { checkedFields, monthsInView, newestVersion } from './propose-policy.js';
import { evaluatePlanYear, type EvaluatedMonth, type Policy, type UnitMonth, type UnitStatus } from './rule/index.js';

/** How one unit stands in a month under a policy. */
export interface PolicyStand {
  status: UnitStatus;
  plan: Dong;
  disbursed: Dong;
  streak: number;
  flagged: boolean;
  gap: Dong;
}

export interface PolicyPreviewUnit {
  code: string;
  name: string;
  present: PolicyStand;
  changed: PolicyStand;
}

/** A month under the present policy and under the changed one, both on the books as they are now. */
export interface PolicyPreviewMonth {
  month: number;
  isClosed: boolean;
  present: { averages: { group: string; average: Rational }[]; flaggedCount: number };
  changed: { averages: { group: string; average: Rational }[]; flaggedCount: number };
  /** Those on the list under either, and those that only one of them finds below the average. */
  units: PolicyPreviewUnit[];
}

/**
 * Who would be on the list under a changed policy, in the last closed month and the next one to close. The rule alone
 * runs, on the present books: nothing is kept, and nothing published is touched.
 */
export async function previewPolicy(
  db: DataSource,
  planYear: number,
  fields: Record<string, unknown>,
): Promise<PolicyPreviewMonth[]> {
  return inTransaction(db, async (tx) => {
    const kept = await checkedFields(tx, planYear, fields);
    const months = await monthsInView(tx, planYear);
    const throughMonth = months.at(-1)?.month ?? 1;
    const evaluate = async (policy: Policy): Promise<EvaluatedMonth[]> =>
      evaluatePlanYear(await loadEvaluationInputs(tx, policy), policy).months;
    const present = await evaluate(policyOf(await newestVersion(tx, planYear), throughMonth));
    const changed = await evaluate({ ...kept, planYear, throughMonth });
    const rows: { code: string; name: string }[] = await tx.query('SELECT code, name FROM unit');
    const nameOf = new Map(rows.map(({ code, name }) => [code, name]));
    return months.map(({ month, isClosed }) => {
      const [before, after] = [present, changed].map((all) => all.find((each) => each.month === month)) as [
        EvaluatedMonth,
        EvaluatedMonth,
      ];
      return {
        month,
        isClosed,
        present: summary(before),
        changed: summary(after),
        units: units(before, after, nameOf),
      };
    });
  });
}

function summary({ averages, units: all }: EvaluatedMonth): PolicyPreviewMonth['present'] {
  return {
    averages: averages.map(({ group, average }) => ({ group, average })),
    flaggedCount: all.filter(({ flagged }) => flagged).length,
  };
}

function units(
  before: EvaluatedMonth,
  after: EvaluatedMonth,
  nameOf: ReadonlyMap<string, string>,
): PolicyPreviewUnit[] {
  const changedOf = new Map(after.units.map((unit) => [unit.unit, unit]));
  return before.units
    .flatMap((unit) => {
      const changed = changedOf.get(unit.unit) ?? unit;
      const differs = unit.flagged || changed.flagged || (unit.status === 'below') !== (changed.status === 'below');
      return differs
        ? [{ code: unit.unit, name: nameOf.get(unit.unit) ?? unit.unit, present: stand(unit), changed: stand(changed) }]
        : [];
    })
    .sort((a, b) => rank(a) - rank(b) || (a.changed.gap > b.changed.gap ? -1 : a.changed.gap < b.changed.gap ? 1 : 0));
}

/** Who joins, who leaves, who stays on the list, then the rest. */
function rank({ present, changed }: PolicyPreviewUnit): number {
  if (present.flagged !== changed.flagged) return changed.flagged ? 0 : 1;
  return changed.flagged ? 2 : 3;
}

function stand({ status, plan, disbursed, streak, flagged, gap }: UnitMonth): PolicyStand {
  return { status, plan, disbursed, streak, flagged, gap };
}
