import type { DataSource } from 'typeorm';
import type { Actor, Dong, IsoDate } from '#libs/kernel';
import type { PlanBasis } from '#libs/monitoring/rule';
import type { FundingLevel } from '#libs/organisation';
import { isVisibleProject, projectScope, type Programme } from '#libs/projects';
import type { DecisionLevel } from './allocation.entity.js';

export interface PlanFilter {
  planYear: number;
  /** The plan in force at the end of this day. */
  on: IsoDate;
  unitCode?: string;
  projectCode?: string;
  basis?: PlanBasis;
}

/** The plan in force of one project (or of a unit, not yet assigned to one) × source × basis × series. */
export interface PlanRow {
  /** null: capital of the unit that no project has yet */
  project: { code: string; name: string } | null;
  unit: { code: string; name: string };
  source: { code: string; name: string };
  basis: PlanBasis;
  carriedOver: boolean;
  /** đồng */
  amount: Dong;
}

/** What a page ends with: project, source, basis, series, unit. */
export type PlanKey = readonly [project: string | null, source: string, basis: string, carried: boolean, unit: string];

interface RawRow {
  project_code: string | null;
  project: string | null;
  source_code: string;
  source: string;
  basis: PlanBasis;
  carried_over: boolean;
  unit_code: string;
  unit: string;
  amount: string;
}

/** The plan in force on a day, projects in the order of their codes, then what no project has yet. */
export async function planInForce(
  db: DataSource,
  actor: Actor,
  filter: PlanFilter & { after?: PlanKey; limit: number },
): Promise<PlanRow[]> {
  const values = await conditionValues(db, actor, filter);
  const { after, limit } = filter;
  const page = async (ofProjects: boolean, from: PlanKey | undefined, most: number): Promise<RawRow[]> => {
    const project = ofProjects ? 'l.project_code' : "''";
    return db.query(
      `SELECT k.*, p.name AS project, u.name AS unit, s.name AS source FROM (
         SELECT l.project_code, l.source_code, l.basis, l.carried_over, l.unit_code, sum(l.amount) AS amount
         FROM allocation_line AS l
         WHERE ${CONDITION} AND l.project_code IS ${ofProjects ? 'NOT' : ''} NULL
           AND ($8::text IS NULL OR (${project}, l.source_code, l.basis, l.carried_over, l.unit_code)
                                  > ($8, $9, $10, $11::boolean, $12))
         GROUP BY l.project_code, l.source_code, l.basis, l.carried_over, l.unit_code
         HAVING sum(l.amount) <> 0
         ORDER BY l.project_code, l.source_code, l.basis, l.carried_over, l.unit_code LIMIT $13
       ) AS k
       JOIN unit AS u ON u.code = k.unit_code JOIN funding_source AS s ON s.code = k.source_code
       LEFT JOIN project AS p ON p.code = k.project_code
       ORDER BY k.project_code, k.source_code, k.basis, k.carried_over, k.unit_code`,
      [
        ...values,
        from ? (from[0] ?? '') : null,
        from?.[1] ?? null,
        from?.[2] ?? null,
        from?.[3] ?? null,
        from?.[4] ?? null,
        most,
      ],
    );
  };
  const rows = after && after[0] === null ? [] : await page(true, after, limit);
  if (rows.length < limit)
    rows.push(...(await page(false, after && after[0] === null ? after : undefined, limit - rows.length)));
  return rows.map((row) => ({
    project: row.project_code === null ? null : { code: row.project_code, name: row.project ?? row.project_code },
    unit: { code: row.unit_code, name: row.unit },
    source: { code: row.source_code, name: row.source },
    basis: row.basis,
    carriedOver: row.carried_over,
    amount: BigInt(row.amount),
  }));
}

/** Sums of the plan in force on a day: a basis and a series never mix. */
export interface PlanTotal {
  basis: PlanBasis;
  carriedOver: boolean;
  /** đồng */
  amount: Dong;
  /** đồng of it that no project has yet */
  unassigned: Dong;
}

export interface PlanTotals {
  all: PlanTotal[];
  bySource: (PlanTotal & { source: { code: string; name: string }; level: FundingLevel })[];
  /** By the budget that the source belongs to. */
  byLevel: (PlanTotal & { level: FundingLevel })[];
  /** By who decided. */
  byDecisionLevel: (PlanTotal & { decisionLevel: DecisionLevel })[];
  /** National target programmes of the projects; null: capital that no project has yet. */
  byProgramme: (PlanTotal & { programme: Programme | null })[];
}

/** Totals of the actor's part of the plan in force by source, level and programme, all out of one read. */
export async function planTotals(db: DataSource, actor: Actor, filter: PlanFilter): Promise<PlanTotals> {
  const values = await conditionValues(db, actor, filter);
  const rows: {
    source_code: string;
    source: string;
    level: FundingLevel;
    decision_level: DecisionLevel;
    programme: Programme | null;
    basis: PlanBasis;
    carried_over: boolean;
    amount: string;
  }[] = await db.query(
    `SELECT g.*, s.name AS source, s.level, g.decision_level FROM (
       SELECT l.source_code, d.level AS decision_level, p.programme, l.basis, l.carried_over, sum(l.amount) AS amount
       FROM allocation_line AS l JOIN allocation_decision AS d ON d.id = l.decision_id
       LEFT JOIN project AS p ON p.code = l.project_code
       WHERE ${CONDITION} GROUP BY 1, 2, 3, 4, 5
     ) AS g JOIN funding_source AS s ON s.code = g.source_code
     ORDER BY s.code, g.basis DESC, g.carried_over`,
    values,
  );
  const grouped = <Key extends object>(keyOf: (row: (typeof rows)[number]) => Key): (PlanTotal & Key)[] => {
    const groups = new Map<string, PlanTotal & Key>();
    for (const row of rows) {
      const key = { ...keyOf(row), basis: row.basis, carriedOver: row.carried_over };
      const name = JSON.stringify(key);
      const group = groups.get(name) ?? { ...key, amount: 0n, unassigned: 0n };
      group.amount += BigInt(row.amount);
      if (row.programme === null) group.unassigned += BigInt(row.amount);
      groups.set(name, group);
    }
    return [...groups.values()];
  };
  return {
    all: grouped(() => ({})),
    bySource: grouped(({ source_code: code, source: name, level }) => ({ source: { code, name }, level })),
    byLevel: grouped(({ level }) => ({ level })),
    byDecisionLevel: grouped(({ decision_level: decisionLevel }) => ({ decisionLevel })),
    byProgramme: grouped(({ programme }) => ({ programme })),
  };
}

/** Lines of decisions that are in force: the decisions are few, so they are asked for first and named in the query. */
const CONDITION = `l.plan_year = $1 AND l.decision_id = ANY($2::int[]) AND ${isVisibleProject({ unit: 'l.unit_code', project: 'l.project_code' }, { units: '$3', places: '$4' })}
  AND ($5::text IS NULL OR l.unit_code = $5) AND ($6::text IS NULL OR l.project_code = $6)
  AND ($7::text IS NULL OR l.basis = $7)`;

async function conditionValues(db: DataSource, actor: Actor, filter: PlanFilter): Promise<unknown[]> {
  const decisions: { id: number }[] = await db.query(
    'SELECT id FROM allocation_decision WHERE plan_year = $1 AND effective_date <= $2',
    [filter.planYear, filter.on],
  );
  return [
    filter.planYear,
    decisions.map(({ id }) => id),
    ...projectScope(actor),
    filter.unitCode ?? null,
    filter.projectCode ?? null,
    filter.basis ?? null,
  ];
}
