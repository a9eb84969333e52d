import type { Writable } from 'node:stream';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';

/** Columns of the COPY, in its order; `\N` is null. `outcome` is `new`, or `broken` for a row refused by the reader. */
export const STAGING_COLUMNS = [
  'batch_id',
  'ordinal',
  'row',
  'plan_year',
  'month',
  'unit_code',
  'project_code',
  'source_code',
  'kind',
  'carried_over',
  'basis',
  'amount',
  'document_no',
  'document_date',
  'reason',
  'corrects',
  'layout',
  'outcome',
] as const;

/** Takes lines of COPY text for the staging table, in the transaction. Nothing else may run in it until it has ended. */
export async function stagingSink(tx: EntityManager): Promise<Writable> {
  const connection = (await tx.queryRunner?.connect()) as PoolClient;
  return connection.query(copyFrom(`COPY staged_disbursement (${STAGING_COLUMNS.join(', ')}) FROM STDIN`));
}

/** A value as COPY text: null for an empty one. */
export function copyText(value: string): string {
  if (value === '') return '\\N';
  return /[\\\t\n\r]/.test(value)
    ? value.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
    : value;
}

export async function clearStaged(tx: EntityManager, batchId: number): Promise<void> {
  await tx.query('DELETE FROM staged_disbursement WHERE batch_id = $1', [batchId]);
}
