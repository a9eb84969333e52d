import type { DataSource } from 'typeorm';
import type { Actor, Month } from '#libs/kernel';
import { isVisibleProject, projectScope } from '#libs/projects';
import type { WarningCode } from './disbursement-warnings.rule.js';
import type { EntryKind } from './disbursement.entity.js';

export interface WarningRow {
  id: number;
  code: WarningCode;
  /** đồng: the cumulative figure, or the month's sum */
  found: bigint;
  /** đồng: the plan, the usual month, or 0 */
  comparedWith: bigint;
  entryId: number;
  unitCode: string;
  unitName: string;
  projectCode: string;
  projectName: string;
  sourceCode: string;
  sourceName: string;
  kind: EntryKind;
  carriedOver: boolean;
  amount: bigint;
  documentNo: string | null;
  /** Absent only where an import kept a warning that nobody has explained. */
  reason: string | null;
  recordedAt: Date;
  recordedBy: string;
}

export interface WarningFilter {
  month: Month;
  unitCode?: string;
  code?: WarningCode;
  /** Rows before this id: newest first. */
  after?: number;
  limit: number;
}

/** The warnings kept with the entries of a month, of the actor's units, newest first. */
export async function listWarnings(
  db: DataSource,
  actor: Actor,
  filter: WarningFilter,
): Promise<{ items: WarningRow[]; total: number }> {
  const values = [
    filter.month.planYear,
    filter.month.number,
    ...projectScope(actor),
    filter.unitCode ?? null,
    filter.code ?? null,
  ];
  const from = `
    FROM disbursement_warning AS w
    JOIN disbursement_entry AS e ON e.id = w.entry_id
    WHERE e.plan_year = $1 AND e.month = $2 AND ${isVisibleProject({ unit: 'e.unit_code', project: 'e.project_code' }, { units: '$3', places: '$4' })}
      AND ($5::text IS NULL OR e.unit_code = $5) AND ($6::text IS NULL OR w.code = $6)`;
  const [counted]: { total: string }[] = await db.query(`SELECT count(*) AS total ${from}`, values);
  const rows: (WarningRow & Record<'found' | 'comparedWith' | 'amount', string>)[] = await db.query(
    `SELECT b.*, u.name AS "unitName", p.name AS "projectName", s.name AS "sourceName"
     FROM (SELECT w.id, w.code, w.found, w.compared_with AS "comparedWith", e.id AS "entryId",
                  e.unit_code AS "unitCode", e.project_code AS "projectCode", e.source_code AS "sourceCode", e.kind,
                  e.carried_over AS "carriedOver", e.amount, e.document_no AS "documentNo", e.reason,
                  e.recorded_at AS "recordedAt", e.recorded_by AS "recordedBy"
           ${from} AND ($7::int IS NULL OR w.id < $7) ORDER BY w.id DESC LIMIT $8) AS b
     JOIN unit AS u ON u.code = b."unitCode"
     JOIN project AS p ON p.code = b."projectCode"
     JOIN funding_source AS s ON s.code = b."sourceCode"
     ORDER BY b.id DESC`,
    [...values, filter.after ?? null, filter.limit],
  );
  return {
    items: rows.map((row) => ({
      ...row,
      found: BigInt(row.found),
      comparedWith: BigInt(row.comparedWith),
      amount: BigInt(row.amount),
    })),
    total: Number(counted?.total ?? 0),
  };
}
