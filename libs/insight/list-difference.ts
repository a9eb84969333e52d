import type { DataSource } from 'typeorm';
import { DomainError, maySeeUnit, type Actor, type Dong, type Month } from '#libs/kernel';
import { ReportingMonth, type LedgerErrorCode } from '#libs/ledger';
import { compareLists, EvaluationLine, type MonitoringErrorCode } from '#libs/monitoring';
import type { UnitStatus } from '#libs/monitoring/rule';
import { Unit } from '#libs/organisation';
import { frozenEvaluation, lineRate, type FrozenEvaluation } from './frozen-evaluation.js';
import { rateOf, type Rate } from './rate.js';

/** Where one unit stood in one version. */
export interface UnitStand {
  status: UnitStatus;
  rate: Rate | null;
  streak: number;
  flagged: boolean;
  gap: Dong;
}

export interface UnitDifference {
  unit: Pick<Unit, 'code' | 'name' | 'shortName'>;
  list: 'joined' | 'left' | 'stayed' | 'off';
  /** null: the version does not have the unit. */
  before: UnitStand | null;
  after: UnitStand | null;
}

export interface ListDifference {
  month: Month;
  from: number;
  to: number;
  average: { before: Rate | null; after: Rate | null };
  /** Units with any change, those whose place on the list changed first. */
  units: UnitDifference[];
  joined: number;
  left: number;
  stayed: number;
}

/**
 * What became of a month's list from one version to another: who came on, who left, whose streak, gap or rate changed,
 * within the actor's units. Without versions: the present one and the one before. Both evaluations are frozen.
 */
export async function listDifference(
  db: DataSource,
  actor: Actor,
  month: Month,
  versions: { from?: number; to?: number },
): Promise<ListDifference> {
  const facts = { month: month.toString() };
  const kept = await db.manager.findOneBy(ReportingMonth, { planYear: month.planYear, month: month.number });
  if (!kept) throw new DomainError<LedgerErrorCode>('month-not-opened', facts);
  const to = versions.to ?? kept.version;
  const from = versions.from ?? to - 1;
  if (from < 1) throw new DomainError<MonitoringErrorCode>('evaluation-version-missing', { ...facts, version: from });
  const [old, now] = [await versionOf(db, month, from), await versionOf(db, month, to)];
  const [before, after] = [await linesOf(db, actor, old, month), await linesOf(db, actor, now, month)];
  const change = compareLists([...before.values()], [...after.values()]);
  const codes = [...new Set([...before.keys(), ...after.keys()])];
  const units = await db.manager.createQueryBuilder(Unit, 'unit').where('unit.code = ANY(:codes)', { codes }).getMany();
  const listOf = (code: string): UnitDifference['list'] =>
    change.joined.includes(code)
      ? 'joined'
      : change.left.includes(code)
        ? 'left'
        : change.stayed.includes(code)
          ? 'stayed'
          : 'off';
  const alphabet = new Intl.Collator('vi');
  return {
    month,
    from,
    to,
    average: { before: averageOf(old, month), after: averageOf(now, month) },
    units: units
      .map(({ code, name, shortName }) => ({
        unit: { code, name, shortName },
        list: listOf(code),
        before: standOf(before.get(code)),
        after: standOf(after.get(code)),
      }))
      .filter(({ before: one, after: other }) => !isSame(one, other))
      .sort((a, b) => ORDER[a.list] - ORDER[b.list] || alphabet.compare(a.unit.name, b.unit.name)),
    joined: change.joined.length,
    left: change.left.length,
    stayed: change.stayed.length,
  };
}

const ORDER = { joined: 0, left: 1, stayed: 2, off: 3 };

async function versionOf(db: DataSource, month: Month, version: number): Promise<FrozenEvaluation> {
  try {
    return await frozenEvaluation(db, month, version);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'evaluation-missing')
      throw new DomainError<MonitoringErrorCode>('evaluation-version-missing', { month: month.toString(), version });
    throw error;
  }
}

async function linesOf(
  db: DataSource,
  actor: Actor,
  { evaluation }: FrozenEvaluation,
  month: Month,
): Promise<Map<string, EvaluationLine>> {
  const lines = await db.manager.findBy(EvaluationLine, { evaluationId: evaluation.id, month: month.number });
  return new Map(lines.filter(({ unitCode }) => maySeeUnit(actor, unitCode)).map((line) => [line.unitCode, line]));
}

function standOf(line: EvaluationLine | undefined): UnitStand | null {
  if (!line) return null;
  const { status, streak, flagged, gap } = line;
  return { status, rate: lineRate(line), streak, flagged, gap };
}

function isSame(a: UnitStand | null, b: UnitStand | null): boolean {
  const saying = (stand: UnitStand | null): string =>
    stand
      ? [stand.status, stand.streak, stand.flagged, stand.gap, stand.rate?.numerator, stand.rate?.denominator].join(' ')
      : '';
  return saying(a) === saying(b);
}

/** The average of the whole province; null where groups have averages of their own. */
function averageOf({ averages }: FrozenEvaluation, month: Month): Rate | null {
  const found = averages.find((average) => average.month === month.number && average.group === '*');
  return found ? rateOf(BigInt(found.numerator), BigInt(found.denominator)) : null;
}
