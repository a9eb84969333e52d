import type { DataSource, EntityManager } from 'typeorm';
import { bookedAmount, needsReason, type StagingMode } from './booked-rows.js';

/** A cell of a staged file, or in voucher mode a line of one, in the words of product.md. */
export interface StagedRow {
  ordinal: number;
  row: number;
  rows: number;
  outcome: 'new' | 'changed' | 'same';
  values: Record<string, string>;
  /** đồng of the cell in the books; null where they have no entry of it */
  before: bigint | null;
  dong: bigint;
  differenceDong: bigint;
  needsReason: boolean;
}

// The columns of disbursements.csv; empty text for what the row leaves open.
const VALUES = `jsonb_build_object(
  'plan_year', s.plan_year::text, 'month', s.month::text, 'unit_code', s.unit_code, 'project_code', s.project_code,
  'source_code', s.source_code, 'kind', s.kind, 'carried_over', (s.carried_over::int)::text, 'basis', s.basis,
  'amount_vnd', coalesce(s.total, s.amount)::text, 'document_no', coalesce(s.document_no, ''),
  'document_date', coalesce(s.document_date::text, ''), 'reason', coalesce(s.reason, ''),
  'corrects', coalesce(s.corrects::text, ''))`;

const SHOWN = "s.merged_into IS NULL AND s.outcome IN ('new', 'changed', 'same')";

/** Cells after an ordinal, in the order of the file. */
export async function stagedRows(
  db: DataSource,
  batchId: number,
  mode: Pick<StagingMode, 'vouchers'>,
  filter: { outcome?: StagedRow['outcome'] | undefined; after?: number | undefined; limit: number },
): Promise<StagedRow[]> {
  const found: (Omit<StagedRow, 'before' | 'dong' | 'differenceDong'> & {
    before: string | null;
    dong: string;
    difference: string;
  })[] = await db.query(
    `SELECT s.ordinal, s.row, s.rows, s.outcome, ${VALUES} AS values, s.before::text AS before,
            coalesce(s.total, s.amount)::text AS dong,
            (coalesce(s.total, s.amount) - coalesce(s.before, 0))::text AS difference,
            s.outcome <> 'same' AND ${bookedAmount(mode)} <> 0 AND ${needsReason(mode)} AS "needsReason"
     FROM staged_disbursement AS s
     WHERE s.batch_id = $1 AND ${SHOWN} AND ($2::text IS NULL OR s.outcome = $2) AND s.ordinal > $3
     ORDER BY s.ordinal LIMIT $4`,
    [batchId, filter.outcome ?? null, filter.after ?? 0, filter.limit],
  );
  return found.map(({ before, dong, difference, ...row }) => ({
    ...row,
    before: before === null ? null : BigInt(before),
    dong: BigInt(dong),
    differenceDong: row.outcome === 'same' ? 0n : BigInt(difference),
  }));
}

/** Whether the batch has staged rows, whatever their outcome: none is left when a crash of the server emptied the table. */
export async function hasStagedRows(tx: DataSource | EntityManager, batchId: number): Promise<boolean> {
  const rows: unknown[] = await tx.query('SELECT FROM staged_disbursement WHERE batch_id = $1 LIMIT 1', [batchId]);
  return rows.length > 0;
}

/** SQL of the rejected rows of batch $1 for whoever keeps them: ordinal, row, values, layout, problems. */
export function rejectedStagedRows(): string {
  return `SELECT s.ordinal, s.row, ${VALUES.replace('coalesce(s.total, s.amount)', 's.amount')} AS values, s.layout, s.problems
          FROM staged_disbursement AS s WHERE s.batch_id = $1 AND s.outcome = 'rejected'`;
}
