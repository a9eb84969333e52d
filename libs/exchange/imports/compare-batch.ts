import type { EntityManager } from 'typeorm';
import { slicesOf, type Actor, type RowOutcome } from '#libs/kernel';
import {
  compareStaged,
  rejectedStagedRows,
  type ComparingOptions,
  type StagedCount,
  type StagingMode,
} from '#libs/ledger';
import { APPLY_ROWS } from './import-kinds.js';
import type { ImportBatch, ImportDifference, OutcomeCount } from './import-batch.entity.js';

export function modeOf({ reading }: Pick<ImportBatch, 'reading'>): StagingMode {
  return { vouchers: reading?.mode === 'vouchers', cumulative: reading?.cumulative ?? false };
}

/** Computes what the batch's rows would change now, and keeps it beside them. */
export async function compareBatch(
  tx: EntityManager,
  sender: Actor,
  batch: ImportBatch,
  options: ComparingOptions = { isAgain: true },
): Promise<ImportDifference> {
  return batch.kind === 'disbursements'
    ? compareDisbursements(tx, sender, batch, options)
    : previewRows(tx, sender, batch);
}

async function compareDisbursements(
  tx: EntityManager,
  sender: Actor,
  batch: ImportBatch,
  options: ComparingOptions,
): Promise<ImportDifference> {
  // Rows that an earlier comparison rejected; those that the reader refused are no staged rows, or broken ones.
  if (options.isAgain)
    await tx.query(
      `DELETE FROM import_row AS r USING staged_disbursement AS s
     WHERE r.batch_id = $1 AND s.batch_id = $1 AND s.ordinal = r.ordinal AND s.outcome <> 'broken'`,
      [batch.id],
    );
  const difference = await compareStaged(tx, sender, batch.id, modeOf(batch), options);
  if (difference.rejected > 0)
    await tx.query(
      `INSERT INTO import_row (batch_id, ordinal, row, outcome, values, columns, problems)
     SELECT $1, ordinal, rejected.row, 'rejected', rejected.values, coalesce($2::jsonb -> layout, '{}'), problems
     FROM (${rejectedStagedRows()}) AS rejected`,
      [batch.id, JSON.stringify(batch.layouts ?? [])],
    );
  return {
    new: counted(difference.new),
    changed: counted(difference.changed),
    same: counted(difference.same),
    rejected: await countRejected(tx, batch.id),
    withoutReason: difference.withoutReason,
  };
}

function counted({ cells, rows, dong, differenceDong }: StagedCount): OutcomeCount {
  return { cells, rows, dong: dong.toString(), differenceDong: differenceDong.toString() };
}

async function countRejected(tx: EntityManager, batchId: number): Promise<OutcomeCount> {
  const [row]: { rows: number; dong: string }[] = await tx.query(
    `SELECT count(*)::int AS rows,
            coalesce(sum(CASE WHEN r.values ->> 'amount_vnd' ~ '^-?[0-9]{1,16}$'
                              THEN (r.values ->> 'amount_vnd')::numeric END), 0)::text AS dong
     FROM import_row AS r WHERE r.batch_id = $1 AND r.outcome = 'rejected'`,
    [batchId],
  );
  const rows = row?.rows ?? 0;
  return { cells: rows, rows, dong: row?.dong ?? '0', differenceDong: '0' };
}

export interface KeptRow {
  ordinal: number;
  values: Record<string, string>;
}

/** The rows that the reader took, in the order of the file. */
export async function keptRows(tx: EntityManager, batchId: number): Promise<KeptRow[]> {
  return tx.query(
    `SELECT r.ordinal, r.values FROM import_row AS r WHERE r.batch_id = $1 AND r.was_read ORDER BY r.ordinal`,
    [batchId],
  );
}

/** Other kinds: their own use case writes the rows in a savepoint that is taken back, and says what each would do. */
async function previewRows(tx: EntityManager, sender: Actor, batch: ImportBatch): Promise<ImportDifference> {
  const apply = APPLY_ROWS[batch.kind as keyof typeof APPLY_ROWS];
  if (!apply) throw new Error(`nobody writes the rows of ${batch.kind}`);
  const rows = await keptRows(tx, batch.id);
  await tx.query('SAVEPOINT preview');
  const outcomes = await apply(
    tx,
    sender,
    rows.map(({ values }) => values),
    () => undefined,
  );
  await tx.query('ROLLBACK TO SAVEPOINT preview; RELEASE SAVEPOINT preview');
  await keepOutcomes(tx, batch.id, rows, outcomes);
  return countRows(tx, batch.id);
}

/** A statement takes its rows as one text of bounded length. */
const ROWS_A_STATEMENT = 10_000;

/** Writes beside each row what it did. */
export async function keepOutcomes(
  tx: EntityManager,
  batchId: number,
  rows: readonly KeptRow[],
  outcomes: readonly RowOutcome[],
): Promise<void> {
  for (const some of slicesOf(outcomes, ROWS_A_STATEMENT)) {
    const told = some.map(({ row, outcome, before, problems }) => ({
      ordinal: rows[row]?.ordinal,
      outcome,
      before: before ?? null,
      problems: problems.map(({ pointer, code, facts }) => ({
        field: pointer.replace(/^\//, '') || null,
        code,
        facts: facts ?? {},
      })),
    }));
    await tx.query(
      `UPDATE import_row AS r SET outcome = o.outcome, before = nullif(o.before, 'null'), problems = o.problems
       FROM jsonb_to_recordset($2::jsonb) AS o (ordinal int, outcome text, before jsonb, problems jsonb)
       WHERE r.batch_id = $1 AND r.ordinal = o.ordinal
         AND (r.outcome, r.before, r.problems) IS DISTINCT FROM (o.outcome, nullif(o.before, 'null'), o.problems)`,
      [batchId, JSON.stringify(told)],
    );
  }
}

async function countRows(tx: EntityManager, batchId: number): Promise<ImportDifference> {
  const found: { outcome: RowOutcome['outcome']; rows: number; dong: string }[] = await tx.query(
    `SELECT r.outcome, count(*)::int AS rows,
            coalesce(sum(CASE WHEN r.values ->> 'amount_vnd' ~ '^-?[0-9]{1,16}$'
                              THEN (r.values ->> 'amount_vnd')::numeric END), 0)::text AS dong
     FROM import_row AS r WHERE r.batch_id = $1 GROUP BY r.outcome`,
    [batchId],
  );
  const of = (outcome: RowOutcome['outcome']): OutcomeCount => {
    const { rows = 0, dong = '0' } = found.find((row) => row.outcome === outcome) ?? {};
    return { cells: rows, rows, dong, differenceDong: outcome === 'new' ? dong : '0' };
  };
  return { new: of('new'), changed: of('changed'), same: of('same'), rejected: of('rejected'), withoutReason: 0 };
}
