import type { EntityManager } from 'typeorm';
import { DomainError, effectiveMonth, Month, type IsoDate } from '#libs/kernel';
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
  effectiveDate: IsoDate;
  decisionNo: string;
}

/** One step of a cell from a unit that ended to whoever holds its project from the effective day on. */
export interface Carry<Cell> {
  cell: Cell;
  from: string;
  to: string;
  /** Month of the plan year in which the effective day lies. */
  month: number;
  effectiveDate: IsoDate;
  decisionNo: string;
  /** Month that was booked on. */
  bookedMonth: number;
}

/**
 * What is booked in a month before its unit's end after the reorganisation moved the figures (a month reopened or still
 * open) goes on to whoever holds the project from the effective day, chain by chain. Refuses with `month-closed` where
 * the effective month is closed: it is reopened too.
 */
export async function carriesOf<Cell extends { unitCode: string; projectCode: string }>(
  tx: EntityManager,
  { planYear, number }: Month,
  cells: readonly Cell[],
): Promise<Carry<Cell>[]> {
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
    [[...new Set(cells.map(({ unitCode }) => unitCode))], [...new Set(cells.map(({ projectCode }) => projectCode))]],
  );
  if (successions.length === 0) return [];
  const nextOf = new Map(successions.map((step) => [`${step.predecessor} ${step.project}`, step]));
  const carries: Carry<Cell>[] = [];
  for (const cell of cells) {
    let at = { unit: cell.unitCode, month: number };
    for (;;) {
      const next = nextOf.get(`${at.unit} ${cell.projectCode}`);
      const month = next && effectiveMonth(planYear, next.effectiveDate);
      if (!next || month === undefined || month <= at.month) break;
      const { successor: to, effectiveDate, decisionNo } = next;
      carries.push({ cell, from: at.unit, to, month, effectiveDate, decisionNo, bookedMonth: at.month });
      at = { unit: to, month };
    }
  }
  for (const month of new Set(carries.map((carry) => carry.month)))
    if (await tx.existsBy(ReportingMonth, { planYear, month, state: 'closed' }))
      throw new DomainError<LedgerErrorCode>('month-closed', { month: Month.of(planYear, month).toString() });
  return carries;
}

/** The transfers of entries: into the same statement as these, for the database lets nothing stay on an ended unit. */
export async function carriedOn(tx: EntityManager, month: Month, entries: readonly Booked[]): Promise<CarriedEntry[]> {
  return (await carriesOf(tx, month, entries)).flatMap(({ cell, from, to, decisionNo, bookedMonth, month: into }) => {
    const { projectCode, sourceCode, carriedOver, basis, amount } = cell;
    const reason = `Sắp xếp đơn vị theo ${decisionNo}: chuyển tiếp số ghi vào tháng ${bookedMonth} sau khi đã chuyển`;
    const same = { projectCode, sourceCode, carriedOver, basis, month: into, reason };
    return [
      { ...same, unitCode: from, amount: -amount },
      { ...same, unitCode: to, amount },
    ];
  });
}
