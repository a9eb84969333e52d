import type { DataSource } from 'typeorm';
import type { Actor, IsoDate } from '#libs/kernel';
import type { Project } from './project.entity.js';

type Identity =
  | 'investmentDecisionNo'
  | 'investmentDecisionDate'
  | 'openingThroughYear'
  | 'openingAllocated'
  | 'openingDisbursed'
  | 'updatedAt';

export type ProjectRow = Omit<Project, Identity> & { unitCode: string | null; unitName: string | null };

/** The actor's projects in code order: those that their units hold on the day. */
export async function listProjects(
  db: DataSource,
  actor: Actor,
  filter: { on: IsoDate; unitCode?: string; after?: string; limit: number },
): Promise<{ items: ProjectRow[]; total: number }> {
  const values = [filter.on, actor.units === 'all' ? null : actor.units, filter.unitCode ?? null];
  const from = `
    FROM project AS p
    LEFT JOIN project_unit AS h ON h.project_code = p.code AND daterange(h.valid_from, h.valid_to, '[]') @> $1::date
    LEFT JOIN unit AS u ON u.code = h.unit_code
    WHERE ($2::text[] IS NULL OR h.unit_code = ANY($2)) AND ($3::text IS NULL OR h.unit_code = $3)`;
  const [counted]: { total: string }[] = await db.query(`SELECT count(*) AS total ${from}`, values);
  const rows: (ProjectRow & { totalInvestment: string | null })[] = await db.query(
    `SELECT p.code, p.national_code AS "nationalCode", p.name, p.parent_code AS "parentCode",
            p.investor_name AS "investorName", p.capital_type AS "capitalType", p.programme,
            p.total_investment AS "totalInvestment", p.total_investment_note AS "totalInvestmentNote",
            p.source_note AS "sourceNote", u.code AS "unitCode", u.name AS "unitName"
     ${from} AND ($4::text IS NULL OR p.code > $4) ORDER BY p.code LIMIT $5`,
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
