import type { DataSource } from 'typeorm';
import { Month, type Actor, type Rational } from '#libs/kernel';
import { entryCounts } from '#libs/ledger';
import { policyInMonth } from '#libs/monitoring/rule';
import { isVisibleProject, KeyProject, KeyProjectList, projectScope, type CapitalType } from '#libs/projects';
import { frozenEvaluation } from './frozen-evaluation.js';
import {
  judgeKeyProject,
  type BehindReason,
  type KeyProjectFacts,
  type KeyProjectState,
} from './key-project-behind.rule.js';
import { progressOfKeyProjects, type KeyProjectProgress } from './key-project-progress.js';
import { asRate, asRational, points, rateOf, type Rate } from './rate.js';

export interface KeyProjectView {
  ordinal: number;
  projectCode: string | null;
  name: string;
  capitalType: CapitalType;
  origin: KeyProject['origin'];
  unit: { code: string; name: string } | null;
  investorName: string | null;
  totalInvestment: bigint | null;
  totalInvestmentNote: string | null;
  /** đồng; null without data */
  plan: bigint | null;
  disbursed: bigint | null;
  rate: Rate | null;
  differencePoints: string | null;
  state: KeyProjectState;
  behindBecause: BehindReason | null;
  /** Public capital: what its rate is compared with. */
  averageRate: Rate | null;
  /** null: the list names no project */
  progress: KeyProjectProgress | null;
  places: { code: string; name: string }[];
}

export interface PressProjectView {
  projectCode: string;
  name: string;
  capitalType: CapitalType;
  likelihood: 'very-likely' | 'unknown';
  unit: { code: string; name: string } | null;
  investorName: string | null;
  totalInvestmentNote: string | null;
  sourceNote: string;
}

export interface KeyProjectListView {
  list: KeyProjectList | null;
  month: Month | null;
  /** New and carried over, as the report explains them; counted over the whole list, whoever asks. */
  explainedCount: number;
  /** Those that the report names. */
  namedCount: number;
  items: KeyProjectView[];
  unlisted: PressProjectView[];
}

/**
 * The key projects of a year: what the report declares beside what is registered, each with its state at a month
 * (domain.md §4 "Key project behind"). Actors with a row scope see the projects of their units,
 * inspectors those in their team's places too.
 */
export async function keyProjects(
  db: DataSource,
  actor: Actor,
  year: number,
  month?: Month,
): Promise<KeyProjectListView> {
  const list = await db.manager.findOneBy(KeyProjectList, { year });
  const at = month ?? (await latestEvaluatedMonth(db, year)) ?? null;
  const money = at ? await moneyOfKeyProjects(db, year, at) : new Map<string, ProjectMoney>();
  const progress = at ? await progressOfKeyProjects(db, actor, year, at) : new Map<string, KeyProjectProgress>();
  const averageFor = at ? await averages(db, at) : () => undefined;
  const rows = await listRows(db, actor, year);
  return {
    list,
    month: at,
    explainedCount: rows.filter(({ origin }) => origin !== 'unexplained').length,
    namedCount: rows.filter(({ project_code: code }) => code !== null).length,
    items: rows
      .filter(({ is_theirs: isTheirs }) => isTheirs)
      .map((row) => asView(row, money, progress, averageFor(row.unit_code))),
    unlisted: await pressRows(db, actor, year),
  };
}

interface ListRow {
  ordinal: number;
  project_code: string | null;
  name: string;
  capital_type: CapitalType;
  origin: KeyProject['origin'];
  unit_code: string | null;
  unit_name: string | null;
  investor_name: string | null;
  total_investment: string | null;
  total_investment_note: string | null;
  places: { code: string; name: string }[] | null;
  is_theirs: boolean;
}

interface ProjectMoney {
  plan: bigint;
  disbursed: bigint;
  /** What was disbursed in the month and the two before it; fewer before month 3. */
  lastMonths: bigint[];
}

function asView(
  row: ListRow,
  money: Map<string, ProjectMoney>,
  progressOf: Map<string, KeyProjectProgress>,
  average: Rational | undefined,
): KeyProjectView {
  const known = row.project_code === null ? undefined : money.get(row.project_code);
  const progress = (row.project_code === null ? undefined : progressOf.get(row.project_code)) ?? null;
  const rate = known && row.capital_type === 'public' ? rateOf(known.disbursed, known.plan) : null;
  const { state, because } = judgeKeyProject(factsOf(row.capital_type, known, progress, average));
  return {
    ordinal: row.ordinal,
    projectCode: row.project_code,
    name: row.name,
    capitalType: row.capital_type,
    origin: row.origin,
    unit: row.unit_code ? { code: row.unit_code, name: row.unit_name ?? row.unit_code } : null,
    investorName: row.investor_name,
    totalInvestment: row.total_investment === null ? null : BigInt(row.total_investment),
    totalInvestmentNote: row.total_investment_note,
    plan: rate && known ? known.plan : null,
    disbursed: rate && known ? known.disbursed : null,
    rate,
    differencePoints: points(rate, average ? asRate(average) : null),
    state,
    behindBecause: because,
    averageRate: rate && average ? asRate(average) : null,
    progress,
    places: row.places ?? [],
  };
}

function factsOf(
  capitalType: CapitalType,
  money: ProjectMoney | undefined,
  progress: KeyProjectProgress | null,
  average: Rational | undefined,
): KeyProjectFacts {
  if (capitalType === 'unknown') return { capitalType };
  if (capitalType === 'public') {
    const { plan = 0n, disbursed = 0n, lastMonths = [] } = money ?? {};
    return { capitalType, plan, disbursed, lastMonths, average };
  }
  return {
    capitalType,
    implemented: progress?.implemented ?? null,
    implementedPlan: progress?.implementedPlan ?? null,
  };
}

