import type { DataSource } from 'typeorm';
import { DomainError, maySeeUnit, type Actor, type Dong } from '#libs/kernel';
import type { OrganisationErrorCode } from '#libs/organisation';
import type { CellKey } from './comment-cell.js';
import { listDisbursements, type DisbursementRow } from './ledger-queries.js';

/** How many periods back the side panel looks, the cell's own month included. */
export const VALUES_SHOWN = 12;
const MOST_ENTRIES_SHOWN = 200;
const MOST_COMMENTS_SHOWN = 50;

export interface CellComments {
  id: number;
  text: string;
  recordedAt: Date;
  recordedBy: string;
}

export interface CellHistory {
  /** Oldest first; periods of plan years that were never opened are left out. null: nothing booked. */
  values: { planYear: number; month: number; actual: Dong | null }[];
  /** Entries of the cell, newest first, both bases. */
  entries: (DisbursementRow & { recordedByName: string })[];
  /** Newest first. */
  comments: CellComments[];
}

/** What the side panel of a cell tells: where its figure comes from and what was said about it. */
export async function cellHistory(db: DataSource, actor: Actor, cell: CellKey): Promise<CellHistory> {
  const { unitCode, projectCode, sourceCode, carriedOver, month } = cell;
  if (!maySeeUnit(actor, unitCode)) throw new DomainError<OrganisationErrorCode>('unit-unknown', { unit: unitCode });
  const values: { planYear: number; month: number; actual: string | null }[] = await db.query(
    `SELECT m.plan_year AS "planYear", m.month, sum(e.amount) AS actual
     FROM reporting_month AS m LEFT JOIN disbursement_entry AS e
       ON e.plan_year = m.plan_year AND e.month = m.month AND e.basis = 'actual'
      AND e.unit_code = $3 AND e.project_code = $4 AND e.source_code = $5 AND e.carried_over = $6
     WHERE (m.plan_year, m.month) <= ($1::int, $2::int) AND m.plan_year >= $1::int - 1
     GROUP BY m.plan_year, m.month
     -- Month 13 runs beside month 1 of the next year: it is told where it holds something.
     HAVING m.month <= 12 OR m.plan_year = $1 OR sum(e.amount) IS NOT NULL
     ORDER BY m.plan_year DESC, m.month DESC LIMIT ${VALUES_SHOWN}`,
    [month.planYear, month.number, unitCode, projectCode, sourceCode, carriedOver],
  );
  const { items } = await listDisbursements(db, actor, {
    planYear: month.planYear,
    month: month.number,
    unitCode,
    projectCode,
    limit: MOST_ENTRIES_SHOWN,
  });
  const comments: CellComments[] = await db.query(
    `SELECT c.id, c.text, c.recorded_at AS "recordedAt", coalesce(a.display_name, c.recorded_by) AS "recordedBy"
     FROM cell_comment AS c LEFT JOIN account AS a ON a.username = c.recorded_by
     WHERE c.plan_year = $1 AND c.month = $2 AND c.unit_code = $3 AND c.project_code = $4 AND c.source_code = $5
       AND c.carried_over = $6
     ORDER BY c.id DESC LIMIT ${MOST_COMMENTS_SHOWN}`,
    [month.planYear, month.number, unitCode, projectCode, sourceCode, carriedOver],
  );
  const entries = items.filter((entry) => entry.sourceCode === sourceCode && entry.carriedOver === carriedOver);
  const nameOf = await displayNames(db, entries);
  return {
    values: values.reverse().map((row) => ({ ...row, actual: row.actual === null ? null : BigInt(row.actual) })),
    entries: entries.map((entry) => ({ ...entry, recordedByName: nameOf.get(entry.recordedBy) ?? entry.recordedBy })),
    comments,
  };
}

async function displayNames(db: DataSource, entries: readonly DisbursementRow[]): Promise<Map<string, string>> {
  const rows: { username: string; name: string }[] = await db.query(
    'SELECT username, display_name AS name FROM account WHERE username = ANY($1)',
    [[...new Set(entries.map(({ recordedBy }) => recordedBy))]],
  );
  return new Map(rows.map(({ username, name }) => [username, name]));
}
