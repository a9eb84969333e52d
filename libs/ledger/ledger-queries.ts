import type { DataSource } from 'typeorm';
import type { Actor } from '#libs/kernel';
import type { PlanBasis } from '#libs/monitoring/rule';
import { isVisibleProject, projectScope } from '#libs/projects';
import type { DecisionKind, DecisionLevel } from './allocation.entity.js';
import type { EntryBasis, EntryKind } from './disbursement.entity.js';

export interface LedgerFilter {
  planYear: number;
  /** This month alone. */
  month?: number;
  /** Up to this month. */
  throughMonth?: number;
  unitCode?: string;
  projectCode?: string;
  /** Rows after this id in the list's order. */
  after?: number;
  limit: number;
}

export interface DisbursementRow {
  id: number;
  month: number;
  unitCode: string;
  unitName: string;
  projectCode: string;
  projectName: string;
  sourceCode: string;
  sourceName: string;
  kind: EntryKind;
  carriedOver: boolean;
  basis: EntryBasis;
  amount: bigint;
  documentNo: string | null;
  documentDate: string | null;
  reason: string | null;
  corrects: number | null;
  recordedAt: Date;
  recordedBy: string;
}

/** The actor's entries, newest first, with their number and sum in đồng whatever the page. */
export async function listDisbursements(
  db: DataSource,
  actor: Actor,
  filter: LedgerFilter,
): Promise<{ items: DisbursementRow[]; total: number; sum: bigint }> {
  const { where, values } = conditions(actor, filter, { month: 'e.month', table: 'e' });
  const [counted]: { total: string; sum: string }[] = await db.query(
    `SELECT count(*) AS total, coalesce(sum(e.amount), 0) AS sum FROM disbursement_entry AS e WHERE ${where}`,
    values,
  );
  const rows: (Omit<DisbursementRow, 'amount'> & { amount: string })[] = await db.query(
    `SELECT e.id, e.month, e.unit_code AS "unitCode", u.name AS "unitName", e.project_code AS "projectCode",
            p.name AS "projectName", e.source_code AS "sourceCode", s.name AS "sourceName", e.kind,
            e.carried_over AS "carriedOver", e.basis, e.amount, e.document_no AS "documentNo",
            e.document_date::text AS "documentDate", e.reason, e.corrects, e.recorded_at AS "recordedAt",
            e.recorded_by AS "recordedBy"
     FROM disbursement_entry AS e
     JOIN unit AS u ON u.code = e.unit_code
     JOIN project AS p ON p.code = e.project_code
     JOIN funding_source AS s ON s.code = e.source_code
     WHERE ${where} AND ($${values.length + 1}::int IS NULL OR e.id < $${values.length + 1})
     ORDER BY e.id DESC LIMIT $${values.length + 2}`,
    [...values, filter.after ?? null, filter.limit],
  );
  return {
    items: rows.map((row) => ({ ...row, amount: BigInt(row.amount) })),
    total: Number(counted?.total ?? 0),
    sum: BigInt(counted?.sum ?? 0),
  };
}

export interface AllocationLineRow {
  id: number;
  decisionNo: string;
  decisionDate: string;
  effectiveDate: string;
  effectiveMonth: number;
  decisionKind: DecisionKind;
  level: DecisionLevel;
  note: string;
  basis: PlanBasis;
  carriedOver: boolean;
  unitCode: string;
  unitName: string;
  projectCode: string | null;
  projectName: string | null;
  sourceCode: string;
  sourceName: string;
  amount: bigint;
}

/** The actor's allocation lines, oldest first, with their number and sum in đồng whatever the page. */
export async function listAllocationLines(
  db: DataSource,
  actor: Actor,
  filter: LedgerFilter & { basis?: PlanBasis; decisionId?: number },
): Promise<{ items: AllocationLineRow[]; total: number; sum: bigint }> {
  const { where, values } = conditions(actor, filter, { month: 'l.effective_month', table: 'l' });
  const basis = values.push(filter.basis ?? null);
  const decision = values.push(filter.decisionId ?? null);
  const condition = `${where} AND ($${basis}::text IS NULL OR l.basis = $${basis})
    AND ($${decision}::int IS NULL OR l.decision_id = $${decision})`;
  const [counted]: { total: string; sum: string }[] = await db.query(
    `SELECT count(*) AS total, coalesce(sum(l.amount), 0) AS sum FROM allocation_line AS l WHERE ${condition}`,
    values,
  );
  const rows: (Omit<AllocationLineRow, 'amount'> & { amount: string })[] = await db.query(
    `SELECT l.id, d.number AS "decisionNo", d.decision_date::text AS "decisionDate",
            d.effective_date::text AS "effectiveDate", l.effective_month AS "effectiveMonth",
            d.kind AS "decisionKind", d.level, d.note, l.basis, l.carried_over AS "carriedOver",
            l.unit_code AS "unitCode", u.name AS "unitName", l.project_code AS "projectCode", p.name AS "projectName",
            l.source_code AS "sourceCode", s.name AS "sourceName", l.amount
     FROM allocation_line AS l
     JOIN allocation_decision AS d ON d.id = l.decision_id
     JOIN unit AS u ON u.code = l.unit_code
     JOIN funding_source AS s ON s.code = l.source_code
     LEFT JOIN project AS p ON p.code = l.project_code
     WHERE ${condition} AND ($${values.length + 1}::int IS NULL OR l.id > $${values.length + 1})
     ORDER BY l.id LIMIT $${values.length + 2}`,
    [...values, filter.after ?? null, filter.limit],
  );
  return {
    items: rows.map((row) => ({ ...row, amount: BigInt(row.amount) })),
    total: Number(counted?.total ?? 0),
    sum: BigInt(counted?.sum ?? 0),
  };
}

function conditions(
  actor: Actor,
  filter: LedgerFilter,
  names: { month: string; table: string },
): { where: string; values: unknown[] } {
  const { month, table } = names;
  const values: unknown[] = [filter.planYear];
  const parts = [`${table}.plan_year = $1`];
  const add = (condition: (place: string) => string, value: unknown): void => {
    if (value !== undefined) parts.push(condition(`$${values.push(value)}`));
  };
  add((place) => `${month} = ${place}`, filter.month);
  add((place) => `${month} <= ${place}`, filter.throughMonth);
  add((place) => `${table}.unit_code = ${place}`, filter.unitCode);
  add((place) => `${table}.project_code = ${place}`, filter.projectCode);
  if (actor.units !== 'all') {
    const [units, places] = projectScope(actor).map((codes) => `$${values.push(codes)}`) as [string, string];
    parts.push(isVisibleProject({ unit: `${table}.unit_code`, project: `${table}.project_code` }, { units, places }));
  }
  return { where: parts.join(' AND '), values };
}
