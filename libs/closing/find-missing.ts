import type { EntityManager } from 'typeorm';
import { openObjections } from '#libs/followup';
import type { Dong, IsoDate, Month } from '#libs/kernel';
import { entryCounts, reportsOwed } from '#libs/ledger';
import type { PresentEvaluation } from '#libs/monitoring';
import type { ClosingCheck } from './closing-checks.js';
import type { MissingSubject } from './missing-items.rule.js';

/** One missing thing, with what helps to decide about it. */
export interface MissingItem extends MissingSubject {
  /** Of a missing report: the unit's months below the average so far, and its side by what the books hold. */
  streak: number | null;
  isBelow: boolean | null;
  reminders: number | null;
  lastReminderOn: IsoDate | null;
  /** đồng: of money that has no plan, is outside the unit's validity, or is estimated only. */
  plan: Dong | null;
  disbursed: Dong | null;
}

const NOTHING_KNOWN = {
  streak: null,
  isBelow: null,
  reminders: null,
  lastReminderOn: null,
  plan: null,
  disbursed: null,
};

/** All that a month lacks, by kind, each in the order of the units' names. */
export async function findMissing(
  tx: EntityManager,
  month: Month,
  present: PresentEvaluation,
  checks: readonly ClosingCheck[],
): Promise<MissingItem[]> {
  return [
    ...(await missingReports(tx, month, present)),
    ...(await problemItems(tx, month, present)),
    ...(await estimates(tx, month)),
    ...checks
      .filter(({ state }) => state === 'not-signed-off')
      .map(({ kind }): MissingItem => ({ kind: 'not-signed-off', subject: kind, name: kind, ...NOTHING_KNOWN })),
    ...(await objections(tx, month)),
  ];
}

/** Objections to figures up to the month that nobody has decided; with the contested figure as it stands. */
async function objections(tx: EntityManager, month: Month): Promise<MissingItem[]> {
  return (await openObjections(tx, month)).map(({ id, unitName, figure, stated }): MissingItem => ({
    ...NOTHING_KNOWN,
    kind: 'open-objection',
    subject: String(id),
    name: unitName,
    plan: figure === 'plan' ? stated : null,
    disbursed: figure === 'disbursed' ? stated : null,
  }));
}

async function missingReports(tx: EntityManager, month: Month, present: PresentEvaluation): Promise<MissingItem[]> {
  const owed = (await reportsOwed(tx, { units: 'all' }, month.planYear)).filter(
    (row) => row.month === month.number && row.submittedOn === null,
  );
  const reminded: { recipient: string; reminders: number; last: string }[] = await tx.query(
    `SELECT recipient, count(*)::int AS reminders, max((created_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)::text AS last
     FROM notice WHERE plan_year = $1 AND month = $2 AND audience = 'unit' AND step <> '' GROUP BY recipient`,
    [month.planYear, month.number],
  );
  const units = present.months.at(-1)?.units ?? [];
  return owed.map(({ code, name }): MissingItem => {
    const unit = units.find((candidate) => candidate.unit === code);
    const sent = reminded.find(({ recipient }) => recipient === code);
    const average = unit?.evidence.average?.average;
    return {
      ...NOTHING_KNOWN,
      kind: 'missing-report',
      subject: code,
      name,
      streak: unit?.streak ?? 0,
      isBelow: unit && average ? unit.disbursed * average.denominator < unit.plan * average.numerator : null,
      reminders: sent?.reminders ?? 0,
      lastReminderOn: sent?.last ?? null,
    };
  });
}

/** The problems that the rule found in this month. */
async function problemItems(tx: EntityManager, month: Month, present: PresentEvaluation): Promise<MissingItem[]> {
  const problems = present.problems.filter((problem) => problem.month === month.number);
  const names: { code: string; name: string }[] = await tx.query(
    'SELECT code, name FROM unit WHERE code = ANY($1) ORDER BY name COLLATE "vi-x-icu"',
    [problems.map(({ unit }) => unit)],
  );
  const kinds = ['money-without-plan', 'outside-validity'] as const;
  return kinds.flatMap((kind) =>
    names
      .filter(({ code }) => problems.some((problem) => problem.code === kind && problem.unit === code))
      .map(({ code, name }): MissingItem => {
        const sum = present.inputs.sums.find((row) => row.month === month.number && row.unit === code);
        const { plan = 0n, disbursed = 0n } = sum ?? {};
        return { ...NOTHING_KNOWN, kind, subject: code, name, plan, disbursed };
      }),
  );
}

/** Units whose month holds estimates that no actual figure has replaced. */
async function estimates(tx: EntityManager, month: Month): Promise<MissingItem[]> {
  const rows: { code: string; name: string; amount: string }[] = await tx.query(
    `SELECT u.code, u.name, sum(e.amount) AS amount
     FROM disbursement_entry AS e JOIN unit AS u ON u.code = e.unit_code
     WHERE e.plan_year = $1 AND e.month = $2 AND e.basis = 'estimate' AND ${entryCounts('true')}
     GROUP BY u.code, u.name ORDER BY u.name COLLATE "vi-x-icu"`,
    [month.planYear, month.number],
  );
  return rows.map(({ code, name, amount }) => ({
    ...NOTHING_KNOWN,
    kind: 'estimate-without-actual',
    subject: code,
    name,
    disbursed: BigInt(amount),
  }));
}
