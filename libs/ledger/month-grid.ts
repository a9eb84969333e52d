import type { DataSource } from 'typeorm';
import { DomainError, maySeeUnit, Month, type Actor, type Dong } from '#libs/kernel';
import type { OrganisationErrorCode } from '#libs/organisation';
import type { GridErrorCode } from './grid-errors.js';
import type { MonthState } from './reporting-month.entity.js';

/** More rows than this are asked for page by page. */
export const MOST_GRID_ROWS = 2000;

export interface GridFilter {
  planYear: number;
  /** The month up to which the plan is in force; without it the first that is not closed. */
  month?: number | undefined;
  unitCode?: string | undefined;
  /** The key of the last row seen. */
  after?: string | undefined;
}

export interface GridCell {
  month: number;
  /** đồng, all kinds of entries together; null without an entry: nothing booked is not zero. */
  actual: Dong | null;
  estimate: Dong | null;
  /** The newest entry of the cell, 0 without one. */
  version: number;
  comments: number;
}

export interface GridRow {
  unitCode: string;
  /** null: capital of the unit not yet assigned to a project; takes no money. */
  projectCode: string | null;
  sourceCode: string;
  carriedOver: boolean;
  /** Plan in force at the end of the month asked for, đồng; null where the basis has no line. */
  provincePlan: Dong | null;
  pmPlan: Dong | null;
  /** Months with an entry or a comment, in order. */
  cells: GridCell[];
}

export interface GridUnit {
  code: string;
  name: string;
  shortName: string;
  group: string;
  /** Months that the unit submitted; the Treasury's word for it is another matter. */
  reportedMonths: number[];
}

export interface MonthGrid {
  planYear: number;
  month: number;
  months: { number: number; end: string; state: MonthState }[];
  units: GridUnit[];
  projects: { code: string; name: string }[];
  sources: { code: string; name: string }[];
  /** By unit, project and source; at most MOST_GRID_ROWS, whole units unless one alone has more. */
  rows: GridRow[];
  /** The key to ask on with; null at the end. */
  next: string | null;
}

/** The actor's rows project × source of a plan year, with what was booked in each of its months. */
export async function monthGrid(db: DataSource, actor: Actor, filter: GridFilter): Promise<MonthGrid> {
  const { planYear } = filter;
  const months = await monthsOf(db, planYear);
  if (filter.unitCode !== undefined) await requireUnit(db, actor, filter.unitCode);
  const month = filter.month ?? months.find(({ state }) => state !== 'closed')?.number ?? months.length;
  const keys = await rowKeys(db, actor, filter);
  const page = wholeUnits(keys);
  const unitCodes = [...new Set(page.map(({ unitCode }) => unitCode))];
  const rows = new Map<string, GridRow>(
    page.map((key) => [keyText(key), { ...key, provincePlan: null, pmPlan: null, cells: [] }]),
  );
  await addPlans(db, planYear, month, unitCodes, rows);
  await addCells(db, planYear, unitCodes, rows);
  const last = page.at(-1);
  return {
    planYear,
    month,
    months,
    units: await gridUnits(db, planYear, unitCodes),
    projects: await named(
      db,
      'project',
      page.map(({ projectCode }) => projectCode),
    ),
    sources: await named(
      db,
      'funding_source',
      page.map(({ sourceCode }) => sourceCode),
    ),
    rows: [...rows.values()],
    next: last && page.length < keys.length ? keyText(last) : null,
  };
}

async function monthsOf(db: DataSource, planYear: number): Promise<MonthGrid['months']> {
  const months: { number: number; state: MonthState }[] = await db.query(
    'SELECT month AS number, state FROM reporting_month WHERE plan_year = $1 ORDER BY month',
    [planYear],
  );
  if (months.length === 0) throw new DomainError<GridErrorCode>('plan-year-not-opened', { planYear });
  return months.map((row) => ({ ...row, end: Month.of(planYear, row.number).end }));
}

async function requireUnit(db: DataSource, actor: Actor, code: string): Promise<void> {
  const found: unknown[] = await db.query('SELECT FROM unit WHERE code = $1', [code]);
  if (found.length === 0 || !maySeeUnit(actor, code))
    throw new DomainError<OrganisationErrorCode>('unit-unknown', { unit: code });
}

type RowKey = Pick<GridRow, 'unitCode' | 'projectCode' | 'sourceCode' | 'carriedOver'>;

function keyText({ unitCode, projectCode, sourceCode, carriedOver }: RowKey): string {
  return JSON.stringify([unitCode, projectCode, sourceCode, carriedOver]);
}

