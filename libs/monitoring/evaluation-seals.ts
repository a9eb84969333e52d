import type { DataSource } from 'typeorm';
import type { Month } from '#libs/kernel';

/** The place of an evaluation in the audit chain: number and hash of the event that froze it. */
export interface EvaluationSeal {
  seq: number;
  hash: string;
}

/**
 * The seal of each evaluated version of a month, by its newest policy. It is printed on the month's documents: any
 * later export of the chain either holds that very event, and with it all before it unchanged, or the document and the
 * chain contradict each other. Nothing of it is kept twice: the chain itself takes no changes.
 */
export async function evaluationSeals(
  db: Pick<DataSource, 'query'>,
  { planYear, number }: Month,
): Promise<Map<number, EvaluationSeal | null>> {
  const rows = await db.query<{ version: number; seq: number | null; hash: string }[]>(
    `SELECT DISTINCT ON (e.month_version) e.month_version AS version, a.seq::int, a.hash
     FROM evaluation AS e
     LEFT JOIN audit_event AS a
       ON a.object_type = 'evaluation' AND a.object_id = e.id::text AND a.action = 'month.evaluate'
     WHERE e.plan_year = $1 AND e.month = $2
     ORDER BY e.month_version, e.policy_version DESC`,
    [planYear, number],
  );
  return new Map(rows.map(({ version, seq, hash }) => [version, seq === null ? null : { seq, hash }]));
}
