import type { DataSource } from 'typeorm';
import { Month, type Actor, type Dong } from '#libs/kernel';
import { EvaluationLine } from '#libs/monitoring';
import { policyInMonth, type PlanBasis, type PolicyFields } from '#libs/monitoring/rule';
import { teamsOfUnits, Unit } from '#libs/organisation';
import { businessDate } from '#libs/platform';
import type { BasisRate } from './basis-rates.js';
import { frozenEvaluation, isAttainable, lineRate, type FrozenEvaluation } from './frozen-evaluation.js';
import { keyProjects, type KeyProjectView } from './key-projects.js';
import { withoutLargestProject, type LargestProject } from './largest-project.js';
import { asRational, points, rateOf, type Rate } from './rate.js';

export interface OverviewCell {
  month: number;
  status: EvaluationLine['status'];
  rate: Rate | null;
  /** What the month alone disbursed over the plan in force. */
  ownRate: Rate | null;
  differencePoints: string | null;
  streak: number;
  flagged: boolean;
}

export interface OverviewUnit {
  unit: Unit;
  line: EvaluationLine;
  rate: Rate | null;
  differencePoints: string | null;
  pmPlan: Dong;
  pmRate: Rate | null;
  /** Both bases, whichever the unit is judged by. */
  bases: BasisRate[];
  gapAttainable: boolean;
  change: 'new' | 'continuing' | 'cleared' | null;
  team: { code: string; name: string } | null;
  cells: OverviewCell[];
}

export interface BasisFigure {
  basis: PlanBasis;
  used: boolean;
  /** Whether any rated unit has a line of this basis. */
  isAssigned: boolean;
  plan: Dong;
  disbursed: Dong;
  rate: Rate | null;
  changePoints: string | null;
}

export interface Overview {
  frozen: FrozenEvaluation;
  month: Month;
  inForce: PolicyFields;
  bases: BasisFigure[];
  withoutLargestProject: LargestProject | null;
  averages: { month: number; group: string; rate: Rate; ownRate: Rate | null }[];
  units: OverviewUnit[];
  reservePlan: Dong;
  laggingKeyProjects: KeyProjectView[];
}

/** Everything the month screen shows, out of one frozen evaluation. */
export async function overviewOf(db: DataSource, actor: Actor, month: Month): Promise<Overview> {
  const frozen = await frozenEvaluation(db, month);
  const inForce = policyInMonth(frozen.policy, month.number);
  const lines = await db.manager.find(EvaluationLine, {
    where: { evaluationId: frozen.evaluation.id },
    order: { month: 'ASC' },
  });
  const plans = await plansByBasis(db, month, inForce.includeCarriedOver);
  const changes = await caseChanges(db, frozen.evaluation.id);
  const units = await unitViews(db, month, frozen, lines, plans, changes, inForce.planBasis);
  return {
    frozen,
    month,
    inForce,
    bases: basisFigures(month, lines, plans, inForce.planBasis, frozen),
    withoutLargestProject: await withoutLargestProject(db, month, lines, inForce),
    averages: frozen.averages.map(({ month: inMonth, group, numerator, denominator }) => ({
      month: inMonth,
      group,
      rate: withPercent(numerator, denominator),
      ownRate: group === '*' ? ownProvincialRate(lines, inMonth) : null,
    })),
    units,
    reservePlan: await reservePlan(db, month, inForce),
    laggingKeyProjects: (await keyProjects(db, actor, month.planYear, month)).items.filter(
      ({ state }) => state === 'behind',
    ),
  };
}

