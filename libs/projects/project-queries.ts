import type { DataSource } from 'typeorm';
import type { Actor, IsoDate } from '#libs/kernel';
import { projectScope } from './project-scope.js';
import type { Project } from './project.entity.js';

type Identity =
  | 'investmentDecisionNo'
  | 'investmentDecisionDate'
  | 'openingThroughYear'
  | 'openingAllocated'
  | 'openingDisbursed'
  | 'updatedAt';

export type ProjectRow = Omit<Project, Identity> & { unitCode: string | null; unitName: string | null };

/** SQL: the projects of `isVisibleProject`, found by index: of 200,000 somebody's are few. */
const THEIRS = `
  SELECT mine.project_code AS code FROM project_unit AS mine
  WHERE mine.unit_code = ANY($2::text[]) AND daterange(mine.valid_from, mine.valid_to, '[]') @> $1::date
  UNION SELECT code FROM projects_in_places($3::text[])`;

/** The actor's projects in code order: those that their units hold on the day, and those in their team's places. */
export async function listProjects(
  db: DataSource,
  actor: Actor,
  filter: { on: IsoDate; unitCode?: string; after?: string; limit: number },
): Promise<{ items: ProjectRow[]; total: number }> {
  const values = [filter.on, ...projectScope(actor), filter.unitCode ?? null];
  // Always true: who sees all needs neither list, and the database asks what type an unused parameter has.
  const isTyped = '($2::text[] IS NULL OR $3::text[] IS NOT NULL)';
  const from = `
    FROM ${actor.units === 'all' ? 'project AS p' : `(${THEIRS}) AS theirs JOIN project AS p ON p.code = theirs.code`}
    LEFT JOIN project_unit AS h ON h.project_code = p.code AND daterange(h.valid_from, h.valid_to, '[]') @> $1::date
    LEFT JOIN unit AS u ON u.code = h.unit_code
    WHERE ${isTyped}
      AND ($4::text IS NULL OR h.unit_code = $4)`;
  const [counted]: { total: string }[] = await db.query(`SELECT count(*) AS total ${from}`, values);
  const rows: (ProjectRow & { totalInvestment: string | null })[] = await db.query(
    `SELECT p.code, p.national_code AS "nationalCode", p.name, p.parent_code AS "parentCode",
            p.investor_name AS "investorName", p.capital_type AS "capitalType", p.programme,
            p.total_investment AS "totalInvestment", p.total_investment_note AS "totalInvestmentNote",
            p.source_note AS "sourceNote", u.code AS "unitCode", u.name AS "unitName"
     ${from} AND ($5::text IS NULL OR p.code > $5) ORDER BY p.code LIMIT $6`,
    [...values, filter.after ?? null, filter.limit],
  );
  return {
    items: rows.map((row) => ({
      ...row,
      totalInvestment: row.totalInvestment === null ? null : BigInt(row.totalInvestment),
    })),
    total: Number(counted?.total ?? 0),
  };
}
