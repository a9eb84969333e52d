import type { DataSource } from 'typeorm';
import type { Actor } from '#libs/kernel';
import type { UnitStatus } from './rule/index.js';
import type { WarningCase, WarningCaseStep } from './warning-case.entity.js';

export interface EvaluationUnitRow {
  unitCode: string;
  unitName: string;
  status: UnitStatus;
  plan: bigint;
  disbursed: bigint;
  streak: number;
  flagged: boolean;
  gap: bigint;
}

/** The actor's units in one month of an evaluation, in code order. */
export async function evaluationUnits(
  db: DataSource,
  actor: Actor,
  evaluation: { id: number; month: number },
  page: { after?: string; limit: number },
): Promise<{ items: EvaluationUnitRow[]; total: number }> {
  const scope = actor.units === 'all' ? null : actor.units;
  const from = `FROM evaluation_line AS l JOIN unit AS u ON u.code = l.unit_code
                WHERE l.evaluation_id = $1 AND l.month = $2 AND ($3::text[] IS NULL OR l.unit_code = ANY($3))`;
  const [counted]: { total: string }[] = await db.query(`SELECT count(*) AS total ${from}`, [
    evaluation.id,
    evaluation.month,
    scope,
  ]);
  const rows: (Omit<EvaluationUnitRow, 'plan' | 'disbursed' | 'gap'> & {
    plan: string;
    disbursed: string;
    gap: string;
  })[] = await db.query(
    `SELECT l.unit_code AS "unitCode", u.name AS "unitName", l.status, l.plan, l.disbursed, l.streak, l.flagged, l.gap
     ${from} AND ($4::text IS NULL OR l.unit_code COLLATE "C" > $4) ORDER BY l.unit_code COLLATE "C" LIMIT $5`,
    [evaluation.id, evaluation.month, scope, page.after ?? null, page.limit],
  );
  return {
    items: rows.map((row) => ({
      ...row,
      plan: BigInt(row.plan),
      disbursed: BigInt(row.disbursed),
      gap: BigInt(row.gap),
    })),
    total: Number(counted?.total ?? 0),
  };
}

export type WarningCaseRow = WarningCase & {
  unitName: string;
  steps: (Pick<WarningCaseStep, 'month' | 'change'> & { monthVersion: number })[];
};

/** The actor's warning cases, newest first, each with what every month did to it. */
export async function listWarningCases(
  db: DataSource,
  actor: Actor,
  filter: { state?: WarningCase['state']; unit?: string; before?: number; limit: number },
): Promise<{ items: WarningCaseRow[]; total: number }> {
  const scope = actor.units === 'all' ? null : actor.units;
  const where = `($1::text[] IS NULL OR c.unit_code = ANY($1)) AND ($2::text IS NULL OR c.state = $2)
    AND ($3::text IS NULL OR c.unit_code = $3)`;
  const [counted]: { total: string }[] = await db.query(
    `SELECT count(*) AS total FROM warning_case AS c WHERE ${where}`,
    [scope, filter.state ?? null, filter.unit ?? null],
  );
  const items: WarningCaseRow[] = await db.query(
    `SELECT c.id, c.plan_year AS "planYear", c.unit_code AS "unitCode", u.name AS "unitName",
            c.opened_month AS "openedMonth", c.state, c.ended_month AS "endedMonth", c.end_reason AS "endReason",
            (SELECT json_agg(json_build_object('month', s.month, 'monthVersion', e.month_version, 'change', s.change)
                             ORDER BY s.month, e.month_version)
             FROM warning_case_step AS s JOIN evaluation AS e ON e.id = s.evaluation_id
             WHERE s.case_id = c.id) AS steps
     FROM warning_case AS c JOIN unit AS u ON u.code = c.unit_code
     WHERE ${where} AND ($4::int IS NULL OR c.id < $4) ORDER BY c.id DESC LIMIT $5`,
    [scope, filter.state ?? null, filter.unit ?? null, filter.before ?? null, filter.limit],
  );
  return { items, total: Number(counted?.total ?? 0) };
}
