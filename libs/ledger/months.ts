import type { DataSource } from 'typeorm';
import { auditedTransaction } from '#libs/audit';
import { DomainError, LAST_MONTH, Month, systemClock, type Actor, type IsoDate } from '#libs/kernel';
import { businessDate, enqueue } from '#libs/platform';
import type { LedgerErrorCode } from './errors.js';
import { asLedgerRefusal } from './refusals.js';
import { ReportingMonth } from './reporting-month.entity.js';

/** The message that a closed month leaves in the outbox. */
export const MONTH_CLOSED = 'month-closed';

/** Opens the thirteen months of a plan year; a year that is open already stays as it is. */
export async function openPlanYear(db: DataSource, actor: Actor, planYear: number): Promise<void> {
  if (await db.manager.existsBy(ReportingMonth, { planYear })) return;
  await auditedTransaction(db, actor, async (tx, record) => {
    const months = Array.from({ length: LAST_MONTH }, (_, i) => ({ planYear, month: i + 1 }));
    await tx.createQueryBuilder().insert().into(ReportingMonth).values(months).orIgnore().execute();
    record({ action: 'plan-year.open', objectType: 'plan-year', objectId: planYear });
  });
}

/**
 * Closes a month: from here on its books take no write, and the evaluation is on its way, decided in the same
 * transaction. Months of a plan year close in order and not before they are over.
 */
export async function closeMonth(db: DataSource, actor: Actor, month: Month): Promise<ReportingMonth> {
  const facts = { month: month.toString() };
  return asLedgerRefusal(facts, () =>
    auditedTransaction(db, actor, async (tx, record) => {
      const found = await tx.findOne(ReportingMonth, {
        where: { planYear: month.planYear, month: month.number },
        lock: { mode: 'pessimistic_write' },
      });
      if (!found) throw new DomainError<LedgerErrorCode>('month-not-opened', facts);
      if (found.state === 'closed') throw new DomainError<LedgerErrorCode>('month-already-closed', facts);
      const today: IsoDate = await businessDate(tx);
      if (today <= month.end) throw new DomainError<LedgerErrorCode>('month-not-over', { ...facts, end: month.end });
      const before = { state: found.state, version: found.version };
      Object.assign(found, {
        state: 'closed',
        version: found.version + 1,
        closedOn: today,
        closedAt: systemClock.now(),
        closedBy: actor.username,
      });
      await tx.save(found);
      await enqueue(tx, MONTH_CLOSED, {
        planYear: month.planYear,
        month: month.number,
        monthVersion: found.version,
      });
      record({
        action: 'month.close',
        objectType: 'month',
        objectId: month.toString(),
        before,
        after: { state: found.state, version: found.version, closedOn: today },
      });
      return found;
    }),
  );
}

export interface MonthOverview extends ReportingMonth {
  closedByName: string | null;
  /** Units with a province plan in force that are valid on the month end: those that owe a report. */
  reportsExpected: number;
  reportsReceived: number;
  missingUnits: { code: string; name: string }[];
}

/** The months of a plan year with who still owes a report. Reports are counted within the actor's units. */
export async function listMonths(db: DataSource, actor: Actor, planYear: number): Promise<MonthOverview[]> {
  const months = await db.manager.find(ReportingMonth, { where: { planYear }, order: { month: 'ASC' } });
  const owing = await reportsOwed(db, actor, planYear);
  const names: { username: string; display_name: string }[] = await db.query(
    'SELECT username, display_name FROM account WHERE username = ANY($1)',
    [months.map(({ closedBy }) => closedBy)],
  );
  const nameOf = new Map(names.map(({ username, display_name: name }) => [username, name]));
  return months.map((month) => {
    const owed = owing.filter((row) => row.month === month.month);
    return Object.assign(month, {
      closedByName: month.closedBy && (nameOf.get(month.closedBy) ?? month.closedBy),
      reportsExpected: owed.length,
      reportsReceived: owed.filter(({ reported }) => reported).length,
      missingUnits: owed.filter(({ reported }) => !reported).map(({ code, name }) => ({ code, name })),
    });
  });
}

export async function listPlanYears(db: DataSource): Promise<number[]> {
  const rows: { plan_year: number }[] = await db.query(
    'SELECT DISTINCT plan_year FROM reporting_month ORDER BY plan_year',
  );
  return rows.map((row) => row.plan_year);
}

async function reportsOwed(
  db: DataSource,
  actor: Actor,
  planYear: number,
): Promise<{ month: number; code: string; name: string; reported: boolean }[]> {
  const ends = Array.from({ length: LAST_MONTH }, (_, i) => Month.of(planYear, i + 1).end);
  return db
    .query(
      `SELECT m.month, u.code, u.name, r.unit_code IS NOT NULL AS reported
     FROM unnest($2::date[]) WITH ORDINALITY AS m (month_end, month)
     JOIN allocation_total AS t ON t.plan_year = $1 AND t.effective_month <= m.month
      AND t.basis = 'province' AND NOT t.carried_over
     JOIN unit AS u ON u.code = t.unit_code AND u.kind <> 'reserve'
      AND (u.valid_from IS NULL OR u.valid_from <= m.month_end) AND (u.valid_to IS NULL OR u.valid_to >= m.month_end)
     LEFT JOIN monthly_report AS r ON r.plan_year = $1 AND r.month = m.month AND r.unit_code = u.code
     WHERE ($3::text[] IS NULL OR u.code = ANY($3))
     GROUP BY m.month, u.code, u.name, r.unit_code HAVING sum(t.amount) > 0
     ORDER BY m.month, u.name COLLATE "vi-x-icu"`,
      [planYear, ends, actor.units === 'all' ? null : actor.units],
    )
    .then((rows: { month: string; code: string; name: string; reported: boolean }[]) =>
      rows.map((row) => ({ ...row, month: Number(row.month) })),
    );
}
