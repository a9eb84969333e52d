import type { DataSource, EntityManager } from 'typeorm';
import type { Actor, Dong, Month } from '#libs/kernel';
import type { ComparedCell, DifferingCell } from './suggested-cause.rule.js';

/** matched: to the đồng · corrected: matched by a correcting entry · lapsed: answered, but the figures changed since. */
export type CellState = 'matched' | 'corrected' | 'open' | 'lapsed' | 'accepted';

/** Which figure is meant: `project` is the project's code, or `KB:` and a national code that no project has. */
export interface CellKey {
  project: string;
  sourceCode: string;
  carriedOver: boolean;
}

/** One project × source × series of a month with both figures. */
export interface Cell extends DifferingCell, CellKey {
  projectCode: string | null;
  projectName: string | null;
  nationalCode: string | null;
  /** The project's name as the Treasury printed it. */
  printedName: string | null;
  sourceName: string;
  unitCode: string | null;
  unitName: string | null;
  /** đồng of the statement's figure paid in advance. */
  treasuryAdvance: Dong;
  state: CellState;
  resolutionId: number | null;
}

/** SQL: the unit that holds the project on the month end `$3`. */
const HOLDS = `(h.valid_from IS NULL OR h.valid_from <= $3) AND (h.valid_to IS NULL OR h.valid_to >= $3)`;

/**
 * SQL: the figures of month `$2` of plan year `$1` that the `condition` over `f` leaves, with the unit that holds the
 * project on the month end `$3`, in the actor's scope `$4`. A line of a project that nobody knows is its own stated
 * unit's, else the department's alone. Of some units it begins with their projects, not with all figures.
 */
export function figuresInScope(actor: Actor, condition = 'true'): string {
  const figures = `f.plan_year = $1 AND f.month = $2 AND $3::date IS NOT NULL AND ${condition}`;
  const unheld = 'coalesce(f.entry_unit, f.line_unit)';
  if (actor.units === 'all')
    return `
      SELECT f.*, coalesce(h.unit_code, ${unheld}) AS unit_code
      FROM reconciliation_figure AS f LEFT JOIN project_unit AS h ON h.project_code = f.project_code AND ${HOLDS}
      WHERE ${figures} AND $4::text[] IS NULL`;
  return `
    SELECT f.*, h.unit_code
    FROM project_unit AS h JOIN reconciliation_figure AS f ON f.cell_project = h.project_code
    WHERE h.unit_code = ANY($4) AND ${HOLDS} AND ${figures}
    UNION ALL
    SELECT f.*, ${unheld} FROM reconciliation_figure AS f
    WHERE ${unheld} = ANY($4) AND ${figures}
      AND NOT EXISTS (SELECT FROM project_unit AS h WHERE h.project_code = f.project_code AND ${HOLDS})`;
}

export function scopeOf(actor: Actor, month: Month): unknown[] {
  return [month.planYear, month.number, month.end, actor.units === 'all' ? null : actor.units];
}

export interface CellFilter {
  /** unresolved: open and lapsed; resolved: accepted and corrected; all: both, the matched ones never. */
  show: 'all' | 'unresolved' | 'resolved';
  key?: CellKey;
  /** After this cell in the list's order. */
  after?: CellKey & { distance: Dong };
  limit: number;
}

const STATES: Record<CellFilter['show'], CellState[]> = {
  all: ['open', 'lapsed', 'accepted', 'corrected'],
  unresolved: ['open', 'lapsed'],
  resolved: ['accepted', 'corrected'],
};

/** The actor's differing cells of a month, the largest difference first. */
export async function findCells(
  db: DataSource | EntityManager,
  actor: Actor,
  month: Month,
  { show, key, after, limit }: CellFilter,
): Promise<Cell[]> {
  const values = [...scopeOf(actor, month), STATES[show], limit];
  const sql = (value: unknown): string => `$${values.push(value)}`;
  // Bounds that are not asked for are left out, so that the others lead the reading of an index.
  const conditions = ["f.state <> 'matched' AND f.state = ANY($5)"];
  if (key)
    conditions.push(
      `(f.cell_project, f.source_code, f.carried_over) = (${sql(key.project)}, ${sql(key.sourceCode)}, ${sql(key.carriedOver)})`,
    );
  if (after)
    conditions.push(
      `(f.minus_distance, f.cell_project, f.source_code, f.carried_over)
       > (${sql((-after.distance).toString())}, ${sql(after.project)}, ${sql(after.sourceCode)}, ${sql(after.carriedOver)})`,
    );
  const rows: CellRow[] = await db.query(
    `SELECT c.cell_project, c.project_code, p.name, c.national_code, c.project_name, c.source_code, s.name AS source_name,
            c.carried_over, c.unit_code, u.name AS unit_name, c.books, c.treasury, c.books_recovered,
            c.treasury_recovered, c.treasury_advance, c.state, c.resolution_id
     FROM (${figuresInScope(actor, conditions.join(' AND '))}
           ORDER BY minus_distance, cell_project, source_code, carried_over LIMIT $6) AS c
     JOIN funding_source AS s ON s.code = c.source_code
     LEFT JOIN project AS p ON p.code = c.project_code
     LEFT JOIN unit AS u ON u.code = c.unit_code
     ORDER BY c.minus_distance, c.cell_project, c.source_code, c.carried_over`,
    values,
  );
  return rows.map((row) => asCell(row, month.number));
}

