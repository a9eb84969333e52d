import type { EntityManager } from 'typeorm';
import { DomainError, effectiveMonth, Month } from '#libs/kernel';
import type { EntryBasis } from './disbursement.entity.js';
import type { LedgerErrorCode } from './errors.js';
import { ReportingMonth } from './reporting-month.entity.js';

/** What is about to be booked on a unit, as far as a reorganisation cares. */
interface Booked {
  unitCode: string;
  projectCode: string;
  sourceCode: string;
  carriedOver: boolean;
  basis: EntryBasis;
  amount: bigint;
}

export interface CarriedEntry extends Booked {
  month: number;
  reason: string;
}

interface Succession {
  predecessor: string;
  project: string;
  successor: string;
  effectiveDate: string;
  decisionNo: string;
}

/**
 * Entries in a month before a unit's end, booked after the reorganisation moved its figures (a month reopened or still
 * open): the transfers that carry them on to whoever holds the project from the effective day, chain by chain. They go
 * into the same statement as the entries, for the database lets nothing stay on an ended unit. Refuses with
 * `month-closed` where the effective month is closed: it is reopened too.
 */
export async function carriedOn(
  tx: EntityManager,
  { planYear, number }: Month,
  entries: readonly Booked[],
): Promise<CarriedEntry[]> {
  const units = [...new Set(entries.map(({ unitCode }) => unitCode))];
  const successions: Succession[] = await tx.query(
    `WITH RECURSIVE chain (code) AS (
       SELECT unnest($1::text[])
       UNION SELECT s.successor_code FROM chain JOIN unit_succession AS s ON s.predecessor_code = chain.code)
     SELECT DISTINCT s.predecessor_code AS predecessor, h.project_code AS project, h.unit_code AS successor,
            s.effective_date::text AS "effectiveDate", r.decision_no AS "decisionNo"
     FROM chain JOIN unit_succession AS s ON s.predecessor_code = chain.code
     JOIN reorganisation AS r ON r.id = s.reorganisation_id
     JOIN project_unit AS h ON h.project_code = ANY($2)
      AND daterange(h.valid_from, h.valid_to, '[]') @> s.effective_date`,
    [units, [...new Set(entries.map(({ projectCode }) => projectCode))]],
  );
  if (successions.length === 0) return [];
  const carried: CarriedEntry[] = [];
  for (const entry of entries) {
    let at = { unitCode: entry.unitCode, month: number };
    for (;;) {
      const next = successions.find(
        ({ predecessor, project }) => predecessor === at.unitCode && project === entry.projectCode,
      );
      const month = next && effectiveMonth(planYear, next.effectiveDate);
      if (!next || month === undefined || month <= at.month) break;
      const { projectCode, sourceCode, carriedOver, basis, amount } = entry;
      const reason = `Sắp xếp đơn vị theo ${next.decisionNo}: chuyển tiếp số ghi vào tháng ${at.month} sau khi đã chuyển`;
      const cell = { projectCode, sourceCode, carriedOver, basis, month, reason };
      carried.push({ ...cell, unitCode: at.unitCode, amount: -amount });
      carried.push({ ...cell, unitCode: next.successor, amount });
      at = { unitCode: next.successor, month };
    }
  }
  for (const month of new Set(carried.map((entry) => entry.month)))
    if (await tx.existsBy(ReportingMonth, { planYear, month, state: 'closed' }))
      throw new DomainError<LedgerErrorCode>('month-closed', { month: Month.of(planYear, month).toString() });
  return carried;
}
