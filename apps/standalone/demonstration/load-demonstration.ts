import { Not, type DataSource } from 'typeorm';
import { actorByName, addAccount, type NewAccount } from '#libs/access';
import { auditedTransaction } from '#libs/audit';
import { closeMonth, closingSheet, DECISION_OF } from '#libs/closing';
import { Month, systemActor, type Actor } from '#libs/kernel';
import {
  AllocationDecision,
  DisbursementEntry,
  mediumTermPeriod,
  MonthlyReport,
  moveBusinessDay,
  openPlanYear,
  recordAllocationDecision,
  recordDisbursements,
  ReportingMonth,
  setMediumTermPlan,
  submitReport,
} from '#libs/ledger';
import { Notice, releaseAnnouncement } from '#libs/notices';
import { registerOrganisation, Unit } from '#libs/organisation';
import { InstanceSetting } from '#libs/platform';
import { Project, registerKeyProjects, registerProjects } from '#libs/projects';
import { importStatement } from '#libs/reconciliation';
import type { Demonstration, DemonstrationMonth } from './demonstration.js';
import { explainedEntries } from './explained-entries.js';
import { recordIllustrativeProgress } from './key-project-progress.js';
import { draftReorganisation } from './drafted-reorganisation.js';
import { langSon2024 } from './lang-son-2024.js';

const ORIGIN = { via: 'demonstration' } as const;
const ACCOUNTS: Omit<NewAccount, 'password' | 'isDemonstration'>[] = [
  { username: 'chuyenvien', displayName: 'Chuyên viên, Sở KH&ĐT', role: 'staff' },
  { username: 'duyet', displayName: 'Lãnh đạo phòng, Sở KH&ĐT', role: 'approver' },
  { username: 'phathanh', displayName: 'Lãnh đạo Sở KH&ĐT', role: 'approver' },
  { username: 'vanthu', displayName: 'Văn thư', role: 'clerk' },
  { username: 'binhgia', displayName: 'Người báo cáo, Huyện Bình Gia', role: 'reporter', units: ['181'] },
  { username: 'doan1', displayName: 'Đoàn kiểm tra số 1', role: 'inspector' },
  { username: 'doan2', displayName: 'Đoàn kiểm tra số 2', role: 'inspector' },
  { username: 'doan3', displayName: 'Đoàn kiểm tra số 3', role: 'inspector' },
  { username: 'lanhdao', displayName: 'Lãnh đạo UBND tỉnh', role: 'leader' },
  { username: 'kiemtoan', displayName: 'Kiểm toán', role: 'auditor' },
  { username: 'quantri', displayName: 'Quản trị', role: 'admin' },
];

/** True for a database without units or accounts, and for one whose demonstration was cut off half-way. */
export async function wantsDemonstration(db: DataSource): Promise<boolean> {
  const setting = await db.manager.findOneBy(InstanceSetting, { singleton: true });
  if (setting?.illustrative) {
    const { planYear, months } = langSon2024();
    const due = months.filter(({ closedOn }) => closedOn !== null).length;
    const released = await db.manager.countBy(Notice, { planYear, audience: 'announcement', state: Not('draft') });
    return released < due;
  }
  return (await db.manager.count(Unit)) === 0;
}

/**
 * Loads the demonstration through the same use cases that people use, and closes its months through the real job.
 * Every step looks whether it was done, so a start that was killed goes on where it stopped.
 */
export async function loadDemonstration(
  db: DataSource,
  password: string,
  say: (progress: string) => void,
): Promise<void> {
  const demonstration = langSon2024();
  const system = systemActor('demonstration');
  await markIllustrative(db, system);
  if ((await db.manager.count(Unit)) === 0) {
    say(`đơn vị, địa bàn, đoàn kiểm tra: ${demonstration.units.length} đơn vị`);
    await registerOffice(db, system, demonstration);
  }
  for (const account of ACCOUNTS) await ensureAccount(db, system, account, password, demonstration);
  if ((await db.manager.count(Project)) === 0) {
    say(`dự án: ${demonstration.projects.length}, trong đó 33 dự án trọng điểm theo báo cáo`);
    await registerRegister(db, await actorByName(db, 'chuyenvien', ORIGIN), demonstration);
  }
  const staff = await actorByName(db, 'chuyenvien', ORIGIN);
  await openPlanYear(db, staff, demonstration.planYear);
  for (const month of demonstration.months) await playMonth(db, staff, demonstration, month, say);
  await draftReorganisation(db, staff);
  const setting = await db.manager.findOneByOrFail(InstanceSetting, { singleton: true });
  if ((setting.businessDate ?? '') < demonstration.businessDate)
    await moveBusinessDay(db, staff, demonstration.businessDate);
  await importIllustrativeStatement(db, staff, demonstration);
}

/** The same again changes nothing, so a start that was killed may well import it once more. */
async function importIllustrativeStatement(db: DataSource, staff: Actor, demonstration: Demonstration): Promise<void> {
  const open = demonstration.months.find(({ closedOn }) => closedOn === null);
  if (!open) return;
  const { lines, ...head } = demonstration.statement;
  await importStatement(db, staff, Month.of(demonstration.planYear, open.month), {
    ...head,
    lines: lines.map(({ source, ...line }) => ({ ...line, sourceCode: source, unitCode: null })),
  });
}

async function markIllustrative(db: DataSource, system: Actor): Promise<void> {
  const setting = await db.manager.findOneByOrFail(InstanceSetting, { singleton: true });
  if (setting.illustrative) return;
  await auditedTransaction(db, system, async (tx, record) => {
    await tx.update(InstanceSetting, { singleton: true }, { illustrative: true, provinceName: 'Lạng Sơn' });
    record({ action: 'demonstration.begin', objectType: 'instance', objectId: 'illustrative', after: true });
  });
}

