import type { EntityManager } from 'typeorm';
import { byCodePoint, dongToJson, type IsoDate } from '#libs/kernel';
import type { DisbursedMove, EffectiveMonth, PlanMove, ReorganisationPlan } from './reorganisation-request.js';

export interface CodeAndName {
  code: string;
  name: string;
}

/** What a reorganisation moves, the same from a preview as from the act. Amounts are integers of đồng. */
export interface ReorganisationResult {
  /** The effective month in each plan year that is open on the day. */
  months: EffectiveMonth[];
  successions: { predecessor: CodeAndName; successor: CodeAndName; isNew: boolean }[];
  teams: { unit: CodeAndName; team: CodeAndName }[];
  units: UnitBeforeAndAfter[];
  projects: MovedProject[];
  totals: ConservedTotal[];
}

export interface UnitFigures {
  /** Plan in force of the year, carried-over capital apart. */
  planDong: number;
  pmPlanDong: number;
  carriedOverPlanDong: number;
  /** Actual cumulative disbursement, carried-over capital apart. */
  disbursedDong: number;
  carriedOverDisbursedDong: number;
}

export interface UnitBeforeAndAfter extends EffectiveMonth, CodeAndName {
  role: 'ended' | 'successor';
  isNew: boolean;
  before: UnitFigures;
  after: UnitFigures;
}

/** One project from one unit to another; `project` null: capital not assigned to projects. */
export interface MovedProject extends UnitFigures {
  planYear: number;
  project: CodeAndName | null;
  from: CodeAndName;
  to: CodeAndName;
  carriedOverPmPlanDong: number;
  estimateDong: number;
  carriedOverEstimateDong: number;
  /** Of the disbursed: advances of the plan year that nobody has recovered yet, whichever unit paid them. */
  unrecoveredAdvanceDong: number;
}

/** The province's sum of a series: a reorganisation changes none (invariant I10). */
export interface ConservedTotal {
  planYear: number;
  series: 'plan' | 'disbursed';
  source: CodeAndName;
  basis: 'pm' | 'province' | 'actual' | 'estimate';
  carriedOver: boolean;
  beforeDong: number;
  afterDong: number;
}

/** What the books say in the plan years of a reorganisation: read before the act and after it. */
export interface BooksReading {
  totals: Omit<ConservedTotal, 'beforeDong' | 'afterDong'>[];
  amounts: Map<string, bigint>;
  units: Map<string, UnitFigures>;
}

const totalKey = ({ planYear, series, source, basis, carriedOver }: BooksReading['totals'][number]): string =>
  [planYear, series, source.code, basis, carriedOver].join(' ');
const unitKey = (planYear: number, code: string): string => `${planYear} ${code}`;

export async function readBooks(tx: EntityManager, plan: ReorganisationPlan): Promise<BooksReading> {
  const years = plan.months.map(({ planYear }) => planYear);
  const rows: (Omit<BooksReading['totals'][number], 'source'> & { code: string; name: string; amount: string })[] =
    await tx.query(
      `SELECT t.*, s.name FROM (
         SELECT plan_year AS "planYear", 'plan' AS series, source_code AS code, basis, carried_over AS "carriedOver",
                sum(amount) AS amount FROM allocation_line WHERE plan_year = ANY($1) GROUP BY 1, 3, 4, 5
         UNION ALL
         SELECT plan_year, 'disbursed', source_code, basis, carried_over, sum(amount)
         FROM disbursement_entry WHERE plan_year = ANY($1) GROUP BY 1, 3, 4, 5) AS t
       JOIN funding_source AS s ON s.code = t.code
       ORDER BY 1, 2 DESC, t.code COLLATE "C", t.basis COLLATE "C" DESC, 5`,
      [years],
    );
  const totals = rows.map(({ code, name, amount: _, ...row }) => ({ ...row, source: { code, name } }));
  return {
    totals,
    amounts: new Map(rows.map((row, i) => [totalKey(totals[i] as (typeof totals)[number]), BigInt(row.amount)])),
    units: await unitFigures(tx, plan),
  };
}

