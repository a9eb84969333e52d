import type { DataSource, EntityManager } from 'typeorm';
import { Month, systemActor, type Actor, type Dong } from '#libs/kernel';
import { ReportingMonth, type MonthState } from '#libs/ledger';
import { figuresInScope, scopeOf } from './cell-queries.js';

/** Why a signature no longer holds: a newer statement, an entry since, a difference that is open again. */
export type StaleBecause = 'statement' | 'entries' | 'differences';

export interface SignOffState {
  state: 'none' | 'signed' | 'stale';
  at: Date | null;
  by: string | null;
  staleBecause: StaleBecause[];
}

export interface StatementHead {
  id: number;
  version: number;
  /** The day up to which the Treasury counted. */
  asOf: string;
  documentNo: string | null;
  importedAt: Date;
  importedBy: string;
}

export interface ReconciliationState {
  /** The newest statement; without one there is nothing to compare, and all counts are 0. */
  statement: StatementHead | null;
  /** Figures compared: project × source × series. */
  cells: number;
  matched: number;
  /** That differ, answered or not. */
  differences: number;
  /** Of them without an answer that still holds. */
  open: number;
  /** Of the open ones those whose answer fell away because the figures changed. */
  lapsed: number;
  accepted: number;
  /** Matched by a correcting entry. */
  corrected: number;
  /** đồng */
  books: Dong;
  treasury: Dong;
  /** đồng of the statement that the books have exactly so. */
  matchedAmount: Dong;
  signOff: SignOffState;
  /** Signed, and nothing changed since. */
  signedOff: boolean;
}

/**
 * Where a month's reconciliation with the Treasury stands. Counts and sums within the actor's units; the signature is
 * of the whole month, whoever asks.
 */
export async function reconciliationState(
  db: DataSource | EntityManager,
  month: Month,
  actor: Actor = systemActor('job'),
): Promise<ReconciliationState> {
  const statement = await newestHead(db, month);
  const counts = statement ? await countCells(db, month, actor) : NOTHING;
  const whole = actor.units === 'all' || !statement ? counts : await countCells(db, month, systemActor('job'));
  const signOff = await signOffState(db, month, statement, whole.open);
  return { statement, ...counts, signOff, signedOff: signOff.state === 'signed' };
}

/** The signature alone, without comparing the figures: whether differences opened again is not looked at. */
export async function signOffState(
  db: DataSource | EntityManager,
  { planYear, number }: Month,
  statement: StatementHead | null,
  openDifferences: number,
): Promise<SignOffState> {
  const [last]: { action: string; statement_id: number; entries: string; at: Date; by: string; now: string }[] =
    await db.query(
      `SELECT o.action, o.statement_id, o.entries, o.recorded_at AS at, coalesce(a.display_name, o.recorded_by) AS by,
              (SELECT coalesce(sum(t.entries), 0) FROM disbursement_total AS t
               WHERE t.plan_year = $1 AND t.month = $2 AND t.basis = 'actual')
              + (SELECT count(*) FROM reconciliation_entry AS c WHERE c.plan_year = $1 AND c.month = $2) AS now
       FROM reconciliation_sign_off AS o LEFT JOIN account AS a ON a.username = o.recorded_by
       WHERE o.plan_year = $1 AND o.month = $2 ORDER BY o.id DESC LIMIT 1`,
      [planYear, number],
    );
  if (last?.action !== 'signed') return { state: 'none', at: null, by: null, staleBecause: [] };
  const staleBecause: StaleBecause[] = [
    ...(last.statement_id === statement?.id ? [] : ['statement' as const]),
    ...(last.entries === last.now ? [] : ['entries' as const]),
    ...(openDifferences === 0 ? [] : ['differences' as const]),
  ];
  return { state: staleBecause.length > 0 ? 'stale' : 'signed', at: last.at, by: last.by, staleBecause };
}

export async function newestHead(
  db: DataSource | EntityManager,
  { planYear, number }: Month,
): Promise<StatementHead | null> {
  const [head]: StatementHead[] = await db.query(
    `SELECT s.id, s.version, s.as_of::text AS "asOf", s.document_no AS "documentNo", s.imported_at AS "importedAt",
            coalesce(a.display_name, s.imported_by) AS "importedBy"
     FROM treasury_statement AS s LEFT JOIN account AS a ON a.username = s.imported_by
     WHERE s.plan_year = $1 AND s.month = $2 ORDER BY s.version DESC LIMIT 1`,
    [planYear, number],
  );
  return head ?? null;
}

type Counts = Omit<ReconciliationState, 'statement' | 'signOff' | 'signedOff'>;

const NOTHING: Counts = {
  cells: 0,
  matched: 0,
  differences: 0,
  open: 0,
  lapsed: 0,
  accepted: 0,
  corrected: 0,
  books: 0n,
  treasury: 0n,
  matchedAmount: 0n,
};

async function countCells(db: DataSource | EntityManager, month: Month, actor: Actor): Promise<Counts> {
  const [row]: Record<
    'cells' | 'open' | 'lapsed' | 'accepted' | 'corrected' | 'matched' | 'books' | 'treasury' | 'matched_amount',
    string
  >[] = await db.query(
    `SELECT count(*) AS cells, count(*) FILTER (WHERE state IN ('open', 'lapsed')) AS open,
              count(*) FILTER (WHERE state = 'lapsed') AS lapsed, count(*) FILTER (WHERE state = 'accepted') AS accepted,
              count(*) FILTER (WHERE state = 'corrected') AS corrected,
              count(*) FILTER (WHERE state IN ('matched', 'corrected')) AS matched,
              coalesce(sum(books), 0) AS books, coalesce(sum(treasury), 0) AS treasury,
              coalesce(sum(treasury) FILTER (WHERE books = treasury), 0) AS matched_amount
       FROM ${
         // Whose they are costs a look at every project, and the department asks for all of them.
         actor.units === 'all'
           ? '(SELECT * FROM reconciliation_figure WHERE plan_year = $1 AND month = $2 AND $3::date IS NOT NULL AND $4::text[] IS NULL)'
           : `(${figuresInScope(actor)})`
       } AS c`,
    scopeOf(actor, month),
  );
  const count = (name: keyof NonNullable<typeof row>): number => Number(row?.[name] ?? 0);
  return {
    cells: count('cells'),
    matched: count('matched'),
    differences: count('open') + count('accepted'),
    open: count('open'),
    lapsed: count('lapsed'),
    accepted: count('accepted'),
    corrected: count('corrected'),
    books: BigInt(row?.books ?? 0),
    treasury: BigInt(row?.treasury ?? 0),
    matchedAmount: BigInt(row?.matched_amount ?? 0),
  };
}

export interface ReconciliationMonth {
  month: Month;
  monthState: MonthState;
  statement: StatementHead | null;
  /** As far as it is known without comparing the figures. */
  signOff: SignOffState;
}

/** The months of a plan year with their newest statement and signature. */
export async function listReconciliations(db: DataSource, planYear: number): Promise<ReconciliationMonth[]> {
  const months = await db.manager.find(ReportingMonth, { where: { planYear }, order: { month: 'ASC' } });
  const found: ReconciliationMonth[] = [];
  for (const { month: number, state } of months) {
    const month = Month.of(planYear, number);
    const statement = await newestHead(db, month);
    found.push({ month, monthState: state, statement, signOff: await signOffState(db, month, statement, 0) });
  }
  return found;
}
