import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { Month, systemActor } from '#libs/kernel';
import {
  openPlanYear,
  recordAllocationDecision,
  recordDisbursements,
  submitReport,
  type NewAllocationLine,
  type NewDisbursement,
  type NewReorganisation,
} from '#libs/ledger';
import { evaluateMonth } from '#libs/monitoring';
import { registerOrganisation } from '#libs/organisation';
import { registerProjects, type NewProject } from '#libs/projects';
import { actorFor, closeMonth } from './small-office.js';
import { direct } from './direct-sql.js';

function table(path: string): string[][] {
  const [, ...rows] = readFileSync(join(process.cwd(), path), 'utf8').trim().split('\n');
  return rows.map((row) => row.split(','));
}

/** The 11 districts with their official codes; they end on 30/6/2025 (NQ 1672/NQ-UBTVQH15). */
export const DISTRICTS = table('apps/standalone/demonstration/data/lang-son-units.csv')
  .filter(([, kind]) => kind === 'district')
  .map(([code, , , name]) => ({ code: code as string, name: name as string }));

/** The 11 area boards of 1/7/2025, each with the district whose seat it took. */
export const BOARDS = table('test/fixtures/reorganisation/lang-son-area-boards.csv').map((row) => ({
  code: row[0] as string,
  name: row[1] as string,
  district: row[3] as string,
}));

const INVESTORS = ['BQLDA-TINH', 'SO-GTVT'];
const SOURCES = ['NSDP', 'NSTW'] as const;

/** Of each district: a plain project, a parent with two components, and one that holds no money yet. */
export function projectsOf(unit: string): { plain: string; parent: string; components: string[]; idle: string } {
  return {
    plain: `${unit}-DA`,
    parent: `${unit}-TP`,
    components: [`${unit}-TP-1`, `${unit}-TP-2`],
    idle: `${unit}-CHO`,
  };
}

function project(code: string, unitCode: string, parentCode: string | null = null): NewProject {
  return {
    code,
    nationalCode: null,
    name: `Dự án ${code}`,
    parentCode,
    investorName: null,
    capitalType: 'public',
    programme: 'none',
    totalInvestment: null,
    totalInvestmentNote: null,
    unitCode,
    places: [],
  };
}

const leaves = (unit: string): string[] => [projectsOf(unit).plain, ...projectsOf(unit).components];

/**
 * Lạng Sơn in the first half of 2025: 11 districts and two investors; plans on both bases, carried over and not, from
 * two sources, some of it not assigned to projects; payments, advances, their recovery, refunds and estimates to June.
 * Amounts are made up by a formula. District 184 pays least, so it comes on the list. `closeThrough` closes and
 * evaluates the months up to it.
 */
export async function langSon2025(db: DataSource, closeThrough = 6): Promise<void> {
  const system = systemActor('command-line');
  const staff = actorFor('staff');
  const rated = [...DISTRICTS.map(({ code }) => code), ...INVESTORS];
  await registerOrganisation(db, system, {
    units: [
      ...DISTRICTS.map(({ code, name }) => ({
        code,
        kind: 'district' as const,
        group: 'district',
        name,
        shortName: name,
        validFrom: null,
        validTo: '2025-06-30',
      })),
      ...INVESTORS.map((code) => ({
        code,
        kind: 'investor' as const,
        group: 'provincial',
        name: code,
        shortName: code,
        validFrom: null,
        validTo: null,
      })),
    ],
    places: [],
    teams: [
      { code: 'D1', name: 'Đoàn 1', isFallback: false },
      { code: 'D2', name: 'Đoàn 2', isFallback: false },
      { code: 'D0', name: 'Đầu mối', isFallback: true },
    ],
    teamAreas: DISTRICTS.map(({ code }, i) => ({
      teamCode: i < 6 ? 'D1' : 'D2',
      unitCode: code,
      validFrom: '2024-01-01',
    })),
    fundingSources: [
      { code: 'NSDP', name: 'NSĐP cân đối', level: 'local' },
      { code: 'NSTW', name: 'NSTW trong nước', level: 'central' },
    ],
  });
  for (const unit of rated) {
    const { plain, parent, components, idle } = projectsOf(unit);
    await registerProjects(db, system, [
      project(plain, unit),
      project(parent, unit),
      ...components.map((code) => project(code, unit, parent)),
      project(idle, unit),
    ]);
  }
  await openPlanYear(db, system, 2025);
  await direct(db, "UPDATE instance_setting SET business_date = '2025-12-31'");
  await recordAllocationDecision(db, staff, {
    planYear: 2025,
    number: '100/QĐ-UBND',
    decisionDate: '2024-12-20',
    effectiveDate: '2025-01-01',
    level: 'province',
    kind: 'initial',
    note: '',
    lines: rated.flatMap(linesOf),
  });
  // A line that takes effect after the districts end.
  await recordAllocationDecision(db, staff, {
    planYear: 2025,
    number: '150/QĐ-UBND',
    decisionDate: '2025-05-05',
    effectiveDate: '2025-05-05',
    level: 'province',
    kind: 'adjustment',
    note: '',
    lines: [line('178', '178-DA', 'NSDP', -777_777n), line('SO-GTVT', 'SO-GTVT-DA', 'NSDP', 777_777n)],
  });
  for (let month = 1; month <= 6; month++) await paidMonth(db, month, rated);
  for (let month = 1; month <= closeThrough; month++) await closeAndEvaluate(db, month);
}

