import type { EntityManager } from 'typeorm';
import { MAX_DONG, type Actor, type Dong, type FieldProblem } from '#libs/kernel';
import type { ProgressErrorCode } from './progress-errors.js';

/** What is reported of a project and month; null: not known. */
export interface ProgressFigures {
  /** đồng from the beginning of the plan year: value of completed volume */
  volume: Dong | null;
  /** "45.5": 0 to 100, at most four decimals */
  physicalPercent: string | null;
  /** đồng from the beginning of the plan year: PPP or non-budget capital implemented, and planned by the investor */
  implemented: Dong | null;
  implementedPlan: Dong | null;
  done: string;
  unfinished: string;
  nextSteps: string;
}

export const NO_FIGURES: ProgressFigures = {
  volume: null,
  physicalPercent: null,
  implemented: null,
  implementedPlan: null,
  done: '',
  unfinished: '',
  nextSteps: '',
};

/** The columns of a version as `ProgressFigures` has them, amounts and percentage as text without trailing zeros. */
export const FIGURE_COLUMNS = `volume, trim_scale(physical_percent)::text AS "physicalPercent", implemented,
  implemented_plan AS "implementedPlan", done, unfinished, next_steps AS "nextSteps"`;

export type FigureRow = Omit<ProgressFigures, 'volume' | 'implemented' | 'implementedPlan'> &
  Record<'volume' | 'implemented' | 'implementedPlan', string | null>;

export function figuresOf(row: FigureRow): ProgressFigures {
  const dong = (text: string | null): Dong | null => (text === null ? null : BigInt(text));
  const { physicalPercent, done, unfinished, nextSteps } = row;
  return {
    volume: dong(row.volume),
    physicalPercent,
    implemented: dong(row.implemented),
    implementedPlan: dong(row.implementedPlan),
    done,
    unfinished,
    nextSteps,
  };
}

export function isSameProgress(a: ProgressFigures, b: ProgressFigures): boolean {
  return (Object.keys(NO_FIGURES) as (keyof ProgressFigures)[]).every((field) => a[field] === b[field]);
}

/** "045.50" → "45.5"; undefined unless it is 0 to 100 with at most four decimals. */
export function exactPercent(text: string): string | undefined {
  const match = /^0*([0-9]{1,3})(?:\.([0-9]{1,4}))?$/.exec(text);
  if (!match) return undefined;
  const whole = match[1] as string;
  const decimals = (match[2] ?? '').replace(/0+$/, '');
  if (Number(whole) > 100 || (Number(whole) === 100 && decimals !== '')) return undefined;
  return decimals === '' ? whole : `${whole}.${decimals}`;
}

/** What is wrong with the figures; `pointerOf` names the field as the sender wrote it. */
export function figureProblems(
  figures: ProgressFigures,
  pointerOf: (field: keyof ProgressFigures) => string,
): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const report = (field: keyof ProgressFigures, code: ProgressErrorCode): void =>
    void problems.push({ pointer: pointerOf(field), code, facts: { found: String(figures[field]) } });
  for (const field of ['volume', 'implemented', 'implementedPlan'] as const) {
    const amount = figures[field];
    if (amount !== null && (amount < 0n || amount > MAX_DONG)) report(field, 'progress-negative');
  }
  if (figures.physicalPercent !== null && exactPercent(figures.physicalPercent) === undefined)
    report('physicalPercent', 'progress-percent-malformed');
  return problems;
}

export interface ReportableProject {
  code: string;
  hasComponents: boolean;
  /** Who holds the project, from a day to a day. */
  holders: { unit: string; from: string | null; to: string | null }[];
}

/** The projects of these codes by code. */
export async function reportableProjects(
  tx: EntityManager,
  codes: readonly string[],
): Promise<Map<string, ReportableProject>> {
  const rows: ReportableProject[] = await tx.query(
    `SELECT p.code, EXISTS (SELECT FROM project AS c WHERE c.parent_code = p.code) AS "hasComponents",
            coalesce((SELECT json_agg(json_build_object('unit', h.unit_code, 'from', h.valid_from, 'to', h.valid_to))
                      FROM project_unit AS h WHERE h.project_code = p.code), '[]') AS holders
     FROM project AS p WHERE p.code = ANY($1)`,
    [codes],
  );
  return new Map(rows.map((row) => [row.code, row]));
}

/** A reporter reports what the own unit holds on the day; what it does not hold is unknown to it. */
export function mayReport(actor: Actor, project: ReportableProject, day: string): boolean {
  const { units } = actor;
  if (units === 'all') return true;
  return project.holders.some(
    ({ unit, from, to }) => units.includes(unit) && (!from || from <= day) && (!to || to >= day),
  );
}