/** One row more than a page holds. */
async function rowKeys(db: DataSource, actor: Actor, { planYear, unitCode, after }: GridFilter): Promise<RowKey[]> {
  const from = after === undefined ? null : keyOf(after);
  return db.query(
    `SELECT unit_code AS "unitCode", project_code AS "projectCode", source_code AS "sourceCode",
            carried_over AS "carriedOver"
     FROM (
       SELECT unit_code, project_code, source_code, carried_over FROM allocation_line WHERE plan_year = $1
         AND ($2::text IS NULL OR unit_code = $2) AND ($3::text[] IS NULL OR unit_code = ANY($3))
       UNION
       SELECT unit_code, project_code, source_code, carried_over FROM disbursement_entry WHERE plan_year = $1
         AND ($2::text IS NULL OR unit_code = $2) AND ($3::text[] IS NULL OR unit_code = ANY($3))
     ) AS r
     WHERE $4::text IS NULL OR (unit_code, project_code IS NULL, coalesce(project_code, ''), source_code, carried_over)
                               > ($4::text, $5::boolean, $6::text, $7::text, $8::boolean)
     ORDER BY unit_code, project_code IS NULL, coalesce(project_code, ''), source_code, carried_over
     LIMIT ${MOST_GRID_ROWS + 1}`,
    [
      planYear,
      unitCode ?? null,
      actor.units === 'all' ? null : actor.units,
      from?.unitCode ?? null,
      from && from.projectCode === null,
      from && (from.projectCode ?? ''),
      from?.sourceCode ?? null,
      from?.carriedOver ?? null,
    ],
  );
}

/** Reads a key that `keyText` wrote; the caller's cursor check has seen to it that it is one of ours. */
function keyOf(text: string): RowKey {
  const [unitCode, projectCode, sourceCode, carriedOver] = JSON.parse(text) as [string, string | null, string, boolean];
  return { unitCode, projectCode, sourceCode, carriedOver };
}

/** A unit is not cut in two, unless it alone is more than a page. */
function wholeUnits(keys: readonly RowKey[]): RowKey[] {
  if (keys.length <= MOST_GRID_ROWS) return [...keys];
  const page = keys.slice(0, MOST_GRID_ROWS);
  const cutUnit = keys[MOST_GRID_ROWS]?.unitCode;
  const whole = page.filter(({ unitCode }) => unitCode !== cutUnit);
  return whole.length > 0 ? whole : page;
}

async function addPlans(
  db: DataSource,
  planYear: number,
  month: number,
  unitCodes: string[],
  rows: ReadonlyMap<string, GridRow>,
): Promise<void> {
  const plans: (RowKey & { basis: 'pm' | 'province'; amount: string })[] = await db.query(
    `SELECT unit_code AS "unitCode", project_code AS "projectCode", source_code AS "sourceCode",
            carried_over AS "carriedOver", basis, sum(amount) AS amount
     FROM allocation_line WHERE plan_year = $1 AND effective_month <= $2 AND unit_code = ANY($3)
     GROUP BY 1, 2, 3, 4, 5`,
    [planYear, month, unitCodes],
  );
  for (const plan of plans) {
    const row = rows.get(keyText(plan));
    if (row) row[plan.basis === 'pm' ? 'pmPlan' : 'provincePlan'] = BigInt(plan.amount);
  }
}

async function addCells(
  db: DataSource,
  planYear: number,
  unitCodes: string[],
  rows: ReadonlyMap<string, GridRow>,
): Promise<void> {
  const cells: (RowKey & {
    month: number;
    actual: string | null;
    estimate: string | null;
    version: number;
    comments: number;
  })[] = await db.query(
    `SELECT unit_code AS "unitCode", project_code AS "projectCode", source_code AS "sourceCode",
            carried_over AS "carriedOver", month, sum(actual) AS actual, sum(estimate) AS estimate,
            max(version)::int AS version, sum(comments)::int AS comments
     FROM (
       SELECT unit_code, project_code, source_code, carried_over, month,
              sum(amount) FILTER (WHERE basis = 'actual') AS actual,
              sum(amount) FILTER (WHERE basis = 'estimate') AS estimate, max(id) AS version, 0 AS comments
       FROM disbursement_entry WHERE plan_year = $1 AND unit_code = ANY($2) GROUP BY 1, 2, 3, 4, 5
       UNION ALL
       SELECT unit_code, project_code, source_code, carried_over, month, NULL, NULL, 0, count(*)
       FROM cell_comment WHERE plan_year = $1 AND unit_code = ANY($2) GROUP BY 1, 2, 3, 4, 5
     ) AS c GROUP BY 1, 2, 3, 4, 5 ORDER BY month`,
    [planYear, unitCodes],
  );
  for (const cell of cells)
    rows.get(keyText(cell))?.cells.push({
      month: cell.month,
      actual: cell.actual === null ? null : BigInt(cell.actual),
      estimate: cell.estimate === null ? null : BigInt(cell.estimate),
      version: cell.version,
      comments: cell.comments,
    });
}

async function gridUnits(db: DataSource, planYear: number, codes: string[]): Promise<GridUnit[]> {
  return db.query(
    `SELECT u.code, u.name, u.short_name AS "shortName", u.unit_group AS "group",
            ARRAY(SELECT r.month FROM monthly_report AS r
                  WHERE r.plan_year = $1 AND r.unit_code = u.code AND r.via <> 'treasury' ORDER BY r.month) AS "reportedMonths"
     FROM unit AS u WHERE u.code = ANY($2) ORDER BY u.code`,
    [planYear, codes],
  );
}

async function named(
  db: DataSource,
  table: 'project' | 'funding_source',
  codes: (string | null)[],
): Promise<{ code: string; name: string }[]> {
  return db.query(`SELECT code, name FROM ${table} WHERE code = ANY($1) ORDER BY code`, [
    [...new Set(codes.filter((code) => code !== null))],
  ]);
}
