import { auditedTransaction } from '#libs/audit';
import {
  DomainError,
  Month,
  systemClock,
  type Actor,
  type Dong,
  type FieldProblem,
  type IsoDate,
  type Transactional,
} from '#libs/kernel';
import { advanceProblems } from './advances.js';
import { correctionProblems } from './correction-problems.js';
import { DisbursementWarning } from './disbursement-warning.entity.js';
import type { Warning } from './disbursement-warnings.rule.js';
import { DisbursementEntry, type EntryBasis, type EntryKind } from './disbursement.entity.js';
import { entryWarnings } from './entry-warnings.js';
import type { LedgerErrorCode, LedgerProblemCode } from './errors.js';
import { carriedOn } from './follow-succession.js';
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

/**
 * What becomes of an unusual entry (disbursement-warnings.rule) that comes without a reason. A person is asked:
 * nothing is booked until every one has its reason. Who cannot be asked (a file, a replay) keeps the warning, and the
 * list of warnings shows that nobody has explained it.
 */
export type Unexplained = 'refuse' | 'keep';

/**
 * Adds entries to a month that is open; all of them or none, also as part of a transaction. Returns them as booked,
 * without the transfers that carry them on where a reorganisation has moved the unit's figures since; their warnings
 * are kept with them. Refused: `month-not-opened`, `month-closed`, `entries-refused` with a problem for each wrong
 * field, or `reasons-needed` where a reason is all that is missing.
 */
export async function recordDisbursements(
  db: Transactional,
  actor: Actor,
  month: Month,
  entries: readonly NewDisbursement[],
  unexplained: Unexplained = 'keep',
): Promise<DisbursementEntry[]> {
  const facts = { month: month.toString() };
  return asLedgerRefusal(facts, () =>
    auditedTransaction(db, actor, async (tx, record) => {
      const { planYear, number } = month;
      const found = await tx.findOneBy(ReportingMonth, { planYear, month: number });
      if (!found) throw new DomainError<LedgerErrorCode>('month-not-opened', facts);
      if (found.state === 'closed') throw new DomainError<LedgerErrorCode>('month-closed', facts);
      const problems = [
        ...(await codeProblems(
          tx,
          actor,
          entries.map((entry) => ({ ...entry, month })),
          '/entries',
        )),
        ...entries.flatMap(reasonProblem),
        ...(await correctionProblems(tx, actor, month, entries)),
      ];
      if (problems.length > 0) throw new DomainError<LedgerErrorCode>('entries-refused', facts, problems);
      // Balances and warnings tell of figures: only once every code is known to be the actor's.
      const exceeded = await advanceProblems(tx, entries);
      if (exceeded.length > 0) throw new DomainError<LedgerErrorCode>('entries-refused', facts, exceeded);
      const warnings = await entryWarnings(tx, month, entries);
      const toExplain = warnings.filter(({ entry }) => !entries[entry]?.reason);
      if (unexplained === 'refuse' && toExplain.length > 0)
        throw new DomainError<LedgerErrorCode>(
          'reasons-needed',
          { ...facts, entries: new Set(toExplain.map(({ entry }) => entry)).size },
          toExplain.map((warning) => warningProblem(warning, entries)),
        );
      const carried = await carriedOn(tx, month, entries);
      const recorded = { planYear, recordedAt: systemClock.now(), recordedBy: actor.username };
      const { identifiers } = await tx.insert(DisbursementEntry, [
        ...entries.map((entry) => ({ ...entry, ...recorded, month: number })),
        ...carried.map((entry) => ({ ...entry, ...recorded, kind: 'transfer' as const })),
      ]);
      const allIds = identifiers.map((row) => (row as { id: number }).id);
      const ids = allIds.slice(0, entries.length);
      if (warnings.length > 0)
        await tx.insert(
          DisbursementWarning,
          warnings.map(({ entry, ...warning }) => ({ ...warning, entryId: ids[entry] as number })),
        );
      record({
        action: 'disbursement.record',
        objectType: 'disbursement',
        objectId: ids.length === 1 ? String(ids[0]) : `${ids[0]}-${ids.at(-1)}`,
        after: {
          month: month.toString(),
          ids,
          entries,
          ...(warnings.length > 0 ? { warnings } : {}),
          ...(carried.length > 0 ? { carried, carriedIds: allIds.slice(entries.length) } : {}),
        },
      });
      return tx
        .createQueryBuilder(DisbursementEntry, 'entry')
        .where('entry.id = ANY(:ids)', { ids })
        .orderBy('entry.id')
        .getMany();
    }),
  );
}

/** Whatever lowers the cumulative figure or changes what was said needs a reason; recovering an advance does not. */
function reasonProblem({ kind, amount, reason }: NewDisbursement, i: number): FieldProblem[] {
  const needed = kind === 'refund' || kind === 'correction' || (amount < 0n && kind !== 'advance-recovery');
  const code: LedgerProblemCode = 'reason-missing';
  return needed && !reason ? [{ pointer: `/entries/${i}/reason`, code, facts: { kind } }] : [];
}

/** Points at the reason that is missing, with the evidence in whole đồng. */
function warningProblem(
  { entry, code, found, comparedWith }: Warning,
  entries: readonly NewDisbursement[],
): FieldProblem {
  const { projectCode, sourceCode } = entries[entry] as NewDisbursement;
  return {
    pointer: `/entries/${entry}/reason`,
    code,
    needsReason: true,
    facts: { project: projectCode, source: sourceCode, found: String(found), comparedWith: String(comparedWith) },
  };
}
