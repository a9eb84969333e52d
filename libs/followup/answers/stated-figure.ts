import type { EntityManager } from 'typeorm';
import type { Dong, Month } from '#libs/kernel';
import type { ContestedFigure } from './answer.entity.js';

export interface FigureKey {
  month: Month;
  figure: ContestedFigure;
  projectCode: string | null;
  sourceCode: string | null;
}

/**
 * What stands now for a contested figure, in đồng, cumulative to the month's end: of the unit as a whole as the newest
 * evaluation froze it, of one of its projects or sources as the books hold it (assigned by the province, actual
 * payments, without carried-over capital). null where there is nothing that could be contested.
 */
export async function statedFigure(
  tx: EntityManager,
  unitCode: string,
  { month, figure, projectCode, sourceCode }: FigureKey,
): Promise<Dong | null> {
  const { planYear, number } = month;
  if (projectCode === null && sourceCode === null) {
    const [frozen]: { value: string }[] = await tx.query(
      `SELECT l.${figure}::text AS value FROM evaluation_line AS l JOIN evaluation AS e ON e.id = l.evaluation_id
       WHERE e.plan_year = $1 AND l.month = $2 AND l.unit_code = $3 ORDER BY e.id DESC LIMIT 1`,
      [planYear, number, unitCode],
    );
    return frozen ? BigInt(frozen.value) : null;
  }
  const opened: unknown[] = await tx.query('SELECT FROM reporting_month WHERE plan_year = $1 AND month = $2', [
    planYear,
    number,
  ]);
  if (opened.length === 0) return null;
  const [rows, until, only] =
    figure === 'plan'
      ? ['allocation_line', 'effective_month', "basis = 'province'"]
      : ['disbursement_entry', 'month', "basis = 'actual'"];
  const [booked]: { value: string | null }[] = await tx.query(
    `SELECT sum(amount)::text AS value FROM ${rows}
     WHERE plan_year = $1 AND ${until} <= $2 AND unit_code = $3 AND ${only} AND NOT carried_over
       AND ($4::text IS NULL OR project_code = $4) AND ($5::text IS NULL OR source_code = $5)`,
    [planYear, number, unitCode, projectCode, sourceCode],
  );
  if (booked?.value != null) return BigInt(booked.value);
  return (await isOfUnit(tx, unitCode, projectCode, sourceCode)) ? 0n : null;
}

/** A project that the unit holds or held, a source that exists: nothing booked is a figure too. */
async function isOfUnit(
  tx: EntityManager,
  unitCode: string,
  projectCode: string | null,
  sourceCode: string | null,
): Promise<boolean> {
  const [found]: { known: boolean }[] = await tx.query(
    `SELECT ($2::text IS NULL OR EXISTS (SELECT FROM project_unit WHERE project_code = $2 AND unit_code = $1))
        AND ($3::text IS NULL OR EXISTS (SELECT FROM funding_source WHERE code = $3)) AS known`,
    [unitCode, projectCode, sourceCode],
  );
  return found?.known ?? false;
}