async function unitViews(
  db: DataSource,
  month: Month,
  frozen: FrozenEvaluation,
  lines: readonly EvaluationLine[],
  plans: PlansByBasis,
  changes: ReadonlyMap<string, OverviewUnit['change']>,
  usedBasis: PlanBasis,
): Promise<OverviewUnit[]> {
  const byUnit = new Map<string, EvaluationLine[]>();
  for (const line of lines) byUnit.set(line.unitCode, [...(byUnit.get(line.unitCode) ?? []), line]);
  const units = await db.manager
    .createQueryBuilder(Unit, 'unit')
    .where('unit.code = ANY(:codes)', { codes: [...byUnit.keys()] })
    .getMany();
  const teams = await teamsOfUnits(db.manager, await businessDate(db));
  const alphabet = new Intl.Collator('vi');
  return units
    .map((unit): OverviewUnit => {
      const own = byUnit.get(unit.code) as EvaluationLine[];
      const line = own.at(-1) as EvaluationLine;
      const rate = lineRate(line);
      const pmPlan = plans.at('pm', unit.code, month.number);
      return {
        unit,
        line,
        rate,
        differencePoints: points(rate, frozen.averageFor(unit.code, month.number)),
        pmPlan,
        pmRate: line.status === 'not-rated' ? null : rateOf(line.disbursed, pmPlan),
        bases: (['province', 'pm'] as const).map((basis) => {
          // On the basis that judges, the frozen figure: excluded projects are left out of it.
          const plan = basis === usedBasis ? line.plan : plans.at(basis, unit.code, month.number);
          return {
            basis,
            isAssigned: plans.isAssigned(basis, unit.code, month.number),
            plan,
            rate: line.status === 'not-rated' ? null : rateOf(line.disbursed, plan),
          };
        }),
        gapAttainable: isAttainable(line),
        change: changes.get(unit.code) ?? null,
        team: teams.get(unit.code) ?? null,
        cells: unitCells(unit.code, own, frozen),
      };
    })
    .sort((a, b) => rank(a) - rank(b) || byGapThenRate(a, b) || alphabet.compare(a.unit.name, b.unit.name));
}

/** The months of one unit as cells of the heat map. */
export function unitCells(
  unitCode: string,
  lines: readonly EvaluationLine[],
  frozen: FrozenEvaluation,
): OverviewCell[] {
  return lines.map((line, i) => {
    const before = lines[i - 1]?.disbursed ?? 0n;
    return {
      month: line.month,
      status: line.status,
      rate: lineRate(line),
      ownRate: line.status === 'not-rated' ? null : rateOf(line.disbursed - before, line.plan),
      differencePoints: points(lineRate(line), frozen.averageFor(unitCode, line.month)),
      streak: line.streak,
      flagged: line.flagged,
    };
  });
}

/** Below the average first, then the rest with a rate, then who is not rated. */
function rank({ line, differencePoints }: OverviewUnit): number {
  if (line.status === 'below') return 0;
  if (line.status === 'missing' && differencePoints?.startsWith('-')) return 1;
  return line.status === 'not-rated' ? 3 : 2;
}

function byGapThenRate(a: OverviewUnit, b: OverviewUnit): number {
  if (a.line.gap !== b.line.gap) return a.line.gap > b.line.gap ? -1 : 1;
  if (!a.rate || !b.rate) return 0;
  const [x, y] = [asRational(a.rate), asRational(b.rate)];
  const left = x.numerator * y.denominator;
  const right = y.numerator * x.denominator;
  return left === right ? 0 : left > right ? -1 : 1;
}

interface PlansByBasis {
  /** Plan in force at the end of a month, đồng. */
  at(basis: PlanBasis, unitCode: string, month: number): Dong;
  /** Whether any line of the basis is in force, whatever the lines sum to. */
  isAssigned(basis: PlanBasis, unitCode: string, month: number): boolean;
}

async function plansByBasis(db: DataSource, month: Month, includeCarriedOver: boolean): Promise<PlansByBasis> {
  const rows: { unit_code: string; basis: PlanBasis; effective_month: number; amount: string }[] = await db.query(
    `SELECT unit_code, basis, effective_month, sum(amount) AS amount FROM allocation_total
     WHERE plan_year = $1 AND effective_month <= $2 AND ($3 OR NOT carried_over)
     GROUP BY unit_code, basis, effective_month`,
    [month.planYear, month.number, includeCarriedOver],
  );
  const byUnit = new Map<string, typeof rows>();
  for (const row of rows) {
    const key = `${row.basis} ${row.unit_code}`;
    byUnit.set(key, [...(byUnit.get(key) ?? []), row]);
  }
  return {
    at: (basis, unitCode, upTo) =>
      (byUnit.get(`${basis} ${unitCode}`) ?? [])
        .filter((row) => row.effective_month <= upTo)
        .reduce((sum, row) => sum + BigInt(row.amount), 0n),
    isAssigned: (basis, unitCode, upTo) =>
      (byUnit.get(`${basis} ${unitCode}`) ?? []).some((row) => row.effective_month <= upTo),
  };
}

