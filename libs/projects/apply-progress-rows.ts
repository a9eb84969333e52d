import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { RecordAudit } from '#libs/audit';
import {
  canonicalJson,
  isStorableDong,
  Month,
  slicesOf,
  systemClock,
  type Actor,
  type Dong,
  type ErrorFacts,
  type RowOutcome,
} from '#libs/kernel';
import type { ProgressErrorCode } from './progress-errors.js';
import {
  exactPercent,
  FIGURE_COLUMNS,
  figureProblems,
  figuresOf,
  isSameProgress,
  mayReport,
  NO_FIGURES,
  reportableProjects,
  type FigureRow,
  type ProgressFigures,
} from './progress-figures.js';

/** A row of a progress file. A field that the file does not have (undefined) leaves what stands; null empties it. */
export interface ProgressRow {
  plan_year: number;
  month: number;
  project_code: string;
  volume_vnd?: Dong | null;
  /** "45.5" */
  physical_percent?: string | null;
  implemented_vnd?: Dong | null;
  implemented_plan_vnd?: Dong | null;
  done?: string | null;
  unfinished?: string | null;
  next?: string | null;
}

const FIELD_OF = {
  volume: 'volume_vnd',
  physicalPercent: 'physical_percent',
  implemented: 'implemented_vnd',
  implementedPlan: 'implemented_plan_vnd',
  done: 'done',
  unfinished: 'unfinished',
  nextSteps: 'next',
} as const satisfies Record<keyof ProgressFigures, keyof ProgressRow>;

const FIELDS = Object.keys(FIELD_OF) as (keyof ProgressFigures)[];

const ROWS_AN_INSERT = 10_000;

interface Accepted {
  planYear: number;
  month: number;
  projectCode: string;
  figures: ProgressFigures;
}

/**
 * Books progress from a file in the caller's transaction: one new version for each project and month whose figures
 * differ, in a few statements whatever the number of rows. Outcomes in the order of the rows; rejected rows write
 * nothing. A project and month stated twice with other figures is rejected, with the same ones it is the same.
 */
export async function applyProgressRows(
  tx: EntityManager,
  actor: Actor,
  rows: readonly ProgressRow[],
  record: RecordAudit,
): Promise<RowOutcome[]> {
  const codes = [...new Set(rows.map((row) => row.project_code))];
  const projects = await reportableProjects(tx, codes);
  // Held until the commit: who records the same project meanwhile waits, and finds this version.
  await tx.query('SELECT FROM project WHERE code = ANY($1) ORDER BY code FOR NO KEY UPDATE', [codes]);
  const years = [...new Set(rows.map((row) => row.plan_year))];
  const monthOf = await openedMonths(tx, years);
  const standing = await newestVersions(tx, years, codes);
  const accepted = new Map<string, Accepted & { row: number }>();

  const outcomes = rows.map((given, row): RowOutcome => {
    const { plan_year: planYear, month, project_code: projectCode } = given;
    const key = `${planYear} ${month} ${projectCode}`;
    const reject = (field: keyof ProgressRow, code: ProgressErrorCode, facts: ErrorFacts = {}): RowOutcome => ({
      row,
      outcome: 'rejected',
      problems: [{ pointer: `/${field}`, code, facts }],
    });
    const monthFacts = { month: `${planYear}-${String(month).padStart(2, '0')}` };
    const opened = monthOf.get(`${planYear} ${month}`);
    if (!opened) return reject('month', 'month-not-opened', monthFacts);
    const project = projects.get(projectCode);
    if (!project || !mayReport(actor, project, opened.end))
      return reject('project_code', 'project-unknown', { project: projectCode });
    if (project.hasComponents) return reject('project_code', 'project-has-components', { project: projectCode });
    const kept = standing.get(key);
    const stated = statedFigures(given, kept ?? NO_FIGURES);
    const problems = figureProblems(stated, (field) => `/${FIELD_OF[field]}`);
    if (problems.length > 0) return { row, outcome: 'rejected', problems };
    const figures = { ...stated, physicalPercent: stated.physicalPercent && exactPercent(stated.physicalPercent)! };
    const earlier = accepted.get(key);
    if (earlier)
      return isSameProgress(earlier.figures, figures)
        ? { row, outcome: 'same', problems: [] }
        : reject('project_code', 'row-repeated', { project: projectCode, ...monthFacts });
    if (kept && isSameProgress(kept, figures)) {
      accepted.set(key, { row, planYear, month, projectCode, figures });
      return { row, outcome: 'same', problems: [] };
    }
    if (opened.state === 'closed') return reject('month', 'month-closed', monthFacts);
    accepted.set(key, { row, planYear, month, projectCode, figures });
    return kept
      ? { row, outcome: 'changed', before: asFields(kept), problems: [] }
      : { row, outcome: 'new', problems: [] };
  });

  const added = [...accepted.values()].filter(({ row }) => outcomes[row]?.outcome !== 'same');
  if (added.length > 0) {
    for (const some of slicesOf(added, ROWS_AN_INSERT)) await insertVersions(tx, actor, some);
    record({
      action: 'progress.import',
      objectType: 'project-progress',
      objectId: `${added.length}`,
      after: { rows: added.length, hash: hashOf(added) },
    });
  }
  return outcomes;
}

