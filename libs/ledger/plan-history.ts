import type { DataSource } from 'typeorm';
import type { Actor, Dong } from '#libs/kernel';
import type { PlanBasis } from '#libs/monitoring/rule';
import { findProject, isVisibleProject, projectScope } from '#libs/projects';
import type { DecisionKind, DecisionLevel } from './allocation.entity.js';

export interface PlanHistoryRow {
  id: number;
  decision: {
    id: number;
    number: string;
    date: string;
    effectiveDate: string;
    kind: DecisionKind;
    level: DecisionLevel;
  };
  project: { code: string; name: string };
  unit: { code: string; name: string };
  source: { code: string; name: string };
  basis: PlanBasis;
  carriedOver: boolean;
  /** đồng */
  amount: Dong;
  /** đồng of the project's plan on this basis and series after this line */
  running: Dong;
  /** đồng of it from this source */
  runningOfSource: Dong;
}

/**
 * How a project's plan of a year came about, line by line in the order in which the lines took effect, components
 * included. Actors with a row scope see the lines of their units, and
 * those of projects in their team's places.
 */
export async function planHistory(
  db: DataSource,
  actor: Actor,
  projectCode: string,
  planYear: number,
): Promise<PlanHistoryRow[]> {
  await findProject(db, actor, projectCode);
  type Raw = Omit<PlanHistoryRow, 'amount' | 'running' | 'runningOfSource'> &
    Record<'amount' | 'running' | 'runningOfSource', string>;
  const rows: Raw[] = await db.query(
    `WITH RECURSIVE part (code) AS (
       SELECT $1::text UNION ALL SELECT p.code FROM project AS p JOIN part ON p.parent_code = part.code
     )
     SELECT l.id, json_build_object('id', d.id, 'number', d.number, 'date', d.decision_date,
                                    'effectiveDate', d.effective_date, 'kind', d.kind, 'level', d.level) AS decision,
            json_build_object('code', p.code, 'name', p.name) AS project,
            json_build_object('code', u.code, 'name', u.name) AS unit,
            json_build_object('code', s.code, 'name', s.name) AS source,
            l.basis, l.carried_over AS "carriedOver", l.amount,
            sum(l.amount) OVER (PARTITION BY l.basis, l.carried_over ORDER BY ${IN_ORDER}) AS running,
            sum(l.amount) OVER (PARTITION BY l.basis, l.carried_over, l.source_code ORDER BY ${IN_ORDER})
              AS "runningOfSource"
     FROM allocation_line AS l
     JOIN allocation_decision AS d ON d.id = l.decision_id
     JOIN project AS p ON p.code = l.project_code
     JOIN unit AS u ON u.code = l.unit_code
     JOIN funding_source AS s ON s.code = l.source_code
     WHERE l.project_code IN (SELECT code FROM part) AND l.plan_year = $2
       AND ${isVisibleProject({ unit: 'l.unit_code', project: 'l.project_code' }, { units: '$3', places: '$4' })}
     ORDER BY ${IN_ORDER}`,
    [projectCode, planYear, ...projectScope(actor)],
  );
  return rows.map((row) => ({
    ...row,
    amount: BigInt(row.amount),
    running: BigInt(row.running),
    runningOfSource: BigInt(row.runningOfSource),
  }));
}

const IN_ORDER = 'd.effective_date, d.decision_date, d.id, l.id';
