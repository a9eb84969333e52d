import type { DataSource } from 'typeorm';
import type { Dong, Month } from '#libs/kernel';
import { ReportingMonth } from '#libs/ledger';
import { compareLists, Evaluation, EvaluationLine, type PresentEvaluation } from '#libs/monitoring';
import type { PolicyFields, UnitMonth, UnitStatus } from '#libs/monitoring/rule';
import { asRate, points, rateOf, type Rate } from '#libs/insight';
import { Unit } from '#libs/organisation';

export interface PreviewUnit {
  unit: Pick<Unit, 'code' | 'name' | 'shortName'>;
  status: UnitStatus;
  plan: Dong;
  disbursed: Dong;
  rate: Rate | null;
  differencePoints: string | null;
  streak: number;
  gap: Dong;
  /** Points to the average of the last months up to this one; null where the unit was not compared. */
  recent: { month: number; differencePoints: string | null; status: UnitStatus }[];
}

/** What closing now would give, compared with the list of the month before. */
export interface Preview {
  /** The policy in force in the month. */
  inForce: PolicyFields;
  average: Rate | null;
  averages: { group: string; rate: Rate }[];
  ratedCount: number;
  belowCount: number;
  /** The month whose list this one is compared with; `frozen`: as it was evaluated, else by the present books. */
  comparedWith: { month: number; frozen: boolean } | null;
  previousCount: number;
  joined: PreviewUnit[];
  stayed: PreviewUnit[];
  left: PreviewUnit[];
  /** On the list of before, and silent now: neither flagged nor cleared until they report. */
  silent: PreviewUnit[];
  largestGaps: PreviewUnit[];
}

const RECENT_MONTHS = 3;
const LARGEST = 5;

/** Out of a run on the present books: nothing is frozen, and nothing published is touched. */
export async function previewOf(db: DataSource, month: Month, present: PresentEvaluation): Promise<Preview> {
  const now = present.months.at(-1);
  if (!now) throw new Error(`the rule said nothing of ${month}`);
  const before = await listBefore(db, month, present);
  const change = compareLists(before?.lines ?? [], now.units.map(asListed));
  const below = now.units.filter(({ status }) => status === 'below').sort(byGap);
  const codes = [...new Set([...change.joined, ...change.stayed, ...change.left, ...below.map(({ unit }) => unit)])];
  const names = await db.manager.createQueryBuilder(Unit, 'unit').where('unit.code = ANY(:codes)', { codes }).getMany();
  const nameOf = new Map(names.map((unit) => [unit.code, unit]));
  const view = (code: string): PreviewUnit => {
    const own = present.months.map((inMonth) => inMonth.units.find(({ unit }) => unit === code));
    const unit = nameOf.get(code);
    const last = own.at(-1);
    return {
      unit: { code, name: unit?.name ?? code, shortName: unit?.shortName ?? code },
      status: last?.status ?? 'not-rated',
      plan: last?.plan ?? 0n,
      disbursed: last?.disbursed ?? 0n,
      rate: last ? rateOfUnit(last) : null,
      differencePoints: last ? pointsOf(last) : null,
      streak: last?.streak ?? 0,
      gap: last?.gap ?? 0n,
      recent: own.flatMap((stand, i) =>
        stand && i >= own.length - RECENT_MONTHS
          ? [{ month: i + 1, differencePoints: pointsOf(stand), status: stand.status }]
          : [],
      ),
    };
  };
  const byLargestGap = (list: string[]): PreviewUnit[] =>
    list.map(view).sort((a, b) => (a.gap === b.gap ? 0 : a.gap > b.gap ? -1 : 1));
  const gone = byLargestGap(change.left);
  const isSilent = ({ status }: PreviewUnit): boolean => status === 'missing';
  const province = now.averages.find(({ group }) => group === '*');
  return {
    inForce: now.policy,
    average: province ? asRate(province.average) : null,
    averages: now.averages.map(({ group, average }) => ({ group, rate: asRate(average) })),
    ratedCount: now.units.filter(({ status }) => status !== 'not-rated').length,
    belowCount: below.length,
    comparedWith: before && { month: before.month, frozen: before.frozen },
    previousCount: change.stayed.length + change.left.length,
    joined: byLargestGap(change.joined),
    stayed: byLargestGap(change.stayed),
    left: gone.filter((unit) => !isSilent(unit)),
    silent: gone.filter(isSilent),
    largestGaps: below.slice(0, LARGEST).map(({ unit }) => view(unit)),
  };
}

interface ListOfBefore {
  month: number;
  frozen: boolean;
  lines: { unitCode: string; flagged: boolean }[];
}

/** The frozen list of the month before; where it has none (it was reopened too), what the present books give. */
async function listBefore(db: DataSource, month: Month, present: PresentEvaluation): Promise<ListOfBefore | null> {
  if (month.number === 1) return null;
  const key = { planYear: month.planYear, month: month.number - 1 };
  const kept = await db.manager.findOneBy(ReportingMonth, key);
  const frozen =
    kept?.state === 'closed'
      ? await db.manager.findOne(Evaluation, {
          where: { ...key, monthVersion: kept.version },
          order: { policyVersion: 'DESC' },
        })
      : null;
  if (frozen) {
    const lines = await db.manager.findBy(EvaluationLine, { evaluationId: frozen.id, month: key.month });
    return { month: key.month, frozen: true, lines };
  }
  return { month: key.month, frozen: false, lines: (present.months.at(-2)?.units ?? []).map(asListed) };
}

function asListed({ unit, flagged }: UnitMonth): { unitCode: string; flagged: boolean } {
  return { unitCode: unit, flagged };
}

function byGap(a: UnitMonth, b: UnitMonth): number {
  return a.gap === b.gap ? (a.unit < b.unit ? -1 : 1) : a.gap > b.gap ? -1 : 1;
}

function rateOfUnit({ status, disbursed, plan }: UnitMonth): Rate | null {
  return status === 'not-rated' ? null : rateOf(disbursed, plan);
}

function pointsOf(unit: UnitMonth): string | null {
  const average = unit.evidence.average;
  return average ? points(rateOfUnit(unit), asRate(average.average)) : null;
}
