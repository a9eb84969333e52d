import type { DataSource } from 'typeorm';
import { dongToJson, Month, type Actor } from '#libs/kernel';
import { DECISION_OF, type ClosingSheet, type Preview, type PreviewUnit } from '#libs/closing';
import type { ListDifference } from '#libs/insight';
import type { DueDay, MonthDuties, MonthReopening } from '#libs/ledger';
import { evaluationSeals } from '#libs/monitoring';
import { instanceSetting } from '#libs/platform';
import { monthViewOf } from '../ledger/month-view.js';
import type {
  ClosingSheetDto,
  DueDayDto,
  ListDifferenceDto,
  MonthDutiesDto,
  PreviewDto,
  PreviewUnitDto,
  ReopeningDto,
  UnitStandDto,
} from './closing.dto.js';

export async function sheetView(db: DataSource, actor: Actor, sheet: ClosingSheet): Promise<ClosingSheetDto> {
  const nameOf = await displayNames(db, [
    ...sheet.decisions.map(({ decidedBy }) => decidedBy),
    ...sheet.versions.map(({ closedBy }) => closedBy),
    ...sheet.reopenings.flatMap(({ requestedBy, decidedBy }) => [requestedBy, decidedBy]),
  ]);
  const subjects = await unitNames(
    db,
    sheet.decisions.map(({ subject }) => subject),
  );
  const seals = await evaluationSeals(db, sheet.month);
  return {
    month: await monthViewOf(db, actor, sheet.month),
    today: sheet.today,
    stage: sheet.stage,
    report: dueView(sheet.reportDue),
    closing: dueView(sheet.closingDue),
    missing: sheet.missing.map(({ isBelow, plan, disbursed, ...item }) => ({
      ...item,
      decision: DECISION_OF[item.kind],
      below: isBelow,
      planDong: plan === null ? null : dongToJson(plan),
      disbursedDong: disbursed === null ? null : dongToJson(disbursed),
    })),
    checks: sheet.checks,
    preview: sheet.preview && previewView(sheet.preview),
    decisions: sheet.decisions.map(({ monthVersion, kind, subject, decision, note, decidedBy, decidedAt }) => ({
      monthVersion,
      kind,
      subject,
      name: subjects.get(subject) ?? subject,
      decision,
      note,
      decidedBy: nameOf(decidedBy),
      decidedAt: decidedAt.toISOString(),
    })),
    versions: sheet.versions.map(({ planYear, version, closedOn, closedAt, closedBy, anewOf }) => ({
      version,
      closedOn,
      closedAt: closedAt.toISOString(),
      closedBy: nameOf(closedBy),
      anewOf: anewOf === null ? null : Month.of(planYear, anewOf).toString(),
      evaluated: seals.has(version),
      seal: seals.get(version) ?? null,
    })),
    reopenings: sheet.reopenings.map((reopening) => reopeningView(reopening, actor, nameOf)),
    laterClosed: sheet.laterClosed.map(String),
    beside: sheet.beside && {
      month: sheet.beside.month.toString(),
      state: sheet.beside.state,
      flagged:
        sheet.beside.flagged?.map(({ unit, streak, gap }) => ({ unit, streak, gapDong: dongToJson(gap) })) ?? null,
      thresholdMonths: sheet.beside.thresholdMonths,
    },
    illustrative: (await instanceSetting(db)).illustrative,
  };
}

export async function dutiesView(db: DataSource, duties: MonthDuties): Promise<MonthDutiesDto> {
  const { day: dueOn, daysLeft } = duties.reportDue;
  return {
    month: duties.month.toString(),
    today: duties.today,
    report: dueView(duties.reportDue),
    closing: dueView(duties.closingDue),
    items: duties.units.map((duty) => ({ ...duty, dueOn, daysLeft })),
    illustrative: (await instanceSetting(db)).illustrative,
  };
}

export async function differenceView(db: DataSource, difference: ListDifference): Promise<ListDifferenceDto> {
  const { month, from, to, average, joined, left, stayed, units } = difference;
  const standView = (stand: (typeof units)[number]['before']): UnitStandDto | null => {
    if (!stand) return null;
    const { gap, ...rest } = stand;
    return { ...rest, gapDong: dongToJson(gap) };
  };
  return {
    month: month.toString(),
    from,
    to,
    averageBefore: average.before,
    averageAfter: average.after,
    joined,
    left,
    stayed,
    units: units.map(({ before, after, ...unit }) => ({
      ...unit,
      before: standView(before),
      after: standView(after),
    })),
    illustrative: (await instanceSetting(db)).illustrative,
  };
}

export async function reopeningOf(db: DataSource, actor: Actor, reopening: MonthReopening): Promise<ReopeningDto> {
  return reopeningView(reopening, actor, await displayNames(db, [reopening.requestedBy, reopening.decidedBy]));
}

function reopeningView(
  { planYear, month, monthVersion, state, reason, requestedBy, requestedAt, decidedBy, decidedAt }: MonthReopening,
  actor: Actor,
  nameOf: (username: string | null) => string,
): ReopeningDto {
  return {
    month: Month.of(planYear, month).toString(),
    monthVersion,
    state,
    reason,
    requestedBy: nameOf(requestedBy),
    requestedAt: requestedAt.toISOString(),
    decidedBy: decidedBy === null ? null : nameOf(decidedBy),
    decidedAt: decidedAt?.toISOString() ?? null,
    own: requestedBy === actor.username,
  };
}

function dueView({ day, daysLeft, isOver }: DueDay): DueDayDto {
  return { day, daysLeft, overdue: isOver };
}

function previewView({ averages: _groups, inForce, ...preview }: Preview): PreviewDto {
  const { thresholdMonths, planBasis, missing } = inForce;
  return {
    ...preview,
    policy: { thresholdMonths, planBasis, missing },
    joined: preview.joined.map(previewUnit),
    stayed: preview.stayed.map(previewUnit),
    left: preview.left.map(previewUnit),
    silent: preview.silent.map(previewUnit),
    largestGaps: preview.largestGaps.map(previewUnit),
  };
}

function previewUnit({ plan, disbursed, gap, ...unit }: PreviewUnit): PreviewUnitDto {
  return { ...unit, planDong: dongToJson(plan), disbursedDong: dongToJson(disbursed), gapDong: dongToJson(gap) };
}

async function displayNames(
  db: DataSource,
  usernames: readonly (string | null)[],
): Promise<(username: string | null) => string> {
  const rows: { username: string; display_name: string }[] = await db.query(
    'SELECT username, display_name FROM account WHERE username = ANY($1)',
    [[...new Set(usernames.filter((name) => name !== null))]],
  );
  const names = new Map(rows.map(({ username, display_name: name }) => [username, name]));
  return (username) => (username === null ? '' : (names.get(username) ?? username));
}

async function unitNames(db: DataSource, codes: readonly string[]): Promise<Map<string, string>> {
  const rows: { code: string; name: string }[] = await db.query('SELECT code, name FROM unit WHERE code = ANY($1)', [
    [...new Set(codes)],
  ]);
  return new Map(rows.map(({ code, name }) => [code, name]));
}
