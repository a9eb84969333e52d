import type { DataSource, EntityManager } from 'typeorm';
import type { Actor, Dong } from '#libs/kernel';
import { liesInPlaces, projectScope } from '#libs/projects';
import { MEDIUM_TERM_YEARS } from './medium-term-plan.entity.js';

/** A project whose annual plans of a source exceed what the medium-term plan gives it. */
export interface MediumTermExcess {
  project: { code: string; name: string };
  source: { code: string; name: string };
  /** đồng of the whole period; 0 where the project's medium-term plan has nothing of this source */
  mediumTerm: Dong;
  /** đồng: the annual plans of the period, those before the first year kept included */
  annual: Dong;
  excess: Dong;
}

export interface MediumTermFilter {
  /** First year of the period, e.g. 2021. */
  periodStart: number;
  /** Only these projects, or the ones they are components of. */
  projectCodes?: readonly string[];
  /** Rows after this one in the list's order. */
  after?: readonly [projectCode: string, sourceCode: string];
  limit: number;
}

/**
 * Where the annual plans (province basis, carried-over capital left out: it was in last year's plan) exceed the
 * medium-term plan without a decision: one that raises it is entered in the plan itself, which then is not exceeded.
 * A component counts under its parent when only the parent has a medium-term plan; a project without one is left out.
 */
export async function mediumTermExcess(
  db: DataSource | EntityManager,
  actor: Actor,
  filter: MediumTermFilter,
): Promise<{ items: MediumTermExcess[]; total: number }> {
  const [units, places] = projectScope(actor);
  // Said in the text, not by a parameter: the planner then goes by the index of the few projects.
  const isAsked = (code: string): string => (filter.projectCodes ? `${code} IN (SELECT code FROM asked)` : 'true');
  const rows: {
    project_code: string;
    project_name: string;
    source_code: string;
    source_name: string;
    medium_term: string;
    annual: string;
    total: string;
  }[] = await db.query(
    `WITH asked AS MATERIALIZED (
       SELECT code FROM unnest($3::text[]) AS code
       UNION SELECT p.parent_code FROM project AS p WHERE p.code = ANY($3)
       UNION SELECT p.code FROM project AS p WHERE p.parent_code = ANY($3)
       UNION SELECT c.code FROM project AS p JOIN project AS c ON c.parent_code = p.parent_code WHERE p.code = ANY($3)
     ), planned AS MATERIALIZED (
       SELECT DISTINCT m.project_code FROM medium_term_plan AS m
       WHERE m.period_start = $1 AND ${isAsked('m.project_code')}
     ), annual AS (
       SELECT coalesce(own.project_code, above.project_code) AS project_code, l.source_code, sum(l.amount) AS amount
       FROM allocation_line AS l JOIN project AS p ON p.code = l.project_code
       LEFT JOIN planned AS own ON own.project_code = p.code
       LEFT JOIN planned AS above ON above.project_code = p.parent_code
       WHERE l.plan_year BETWEEN $1 AND $2 AND l.basis = 'province' AND NOT l.carried_over
         AND ${isAsked('l.project_code')}
         AND coalesce(own.project_code, above.project_code) IS NOT NULL
       GROUP BY 1, 2
     ), exceeding AS (
       SELECT a.project_code, a.source_code, coalesce(m.amount, 0) AS medium_term,
              a.amount + coalesce(m.allocated_before, 0) AS annual
       FROM annual AS a LEFT JOIN medium_term_plan AS m
         ON m.period_start = $1 AND m.project_code = a.project_code AND m.source_code = a.source_code
       WHERE a.amount + coalesce(m.allocated_before, 0) > coalesce(m.amount, 0)
         AND ($4::text[] IS NULL OR EXISTS (
           SELECT FROM project_unit AS h WHERE h.project_code = a.project_code AND h.unit_code = ANY($4)) OR ${liesInPlaces('a.project_code', '$8')})
     )
     SELECT e.*, p.name AS project_name, s.name AS source_name, (SELECT count(*) FROM exceeding) AS total
     FROM exceeding AS e JOIN project AS p ON p.code = e.project_code
     JOIN funding_source AS s ON s.code = e.source_code
     WHERE $5::text IS NULL OR (e.project_code, e.source_code) > ($5, $6)
     ORDER BY e.project_code, e.source_code LIMIT $7`,
    [
      filter.periodStart,
      filter.periodStart + MEDIUM_TERM_YEARS - 1,
      filter.projectCodes ?? null,
      units,
      filter.after?.[0] ?? null,
      filter.after?.[1] ?? null,
      filter.limit,
      places,
    ],
  );
  return {
    items: rows.map((row) => ({
      project: { code: row.project_code, name: row.project_name },
      source: { code: row.source_code, name: row.source_name },
      mediumTerm: BigInt(row.medium_term),
      annual: BigInt(row.annual),
      excess: BigInt(row.annual) - BigInt(row.medium_term),
    })),
    total: Number(rows[0]?.total ?? 0),
  };
}
