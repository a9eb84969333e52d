import type { AllocationLine, DisbursementEntry, MonthlySum } from './inputs.js';
import { policyInMonth, type Policy, type PolicyFields } from './policy.js';

/** The four fields that decide which lines and entries count. */
type CountingFields = Pick<PolicyFields, 'planBasis' | 'includeCarriedOver' | 'includeEstimates' | 'excludeProjects'>;

/**
 * domain.md §4 plan(u,m) and disbursed(u,m), for every unit and month 1..throughMonth, each month under its own
 * policy applied to the whole cumulative sums. Amounts in đồng. Lines and entries are of the policy's plan year.
 */
export function sumPlanAndDisbursed(
  unitCodes: readonly string[],
  lines: readonly AllocationLine[],
  entries: readonly DisbursementEntry[],
  policy: Policy,
): MonthlySum[] {
  const cumulativeByFields = new Map<string, Cumulative>();
  const sums: MonthlySum[] = [];
  for (let month = 1; month <= policy.throughMonth; month++) {
    const { planBasis, includeCarriedOver, includeEstimates, excludeProjects } = policyInMonth(policy, month);
    const fields = { planBasis, includeCarriedOver, includeEstimates, excludeProjects };
    const key = JSON.stringify(fields);
    let cumulative = cumulativeByFields.get(key);
    if (!cumulative)
      cumulativeByFields.set(key, (cumulative = accumulate(lines, entries, fields, policy.throughMonth)));
    for (const unit of unitCodes)
      sums.push({
        month,
        unit,
        plan: cumulative.plan.get(unit)?.[month] ?? 0n,
        disbursed: cumulative.disbursed.get(unit)?.[month] ?? 0n,
      });
  }
  return sums;
}

interface Cumulative {
  /** By unit, the running total at index month. */
  plan: Map<string, bigint[]>;
  disbursed: Map<string, bigint[]>;
}

function accumulate(
  lines: readonly AllocationLine[],
  entries: readonly DisbursementEntry[],
  fields: CountingFields,
  throughMonth: number,
): Cumulative {
  const excluded = new Set(fields.excludeProjects);
  const counts = (row: { carriedOver: boolean; project: string }): boolean =>
    (fields.includeCarriedOver || !row.carriedOver) && !excluded.has(row.project);

  const plan = new RunningTotals(throughMonth);
  for (const line of lines)
    if (line.basis === fields.planBasis && counts(line)) plan.add(line.unit, line.effectiveMonth, line.amount);

  const disbursed = new RunningTotals(throughMonth);
  const cellsWithActual = fields.includeEstimates
    ? new Set(entries.filter(({ basis }) => basis === 'actual').map(reportedCell))
    : undefined;
  for (const entry of entries)
    if (counts(entry) && (entry.basis === 'actual' || cellsWithActual?.has(reportedCell(entry)) === false))
      disbursed.add(entry.unit, entry.month, entry.amount);

  return { plan: plan.cumulative(), disbursed: disbursed.cumulative() };
}

/** An estimate gives way to an actual figure of the same unit × project × source × carried_over × month. */
function reportedCell(entry: DisbursementEntry): string {
  // As JSON, because codes may hold any character that a separator could be.
  return JSON.stringify([entry.unit, entry.project, entry.source, entry.carriedOver, entry.month]);
}

class RunningTotals {
  private readonly byUnit = new Map<string, bigint[]>();

  constructor(private readonly throughMonth: number) {}

  add(unit: string, month: number, amount: bigint): void {
    if (month > this.throughMonth) return;
    let months = this.byUnit.get(unit);
    if (!months) this.byUnit.set(unit, (months = new Array<bigint>(this.throughMonth + 1).fill(0n)));
    months[month] = (months[month] as bigint) + amount;
  }

  cumulative(): Map<string, bigint[]> {
    for (const months of this.byUnit.values())
      for (let month = 1; month < months.length; month++)
        months[month] = (months[month] as bigint) + (months[month - 1] as bigint);
    return this.byUnit;
  }
}