interface CellRow {
  cell_project: string;
  project_code: string | null;
  name: string | null;
  national_code: string | null;
  project_name: string | null;
  source_code: string;
  source_name: string;
  carried_over: boolean;
  unit_code: string | null;
  unit_name: string | null;
  books: string;
  treasury: string;
  books_recovered: string;
  treasury_recovered: string;
  treasury_advance: string;
  state: CellState;
  resolution_id: number | null;
}

function asCell(row: CellRow, month: number): Cell {
  return {
    month,
    project: row.cell_project,
    projectCode: row.project_code,
    projectName: row.name,
    nationalCode: row.national_code,
    printedName: row.project_name || null,
    sourceCode: row.source_code,
    sourceName: row.source_name,
    carriedOver: row.carried_over,
    unitCode: row.unit_code,
    unitName: row.unit_name,
    books: BigInt(row.books),
    treasury: BigInt(row.treasury),
    booksRecovered: BigInt(row.books_recovered),
    treasuryRecovered: BigInt(row.treasury_recovered),
    treasuryAdvance: BigInt(row.treasury_advance),
    identity: row.project_code === null ? 'unknown-code' : row.national_code === null ? 'code-missing' : 'matched',
    state: row.state,
    resolutionId: row.resolution_id,
  };
}

/**
 * What else differs about the same projects in the plan year, by project: other sources, other months. A month without
 * a statement has the Treasury at 0. Read by project, so that a page of differences costs by its rows.
 */
export async function otherCells(
  db: DataSource | EntityManager,
  planYear: number,
  projects: readonly string[],
): Promise<Map<string, ComparedCell[]>> {
  const rows: { project: string; month: number; source: string; carried: boolean; books: string; treasury: string }[] =
    await db.query(
      `WITH asked AS (
         SELECT p.code, p.national_code FROM project AS p WHERE p.code = ANY($2)
       ), leaf AS (
         SELECT a.code AS project, a.code FROM asked AS a
         UNION ALL
         SELECT a.code, p.code FROM asked AS a JOIN project AS p ON p.parent_code = a.code
         WHERE p.national_code IS NULL AND a.national_code IS NOT NULL
       ), newest AS (
         SELECT DISTINCT ON (s.month) s.id, s.month FROM treasury_statement AS s
         WHERE s.plan_year = $1 ORDER BY s.month, s.version DESC
       ), figure AS (
         SELECT l.project, coalesce(c.month, e.month) AS month, e.source_code, e.carried_over, e.amount AS books,
                0 AS treasury
         FROM leaf AS l
         JOIN disbursement_entry AS e ON e.project_code = l.code AND e.plan_year = $1
          AND e.basis = 'actual' AND e.kind <> 'transfer'
         LEFT JOIN reconciliation_entry AS c ON c.entry_id = e.id
         UNION ALL
         SELECT a.code, n.month, t.source_code, t.carried_over, 0, t.amount
         FROM asked AS a CROSS JOIN newest AS n
         JOIN treasury_line AS t ON t.statement_id = n.id AND t.national_code = a.national_code
       )
       SELECT project, month, source_code AS source, carried_over AS carried, sum(books) AS books,
              sum(treasury) AS treasury
       FROM figure GROUP BY 1, 2, 3, 4 HAVING sum(books) <> sum(treasury) ORDER BY 1, 2, 3, 4`,
      [planYear, projects],
    );
  const others = new Map<string, ComparedCell[]>();
  for (const { project, month, source, carried, books, treasury } of rows) {
    const found = { month, sourceCode: source, carriedOver: carried, books: BigInt(books), treasury: BigInt(treasury) };
    others.set(project, [...(others.get(project) ?? []), found]);
  }
  return others;
}