function statedFigures(row: ProgressRow, kept: ProgressFigures): ProgressFigures {
  return {
    volume: row.volume_vnd === undefined ? kept.volume : row.volume_vnd,
    physicalPercent: row.physical_percent === undefined ? kept.physicalPercent : row.physical_percent,
    implemented: row.implemented_vnd === undefined ? kept.implemented : row.implemented_vnd,
    implementedPlan: row.implemented_plan_vnd === undefined ? kept.implementedPlan : row.implemented_plan_vnd,
    done: row.done === undefined ? kept.done : (row.done ?? ''),
    unfinished: row.unfinished === undefined ? kept.unfinished : (row.unfinished ?? ''),
    nextSteps: row.next === undefined ? kept.nextSteps : (row.next ?? ''),
  };
}

function asFields(figures: ProgressFigures): Record<string, string | number | null> {
  return Object.fromEntries(
    FIELDS.map((field) => {
      const value = figures[field];
      if (typeof value !== 'bigint') return [FIELD_OF[field], value];
      return [FIELD_OF[field], isStorableDong(value) ? Number(value) : value.toString()];
    }),
  );
}

/** The months of opened plan years, with their last days reckoned once. */
async function openedMonths(
  tx: EntityManager,
  years: readonly number[],
): Promise<Map<string, { state: string; end: string }>> {
  const rows: { plan_year: number; month: number; state: string }[] = await tx.query(
    'SELECT plan_year, month, state FROM reporting_month WHERE plan_year = ANY($1)',
    [years],
  );
  return new Map(
    rows.map(({ plan_year: year, month, state }) => [`${year} ${month}`, { state, end: Month.of(year, month).end }]),
  );
}

async function newestVersions(
  tx: EntityManager,
  years: readonly number[],
  codes: readonly string[],
): Promise<Map<string, ProgressFigures>> {
  const rows: (FigureRow & { planYear: number; month: number; projectCode: string })[] = await tx.query(
    `SELECT DISTINCT ON (project_code, plan_year, month) plan_year AS "planYear", month,
            project_code AS "projectCode", ${FIGURE_COLUMNS}
     FROM project_progress WHERE plan_year = ANY($1) AND project_code = ANY($2)
     ORDER BY project_code, plan_year, month, id DESC`,
    [years, codes],
  );
  return new Map(rows.map((row) => [`${row.planYear} ${row.month} ${row.projectCode}`, figuresOf(row)]));
}

async function insertVersions(tx: EntityManager, actor: Actor, added: readonly Accepted[]): Promise<void> {
  const figures = <T>(pick: (figures: ProgressFigures) => T): T[] => added.map((row) => pick(row.figures));
  const dong = (amount: Dong | null): string | null => amount?.toString() ?? null;
  await tx.query(
    `INSERT INTO project_progress (plan_year, month, project_code, volume, physical_percent, implemented,
                                   implemented_plan, done, unfinished, next_steps, recorded_at, recorded_by)
     SELECT r.*, $11, $12
     FROM unnest($1::int[], $2::int[], $3::text[], $4::bigint[], $5::numeric[], $6::bigint[], $7::bigint[],
                 $8::text[], $9::text[], $10::text[]) AS r`,
    [
      added.map(({ planYear }) => planYear),
      added.map(({ month }) => month),
      added.map(({ projectCode }) => projectCode),
      figures(({ volume }) => dong(volume)),
      figures(({ physicalPercent }) => physicalPercent),
      figures(({ implemented }) => dong(implemented)),
      figures(({ implementedPlan }) => dong(implementedPlan)),
      figures(({ done }) => done),
      figures(({ unfinished }) => unfinished),
      figures(({ nextSteps }) => nextSteps),
      systemClock.now(),
      actor.username,
    ],
  );
}

/** One hash over all new versions in their order, so that the audit event of a large file stays small. */
function hashOf(added: readonly Accepted[]): string {
  const hash = createHash('sha256');
  for (const { planYear, month, projectCode, figures } of added)
    hash.update(`${canonicalJson({ planYear, month, projectCode, ...asFields(figures) })}\n`);
  return hash.digest('hex');
}
