import type { DataSource, EntityManager } from 'typeorm';
import type { Actor, Dong, Month } from '#libs/kernel';
import { scopeOf } from './cell-queries.js';
import type { ResolutionKind } from './resolution.entity.js';
import type { SignOffAction } from './sign-off.entity.js';
import type { DifferenceCause } from './suggested-cause.rule.js';

export interface ResolutionRow {
  id: number;
  project: string;
  projectName: string | null;
  sourceCode: string;
  carriedOver: boolean;
  kind: ResolutionKind;
  cause: DifferenceCause;
  note: string;
  /** đồng, as answered; for a correction after its entries. */
  books: Dong;
  treasury: Dong;
  /** Correcting entries: where they are booked. */
  entries: { id: number; month: number; amount: Dong }[];
  recordedAt: Date;
  recordedBy: string;
}

export interface StatementRow {
  id: number;
  version: number;
  asOf: string;
  documentNo: string | null;
  lines: number;
  importedAt: Date;
  importedBy: string;
}

export interface SignOffRow {
  action: SignOffAction;
  statementVersion: number;
  reason: string | null;
  recordedAt: Date;
  recordedBy: string;
}

export interface ReconciliationHistory {
  statements: StatementRow[];
  resolutions: ResolutionRow[];
  signOffs: SignOffRow[];
}

/** The newest of each kind that a screen shows. */
const MOST_ROWS = 200;

/** What happened to a month's reconciliation, newest first; resolutions of the actor's units. */
export async function reconciliationHistory(
  db: DataSource,
  actor: Actor,
  month: Month,
): Promise<ReconciliationHistory> {
  const [planYear, number, end, units] = scopeOf(actor, month);
  const statements: StatementRow[] = await db.query(
    `SELECT s.id, s.version, s.as_of::text AS "asOf", s.document_no AS "documentNo", s.lines,
            s.imported_at AS "importedAt", coalesce(a.display_name, s.imported_by) AS "importedBy"
     FROM treasury_statement AS s LEFT JOIN account AS a ON a.username = s.imported_by
     WHERE s.plan_year = $1 AND s.month = $2 ORDER BY s.version DESC LIMIT $3`,
    [planYear, number, MOST_ROWS],
  );
  const signOffs: SignOffRow[] = await db.query(
    `SELECT o.action, s.version AS "statementVersion", o.reason, o.recorded_at AS "recordedAt",
            coalesce(a.display_name, o.recorded_by) AS "recordedBy"
     FROM reconciliation_sign_off AS o JOIN treasury_statement AS s ON s.id = o.statement_id
     LEFT JOIN account AS a ON a.username = o.recorded_by
     WHERE o.plan_year = $1 AND o.month = $2 ORDER BY o.id DESC LIMIT $3`,
    [planYear, number, MOST_ROWS],
  );
  const ids: { id: number }[] = await db.query(
    `SELECT r.id FROM reconciliation_resolution AS r
     LEFT JOIN project_unit AS h
       ON h.project_code = r.cell_project AND daterange(h.valid_from, h.valid_to, '[]') @> $3::date
     WHERE r.plan_year = $1 AND r.month = $2 AND ($4::text[] IS NULL OR h.unit_code = ANY($4))
     ORDER BY r.id DESC LIMIT $5`,
    [planYear, number, end, units, MOST_ROWS],
  );
  const found = await resolutionsOf(
    db,
    ids.map(({ id }) => id),
  );
  return { statements, resolutions: [...found.values()].sort((a, b) => b.id - a.id), signOffs };
}

/** Resolutions by id, with their entries. */
export async function resolutionsOf(
  db: DataSource | EntityManager,
  ids: readonly number[],
): Promise<Map<number, ResolutionRow>> {
  const rows: (Omit<ResolutionRow, 'books' | 'treasury' | 'entries'> & {
    books: string;
    treasury: string;
    entries: { id: number; month: number; amount: string }[];
  })[] = await db.query(
    `SELECT r.id, r.cell_project AS project, p.name AS "projectName", r.source_code AS "sourceCode",
            r.carried_over AS "carriedOver", r.kind, r.cause, r.note, r.books, r.treasury,
            r.recorded_at AS "recordedAt", coalesce(a.display_name, r.recorded_by) AS "recordedBy",
            coalesce((SELECT json_agg(json_build_object('id', e.id, 'month', e.month, 'amount', e.amount::text)
                                      ORDER BY e.id)
                      FROM reconciliation_entry AS c JOIN disbursement_entry AS e ON e.id = c.entry_id
                      WHERE c.resolution_id = r.id), '[]') AS entries
     FROM reconciliation_resolution AS r
     LEFT JOIN project AS p ON p.code = r.cell_project
     LEFT JOIN account AS a ON a.username = r.recorded_by
     WHERE r.id = ANY($1)`,
    [ids],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        ...row,
        books: BigInt(row.books),
        treasury: BigInt(row.treasury),
        entries: row.entries.map((entry) => ({ ...entry, amount: BigInt(entry.amount) })),
      },
    ]),
  );
}
