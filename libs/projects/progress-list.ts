import type { DataSource } from 'typeorm';
import type { Actor, Month } from '#libs/kernel';
import { FIGURE_COLUMNS, figuresOf, type FigureRow, type ProgressFigures } from './progress-figures.js';
import { isVisibleProject, projectScope } from './project-scope.js';

export interface ProgressListRow extends ProgressFigures {
  projectCode: string;
  projectName: string;
  /** Who held the project on the month end. */
  unitCode: string | null;
  unitName: string | null;
  recordedAt: Date;
  recordedBy: string;
}

/**
 * What stands as reported for a month, by project: the newest version of each, of the actor's units and of the places
 * of an inspector's team.
 */
export async function listProgress(
  db: DataSource,
  actor: Actor,
  filter: { month: Month; unitCode?: string | undefined; limit: number },
): Promise<{ items: ProgressListRow[]; total: number }> {
  const { month, unitCode, limit } = filter;
  const [units, places] = projectScope(actor);
  const values = [month.planYear, month.number, month.end, units, unitCode ?? null, places];
  const standing = `
    FROM (SELECT DISTINCT ON (r.project_code) r.* FROM project_progress AS r
          WHERE r.plan_year = $1 AND r.month = $2 ORDER BY r.project_code, r.id DESC) AS r
    JOIN project AS p ON p.code = r.project_code
    LEFT JOIN project_unit AS h ON h.project_code = r.project_code
      AND (h.valid_from IS NULL OR h.valid_from <= $3::date) AND (h.valid_to IS NULL OR h.valid_to >= $3::date)
    LEFT JOIN unit AS u ON u.code = h.unit_code
    WHERE ${isVisibleProject({ unit: 'h.unit_code', project: 'r.project_code' }, { units: '$4', places: '$6' })}
      AND ($5::text IS NULL OR h.unit_code = $5)`;
  const [counted]: { total: string }[] = await db.query(`SELECT count(*) AS total ${standing}`, values);
  const rows: (FigureRow & Omit<ProgressListRow, keyof ProgressFigures>)[] = await db.query(
    `SELECT r.project_code AS "projectCode", p.name AS "projectName", h.unit_code AS "unitCode", u.name AS "unitName",
            ${FIGURE_COLUMNS}, r.recorded_at AS "recordedAt", r.recorded_by AS "recordedBy"
     ${standing} ORDER BY r.project_code LIMIT $7`,
    [...values, limit],
  );
  return { items: rows.map((row) => ({ ...row, ...figuresOf(row) })), total: Number(counted?.total ?? 0) };
}