/** The average that a project of a unit is compared with: the province's, or its group's where the policy says so. */
async function averages(db: DataSource, month: Month): Promise<(unit: string | null) => Rational | undefined> {
  const { averageFor } = await frozenEvaluation(db, month);
  return (unit) => {
    const found = averageFor(unit ?? '', month.number);
    return found && asRational(found);
  };
}

async function latestEvaluatedMonth(db: DataSource, year: number): Promise<Month | undefined> {
  const [row]: { month: number }[] = await db.query(
    `SELECT max(m.month) AS month FROM reporting_month AS m
     JOIN evaluation AS e ON e.plan_year = m.plan_year AND e.month = m.month AND e.month_version = m.version
     WHERE m.plan_year = $1`,
    [year],
  );
  return row?.month ? Month.of(year, row.month) : undefined;
}

async function listRows(db: DataSource, actor: Actor, year: number): Promise<ListRow[]> {
  return db.query(
    `SELECT k.ordinal, k.project_code, k.name, k.capital_type, k.origin, u.code AS unit_code, u.name AS unit_name,
            p.investor_name, p.total_investment, p.total_investment_note,
            (SELECT json_agg(json_build_object('code', a.code, 'name', a.name) ORDER BY a.code)
             FROM project_place AS pp JOIN place AS a ON a.code = pp.place_code
             WHERE pp.project_code = p.code) AS places,
            coalesce(${THEIRS}, false) AS is_theirs
     FROM key_project AS k
     LEFT JOIN project AS p ON p.code = k.project_code
     LEFT JOIN project_unit AS pu ON pu.project_code = p.code
       AND daterange(pu.valid_from, pu.valid_to, '[]') @> make_date($1, 12, 31)
     LEFT JOIN unit AS u ON u.code = pu.unit_code
     WHERE k.year = $1 ORDER BY k.ordinal`,
    [year, ...projectScope(actor)],
  );
}

const THEIRS = isVisibleProject({ unit: 'u.code', project: 'p.code' }, { units: '$2', places: '$3' });

async function pressRows(db: DataSource, actor: Actor, year: number): Promise<PressProjectView[]> {
  const rows: (Omit<PressProjectView, 'unit'> & { unitCode: string | null; unitName: string | null })[] =
    await db.query(
      `SELECT r.project_code AS "projectCode", p.name, p.capital_type AS "capitalType", r.likelihood,
              u.code AS "unitCode", u.name AS "unitName", p.investor_name AS "investorName",
              p.total_investment_note AS "totalInvestmentNote", r.source_note AS "sourceNote"
       FROM press_project AS r
       JOIN project AS p ON p.code = r.project_code
       LEFT JOIN project_unit AS pu ON pu.project_code = p.code
         AND daterange(pu.valid_from, pu.valid_to, '[]') @> make_date($1, 12, 31)
       LEFT JOIN unit AS u ON u.code = pu.unit_code
       WHERE r.year = $1 AND ${THEIRS} ORDER BY r.likelihood DESC, p.name COLLATE "vi-x-icu"`,
      [year, ...projectScope(actor)],
    );
  return rows.map(({ unitCode, unitName, ...row }) => ({
    ...row,
    unit: unitCode ? { code: unitCode, name: unitName ?? unitCode } : null,
  }));
}

/** Plan and disbursement of each listed project with its components, counted as the month's policy counts. */
async function moneyOfKeyProjects(db: DataSource, year: number, month: Month): Promise<Map<string, ProjectMoney>> {
  const { policy } = await frozenEvaluation(db, month);
  const { planBasis, includeCarriedOver, includeEstimates } = policyInMonth(policy, month.number);
  const rows: { root: string; plan: string; disbursed: string; recent: string[] }[] = await db.query(
    `WITH RECURSIVE part (root, code) AS (
       SELECT project_code, project_code FROM key_project WHERE year = $1 AND project_code IS NOT NULL
       UNION ALL SELECT part.root, p.code FROM project AS p JOIN part ON p.parent_code = part.code
     ), plan AS (
       SELECT part.root, sum(l.amount) AS amount FROM part JOIN allocation_line AS l ON l.project_code = part.code
       WHERE l.plan_year = $2 AND l.effective_month <= $3 AND l.basis = $4 AND ($5 OR NOT l.carried_over)
       GROUP BY part.root
     ), by_month AS (
       SELECT part.root, e.month, sum(e.amount) AS amount
       FROM part JOIN disbursement_entry AS e ON e.project_code = part.code
       WHERE e.plan_year = $2 AND e.month <= $3 AND ${entryCounts('$6::boolean')} AND ($5 OR NOT e.carried_over)
       GROUP BY part.root, e.month
     )
     SELECT plan.root, plan.amount AS plan,
            coalesce((SELECT sum(amount) FROM by_month WHERE by_month.root = plan.root), 0) AS disbursed,
            ARRAY(SELECT coalesce((SELECT amount FROM by_month WHERE by_month.root = plan.root AND by_month.month = m), 0)
                  FROM generate_series(greatest($3 - 2, 1), $3) AS m) AS recent
     FROM plan`,
    [year, month.planYear, month.number, planBasis, includeCarriedOver, includeEstimates],
  );
  return new Map(
    rows.map(({ root, plan, disbursed, recent }) => [
      root,
      {
        plan: BigInt(plan),
        disbursed: BigInt(disbursed),
        lastMonths: recent.map(BigInt),
      },
    ]),
  );
}