async function unitFigures(tx: EntityManager, plan: ReorganisationPlan): Promise<Map<string, UnitFigures>> {
  const codes = unitsOf(plan);
  const found = new Map<string, UnitFigures>();
  for (const { planYear, month } of plan.months) {
    const rows: Record<string, string>[] = await tx.query(
      `SELECT u.code, ${['pm', 'province']
        .flatMap((basis) => [false, true].map((co) => ({ basis, co })))
        .map(
          ({ basis, co }) => `
              (SELECT coalesce(sum(amount), 0) FROM allocation_total AS t WHERE t.unit_code = u.code
               AND t.plan_year = $1 AND effective_month <= $2 AND basis = '${basis}' AND carried_over = ${co})
                AS ${basis}_${co}`,
        )
        .join(', ')},
              (SELECT coalesce(sum(amount), 0) FROM disbursement_total AS t WHERE t.unit_code = u.code
               AND t.plan_year = $1 AND month <= $2 AND basis = 'actual' AND NOT carried_over) AS disbursed,
              (SELECT coalesce(sum(amount), 0) FROM disbursement_total AS t WHERE t.unit_code = u.code
               AND t.plan_year = $1 AND month <= $2 AND basis = 'actual' AND carried_over) AS disbursed_carried
       FROM unnest($3::text[]) AS u (code)`,
      [planYear, month, codes],
    );
    for (const row of rows) {
      const dong = (column: string): number => dongToJson(BigInt(row[column] ?? 0));
      found.set(unitKey(planYear, row['code'] as string), {
        planDong: dong('province_false'),
        pmPlanDong: dong('pm_false'),
        carriedOverPlanDong: dong('province_true'),
        disbursedDong: dong('disbursed'),
        carriedOverDisbursedDong: dong('disbursed_carried'),
      });
    }
  }
  return found;
}

function unitsOf({ successions }: ReorganisationPlan): string[] {
  return [...new Set(successions.flatMap(({ predecessor, successor }) => [predecessor, successor]))].sort(byCodePoint);
}

/**
 * Puts both readings and the moves together. Throws if a total of the province changed: then the act must not be.
 */
export async function resultOf(
  tx: EntityManager,
  plan: ReorganisationPlan,
  effectiveDate: IsoDate,
  books: { before: BooksReading; after: BooksReading },
  moves: { plan: readonly PlanMove[]; disbursed: readonly DisbursedMove[] },
): Promise<ReorganisationResult> {
  const { before, after } = books;
  const named = await names(tx, plan);
  const isNew = new Set(plan.newUnits.map(({ code }) => code));
  const ended = new Set(plan.endedCodes);
  const totals = after.totals.map((total) => {
    const key = totalKey(total);
    const [was, is] = [before.amounts.get(key) ?? 0n, after.amounts.get(key) ?? 0n];
    if (was !== is) throw new Error(`the reorganisation changes ${key} from ${was} to ${is}`);
    return { ...total, beforeDong: dongToJson(was), afterDong: dongToJson(is) };
  });
  return {
    months: plan.months,
    successions: plan.successions.map(({ predecessor, successor, isNew: begins }) => ({
      predecessor: named.unit(predecessor),
      successor: named.unit(successor),
      isNew: begins,
    })),
    teams: plan.teams.map(({ unitCode, teamCode }) => ({ unit: named.unit(unitCode), team: named.team(teamCode) })),
    units: plan.months.flatMap(({ planYear, month }) =>
      unitsOf(plan).map((code) => ({
        planYear,
        month,
        ...named.unit(code),
        role: ended.has(code) ? ('ended' as const) : ('successor' as const),
        isNew: isNew.has(code),
        before: before.units.get(unitKey(planYear, code)) as UnitFigures,
        after: after.units.get(unitKey(planYear, code)) as UnitFigures,
      })),
    ),
    projects: await movedProjects(tx, plan, effectiveDate, moves, named),
    totals,
  };
}

interface Names {
  unit(code: string): CodeAndName;
  team(code: string): CodeAndName;
  project(code: string): CodeAndName;
}

