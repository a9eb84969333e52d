import type { DataSource } from 'typeorm';
import type { Actor, Dong, IsoDate } from '#libs/kernel';
import type { PlanBasis } from '#libs/monitoring/rule';
import type { DecisionKind, DecisionLevel } from './allocation.entity.js';

/** Capital of one decision and source that is not yet assigned in detail (vốn chưa giao chi tiết). */
export interface UnassignedRow {
  decision: {
    id: number;
    number: string;
    date: IsoDate;
    effectiveDate: IsoDate;
    kind: DecisionKind;
    level: DecisionLevel;
  };
  source: { code: string; name: string };
  basis: PlanBasis;
  carriedOver: boolean;
  /** Who holds it; null: the decision's total exceeds its lines by so much, no unit has it. */
  holder: { code: string; name: string } | null;
  /** đồng; below zero where a decision drew on a unit's capital without naming the decision it came from */
  amount: Dong;
  /** Calendar days from the decision date to the day asked for, 0 at least. */
  ageDays: number;
  /** The last day to assign it in detail: the decision date and the days that the office allows. */
  deadline: IsoDate;
  isOverdue: boolean;
}

export interface UnassignedFilter {
  planYear: number;
  /** The day whose age is told. */
  on: IsoDate;
  /** Calendar days from the decision date (configuration: the law's deadlines differ by kind and year). */
  deadlineDays: number;
  decisionId?: number;
  after?: UnassignedKey;
  limit: number;
}

/** What a page ends with: decision date, decision, source, basis, series, holder ('' for none). */
export type UnassignedKey = readonly [
  date: IsoDate,
  id: number,
  source: string,
  basis: string,
  carried: boolean,
  holder: string,
];

/** What of a plan year's capital is not yet assigned in detail, oldest first, with the sum of it by basis and series. */
export async function unassignedCapital(
  db: DataSource,
  actor: Actor,
  filter: UnassignedFilter,
): Promise<{
  items: UnassignedRow[];
  total: number;
  sums: { basis: PlanBasis; carriedOver: boolean; amount: Dong }[];
}> {
  const values = [filter.planYear, actor.units === 'all' ? null : actor.units, filter.decisionId ?? null];
  const counted: { basis: PlanBasis; carried_over: boolean; amount: string; rows: string }[] = await db.query(
    `${REST} SELECT basis, carried_over, sum(amount) AS amount, count(*) AS rows FROM rest
     GROUP BY basis, carried_over ORDER BY basis DESC, carried_over`,
    values,
  );
  const rows: {
    decision: UnassignedRow['decision'];
    source_code: string;
    source: string;
    basis: PlanBasis;
    carried_over: boolean;
    unit_code: string | null;
    unit: string | null;
    amount: string;
    age: number;
    deadline: string;
    overdue: boolean;
  }[] = await db.query(
    `${REST}
     SELECT json_build_object('id', d.id, 'number', d.number, 'date', d.decision_date,
                              'effectiveDate', d.effective_date, 'kind', d.kind, 'level', d.level) AS decision,
            r.source_code, s.name AS source, r.basis, r.carried_over, r.unit_code, u.name AS unit, r.amount,
            greatest($4::date - d.decision_date, 0) AS age, (d.decision_date + $5::int)::text AS deadline,
            $4::date > d.decision_date + $5::int AS overdue
     FROM rest AS r JOIN allocation_decision AS d ON d.id = r.decision_id
     JOIN funding_source AS s ON s.code = r.source_code LEFT JOIN unit AS u ON u.code = r.unit_code
     WHERE $6::date IS NULL OR (d.decision_date, d.id, r.source_code, r.basis, r.carried_over, coalesce(r.unit_code, ''))
                             > ($6::date, $7::int, $8, $9, $10::boolean, $11)
     ORDER BY d.decision_date, d.id, r.source_code, r.basis, r.carried_over, coalesce(r.unit_code, '') LIMIT $12`,
    [
      ...values,
      filter.on,
      filter.deadlineDays,
      ...(filter.after ?? [null, null, null, null, null, null]),
      filter.limit,
    ],
  );
  return {
    items: rows.map((row) => ({
      decision: row.decision,
      source: { code: row.source_code, name: row.source },
      basis: row.basis,
      carriedOver: row.carried_over,
      holder: row.unit_code === null ? null : { code: row.unit_code, name: row.unit ?? row.unit_code },
      amount: BigInt(row.amount),
      ageDays: row.age,
      deadline: row.deadline,
      isOverdue: row.overdue && BigInt(row.amount) > 0n,
    })),
    total: counted.reduce((sum, { rows: count }) => sum + Number(count), 0),
    sums: counted.map(({ basis, carried_over: carriedOver, amount }) => ({
      basis,
      carriedOver,
      amount: BigInt(amount),
    })),
  };
}

/** What units hold, and, for those who see the whole province, what no unit was given. */
const REST = `
  WITH rest AS (
    SELECT u.decision_id, u.source_code, u.basis, u.carried_over, u.unit_code, u.amount
    FROM unassigned_capital AS u
    WHERE u.plan_year = $1 AND u.amount <> 0 AND ($2::text[] IS NULL OR u.unit_code = ANY($2))
      AND ($3::int IS NULL OR u.decision_id = $3)
    UNION ALL
    SELECT t.decision_id, t.source_code, t.basis, t.carried_over, NULL,
           t.amount - coalesce(s.amount + s.details_amount, 0)
    FROM allocation_decision_total AS t JOIN allocation_decision AS d ON d.id = t.decision_id AND d.plan_year = $1
    LEFT JOIN allocation_decision_sum AS s USING (decision_id, source_code, basis, carried_over)
    WHERE $2::text[] IS NULL AND ($3::int IS NULL OR t.decision_id = $3)
      AND t.amount <> coalesce(s.amount + s.details_amount, 0)
  )`;
