import type { DataSource } from 'typeorm';
import { DomainError, type Actor, type Dong, type IsoDate } from '#libs/kernel';
import type { PlanBasis } from '#libs/monitoring/rule';
import { isVisibleProject, projectScope } from '#libs/projects';
import type { DecisionKind, DecisionLevel } from './allocation.entity.js';
import type { CapitalErrorCode } from './capital-errors.js';

export interface DecisionRow {
  id: number;
  planYear: number;
  number: string;
  decisionDate: IsoDate;
  effectiveDate: IsoDate;
  effectiveMonth: number | null;
  level: DecisionLevel;
  kind: DecisionKind;
  note: string;
  recordedAt: Date;
  recordedBy: string;
  /** The decision that this one details. */
  details: { id: number; number: string } | null;
  amounts: DecisionAmount[];
}

/** What a decision assigns of a source on a basis and series, and where it went. đồng throughout. */
export interface DecisionAmount {
  source: { code: string; name: string };
  basis: PlanBasis;
  carriedOver: boolean;
  /** In all: as stated, else the sum of the lines. Within a row scope, the actor's lines. */
  total: Dong;
  /** Whether the decision stated it. */
  isStated: boolean;
  lines: Dong;
  /** With what later decisions moved on to projects. */
  toProjects: Dong;
  /** Not yet with a project: held by units, or not given to any. */
  unassigned: Dong;
}

/** The actor's decisions of a plan year, those that took effect last first. */
export async function listDecisions(
  db: DataSource,
  actor: Actor,
  filter: { planYear: number; after?: readonly [effectiveDate: IsoDate, id: number]; limit: number },
): Promise<{ items: DecisionRow[]; total: number }> {
  const [counted]: { total: string }[] = await db.query(
    `SELECT count(*) AS total FROM allocation_decision AS d WHERE d.plan_year = $1 AND ${IN_SCOPE}`,
    [filter.planYear, ...projectScope(actor)],
  );
  const rows: Omit<DecisionRow, 'amounts'>[] = await db.query(
    `${HEADS} WHERE d.plan_year = $1 AND ${IN_SCOPE}
       AND ($4::date IS NULL OR (d.effective_date, d.id) < ($4::date, $5::int))
     ORDER BY d.effective_date DESC, d.id DESC LIMIT $6`,
    [filter.planYear, ...projectScope(actor), filter.after?.[0] ?? null, filter.after?.[1] ?? null, filter.limit],
  );
  const amounts = await amountsOf(
    db,
    actor,
    rows.map(({ id }) => id),
  );
  return {
    items: rows.map((row) => ({ ...row, amounts: amounts.get(row.id) ?? [] })),
    total: Number(counted?.total ?? 0),
  };
}

/** One decision of the actor's with the decisions that detail it; `decision-unknown` for any other. */
export async function findDecision(
  db: DataSource,
  actor: Actor,
  id: number,
): Promise<DecisionRow & { detailedBy: { id: number; number: string; effectiveDate: IsoDate }[] }> {
  const [row]: Omit<DecisionRow, 'amounts'>[] = await db.query(`${HEADS} WHERE d.id = $1 AND ${IN_SCOPE}`, [
    id,
    ...projectScope(actor),
  ]);
  if (!row) throw new DomainError<CapitalErrorCode>('decision-unknown', { decision: id });
  const detailedBy: { id: number; number: string; effectiveDate: IsoDate }[] = await db.query(
    `SELECT d.id, d.number, d.effective_date::text AS "effectiveDate" FROM allocation_decision AS d
     WHERE d.details_decision_id = $1 AND ${IN_SCOPE} ORDER BY d.effective_date, d.id`,
    [id, ...projectScope(actor)],
  );
  return { ...row, amounts: (await amountsOf(db, actor, [id])).get(id) ?? [], detailedBy };
}

const HEADS = `
  SELECT d.id, d.plan_year AS "planYear", d.number, d.decision_date::text AS "decisionDate",
         d.effective_date::text AS "effectiveDate", effective_month(d.plan_year, d.effective_date) AS "effectiveMonth",
         d.level, d.kind, d.note, d.recorded_at AS "recordedAt", d.recorded_by AS "recordedBy",
         CASE WHEN root.id IS NOT NULL THEN json_build_object('id', root.id, 'number', root.number) END AS details
  FROM allocation_decision AS d LEFT JOIN allocation_decision AS root ON root.id = d.details_decision_id`;

