import type { EntityManager } from 'typeorm';
import type { RecordAudit } from '#libs/audit';
import type { Actor } from '#libs/kernel';
import { advanceNotice } from './advance-notice.js';

/**
 * Closes the notices of a plan year of which nothing is left: every case in them has cleared or ended, every report
 * that was missing is not missing any more. The month that did it is named. One whose cases were only withdrawn by a
 * correction waits for the correction, which takes it back.
 */
export async function closeSettled(
  tx: EntityManager,
  actor: Actor,
  planYear: number,
  record: RecordAudit,
): Promise<number[]> {
  const settled: {
    id: number;
    month: number;
    cleared: string[] | null;
    ended: string[] | null;
    reported: string[] | null;
  }[] = await tx.query(
    `WITH line AS (
         SELECT n.id, u.short_name AS unit, c.state,
                CASE WHEN l.case_id IS NOT NULL THEN c.ended_month ELSE (
                  SELECT min(e.month) FROM evaluation AS e
                  JOIN evaluation_line AS el ON el.evaluation_id = e.id AND el.month = e.month AND el.unit_code = l.unit_code
                  WHERE e.plan_year = n.plan_year AND e.month > n.month AND el.status <> 'missing') END AS month
         FROM notice AS n JOIN notice_line AS l ON l.notice_id = n.id JOIN unit AS u ON u.code = l.unit_code
         LEFT JOIN warning_case AS c ON c.id = l.case_id
         WHERE n.plan_year = $1 AND n.step = '' AND n.audience IN ('team', 'unit') AND l.kind <> 'left-list'
           AND n.state NOT IN ('draft', 'closed', 'withdrawn'))
       SELECT id, max(month) AS month,
              array_agg(unit ORDER BY unit) FILTER (WHERE state = 'cleared') AS cleared,
              array_agg(unit ORDER BY unit) FILTER (WHERE state = 'ended') AS ended,
              array_agg(unit ORDER BY unit) FILTER (WHERE state IS NULL) AS reported
       FROM line GROUP BY id
       HAVING bool_and(month IS NOT NULL) AND bool_or(state IS NULL OR state IN ('cleared', 'ended'))
       ORDER BY id`,
    [planYear],
  );
  for (const { id, month, ...units } of settled) {
    const because = [
      units.cleared && `Hết cảnh báo: ${units.cleared.join(', ')}`,
      units.ended && `Kết thúc theo dõi, chưa hết cảnh báo: ${units.ended.join(', ')}`,
      units.reported && `Đã có báo cáo: ${units.reported.join(', ')}`,
    ]
      .filter(Boolean)
      .join('. ');
    await advanceNotice(tx, record, actor, id, 'closed', { because, month });
  }
  return settled.map(({ id }) => id);
}
