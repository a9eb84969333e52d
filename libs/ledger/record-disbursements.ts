import type { DataSource, EntityManager } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, Month, systemClock, type Actor, type Dong, type FieldProblem, type IsoDate } from '#libs/kernel';
import { DisbursementEntry, type EntryBasis, type EntryKind } from './disbursement.entity.js';
import type { LedgerErrorCode, LedgerProblemCode } from './errors.js';
import { codeProblems } from './known-codes.js';
import { asLedgerRefusal } from './refusals.js';
import { ReportingMonth } from './reporting-month.entity.js';

export interface NewDisbursement {
  unitCode: string;
  projectCode: string;
  sourceCode: string;
  kind: EntryKind;
  carriedOver: boolean;
  basis: EntryBasis;
  /** đồng; the sign is here */
  amount: Dong;
  documentNo: string | null;
  documentDate: IsoDate | null;
  reason: string | null;
  corrects: number | null;
}

/** One insert may carry at most this many entries: PostgreSQL binds 65,535 values a statement. */
export const MOST_ENTRIES = 1000;

/** Adds entries to a month that is open; all of them or none. Returns them as booked. */
export async function recordDisbursements(
  db: DataSource,
  actor: Actor,
  month: Month,
  entries: readonly NewDisbursement[],
): Promise<DisbursementEntry[]> {
  const facts = { month: month.toString() };
  return asLedgerRefusal(facts, () =>
    auditedTransaction(db, actor, async (tx, record) => {
      const { planYear, number } = month;
      const found = await tx.findOneBy(ReportingMonth, { planYear, month: number });
      if (!found) throw new DomainError<LedgerErrorCode>('month-not-opened', facts);
      if (found.state === 'closed') throw new DomainError<LedgerErrorCode>('month-closed', facts);
      const ofMonth = entries.map((entry) => ({ ...entry, month }));
      const problems = await entryProblems(tx, actor, ofMonth, '/entries');
      if (problems.length > 0) throw new DomainError<LedgerErrorCode>('entries-refused', facts, problems);
      const ids = await insertEntries(tx, actor, ofMonth);
      record({
        action: 'disbursement.record',
        objectType: 'disbursement',
        objectId: ids.length === 1 ? String(ids[0]) : `${ids[0]}-${ids.at(-1)}`,
        after: { month: month.toString(), ids, entries },
      });
      return tx
        .createQueryBuilder(DisbursementEntry, 'entry')
        .where('entry.id = ANY(:ids)', { ids })
        .orderBy('entry.id')
        .getMany();
    }),
  );
}

/** An entry and the month it belongs to. */
export type MonthEntry = NewDisbursement & { month: Month };

/** What is wrong with entries of one plan year, pointing into `list` (e.g. `/entries`). */
export async function entryProblems(
  tx: EntityManager,
  actor: Actor,
  entries: readonly MonthEntry[],
  list: string,
): Promise<FieldProblem[]> {
  return [
    ...(await codeProblems(tx, actor, entries, list)),
    ...entries.flatMap((entry, i) => reasonProblem(entry, `${list}/${i}`)),
    ...(await correctionProblems(tx, actor, entries, list)),
  ];
}

/** Books checked entries (at most MOST_ENTRIES) in one statement; returns their ids in the given order. */
export async function insertEntries(
  tx: EntityManager,
  actor: Actor,
  entries: readonly MonthEntry[],
): Promise<number[]> {
  const { identifiers } = await tx.insert(
    DisbursementEntry,
    entries.map(({ month, ...entry }) => ({
      ...entry,
      planYear: month.planYear,
      month: month.number,
      recordedAt: systemClock.now(),
      recordedBy: actor.username,
    })),
  );
  return identifiers.map((row) => (row as { id: number }).id);
}

/** Whatever lowers the cumulative figure or changes what was said needs a reason; recovering an advance does not. */
function reasonProblem({ kind, amount, reason }: NewDisbursement, pointer: string): FieldProblem[] {
  const needed = kind === 'refund' || kind === 'correction' || (amount < 0n && kind !== 'advance-recovery');
  const code: LedgerProblemCode = 'reason-missing';
  return needed && !reason ? [{ pointer: `${pointer}/reason`, code, facts: { kind } }] : [];
}

async function correctionProblems(
  tx: EntityManager,
  actor: Actor,
  entries: readonly MonthEntry[],
  list: string,
): Promise<FieldProblem[]> {
  const named = entries.map(({ corrects }) => corrects).filter((id) => id !== null);
  if (named.length === 0) return [];
  const rows: { id: number }[] = await tx.query(
    `SELECT id FROM disbursement_entry
     WHERE id = ANY($1) AND plan_year = $2 AND ($3::text[] IS NULL OR unit_code = ANY($3))`,
    [named, entries[0]?.month.planYear, actor.units === 'all' ? null : actor.units],
  );
  const known = new Set(rows.map(({ id }) => id));
  const code: LedgerProblemCode = 'corrects-unknown';
  return entries.flatMap(({ corrects }, i) =>
    corrects !== null && !known.has(corrects)
      ? [{ pointer: `${list}/${i}/corrects`, code, facts: { entry: corrects } }]
      : [],
  );
}