function basisFigures(
  month: Month,
  lines: readonly EvaluationLine[],
  plans: PlansByBasis,
  usedBasis: PlanBasis,
  frozen: FrozenEvaluation,
): BasisFigure[] {
  const figure = (basis: PlanBasis, inMonth: number): { plan: Dong; disbursed: Dong; rate: Rate | null } => {
    const rated = lines.filter((line) => line.month === inMonth && line.status !== 'not-rated');
    const plan = rated.reduce(
      (sum, line) => sum + (basis === usedBasis ? line.plan : plans.at(basis, line.unitCode, inMonth)),
      0n,
    );
    const disbursed = rated.reduce((sum, line) => sum + line.disbursed, 0n);
    const judged =
      basis === usedBasis
        ? frozen.averages.find((average) => average.month === inMonth && average.group === '*')
        : undefined;
    return {
      plan,
      disbursed,
      rate: judged ? withPercent(judged.numerator, judged.denominator) : rateOf(disbursed, plan),
    };
  };
  return (['province', 'pm'] as const).map((basis) => {
    const now = figure(basis, month.number);
    const before = month.number > 1 ? figure(basis, month.number - 1).rate : null;
    const isAssigned = lines.some(
      ({ month: inMonth, status, unitCode }) =>
        inMonth === month.number && status !== 'not-rated' && plans.isAssigned(basis, unitCode, month.number),
    );
    return { basis, used: basis === usedBasis, isAssigned, ...now, changePoints: points(now.rate, before) };
  });
}

async function caseChanges(db: DataSource, evaluationId: number): Promise<Map<string, OverviewUnit['change']>> {
  const rows: { unit_code: string; change: OverviewUnit['change'] }[] = await db.query(
    `SELECT c.unit_code, s.change FROM warning_case_step AS s JOIN warning_case AS c ON c.id = s.case_id
     WHERE s.evaluation_id = $1 AND s.change IN ('new', 'continuing', 'cleared')`,
    [evaluationId],
  );
  return new Map(rows.map((row) => [row.unit_code, row.change]));
}

async function reservePlan(
  db: DataSource,
  month: Month,
  { planBasis, includeCarriedOver }: PolicyFields,
): Promise<Dong> {
  const [row]: { plan: string }[] = await db.query(
    `SELECT coalesce(sum(t.amount), 0) AS plan FROM allocation_total AS t JOIN unit AS u ON u.code = t.unit_code
     WHERE u.kind = 'reserve' AND t.plan_year = $1 AND t.effective_month <= $2 AND t.basis = $3
       AND ($4 OR NOT t.carried_over)`,
    [month.planYear, month.number, planBasis, includeCarriedOver],
  );
  return BigInt(row?.plan ?? 0);
}

/** What all rated units disbursed in the month alone, over their plan in force. */
function ownProvincialRate(lines: readonly EvaluationLine[], month: number): Rate | null {
  const before = new Map(
    lines.filter((line) => line.month === month - 1).map((line) => [line.unitCode, line.disbursed]),
  );
  const rated = lines.filter((line) => line.month === month && line.status !== 'not-rated');
  return rateOf(
    rated.reduce((sum, line) => sum + line.disbursed - (before.get(line.unitCode) ?? 0n), 0n),
    rated.reduce((sum, line) => sum + line.plan, 0n),
  );
}

function withPercent(numerator: string, denominator: string): Rate {
  return rateOf(BigInt(numerator), BigInt(denominator)) as Rate;
}
