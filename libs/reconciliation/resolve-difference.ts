import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction, type RecordAudit } from '#libs/audit';
import { DomainError, systemClock, type Actor, type Dong, type Month } from '#libs/kernel';
import { recordDisbursements, type EntryKind, type NewDisbursement, type WarningLimits } from '#libs/ledger';
import type { CellKey } from './cell-queries.js';
import type { ReconciliationErrorCode } from './errors.js';
import { holdMonth, newestStatement } from './import-statement.js';
import { listDifferences, type Difference } from './list-differences.js';
import { ReconciliationEntry, ReconciliationResolution, type ResolutionKind } from './resolution.entity.js';
import type { DifferenceCause } from './suggested-cause.rule.js';
import type { TreasuryStatement } from './treasury-statement.entity.js';

/** The difference as the person saw it: other figures by now are refused, for another difference was judged. */
export interface SeenDifference extends CellKey {
  /** đồng */
  books: Dong;
  treasury: Dong;
}

export interface Answer {
  cause: DifferenceCause;
  note: string;
}

/** Accepts a difference with its cause. It holds as long as both figures stay what they are. */
export async function acceptDifference(
  db: DataSource,
  actor: Actor,
  month: Month,
  seen: SeenDifference,
  answer: Answer,
): Promise<void> {
  await auditedTransaction(db, actor, async (tx, record) => {
    const statement = await heldStatement(tx, month);
    const cell = await seenCell(tx, actor, month, seen);
    await keep(tx, actor, month, statement, cell, { kind: 'note', ...answer, books: cell.books }, record);
  });
}

export interface Correction extends Answer {
  /** The open month to book in; another one than the month reconciled where that is closed. */
  entryMonth: Month;
  /** đồng; null: the whole difference. */
  amount: Dong | null;
  /** Book the opposite under the other source as well, where the suggested cause names one. */
  withCounterpart: boolean;
}

/**
 * Books a difference away: one entry, or two of opposite sign where the source was wrong, in an open month, linked to
 * the difference, with a reason that names the statement. All of it or none. Returns the ids of the entries.
 */
export async function correctDifference(
  db: DataSource,
  actor: Actor,
  month: Month,
  seen: SeenDifference,
  correction: Correction,
  limits?: WarningLimits,
): Promise<number[]> {
  return auditedTransaction(db, actor, async (tx, record) => {
    const statement = await heldStatement(tx, month);
    const cell = await seenCell(tx, actor, month, seen);
    const amount = correction.amount ?? cell.treasury - cell.books;
    const cells: { cell: Difference; amount: Dong }[] = [{ cell, amount }];
    const { counterpart } = cell.suggestion;
    if (correction.withCounterpart && counterpart?.month === month.number) {
      const [twin] = await listDifferences(tx, actor, month, {
        show: 'all',
        key: { ...counterpart, project: cell.project },
        limit: 1,
      });
      if (twin) cells.push({ cell: twin, amount: -amount });
    }
    const reason = reasonOf(statement, month, correction.note);
    const entries: NewDisbursement[] = [];
    for (const each of cells)
      entries.push(await entryFor(tx, each.cell, each.amount, correction.cause, correction.entryMonth, reason));
    const booked = await recordDisbursements(tx, actor, correction.entryMonth, entries, 'keep', limits);
    for (const [i, { cell: answered, amount: by }] of cells.entries()) {
      const { cause, note } = correction;
      const resolved = { kind: 'entry' as const, cause, note, books: answered.books + by };
      const resolutionId = await keep(tx, actor, month, statement, answered, resolved, record);
      await tx.insert(ReconciliationEntry, {
        entryId: (booked[i] as { id: number }).id,
        resolutionId,
        planYear: month.planYear,
        month: month.number,
      });
    }
    return booked.map(({ id }) => id);
  });
}

async function heldStatement(tx: EntityManager, month: Month): Promise<TreasuryStatement> {
  await holdMonth(tx, month);
  const statement = await newestStatement(tx, month);
  if (!statement) throw new DomainError<ReconciliationErrorCode>('statement-missing', { month: month.toString() });
  return statement;
}

