import type { DataSource, EntityManager } from 'typeorm';
import type { Actor, Dong, FieldProblem, IsoDate } from '#libs/kernel';
import { isVisibleProject, projectScope } from '#libs/projects';
import type { LedgerProblemCode } from './errors.js';
import type { NewDisbursement } from './record-disbursements.js';

/**
 * SQL: whether the entry `e` moves the balance of unrecovered advances. An advance raises it, its recovery lowers it,
 * and a refund, correction or transfer moves it when it names one of them. Only what was paid counts, in whatever
 * plan year: an advance of December is recovered in the next year.
 */
const MOVES_ADVANCES = `e.basis = 'actual' AND (e.kind IN ('advance', 'advance-recovery') OR EXISTS (
  SELECT FROM disbursement_entry AS n WHERE n.id = e.corrects AND n.kind IN ('advance', 'advance-recovery')))`;

export interface AdvanceRow {
  projectCode: string;
  projectName: string;
  sourceCode: string;
  sourceName: string;
  /** Who holds the project on the business day: a successor recovers what its predecessor advanced. */
  unitCode: string | null;
  unitName: string | null;
  /** đồng paid in advance, recovered (above zero), and still to recover. */
  advanced: Dong;
  recovered: Dong;
  balance: Dong;
  /** The plan year and month of the oldest advance. */
  since: { planYear: number; month: number };
}

export interface AdvanceFilter {
  on: IsoDate;
  unitCode?: string;
  projectCode?: string;
  /** Rows after this project and source, in the order of the list. */
  after?: { projectCode: string; sourceCode: string };
  limit: number;
}

/** What is not yet recovered, by project and source, of the actor's units; settled ones are left out. */
export async function listAdvances(
  db: DataSource,
  actor: Actor,
  filter: AdvanceFilter,
): Promise<{ items: AdvanceRow[]; total: number; sum: Dong }> {
  const values = [filter.on, ...projectScope(actor), filter.unitCode ?? null, filter.projectCode ?? null];
  const balances = `
    SELECT e.project_code, e.source_code, h.unit_code,
           sum(e.amount) FILTER (WHERE e.kind <> 'advance-recovery') AS advanced,
           -coalesce(sum(e.amount) FILTER (WHERE e.kind = 'advance-recovery'), 0) AS recovered,
           sum(e.amount) AS balance, min(e.plan_year * 100 + e.month) AS since
    FROM disbursement_entry AS e
    LEFT JOIN project_unit AS h ON h.project_code = e.project_code
      AND daterange(h.valid_from, h.valid_to, '[]') @> $1::date
    WHERE ${MOVES_ADVANCES} AND ${isVisibleProject({ unit: 'h.unit_code', project: 'e.project_code' }, { units: '$2', places: '$3' })}
      AND ($4::text IS NULL OR h.unit_code = $4) AND ($5::text IS NULL OR e.project_code = $5)
    GROUP BY e.project_code, e.source_code, h.unit_code HAVING sum(e.amount) <> 0`;
  const [counted]: { total: string; sum: string }[] = await db.query(
    `SELECT count(*) AS total, coalesce(sum(balance), 0) AS sum FROM (${balances}) AS b`,
    values,
  );
  const rows: (Omit<AdvanceRow, 'since'> & Record<'advanced' | 'recovered' | 'balance', string> & { since: number })[] =
    await db.query(
      `SELECT b.project_code AS "projectCode", p.name AS "projectName", b.source_code AS "sourceCode",
              s.name AS "sourceName", b.unit_code AS "unitCode", u.name AS "unitName",
              coalesce(b.advanced, 0) AS advanced, b.recovered, b.balance, b.since
       FROM (${balances}) AS b
       JOIN project AS p ON p.code = b.project_code
       JOIN funding_source AS s ON s.code = b.source_code
       LEFT JOIN unit AS u ON u.code = b.unit_code
       WHERE $6::text IS NULL OR (b.project_code, b.source_code) > ($6, $7)
       ORDER BY b.project_code, b.source_code LIMIT $8`,
      [...values, filter.after?.projectCode ?? null, filter.after?.sourceCode ?? null, filter.limit],
    );
  return {
    items: rows.map(({ since, ...row }) => ({
      ...row,
      advanced: BigInt(row.advanced),
      recovered: BigInt(row.recovered),
      balance: BigInt(row.balance),
      since: { planYear: Math.trunc(since / 100), month: since % 100 },
    })),
    total: Number(counted?.total ?? 0),
    sum: BigInt(counted?.sum ?? 0),
  };
}

/**
 * A recovery may not exceed what is unrecovered of its project and source, the new entries counted in. The projects
 * stay locked until the commit, so that two recoveries of one advance see each other.
 */
export async function advanceProblems(tx: EntityManager, entries: readonly NewDisbursement[]): Promise<FieldProblem[]> {
  const named = await advanceEntries(tx, entries);
  const moving = entries
    .map((entry, index) => ({ ...entry, index }))
    .filter(
      ({ basis, kind, corrects }) =>
        basis === 'actual' &&
        (kind === 'advance' || kind === 'advance-recovery' || (corrects !== null && named.has(corrects))),
    );
  const lowering = moving.filter(({ amount }) => amount < 0n);
  if (lowering.length === 0) return [];
  const projects = [...new Set(lowering.map(({ projectCode }) => projectCode))];
  await tx.query('SELECT FROM project WHERE code = ANY($1) ORDER BY code FOR NO KEY UPDATE', [projects]);
  const rows: { project: string; source: string; balance: string }[] = await tx.query(
    `SELECT e.project_code AS project, e.source_code AS source, sum(e.amount) AS balance
     FROM disbursement_entry AS e WHERE e.project_code = ANY($1) AND ${MOVES_ADVANCES} GROUP BY 1, 2`,
    [projects],
  );
  const key = (project: string, source: string): string => JSON.stringify([project, source]);
  const balanceOf = new Map(rows.map((row) => [key(row.project, row.source), BigInt(row.balance)]));
  const movements = new Map<string, { raised: Dong; lowered: Dong; last: number }>();
  for (const { projectCode, sourceCode, amount, index } of moving) {
    const at = key(projectCode, sourceCode);
    const movement = movements.get(at) ?? { raised: 0n, lowered: 0n, last: index };
    if (amount < 0n) Object.assign(movement, { lowered: movement.lowered - amount, last: index });
    else movement.raised += amount;
    movements.set(at, movement);
  }
  const code: LedgerProblemCode = 'advance-exceeded';
  return [...movements].flatMap(([at, { raised, lowered, last }]) => {
    const unrecovered = (balanceOf.get(at) ?? 0n) + raised;
    if (lowered === 0n || lowered <= unrecovered) return [];
    const [project, source] = JSON.parse(at) as [string, string];
    const facts = { project, source, unrecovered: String(unrecovered), recovery: String(lowered) };
    return [{ pointer: `/entries/${last}/amountDong`, code, facts }];
  });
}

/** Of the entries that the new ones name, those that are advances or recoveries. */
async function advanceEntries(tx: EntityManager, entries: readonly NewDisbursement[]): Promise<Set<number>> {
  const ids = entries.map(({ corrects }) => corrects).filter((id) => id !== null);
  if (ids.length === 0) return new Set();
  const rows: { id: number }[] = await tx.query(
    "SELECT id FROM disbursement_entry WHERE id = ANY($1) AND kind IN ('advance', 'advance-recovery')",
    [ids],
  );
  return new Set(rows.map(({ id }) => id));
}