/** Everybody reports the month, an approver closes it, the rule evaluates it. */
export async function closeAndEvaluate(
  db: DataSource,
  month: number,
  reporting: readonly string[] = [],
): Promise<void> {
  for (const unit of reporting) await submitReport(db, actorFor('staff'), Month.of(2025, month), unit);
  await closeMonth(db, actorFor('approver'), Month.of(2025, month));
  await evaluateMonth(db, systemActor('job'), { planYear: 2025, month, monthVersion: 1 });
}

function line(
  unitCode: string,
  projectCode: string | null,
  sourceCode: string,
  amount: bigint,
  more: Partial<NewAllocationLine> = {},
): NewAllocationLine {
  return { basis: 'province', carriedOver: false, unitCode, projectCode, sourceCode, amount, ...more };
}

function linesOf(unit: string): NewAllocationLine[] {
  const size = BigInt(unit.length * 1000 + unit.charCodeAt(unit.length - 1)) * 1_000_000n;
  return [
    ...leaves(unit).flatMap((code, i) => [
      line(unit, code, 'NSDP', size + BigInt(i) * 1_234_567n),
      line(unit, code, 'NSTW', size / 2n + BigInt(i)),
      line(unit, code, 'NSTW', size / 2n, { basis: 'pm' }),
    ]),
    line(unit, leaves(unit)[0] as string, 'NSDP', size / 7n, { carriedOver: true }),
    line(unit, leaves(unit)[0] as string, 'NSDP', size / 9n, { carriedOver: true, basis: 'pm' }),
    line(unit, null, 'NSDP', size / 5n),
  ];
}

async function paidMonth(db: DataSource, month: number, rated: readonly string[]): Promise<void> {
  const entries = rated.flatMap((unitCode, u): NewDisbursement[] => {
    // District 184 falls behind from month 3 on.
    const pace = unitCode === '184' ? (month < 3 ? 3n : 1n) : BigInt(4 + ((u + month) % 3));
    const size = BigInt(unitCode.length * 1000 + unitCode.charCodeAt(unitCode.length - 1)) * 10_000n;
    const entry = (
      projectCode: string,
      kind: NewDisbursement['kind'],
      amount: bigint,
      more: Partial<NewDisbursement> = {},
    ): NewDisbursement => ({
      unitCode,
      projectCode,
      sourceCode: SOURCES[0],
      kind,
      carriedOver: false,
      basis: 'actual',
      amount,
      documentNo: null,
      documentDate: null,
      reason: kind === 'refund' ? 'Nộp trả' : null,
      corrects: null,
      ...more,
    });
    const [plain, first, second] = leaves(unitCode) as [string, string, string];
    return [
      entry(plain, 'payment', size * pace * 3n),
      entry(first, 'payment', size * pace, { sourceCode: 'NSTW' }),
      entry(second, 'advance', size * 5n),
      entry(plain, 'payment', size / 3n, { carriedOver: true }),
      // Replaced by the actual figure beside it; the one of the second component never is.
      entry(plain, 'payment', size * pace * 2n, { basis: 'estimate' }),
      ...(month % 2 === 0
        ? [
            entry(second, 'payment', size * 2n),
            entry(second, 'advance-recovery', -size * 2n),
            entry(first, 'refund', -size / 4n, { sourceCode: 'NSTW' }),
          ]
        : []),
      ...(month === 6 ? [entry(second, 'payment', size, { basis: 'estimate', sourceCode: 'NSTW' })] : []),
    ];
  });
  const isRefund = ({ kind }: NewDisbursement): boolean => kind === 'refund';
  const staff = actorFor('staff');
  await recordDisbursements(
    db,
    staff,
    Month.of(2025, month),
    entries.filter((entry) => !isRefund(entry)),
  );
  const refunds = entries.filter(isRefund);
  for (const refund of refunds) refund.corrects = await paymentOf(db, refund);
  if (refunds.length > 0) await recordDisbursements(db, staff, Month.of(2025, month), refunds);
  for (const unit of rated) await submitReport(db, actorFor('staff'), Month.of(2025, month), unit);
}

/** The payment that a refund brings money back of. */
async function paymentOf(db: DataSource, { unitCode, projectCode, sourceCode }: NewDisbursement): Promise<number> {
  const [row]: { id: number }[] = await db.query(
    `SELECT id FROM disbursement_entry
     WHERE unit_code = $1 AND project_code = $2 AND source_code = $3 AND kind = 'payment' ORDER BY id LIMIT 1`,
    [unitCode, projectCode, sourceCode],
  );
  return (row as { id: number }).id;
}

/** Each district to the area board of its seat. */
export function districtsToBoards(): NewReorganisation {
  return {
    decisionNo: '1672/NQ-UBTVQH15',
    decisionDate: '2025-06-16',
    effectiveDate: '2025-07-01',
    note: '',
    ended: DISTRICTS.map(({ code }) => ({
      unitCode: code,
      successorCode: boardOf(code),
      unassignedTo: null,
    })),
    successors: BOARDS.map(({ code, name }) => ({
      code,
      kind: 'investor',
      group: 'provincial',
      name,
      shortName: code,
      teamCode: null,
    })),
    projects: [],
  };
}

export function boardOf(district: string): string {
  return (BOARDS.find((board) => board.district === district) as (typeof BOARDS)[number]).code;
}
