// The office that is fuzzed: four units with their books, two months closed and evaluated, and in every text that
// belongs to one unit a mark that nobody else may ever be answered.
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { DataSource, getMetadataArgsStorage } from 'typeorm';
import * as access from '#libs/access';
import * as audit from '#libs/audit';
import * as calendar from '#libs/calendar';
import * as closing from '#libs/closing';
import * as exchange from '#libs/exchange';
import * as followup from '#libs/followup';
import { Month, systemActor } from '#libs/kernel';
import * as ledger from '#libs/ledger';
import * as monitoring from '#libs/monitoring';
import * as notices from '#libs/notices';
import * as organisation from '#libs/organisation';
import * as platform from '#libs/platform';
import * as projects from '#libs/projects';
import * as reconciliation from '#libs/reconciliation';

export const PASSWORD = 'thu-nghiem-2024';
export const PLAN_YEAR = 2024;
export const ROLES = ['admin', 'staff', 'approver', 'clerk', 'reporter', 'inspector', 'leader', 'auditor'];
/** Team T1 looks after A and B; the reporter's unit is A. */
const OWN_UNITS = { reporter: ['A'], inspector: ['A', 'B'] };
const UNITS = ['A', 'B', 'C', 'D'];
const DEADLINES = { reportDeadlineWorkingDays: 5, closingDeadlineWorkingDays: 6 };

/**
 * Fills a migrated, empty database. `marks` gives each unit its mark; `foreign` the marks that a role must never see.
 */
export async function openOffice(databaseUrl) {
  const contexts = [
    access,
    audit,
    calendar,
    closing,
    exchange,
    followup,
    ledger,
    monitoring,
    notices,
    organisation,
    platform,
  ];
  const classes = [...contexts, projects, reconciliation].flatMap(Object.values);
  const tables = new Set(getMetadataArgsStorage().tables.map(({ target }) => target));
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await platform.ensureInstance(client, 'Tỉnh Thử');
  await client.end();
  const db = await new DataSource({
    ...platform.databaseOptions(databaseUrl, 3),
    entities: classes.filter((each) => tables.has(each)),
  }).initialize();
  const marks = Object.fromEntries(UNITS.map((unit) => [unit, `KIN${randomBytes(5).toString('hex').toUpperCase()}`]));
  await fill(db, marks);
  const of = (units) => UNITS.filter((unit) => !units.includes(unit)).map((unit) => marks[unit]);
  return {
    db,
    marks,
    foreign: { reporter: of(OWN_UNITS.reporter), inspector: of(OWN_UNITS.inspector), nobody: of([]) },
  };
}

/** Reads the files that were sent, as the worker does. */
export async function readWaiting(db) {
  const due = await db.query(
    "SELECT id, payload FROM outbox_message WHERE topic = 'import-received' AND done_at IS NULL ORDER BY id",
  );
  for (const { id, payload } of due) await exchange.readImport(db, systemActor('job'), { ...payload, messageId: id });
  return due.length;
}

async function fill(db, marks) {
  const system = systemActor('command-line');
  const valid = { validFrom: null, validTo: null };
  await organisation.registerOrganisation(db, system, {
    units: [
      ...UNITS.map((code) => ({
        code,
        kind: code === 'D' ? 'district' : 'investor',
        group: code === 'D' ? 'district' : 'provincial',
        name: `Đơn vị ${marks[code]}`,
        shortName: `ĐV ${marks[code]}`,
        ...valid,
      })),
      {
        code: 'R',
        kind: 'reserve',
        group: 'provincial',
        name: 'Vốn chưa phân bổ',
        shortName: 'Chưa phân bổ',
        ...valid,
      },
    ],
    places: [{ code: '178', kind: 'district', name: 'Thành phố', ...valid }],
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
  await projects.registerProjects(
    db,
    system,
    UNITS.map((code, i) => ({
      code: `P-${code}`,
      nationalCode: `790000${i}`,
      name: `Dự án ${marks[code]}`,
      parentCode: null,
      investorName: `Chủ đầu tư ${marks[code]}`,
      capitalType: 'public',
      programme: 'none',
      totalInvestment: null,
      totalInvestmentNote: `Ghi chú ${marks[code]}`,
      unitCode: code,
      places: ['178'],
    })),
  );
  await ledger.openPlanYear(db, system, PLAN_YEAR);
  await audit.auditedTransaction(db, system, async (tx, record) => {
    await tx.query("UPDATE instance_setting SET business_date = '2024-12-31'");
    record({ action: 'business-day.move', objectType: 'instance', objectId: '1', after: '2024-12-31' });
  });
  for (const code of UNITS) await decide(db, code, marks[code]);
  for (let month = 1; month <= 2; month++) await liveMonth(db, month, marks);
  for (const role of ROLES) await addAccount(db, system, role);
  await access.addAccount(db, system, { ...account('approver'), username: 'approver2' });
}

const account = (role) => ({ username: role, displayName: role, role, password: PASSWORD });

async function addAccount(db, system, role) {
  const units = role === 'reporter' ? ['A'] : [];
  const teams = role === 'inspector' ? ['T1'] : [];
  await access.addAccount(db, system, { ...account(role), units, teams });
}

async function decide(db, code, mark) {
  const line = { carriedOver: false, unitCode: code, projectCode: `P-${code}`, sourceCode: 'NSDP', amount: 1_000_000n };
  await ledger.recordAllocationDecision(db, systemActor('command-line'), {
    planYear: PLAN_YEAR,
    number: `${code}/QĐ-${mark}`,
    decisionDate: '2024-01-02',
    effectiveDate: '2024-01-02',
    level: 'province',
    kind: 'initial',
    note: `Phân bổ ${mark}`,
    lines: [{ ...line, basis: 'province' }],
  });
}

/** Payments with marked documents and a marked reason; the month reported, and closed and evaluated if past. */
async function liveMonth(db, month, marks) {
  const system = systemActor('command-line');
  const period = Month.of(PLAN_YEAR, month);
  for (const [i, code] of UNITS.entries()) {
    const entry = {
      unitCode: code,
      projectCode: `P-${code}`,
      sourceCode: 'NSDP',
      kind: 'payment',
      carriedOver: false,
      basis: 'actual',
      amount: BigInt(10_000 * (i + 1) * month),
      documentNo: `CT-${month}-${marks[code]}`,
      documentDate: null,
      reason: null,
      corrects: null,
    };
    await ledger.recordDisbursements(db, system, period, [
      entry,
      { ...entry, amount: 7n, reason: `Giải trình ${marks[code]}` },
    ]);
    await ledger.submitReport(db, system, period, code);
  }
  if (month > 1) return;
  const { missing } = await closing.closingSheet(db, period, DEADLINES);
  const decisions = missing.map(({ kind, subject }) => ({
    kind,
    subject,
    decision: closing.DECISION_OF[kind],
    note: 'đã đôn đốc',
  }));
  await closing.closeMonth(db, { ...system, role: 'approver', username: 'approver' }, period, decisions);
  await monitoring.evaluateMonth(db, systemActor('job'), { planYear: PLAN_YEAR, month, monthVersion: 1 });
}