/** A decision is the actor's when one of its lines is. */
const IN_SCOPE = `($2::text[] IS NULL OR EXISTS (
  SELECT FROM allocation_line AS l WHERE l.decision_id = d.id
    AND ${isVisibleProject({ unit: 'l.unit_code', project: 'l.project_code' }, { units: '$2', places: '$3' })}))`;

interface RawAmount {
  decision_id: number;
  code: string;
  name: string;
  basis: PlanBasis;
  carried_over: boolean;
  stated: string | null;
  lines: string;
  to_projects: string;
  details: string;
  held: string;
}

async function amountsOf(db: DataSource, actor: Actor, ids: readonly number[]): Promise<Map<number, DecisionAmount[]>> {
  const rows: RawAmount[] = await (actor.units === 'all'
    ? db.query(WHOLE_AMOUNTS, [ids])
    : db.query(SCOPED_AMOUNTS, [ids, ...projectScope(actor)]));
  const byDecision = new Map<number, DecisionAmount[]>();
  for (const row of rows) {
    const lines = BigInt(row.lines);
    const total = row.stated === null ? lines : BigInt(row.stated);
    const amount: DecisionAmount = {
      source: { code: row.code, name: row.name },
      basis: row.basis,
      carriedOver: row.carried_over,
      total,
      isStated: row.stated !== null,
      lines,
      toProjects: BigInt(row.to_projects),
      unassigned: BigInt(row.held) + total - lines - BigInt(row.details),
    };
    byDecision.set(row.decision_id, [...(byDecision.get(row.decision_id) ?? []), amount]);
  }
  return byDecision;
}

const WHOLE_AMOUNTS = `
  SELECT k.decision_id, f.code, f.name, k.basis, k.carried_over, t.amount AS stated, coalesce(s.amount, 0) AS lines,
         coalesce(s.to_projects + s.details_to_projects, 0) AS to_projects, coalesce(s.details_amount, 0) AS details,
         coalesce((SELECT sum(u.amount) FROM unassigned_capital AS u
                   WHERE (u.decision_id, u.source_code, u.basis, u.carried_over)
                       = (k.decision_id, k.source_code, k.basis, k.carried_over)), 0) AS held
  FROM (SELECT decision_id, source_code, basis, carried_over FROM allocation_decision_sum WHERE decision_id = ANY($1)
        UNION SELECT decision_id, source_code, basis, carried_over FROM allocation_decision_total
        WHERE decision_id = ANY($1)) AS k
  LEFT JOIN allocation_decision_sum AS s USING (decision_id, source_code, basis, carried_over)
  LEFT JOIN allocation_decision_total AS t USING (decision_id, source_code, basis, carried_over)
  JOIN funding_source AS f ON f.code = k.source_code
  ORDER BY k.decision_id, k.basis DESC, k.carried_over, f.code`;

const THEIR_LINE = isVisibleProject({ unit: 'l.unit_code', project: 'l.project_code' }, { units: '$2', places: '$3' });

const SCOPED_AMOUNTS = `
  SELECT k.decision_id, f.code, f.name, k.basis, k.carried_over, NULL AS stated,
         coalesce(sum(k.amount) FILTER (WHERE k.is_own), 0) AS lines,
         coalesce(sum(k.amount) FILTER (WHERE k.project_code IS NOT NULL), 0) AS to_projects, 0 AS details,
         coalesce(sum(k.amount) FILTER (WHERE k.project_code IS NULL AND k.is_of_root), 0) AS held
  FROM (SELECT d.id AS decision_id, l.source_code, l.basis, l.carried_over, l.amount, l.project_code, true AS is_own,
               d.details_decision_id IS NULL AS is_of_root
        FROM allocation_decision AS d JOIN allocation_line AS l ON l.decision_id = d.id
        WHERE d.id = ANY($1) AND ${THEIR_LINE}
        UNION ALL
        SELECT d.details_decision_id, l.source_code, l.basis, l.carried_over, l.amount, l.project_code, false, true
        FROM allocation_decision AS d JOIN allocation_line AS l ON l.decision_id = d.id
        WHERE d.details_decision_id = ANY($1) AND ${THEIR_LINE}) AS k
  JOIN funding_source AS f ON f.code = k.source_code
  GROUP BY k.decision_id, f.code, f.name, k.basis, k.carried_over
  ORDER BY k.decision_id, k.basis DESC, k.carried_over, f.code`;
