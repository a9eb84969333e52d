import { In, type DataSource } from 'typeorm';
import { DomainError, LAST_MONTH, Month, type IsoDate } from '#libs/kernel';
import {
  dueDays,
  listReopenings,
  MonthClosing,
  ReportingMonth,
  reportsOwed,
  type Deadlines,
  type DueDay,
  type LedgerErrorCode,
  type MonthReopening,
} from '#libs/ledger';
import { Evaluation, EvaluationLine, evaluatePresentBooks } from '#libs/monitoring';
import { policyInMonth, type Policy } from '#libs/monitoring/rule';
import { Unit } from '#libs/organisation';
import { businessDate } from '#libs/platform';
import { closingChecks, type ClosingCheck } from './closing-checks.js';
import { findMissing, type MissingItem } from './find-missing.js';
import { MonthDecision } from './month-decision.entity.js';
import { previewOf, type Preview } from './preview.js';

/** How far a month is on its way: everybody reported, the checks signed off, closed. */
export type ClosingStage = 'open' | 'submitted' | 'reconciled' | 'closed';

export interface ClosingSheet {
  month: Month;
  today: IsoDate;
  stage: ClosingStage;
  reportDue: DueDay;
  closingDue: DueDay;
  reportsExpected: number;
  reportsReceived: number;
  /** Empty once the month is closed. */
  missing: MissingItem[];
  checks: ClosingCheck[];
  /** null once the month is closed: then its frozen result speaks. */
  preview: Preview | null;
  /** Of all versions, newest first. */
  decisions: MonthDecision[];
  versions: MonthClosing[];
  reopenings: MonthReopening[];
  /** The later closed months that a close of this reopened one takes with it. */
  laterClosed: Month[];
  /** In January two plan years are open: the month that ends on the same day, with its list if it is closed. */
  beside: BesideMonth | null;
}

export interface BesideMonth {
  month: Month;
  state: ReportingMonth['state'];
  /** null before it is evaluated. */
  flagged: { unit: Pick<Unit, 'code' | 'name' | 'shortName'>; streak: number; gap: bigint }[] | null;
  /** Months that put a unit on its list; null before it is evaluated. */
  thresholdMonths: number | null;
}

/** What closing a month needs to see in one read: what is missing, what closing would give, what was done before. */
export async function closingSheet(db: DataSource, month: Month, deadlines: Deadlines): Promise<ClosingSheet> {
  const { planYear, number } = month;
  const kept = await db.manager.findOneBy(ReportingMonth, { planYear, month: number });
  if (!kept) throw new DomainError<LedgerErrorCode>('month-not-opened', { month: month.toString() });
  const today = await businessDate(db);
  const checks = await closingChecks(db.manager, month);
  const present = kept.state === 'closed' ? null : await evaluatePresentBooks(db.manager, month);
  const owed = (await reportsOwed(db, { units: 'all' }, planYear)).filter((row) => row.month === number);
  const reportsReceived = owed.filter(({ submittedOn }) => submittedOn !== null).length;
  const key = { planYear, month: number };
  return {
    month,
    today,
    stage: stageOf(kept, reportsReceived === owed.length, checks),
    ...(await dueDays(db, month, deadlines, today)),
    reportsExpected: owed.length,
    reportsReceived,
    missing: present ? await findMissing(db.manager, month, present, checks) : [],
    checks,
    preview: present && (await previewOf(db, month, present)),
    decisions: await db.manager.find(MonthDecision, {
      where: key,
      order: { monthVersion: 'DESC', kind: 'ASC', subject: 'ASC' },
    }),
    versions: await db.manager.find(MonthClosing, { where: key, order: { version: 'DESC' } }),
    reopenings: await listReopenings(db, month),
    laterClosed: await laterClosed(db, month),
    beside: await besideMonth(db, month),
  };
}

function stageOf({ state }: ReportingMonth, allReported: boolean, checks: readonly ClosingCheck[]): ClosingStage {
  if (state === 'closed') return 'closed';
  if (!allReported) return 'open';
  return checks.every((check) => check.state !== 'not-signed-off') ? 'reconciled' : 'submitted';
}

async function laterClosed(db: DataSource, { planYear, number }: Month): Promise<Month[]> {
  const months = await db.manager.find(ReportingMonth, { where: { planYear }, order: { month: 'ASC' } });
  const later = months.filter(({ month }) => month > number);
  const gap = later.findIndex(({ state }) => state !== 'closed');
  return later.slice(0, gap < 0 ? later.length : gap).map(({ month }) => Month.of(planYear, month));
}

async function besideMonth(db: DataSource, { planYear, number }: Month): Promise<BesideMonth | null> {
  const other =
    number === 1 ? ([planYear - 1, LAST_MONTH] as const) : number === LAST_MONTH ? ([planYear + 1, 1] as const) : null;
  if (!other) return null;
  const [year, month] = other;
  const kept = await db.manager.findOneBy(ReportingMonth, { planYear: year, month });
  if (!kept) return null;
  const evaluation = await db.manager.findOne(Evaluation, {
    where: { planYear: year, month, monthVersion: kept.version },
    order: { policyVersion: 'DESC' },
  });
  return {
    month: Month.of(year, month),
    state: kept.state,
    flagged: evaluation && (await flaggedOf(db, evaluation)),
    thresholdMonths: evaluation && policyInMonth(JSON.parse(evaluation.policy) as Policy, month).thresholdMonths,
  };
}

async function flaggedOf(db: DataSource, { id, month }: Evaluation): Promise<NonNullable<BesideMonth['flagged']>> {
  const lines = await db.manager.find(EvaluationLine, {
    where: { evaluationId: id, month, flagged: true },
    order: { gap: 'DESC', unitCode: 'ASC' },
  });
  const units = await db.manager.findBy(Unit, { code: In(lines.map(({ unitCode }) => unitCode)) });
  const unitOf = new Map(units.map((unit) => [unit.code, unit]));
  return lines.map(({ unitCode, streak, gap }) => {
    const { name = unitCode, shortName = unitCode } = unitOf.get(unitCode) ?? {};
    return { unit: { code: unitCode, name, shortName }, streak, gap };
  });
}
