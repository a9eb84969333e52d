import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import {
  DomainError,
  isStorableDong,
  systemClock,
  type Actor,
  type Dong,
  type FieldProblem,
  type IsoDate,
  type Month,
} from '#libs/kernel';
import type { CellKey } from './comment-cell.js';
import type { EntryBasis } from './disbursement.entity.js';
import { USUAL_LIMITS, type WarningLimits } from './disbursement-warnings.rule.js';
import type { LedgerErrorCode } from './errors.js';
import type { GridErrorCode, GridProblemCode } from './grid-errors.js';
import { bookEntries, judgeEntries, unexplainedProblems, type MonthEntry } from './book-entries.js';
import { asLedgerRefusal } from './refusals.js';

/** What a person states about a cell: its new total, and the total that the screen showed when it was typed. */
export interface StatedCell extends CellKey {
  basis: EntryBasis;
  /** đồng; the new total of the month's cell */
  amount: Dong;
  /** đồng; 0 for a cell that had no entry */
  expected: Dong;
  /** How a lowering is booked; a correction unless it is money that came back. */
  lowering: 'correction' | 'refund';
  /** Needed for a lowering. */
  reason: string | null;
  documentNo: string | null;
  documentDate: IsoDate | null;
}

export interface StatedOutcome {
  outcome: 'booked' | 'same' | 'conflict' | 'refused';
  /** đồng in the books after the transaction */
  book: Dong;
  /** The newest entry of the cell, 0 without one: the cell's version. */
  version: number;
  /** Who booked the newest entry, and when; of a conflict, the person to ask. */
  changedBy: string | null;
  changedAt: Date | null;
  problems: FieldProblem[];
}

/**
 * States the totals of cells of one plan year's open months (at most MOST_ENTRIES). Booked is the difference alone,
 * as a payment or, where the total falls, as a correction that names the cell's newest entry; a total that the books
 * hold already books nothing (I8). A cell whose book value is neither the expected nor the stated one is a conflict.
 *
 * With any problem nothing is booked (`cells-in-conflict` if all of them are conflicts, else `cells-refused`), unless
 * `partial`: then the sound cells are booked and the others come back with what is wrong.
 */
export async function stateCells(
  db: DataSource,
  actor: Actor,
  cells: readonly StatedCell[],
  partial: boolean,
  limits: WarningLimits = USUAL_LIMITS,
): Promise<StatedOutcome[]> {
  const months = [...new Map(cells.map(({ month }) => [month.toString(), month])).values()];
  return asLedgerRefusal({ month: months.join(', ') }, () =>
    auditedTransaction(db, actor, async (tx, record) => {
      await lockStatedUnits(tx, cells);
      const states = await lockMonths(tx, months);
      const books = await bookValues(tx, actor, cells);
      const entries = cells.map((cell, i) => differenceOf(cell, books[i] as BookValue));
      const judged = await judgeEntries(tx, actor, entries, '/cells', limits);
      const problems = [
        ...cells.flatMap((cell, i) => monthProblem(cell.month, states, i)),
        ...repeated(cells),
        ...judged.problems,
        ...unexplainedProblems(entries, judged.warnings, '/cells'),
        ...cells.flatMap((cell, i) => conflict(cell, books[i] as BookValue, i)),
        ...entries.flatMap(({ amount }, i) => outOfRange(amount, i)),
      ].filter(({ pointer }) => !isSettled(cells, books, pointer));
      if (problems.length > 0 && !partial) throw refusalOf(problems);

      const wrong = new Set(problems.map(({ pointer }) => cellOf(pointer)));
      const due = entries.flatMap((entry, i) => (entry.amount === 0n || wrong.has(i) ? [] : [i]));
      const kept = judged.warnings.filter(({ entry }) => due.includes(entry));
      const { ids } = await bookEntries(
        tx,
        actor,
        due.map((i) => entries[i] as MonthEntry),
        kept.map((warning) => ({ ...warning, entry: due.indexOf(warning.entry) })),
      );
      if (ids.length > 0)
        record({
          action: 'disbursement.state-cells',
          objectType: 'disbursement',
          objectId: ids.length === 1 ? String(ids[0]) : `${ids[0]}-${ids.at(-1)}`,
          before: due.map((i) => ({ book: (books[i] as BookValue).amount })),
          after: due.map((i, n) => ({
            ...entries[i],
            month: cells[i]?.month.toString(),
            id: ids[n],
            total: cells[i]?.amount,
          })),
        });
      const idOf = new Map(due.map((i, n) => [i, ids[n] as number]));
      return cells.map((cell, i) => outcomeOf(cell, books[i] as BookValue, idOf.get(i), problems, i, actor));
    }),
  );
}

