import type { DataSource } from 'typeorm';
import { addAccount } from '#libs/access';
import { closeMonth as close, closingSheet, DECISION_OF, type NewDecision } from '#libs/closing';
import { Month, systemActor, type Actor, type Role } from '#libs/kernel';
import {
  openPlanYear,
  recordAllocationDecision,
  recordDisbursements,
  reopenMonth as reopen,
  submitReport,
  type ReportingMonth,
} from '#libs/ledger';
import { registerOrganisation } from '#libs/organisation';
import { registerProjects } from '#libs/projects';
import { direct } from './direct-sql.js';

export const PASSWORD = 'thu-nghiem-2024';
export const PLAN_YEAR = 2024;

/** Units of the small office: three investors, a district, the reserve. Team 1 looks after A and B, team 2 after C; nobody after D. */
export const UNITS = ['A', 'B', 'C', 'D'] as const;

export function actorFor(role: Role, username: string = role, units: Actor['units'] = 'all'): Actor {
  return {
    accountId: null,
    username,
    displayName: username,
    role,
    units,
    teams: [],
    origin: { via: 'command-line' },
  };
}

/**
 * A province one can work out by hand, built through the use cases: units A-D with a project each (P-A …), a plan of
 * 100 đồng each from January on, business day 31/12/2024 (so any month to November may close), accounts of all roles.
 */
export async function smallOffice(db: DataSource, planDong = 100n): Promise<void> {
  const system = systemActor('command-line');
  await registerOrganisation(db, system, {
    units: [
      ...UNITS.map((code) => ({
        code,
        kind: code === 'D' ? ('district' as const) : ('investor' as const),
        group: code === 'D' ? 'district' : 'provincial',
        name: `Đơn vị ${code}`,
        shortName: code,
        validFrom: null,
        validTo: null,
      })),
      {
        code: 'R',
        kind: 'reserve' as const,
        group: 'provincial',
        name: 'Vốn chưa phân bổ chi tiết',
        shortName: 'Chưa phân bổ',
        validFrom: null,
        validTo: null,
      },
    ],
    places: [{ code: '178', kind: 'district', name: 'Thành phố', validFrom: null, validTo: null }],
    teams: [
      { code: 'T1', name: 'Đoàn 1', isFallback: false },
      { code: 'T2', name: 'Đoàn 2', isFallback: false },
      { code: 'T0', name: 'Đầu mối', isFallback: true },
    ],
    teamAreas: [
      { teamCode: 'T1', unitCode: 'A', validFrom: '2024-01-01' },
      { teamCode: 'T1', unitCode: 'B', validFrom: '2024-01-01' },
      { teamCode: 'T2', unitCode: 'C', validFrom: '2024-01-01' },
    ],
    fundingSources: [{ code: 'NSDP', name: 'NSĐP cân đối', level: 'local' }],
  });
  await registerProjects(
    db,
    system,
    UNITS.map((code) => ({
      code: `P-${code}`,
      nationalCode: null,
      name: `Dự án của ${code}`,
      parentCode: null,
      investorName: null,
      capitalType: 'public' as const,
      programme: 'none' as const,
      totalInvestment: null,
      totalInvestmentNote: null,
      unitCode: code,
      places: ['178'],
    })),
  );
  await openPlanYear(db, system, PLAN_YEAR);
  await direct(db, "UPDATE instance_setting SET business_date = '2024-12-31'");
  await allocate(
    db,
    '01/QĐ',
    '2024-01-02',
    UNITS.map((code) => [code, planDong] as const),
  );
  for (const [username, role, units, teams] of ACCOUNTS)
    await addAccount(db, system, { username, displayName: username, role, units, teams, password: PASSWORD });
}

const ACCOUNTS: [string, Role, string[], string[]][] = [
  ['admin', 'admin', [], []],
  ['staff', 'staff', [], []],
  ['approver', 'approver', [], []],
  ['approver2', 'approver', [], []],
  ['clerk', 'clerk', [], []],
  ['reporter', 'reporter', ['A'], []],
  ['inspector', 'inspector', [], ['T1']],
  ['leader', 'leader', [], []],
  ['auditor', 'auditor', [], []],
];

export async function allocate(
  db: DataSource,
  number: string,
  effectiveDate: string,
  amounts: readonly (readonly [unit: string, amount: bigint])[],
): Promise<void> {
  await recordAllocationDecision(db, actorFor('staff'), {
    planYear: PLAN_YEAR,
    number,
    decisionDate: effectiveDate,
    effectiveDate,
    level: 'province',
    kind: 'initial',
    note: '',
    lines: amounts.map(([unitCode, amount]) => ({
      basis: 'province',
      carriedOver: false,
      unitCode,
      projectCode: unitCode === 'R' ? null : `P-${unitCode}`,
      sourceCode: 'NSDP',
      amount,
    })),
  });
}

/** Books what each unit disbursed in a month and lets all of them report it. */
export async function bookMonth(
  db: DataSource,
  month: number,
  amounts: Partial<Record<(typeof UNITS)[number], bigint>>,
  reporting: readonly string[] = UNITS,
): Promise<void> {
  const period = Month.of(PLAN_YEAR, month);
  const entries = Object.entries(amounts).map(([unitCode, amount]) => ({
    unitCode,
    projectCode: `P-${unitCode}`,
    sourceCode: 'NSDP',
    kind: 'payment' as const,
    carriedOver: false,
    basis: 'actual' as const,
    amount,
    documentNo: null,
    documentDate: null,
    reason: amount < 0n ? 'Hoàn trả' : null,
    corrects: null,
  }));
  if (entries.length > 0) await recordDisbursements(db, actorFor('staff'), period, entries);
  for (const unit of reporting) await submitReport(db, actorFor('staff'), period, unit);
}

export const DEADLINES = { reportDeadlineWorkingDays: 5, closingDeadlineWorkingDays: 6 };

/** A decision for each thing that the month lacks, as an approver gives them. */
export async function decideAll(db: DataSource, month: Month): Promise<NewDecision[]> {
  const { missing } = await closingSheet(db, month, DEADLINES);
  return missing.map(({ kind, subject }) => ({ kind, subject, decision: DECISION_OF[kind], note: 'đã đôn đốc' }));
}

/** Closes a month whatever it lacks, each missing thing decided. */
export async function closeMonth(db: DataSource, actor: Actor, month: Month): Promise<ReportingMonth> {
  const isOpened = await db.query('SELECT FROM reporting_month WHERE plan_year = $1', [month.planYear]);
  return close(db, actor, month, (isOpened as unknown[]).length > 0 ? await decideAll(db, month) : []);
}

/** Reopens a month by two people: staff ask, the second approver does it. */
export async function reopenMonth(db: DataSource, month: Month, reason = 'sai số'): Promise<void> {
  await reopen(db, actorFor('staff'), month, reason);
  await reopen(db, actorFor('approver', 'approver2'), month, null);
}
