import { auditedTransaction } from '#libs/audit';
import { DomainError, Month, type Actor, type Dong, type IsoDate, type Transactional } from '#libs/kernel';
import { bookEntries, judgeEntries, unexplainedProblems } from './book-entries.js';
import { USUAL_LIMITS, type WarningLimits } from './disbursement-warnings.rule.js';
import { DisbursementEntry, type EntryBasis, type EntryKind } from './disbursement.entity.js';
import type { LedgerErrorCode } from './errors.js';
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
  limits: WarningLimits = USUAL_LIMITS,
): Promise<DisbursementEntry[]> {
  const facts = { month: month.toString() };
  return asLedgerRefusal(facts, () =>
    auditedTransaction(db, actor, async (tx, record) => {
      const found = await tx.findOneBy(ReportingMonth, { planYear: month.planYear, month: month.number });
      if (!found) throw new DomainError<LedgerErrorCode>('month-not-opened', facts);
      if (found.state === 'closed') throw new DomainError<LedgerErrorCode>('month-closed', facts);
      const ofMonth = entries.map((entry) => ({ ...entry, month }));
      const { problems, warnings } = await judgeEntries(tx, actor, ofMonth, '/entries', limits);
      if (problems.length > 0) throw new DomainError<LedgerErrorCode>('entries-refused', facts, problems);
      const toExplain = unexplained === 'refuse' ? unexplainedProblems(entries, warnings, '/entries') : [];
      if (toExplain.length > 0)
        throw new DomainError<LedgerErrorCode>(
          'reasons-needed',
          { ...facts, entries: new Set(toExplain.map(({ pointer }) => pointer)).size },
          toExplain,
        );
      const { ids, carried, carriedIds } = await bookEntries(tx, actor, ofMonth, warnings);
      record({
        action: 'disbursement.record',
        objectType: 'disbursement',
        objectId: ids.length === 1 ? String(ids[0]) : `${ids[0]}-${ids.at(-1)}`,
        after: {
          month: month.toString(),
          ids,
          entries,
          ...(warnings.length > 0 ? { warnings } : {}),
          ...(carried.length > 0 ? { carried, carriedIds } : {}),
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