/**
 * Whoever states totals reads them first: two of them take turns, by unit. Entries that are merely added need no
 * turn, for the difference booked here is right before or after them.
 */
export async function lockStatedUnits(tx: EntityManager, cells: readonly { unitCode: string }[]): Promise<void> {
  await tx.query('SELECT 1 FROM unit WHERE code = ANY($1) ORDER BY code FOR NO KEY UPDATE', [
    [...new Set(cells.map(({ unitCode }) => unitCode))],
  ]);
}

/** Held as the triggers hold them: a close waits for this transaction, or has come first and shows. */
async function lockMonths(tx: EntityManager, months: readonly Month[]): Promise<Map<string, string>> {
  const rows: { month: string; state: string }[] = await tx.query(
    `SELECT m.plan_year || '-' || lpad(m.month::text, 2, '0') AS month, m.state FROM reporting_month AS m
     WHERE (m.plan_year, m.month) IN (SELECT * FROM unnest($1::int[], $2::int[]))
     ORDER BY m.plan_year, m.month FOR SHARE`,
    [months.map(({ planYear }) => planYear), months.map(({ number }) => number)],
  );
  return new Map(rows.map(({ month, state }) => [month, state]));
}

interface BookValue {
  amount: Dong;
  version: number;
  changedBy: string | null;
  changedAt: Date | null;
}

/** What the books hold of each cell, in the given order; of a unit that is not the actor's, nothing. */
async function bookValues(tx: EntityManager, actor: Actor, cells: readonly StatedCell[]): Promise<BookValue[]> {
  const rows: { amount: string; version: number; changed_by: string | null; changed_at: Date | null }[] =
    await tx.query(
      `SELECT coalesce(book.amount, 0) AS amount, coalesce(book.version, 0) AS version,
            coalesce(a.display_name, newest.recorded_by) AS changed_by, newest.recorded_at AS changed_at
     FROM unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::text[]) WITH ORDINALITY
       AS c (plan_year, month, unit_code, project_code, source_code, carried_over, basis, place)
     LEFT JOIN LATERAL (
       SELECT sum(e.amount) AS amount, max(e.id) AS version FROM disbursement_entry AS e
       WHERE e.plan_year = c.plan_year AND e.month = c.month AND e.unit_code = c.unit_code
         AND e.project_code = c.project_code AND e.source_code = c.source_code
         AND e.carried_over = c.carried_over AND e.basis = c.basis
         AND ($8::text[] IS NULL OR e.unit_code = ANY($8))
     ) AS book ON true
     LEFT JOIN disbursement_entry AS newest ON newest.id = book.version
     LEFT JOIN account AS a ON a.username = newest.recorded_by
     ORDER BY c.place`,
      [
        cells.map(({ month }) => month.planYear),
        cells.map(({ month }) => month.number),
        cells.map(({ unitCode }) => unitCode),
        cells.map(({ projectCode }) => projectCode),
        cells.map(({ sourceCode }) => sourceCode),
        cells.map(({ carriedOver }) => carriedOver),
        cells.map(({ basis }) => basis),
        actor.units === 'all' ? null : actor.units,
      ],
    );
  return rows.map((row) => ({
    amount: BigInt(row.amount),
    version: row.version,
    changedBy: row.changed_by,
    changedAt: row.changed_at,
  }));
}

