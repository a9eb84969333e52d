import type { DataSource } from 'typeorm';
import { inTransaction } from '#libs/kernel';
import { MONTH_CLOSED } from '#libs/ledger';
import { enqueue } from '#libs/platform';

export interface DueEvaluation {
  planYear: number;
  month: number;
  monthVersion: number;
}

const DUE = `
  SELECT m.plan_year AS "planYear", m.month, m.version AS "monthVersion"
  FROM reporting_month AS m
  WHERE m.state = 'closed'
    AND NOT EXISTS (SELECT FROM evaluation AS e
                    WHERE e.plan_year = m.plan_year AND e.month = m.month AND e.month_version = m.version)
    AND NOT EXISTS (SELECT FROM reporting_month AS before
                    WHERE before.plan_year = m.plan_year AND before.month < m.month AND before.state <> 'closed')`;

/**
 * Closed months whose present version has no evaluation, oldest first; not behind a reopened month, whose closing gives
 * them a new version; older than `graceSeconds` after the close.
 */
export async function dueEvaluations(db: DataSource, graceSeconds = 0): Promise<DueEvaluation[]> {
  return db.query(`${DUE} AND m.closed_at <= now() - make_interval(secs => $1) ORDER BY 1, 2`, [graceSeconds]);
}

/** The safety net: a due evaluation that no outbox message asks for any more is asked for again. */
export async function orderDueEvaluations(db: DataSource): Promise<DueEvaluation[]> {
  return inTransaction(db, async (tx) => {
    // One watchdog at a time, or two would order the same month twice.
    await tx.query("SELECT pg_advisory_xact_lock(hashtext('order-due-evaluations'))");
    const forgotten: DueEvaluation[] = await tx.query(
      `${DUE} AND NOT EXISTS (SELECT FROM outbox_message AS o
                              WHERE o.done_at IS NULL AND o.topic = $1
                                AND o.payload @> jsonb_build_object('planYear', m.plan_year, 'month', m.month,
                                                                    'monthVersion', m.version))
       ORDER BY 1, 2`,
      [MONTH_CLOSED],
    );
    for (const { planYear, month, monthVersion } of forgotten)
      await enqueue(tx, MONTH_CLOSED, { planYear, month, monthVersion });
    return forgotten;
  });
}