async function names(tx: EntityManager, plan: ReorganisationPlan): Promise<Names> {
  const load = async (table: string, codes: (string | null)[]): Promise<(code: string) => CodeAndName> => {
    const rows: CodeAndName[] = await tx.query(`SELECT code, name FROM ${table} WHERE code = ANY($1)`, [codes]);
    const byCode = new Map(rows.map((row) => [row.code, row]));
    return (code) => byCode.get(code) ?? { code, name: code };
  };
  return {
    unit: await load('unit', unitsOf(plan)),
    team: await load(
      'inspection_team',
      plan.teams.map(({ teamCode }) => teamCode),
    ),
    project: await load(
      'project',
      plan.routes.map(({ projectCode }) => projectCode),
    ),
  };
}

const NOTHING = {
  planDong: 0n,
  pmPlanDong: 0n,
  carriedOverPlanDong: 0n,
  carriedOverPmPlanDong: 0n,
  disbursedDong: 0n,
  carriedOverDisbursedDong: 0n,
  estimateDong: 0n,
  carriedOverEstimateDong: 0n,
};

const FIELD_OF = {
  province: { ofYear: 'planDong', carriedOver: 'carriedOverPlanDong' },
  pm: { ofYear: 'pmPlanDong', carriedOver: 'carriedOverPmPlanDong' },
  actual: { ofYear: 'disbursedDong', carriedOver: 'carriedOverDisbursedDong' },
  estimate: { ofYear: 'estimateDong', carriedOver: 'carriedOverEstimateDong' },
} as const;

async function movedProjects(
  tx: EntityManager,
  plan: ReorganisationPlan,
  effectiveDate: IsoDate,
  moves: { plan: readonly PlanMove[]; disbursed: readonly DisbursedMove[] },
  named: Names,
): Promise<MovedProject[]> {
  const key = (row: { planYear: number; from: string; projectCode: string | null }): string =>
    JSON.stringify([row.planYear, row.from, row.projectCode]);
  const sums = new Map(
    plan.months.flatMap(({ planYear }) =>
      plan.routes.map((route) => [key({ ...route, planYear }), { ...NOTHING }] as const),
    ),
  );
  for (const move of [...moves.plan, ...moves.disbursed]) {
    const sum = sums.get(key(move)) as typeof NOTHING;
    sum[FIELD_OF[move.basis][move.carriedOver ? 'carriedOver' : 'ofYear']] += move.amount;
  }
  const advances = await unrecoveredAdvances(tx, plan, effectiveDate);
  return plan.months.flatMap(({ planYear }, i) =>
    plan.routes.flatMap(({ from, projectCode, to }) => {
      const sum = sums.get(key({ planYear, from, projectCode })) as typeof NOTHING;
      // A project without money is named once, for its unit changes all the same.
      if (i > 0 && Object.values(sum).every((amount) => amount === 0n)) return [];
      const amounts = Object.fromEntries(
        Object.entries(sum).map(([field, amount]) => [field, dongToJson(amount)]),
      ) as Record<keyof typeof NOTHING, number>;
      return [
        {
          planYear,
          project: projectCode === null ? null : named.project(projectCode),
          from: named.unit(from),
          to: named.unit(to),
          ...amounts,
          unrecoveredAdvanceDong: dongToJson(advances.get(key({ planYear, from, projectCode })) ?? 0n),
        },
      ];
    }),
  );
}

/** A project's advances less their recoveries over all its units: a successor recovers what a predecessor paid. */
async function unrecoveredAdvances(
  tx: EntityManager,
  plan: ReorganisationPlan,
  effectiveDate: IsoDate,
): Promise<Map<string, bigint>> {
  const rows: { planYear: number; from: string; projectCode: string; amount: string }[] = await tx.query(
    `SELECT e.plan_year AS "planYear", h.unit_code AS "from", e.project_code AS "projectCode", sum(e.amount) AS amount
     FROM disbursement_entry AS e
     JOIN project_unit AS h ON h.project_code = e.project_code AND h.unit_code = ANY($2)
      AND daterange(h.valid_from, h.valid_to, '[]') @> ($3::date - 1)
     WHERE e.plan_year = ANY($1) AND e.kind IN ('advance', 'advance-recovery') AND e.basis = 'actual'
     GROUP BY 1, 2, 3`,
    [plan.months.map(({ planYear }) => planYear), plan.endedCodes, effectiveDate],
  );
  return new Map(
    rows.map(({ amount, planYear, from, projectCode }) => [
      JSON.stringify([planYear, from, projectCode]),
      BigInt(amount),
    ]),
  );
}