/** The one entry that brings the cell to its stated total; of amount 0 where nothing is to be booked. */
function differenceOf(cell: StatedCell, book: BookValue): MonthEntry {
  const { unitCode, projectCode, sourceCode, carriedOver, month, basis, documentNo, documentDate } = cell;
  const amount = cell.amount - book.amount;
  const lowers = amount < 0n;
  return {
    unitCode,
    projectCode,
    sourceCode,
    carriedOver,
    month,
    basis,
    kind: lowers ? cell.lowering : 'payment',
    amount,
    documentNo,
    documentDate,
    reason: cell.reason,
    corrects: lowers && book.version > 0 ? book.version : null,
  };
}

function monthProblem(month: Month, states: ReadonlyMap<string, string>, i: number): FieldProblem[] {
  const state = states.get(month.toString());
  const code: LedgerErrorCode = state === undefined ? 'month-not-opened' : 'month-closed';
  return state === undefined || state === 'closed'
    ? [{ pointer: `/cells/${i}/month`, code, facts: { month: month.toString() } }]
    : [];
}

function repeated(cells: readonly StatedCell[]): FieldProblem[] {
  const seen = new Set<string>();
  const code: GridProblemCode = 'cell-twice';
  return cells.flatMap(({ month, unitCode, projectCode, sourceCode, carriedOver, basis }, i) => {
    const key = JSON.stringify([month.toString(), unitCode, projectCode, sourceCode, carriedOver, basis]);
    if (seen.has(key)) return [{ pointer: `/cells/${i}`, code, facts: { project: projectCode } }];
    seen.add(key);
    return [];
  });
}

function conflict(cell: StatedCell, book: BookValue, i: number): FieldProblem[] {
  if (book.amount === cell.expected) return [];
  const code: GridProblemCode = 'cell-changed';
  const facts = {
    expected: cell.expected.toString(),
    book: book.amount.toString(),
    stated: cell.amount.toString(),
    by: book.changedBy ?? '',
  };
  return [{ pointer: `/cells/${i}/expectedDong`, code, facts }];
}

function outOfRange(amount: Dong, i: number): FieldProblem[] {
  const code: GridProblemCode = 'difference-out-of-range';
  return isStorableDong(amount)
    ? []
    : [{ pointer: `/cells/${i}/amountDong`, code, facts: { amount: amount.toString() } }];
}

/** A total that the books hold already needs nothing, not even agreement on what stood there before. */
function isSettled(cells: readonly StatedCell[], books: readonly BookValue[], pointer: string): boolean {
  const i = cellOf(pointer);
  const isAboutChange = /\/(expectedDong|reason)$/.test(pointer);
  return isAboutChange && cells[i]?.amount === books[i]?.amount;
}

function cellOf(pointer: string): number {
  return Number(/^\/cells\/(\d+)/.exec(pointer)?.[1]);
}

function refusalOf(problems: FieldProblem[]): DomainError<GridErrorCode> {
  const inConflict = problems.every(({ code }) => code === ('cell-changed' satisfies GridProblemCode));
  const cells = new Set(problems.map(({ pointer }) => cellOf(pointer))).size;
  return new DomainError<GridErrorCode>(inConflict ? 'cells-in-conflict' : 'cells-refused', { cells }, problems);
}

function outcomeOf(
  cell: StatedCell,
  book: BookValue,
  id: number | undefined,
  problems: readonly FieldProblem[],
  i: number,
  actor: Actor,
): StatedOutcome {
  const own = problems.filter(({ pointer }) => cellOf(pointer) === i);
  if (own.length > 0) {
    const inConflict = own.every(({ code }) => code === ('cell-changed' satisfies GridProblemCode));
    return { ...outcome(inConflict ? 'conflict' : 'refused', book), problems: own };
  }
  if (id === undefined) return outcome('same', book);
  return {
    ...outcome('booked', book),
    book: cell.amount,
    version: id,
    changedBy: actor.displayName,
    changedAt: systemClock.now(),
  };
}

function outcome(name: StatedOutcome['outcome'], { amount, version, changedBy, changedAt }: BookValue): StatedOutcome {
  return { outcome: name, book: amount, version, changedBy, changedAt, problems: [] };
}