async function seenCell(tx: EntityManager, actor: Actor, month: Month, seen: SeenDifference): Promise<Difference> {
  const facts = { month: month.toString(), project: seen.project, source: seen.sourceCode };
  const [cell] = await listDifferences(tx, actor, month, { show: 'all', key: seen, limit: 1 });
  if (!cell || cell.books === cell.treasury)
    throw new DomainError<ReconciliationErrorCode>('difference-unknown', facts);
  if (cell.books !== seen.books || cell.treasury !== seen.treasury)
    throw new DomainError<ReconciliationErrorCode>('difference-changed', facts);
  return cell;
}

async function keep(
  tx: EntityManager,
  actor: Actor,
  month: Month,
  statement: TreasuryStatement,
  cell: Difference,
  { kind, cause, note, books }: Answer & { kind: ResolutionKind; books: Dong },
  record: RecordAudit,
): Promise<number> {
  const resolution = {
    planYear: month.planYear,
    month: month.number,
    statementId: statement.id,
    cellProject: cell.project,
    sourceCode: cell.sourceCode,
    carriedOver: cell.carriedOver,
    kind,
    cause,
    note,
    books,
    treasury: cell.treasury,
    recordedAt: systemClock.now(),
    recordedBy: actor.username,
  };
  const { identifiers } = await tx.insert(ReconciliationResolution, resolution);
  const { id } = identifiers[0] as { id: number };
  record({
    action: kind === 'note' ? 'difference.accept' : 'difference.correct',
    objectType: 'reconciliation',
    objectId: `${month} ${cell.project} ${cell.sourceCode}`,
    before: { books: cell.books, treasury: cell.treasury },
    after: { id, ...resolution },
  });
  return id;
}

/** Whose money it is on the end of the month booked in, and which entry the correction names. */
async function entryFor(
  tx: EntityManager,
  cell: Difference,
  amount: Dong,
  cause: DifferenceCause,
  entryMonth: Month,
  reason: string,
): Promise<NewDisbursement> {
  const facts = { project: cell.project };
  const [holder]: { unit_code: string }[] = await tx.query(
    `SELECT unit_code FROM project_unit
     WHERE project_code = $1 AND daterange(valid_from, valid_to, '[]') @> $2::date`,
    [cell.projectCode, entryMonth.end],
  );
  if (cell.projectCode === null || !holder || amount === 0n)
    throw new DomainError<ReconciliationErrorCode>('correction-impossible', facts);
  const [corrected]: { id: number }[] = await tx.query(
    `SELECT id FROM disbursement_entry
     WHERE project_code = $1 AND plan_year = $2 AND month = $3 AND source_code = $4 AND carried_over = $5
       AND basis = 'actual' AND unit_code = $6
     ORDER BY abs(amount) DESC, id LIMIT 1`,
    [cell.projectCode, entryMonth.planYear, cell.month, cell.sourceCode, cell.carriedOver, holder.unit_code],
  );
  return {
    unitCode: holder.unit_code,
    projectCode: cell.projectCode,
    sourceCode: cell.sourceCode,
    carriedOver: cell.carriedOver,
    basis: 'actual',
    ...kindOf(amount, cause, corrected?.id ?? null),
    amount,
    documentNo: null,
    documentDate: null,
    reason,
  };
}

/** Money that the books lack is a payment; what takes back names the entry that it takes back from, where there is one. */
function kindOf(
  amount: Dong,
  cause: DifferenceCause,
  corrects: number | null,
): { kind: EntryKind; corrects: number | null } {
  if (cause === 'advance-recovery' && amount < 0n) return { kind: 'advance-recovery', corrects: null };
  if (amount > 0n && cause !== 'advance-recovery') return { kind: 'payment', corrects: null };
  return corrects === null ? { kind: 'refund', corrects } : { kind: 'correction', corrects };
}

function reasonOf({ documentNo, asOf, version }: TreasuryStatement, month: Month, note: string): string {
  const day = asOf.split('-').reverse().join('/');
  return `Đối chiếu bảng kê Kho bạc ${documentNo ?? ''} đến ngày ${day} (bản ${version}), tháng ${month}: ${note}`.replace(
    '  ',
    ' ',
  );
}