async function registerOffice(db: DataSource, system: Actor, demonstration: Demonstration): Promise<void> {
  const { units, places, teams, teamAreas, fundingSources } = demonstration;
  await registerOrganisation(db, system, {
    units,
    places,
    teams: teams.map(({ code, name, fallback }) => ({ code, name, isFallback: fallback })),
    teamAreas: teamAreas.map(({ team, unit, place, validFrom }) => ({
      teamCode: team,
      unitCode: unit,
      placeCode: place,
      validFrom,
    })),
    fundingSources,
  });
}

async function ensureAccount(
  db: DataSource,
  system: Actor,
  account: (typeof ACCOUNTS)[number],
  password: string,
  { teams }: Demonstration,
): Promise<void> {
  const known = await actorByName(db, account.username, ORIGIN).catch(() => undefined);
  if (known) return;
  const inspectionTeams = teams.filter(({ fallback }) => !fallback);
  const number = /^doan(\d)$/.exec(account.username)?.[1];
  const team = number === undefined ? undefined : inspectionTeams[Number(number) - 1];
  await addAccount(db, system, {
    ...account,
    teams: team ? [team.code] : [],
    password,
    isDemonstration: true,
  });
}

async function registerRegister(db: DataSource, staff: Actor, demonstration: Demonstration): Promise<void> {
  await registerProjects(db, staff, demonstration.projects);
  const { items, ...list } = demonstration.keyProjectList;
  await registerKeyProjects(db, staff, list, items, demonstration.pressProjects);
  for (const { project, lines, ...plan } of demonstration.mediumTermPlans)
    await setMediumTermPlan(
      db,
      staff,
      project,
      {
        ...plan,
        periodStart: mediumTermPeriod(demonstration.planYear),
        lines: lines.map(({ source, ...line }) => ({ ...line, sourceCode: source })),
      },
      0,
    );
}

async function playMonth(
  db: DataSource,
  staff: Actor,
  { planYear }: Demonstration,
  { month: number, closedOn, decisions, entries, reports }: DemonstrationMonth,
  say: (progress: string) => void,
): Promise<void> {
  const month = Month.of(planYear, number);
  const kept = await db.manager.findOneByOrFail(ReportingMonth, { planYear, month: number });
  if (kept.state !== 'closed') {
    say(`tháng ${number}: ${decisions.length} quyết định, ${entries.length} bút toán, ${reports.length} báo cáo`);
    for (const decision of decisions)
      if (!(await db.manager.existsBy(AllocationDecision, { planYear, number: decision.number })))
        await recordAllocationDecision(db, staff, {
          planYear,
          ...decision,
          detailsDecisionId: await idOfDecision(db, planYear, decision.details),
          totals: (decision.totals ?? []).map(({ source, ...total }) => ({
            ...total,
            sourceCode: source,
            carriedOver: false,
          })),
          lines: decision.lines.map(({ unit, project, source, ...line }) => ({
            ...line,
            unitCode: unit,
            projectCode: project,
            sourceCode: source,
          })),
        });
    if (entries.length > 0 && !(await db.manager.existsBy(DisbursementEntry, { planYear, month: number })))
      await recordDisbursements(
        db,
        staff,
        month,
        await explainedEntries(
          db,
          month,
          entries.map(({ unit, project, source, ...entry }) => ({
            ...entry,
            unitCode: unit,
            projectCode: project,
            sourceCode: source,
            corrects: null,
          })),
        ),
        'refuse',
      );
    await recordIllustrativeProgress(db, staff, month);
    for (const { unit, submittedOn } of reports)
      if (closedOn === null || submittedOn <= closedOn)
        if (!(await db.manager.existsBy(MonthlyReport, { planYear, month: number, unitCode: unit })))
          await submitReport(db, staff, month, unit, submittedOn);
  }
  if (closedOn === null) return;
  if (kept.state !== 'closed') {
    await moveBusinessDay(db, staff, closedOn);
    await closeWithDecisions(db, month);
  }
  await releaseWhenWritten(db, month);
}

const DEADLINES = { reportDeadlineWorkingDays: 5, closingDeadlineWorkingDays: 6 };

/** Two late offices each month: the approver closes without them, and says why. */
async function closeWithDecisions(db: DataSource, month: Month): Promise<void> {
  const { missing } = await closingSheet(db, month, DEADLINES);
  const decisions = missing.map(({ kind, subject }) => ({
    kind,
    subject,
    decision: DECISION_OF[kind],
    note: 'Đã đôn đốc, đến ngày đóng chưa nhận được; đóng theo số trong sổ (minh hoạ).',
  }));
  await closeMonth(db, await actorByName(db, 'duyet', ORIGIN), month, decisions);
}

async function idOfDecision(db: DataSource, planYear: number, number: string | undefined): Promise<number | null> {
  return number === undefined ? null : (await db.manager.findOneByOrFail(AllocationDecision, { planYear, number })).id;
}

const LOOK_EVERY_MS = 50;
const MOST_LOOKS = 2400;

/** Waits until the job has evaluated the month and written its notices, then releases them as a second person. */
async function releaseWhenWritten(db: DataSource, month: Month): Promise<void> {
  const key = { planYear: month.planYear, month: month.number, audience: 'announcement' as const };
  for (let look = 0; look < MOST_LOOKS; look++) {
    const announcement = await db.manager.findOneBy(Notice, key);
    if (announcement?.state === 'draft') {
      await releaseAnnouncement(db, await actorByName(db, 'phathanh', ORIGIN), month);
      return;
    }
    if (announcement) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error(`month ${month} was closed and its notices were not written within two minutes`);
}
