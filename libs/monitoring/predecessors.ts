import type { DataSource } from 'typeorm';

/** The run of months below average that a unit stood at in its last rated month. */
export interface LastRun {
  streak: number;
  planYear: number;
  month: number;
}

/** A unit that another one followed, with the run it ended on: streaks start anew at the successor. */
export interface Predecessor {
  code: string;
  name: string;
  /** null if it was never rated. */
  lastRun: LastRun | null;
}

/** Each unit's run in the last month in which it was rated, of the newest plan year up to the one asked for. */
export async function lastRuns(
  db: DataSource,
  unitCodes: readonly string[],
  throughPlanYear: number,
): Promise<Map<string, LastRun>> {
  const rows: (LastRun & { code: string })[] = await db.query(
    `SELECT u.code, l.* FROM unnest($1::text[]) AS u (code)
     JOIN LATERAL (
       SELECT e.plan_year AS "planYear", line.month, line.streak
       FROM evaluation_line AS line JOIN evaluation AS e ON e.id = line.evaluation_id
       WHERE line.unit_code = u.code AND e.plan_year <= $2 AND line.status <> 'not-rated'
       ORDER BY e.plan_year DESC, line.month DESC, e.id DESC LIMIT 1) AS l ON true`,
    [unitCodes, throughPlanYear],
  );
  return new Map(rows.map(({ code, ...run }) => [code, run]));
}

/**
 * The predecessors of units that ended by a day, each with its last run. Their names and runs are part of the
 * successor's own history: whoever sees the successor sees them.
 */
export async function predecessorsOf(
  db: DataSource,
  unitCodes: readonly string[],
  at: { planYear: number; end: string },
): Promise<Map<string, Predecessor[]>> {
  const rows: { successor: string; code: string; name: string }[] = await db.query(
    `SELECT s.successor_code AS successor, u.code, u.name
     FROM unit_succession AS s JOIN unit AS u ON u.code = s.predecessor_code
     WHERE s.successor_code = ANY($1) AND s.effective_date <= $2
     ORDER BY s.effective_date, u.name COLLATE "vi-x-icu", u.code`,
    [unitCodes, at.end],
  );
  const runs = await lastRuns(
    db,
    rows.map(({ code }) => code),
    at.planYear,
  );
  const found = new Map<string, Predecessor[]>();
  for (const { successor, code, name } of rows)
    found.set(successor, [...(found.get(successor) ?? []), { code, name, lastRun: runs.get(code) ?? null }]);
  return found;
}
