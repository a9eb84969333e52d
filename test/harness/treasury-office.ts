import type { DataSource } from 'typeorm';
import { Month, systemActor } from '#libs/kernel';
import { recordDisbursements, type NewDisbursement } from '#libs/ledger';
import { registerOrganisation } from '#libs/organisation';
import { registerProjects } from '#libs/projects';
import { importStatement, type NewTreasuryLine } from '#libs/reconciliation';
import { actorFor, PLAN_YEAR, smallOffice } from './small-office.js';

export const SEPTEMBER = Month.of(PLAN_YEAR, 9);
export const OCTOBER = Month.of(PLAN_YEAR, 10);

/**
 * The small office with a second source, NSTW, and projects that the Treasury knows: A1 (9000001) and A2 (9000002) of
 * unit A, B1 (9000003) and B2 (9000004) of unit B, and W (9000005) with a component of B and one of C. P-C has no
 * national code. What September's books hold:
 *   A1 NSDP 100, and an estimate of 5 and a transfer of 40 that are no money paid · A2 NSDP 640 · B1 NSDP 7,009
 *   W-1 NSDP 30, W-2 NSDP 20 · P-C NSDP 10
 */
export async function treasuryOffice(db: DataSource): Promise<void> {
  await smallOffice(db);
  const system = systemActor('command-line');
  await registerOrganisation(db, system, {
    units: [],
    places: [],
    teams: [],
    teamAreas: [],
    fundingSources: [{ code: 'NSTW', name: 'NSTW trong nước', level: 'central' }],
  });
  const project = (code: string, nationalCode: string | null, unitCode: string | null, parentCode: string | null) => ({
    code,
    nationalCode,
    name: `Dự án ${code}`,
    parentCode,
    investorName: null,
    capitalType: 'public' as const,
    programme: 'none' as const,
    totalInvestment: null,
    totalInvestmentNote: null,
    unitCode,
    places: ['178'],
  });
  await registerProjects(db, system, [
    project('A1', '9000001', 'A', null),
    project('A2', '9000002', 'A', null),
    project('B1', '9000003', 'B', null),
    project('B2', '9000004', 'B', null),
    project('W', '9000005', null, null),
    project('W-1', null, 'B', 'W'),
    project('W-2', null, 'C', 'W'),
  ]);
  await recordDisbursements(db, actorFor('staff'), SEPTEMBER, [
    entry('A', 'A1', 100n),
    entry('A', 'A1', 5n, { basis: 'estimate' }),
    entry('A', 'A1', 40n, { kind: 'transfer' }),
    entry('A', 'A2', 640n),
    entry('B', 'B1', 7009n),
    entry('B', 'W-1', 30n),
    entry('C', 'W-2', 20n),
    entry('C', 'P-C', 10n),
  ]);
}

export function entry(
  unitCode: string,
  projectCode: string,
  amount: bigint,
  more: Partial<NewDisbursement> = {},
): NewDisbursement {
  return {
    unitCode,
    projectCode,
    sourceCode: 'NSDP',
    kind: 'payment',
    carriedOver: false,
    basis: 'actual',
    amount,
    documentNo: null,
    documentDate: null,
    reason: null,
    corrects: null,
    ...more,
  };
}

export function line(nationalCode: string, amount: bigint, more: Partial<NewTreasuryLine> = {}): NewTreasuryLine {
  return {
    nationalCode,
    unitCode: null,
    projectName: `DA ${nationalCode}`,
    sourceCode: 'NSDP',
    carriedOver: false,
    amount,
    advance: 0n,
    advanceRecovered: 0n,
    ...more,
  };
}

/** What the Treasury says of September: 100, 640 under NSTW, 5,769, 50 for W, 720 for B2, 55 for a code nobody has. */
export const SEPTEMBER_LINES = [
  line('9000001', 100n),
  line('9000002', 640n, { sourceCode: 'NSTW' }),
  line('9000003', 5769n),
  line('9000005', 50n),
  line('9000004', 720n),
  line('9999999', 55n),
];

/** September's statement, and October's, where 1,240 of B1 went. */
export async function importBoth(db: DataSource): Promise<void> {
  await importStatement(db, actorFor('staff'), SEPTEMBER, {
    asOf: '2024-09-30',
    documentNo: '12/BK-KBNN',
    lines: SEPTEMBER_LINES,
  });
  await importStatement(db, actorFor('staff'), OCTOBER, {
    asOf: '2024-10-31',
    documentNo: '13/BK-KBNN',
    lines: [line('9000003', 1240n)],
  });
}
