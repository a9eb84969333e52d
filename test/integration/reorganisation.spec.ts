import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { actorByName } from '#libs/access';
import { auditedTransaction } from '#libs/audit';
import { commitImport, receiveImport } from '#libs/exchange';
import { Month } from '#libs/kernel';
import {
  applyAllocationRows,
  carryOutReorganisation,
  prepareReorganisation,
  previewReorganisation,
  recordAllocationDecision,
  recordDisbursements,
  resultHashOf,
  withdrawReorganisation,
  type NewDisbursement,
  type NewReorganisation,
  type ReorganisationResult,
} from '#libs/ledger';
import { changeUnit, Unit } from '#libs/organisation';
import { direct } from '../harness/direct-sql.js';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { disbursementCsv, readWaiting } from '../harness/imports.js';
import { reusedOffice, type Office } from '../harness/reused-office.js';
import { actorFor, bookMonth, smallOffice, closeMonth, reopenMonth } from '../harness/small-office.js';

const staff = actorFor('staff');
const approver = actorFor('approver');

/** A ends, N begins on 1/9/2024 and takes all of it. */
function request(changes: Partial<NewReorganisation> = {}): NewReorganisation {
  return {
    decisionNo: '7/QĐ',
    decisionDate: '2024-08-20',
    effectiveDate: '2024-09-01',
    note: '',
    ended: [{ unitCode: 'A', successorCode: 'N', unassignedTo: null }],
    successors: [
      { code: 'N', kind: 'investor', group: 'provincial', name: 'Đơn vị mới', shortName: 'N', teamCode: null },
    ],
    projects: [],
    ...changes,
  };
}

function entry(changes: Partial<NewDisbursement> = {}): NewDisbursement {
  return {
    unitCode: 'A',
    projectCode: 'P-A',
    sourceCode: 'NSDP',
    kind: 'payment',
    carriedOver: false,
    basis: 'actual',
    amount: 5n,
    documentNo: null,
    documentDate: null,
    reason: null,
    corrects: null,
    ...changes,
  };
}

async function carryOut(db: DataSource, asked: NewReorganisation): Promise<void> {
  const draft = await prepareReorganisation(db, staff, asked);
  await carryOutReorganisation(db, approver, draft.id, hashOf(draft.result));
}

const hashOf = (result: string): string => resultHashOf(JSON.parse(result) as ReorganisationResult);

async function cell(db: DataSource, unit: string): Promise<string> {
  const [row]: { sum: string }[] = await db.query(
    `SELECT coalesce(sum(amount), 0) AS sum FROM disbursement_entry WHERE unit_code = $1`,
    [unit],
  );
  return row?.sum ?? '';
}

/** Plan 100 đồng a unit from January; A paid 10 a month to June; months 1 to 8 are closed. */
async function office(db: DataSource): Promise<void> {
  await smallOffice(db);
  for (let month = 1; month <= 6; month++) await bookMonth(db, month, { A: 10n, B: 20n });
  for (let month = 1; month <= 8; month++) await closeMonth(db, approver, Month.of(2024, month));
}

describe('a reorganisation of the small office', () => {
  let base: Awaited<ReturnType<typeof reusedOffice>>;
  let own: Office;
  let db: DataSource;
  beforeAll(async () => {
    base = await reusedOffice(office);
  });
  beforeEach(async () => {
    own = await base.open();
    db = own.db;
  });
  afterEach(() => own.close());
  afterAll(() => base.drop());

  it('is prepared by one and carried out by another, once, as it was seen', async () => {
    const own = await prepareReorganisation(db, approver, request());
    const refused = (id: number, hash: string, actor = approver) => carryOutReorganisation(db, actor, id, hash);
    await expect(refused(own.id, hashOf(own.result))).rejects.toMatchObject({ code: 'reorganisation-same-person' });
    await recordDisbursements(db, staff, Month.of(2024, 9), [entry()]);
    await expect(refused(own.id, hashOf(own.result), actorFor('approver', 'approver2'))).rejects.toMatchObject({
      code: 'reorganisation-changed-meanwhile',
    });
    expect(await cell(db, 'A')).toBe('65');
    const fresh = await previewReorganisation(db, approver, request());
    await carryOutReorganisation(db, actorFor('approver', 'approver2'), own.id, resultHashOf(fresh));
    expect([await cell(db, 'A'), await cell(db, 'N')]).toEqual(['0', '65']);
    await expect(refused(own.id, resultHashOf(fresh), actorFor('approver', 'approver2'))).rejects.toMatchObject({
      code: 'reorganisation-decided',
    });
    await expect(withdrawReorganisation(db, staff, own.id)).rejects.toMatchObject({ code: 'reorganisation-decided' });
    const events: { action: string }[] = await db.query(
      "SELECT action FROM audit_event WHERE object_type = 'reorganisation' ORDER BY seq",
    );
    expect(events.map(({ action }) => action)).toEqual(['reorganisation.prepare', 'reorganisation.carry-out']);
  });

  it('is withdrawn, not deleted', async () => {
    const { id } = await prepareReorganisation(db, staff, request());
    expect(await withdrawReorganisation(db, staff, id)).toMatchObject({ state: 'withdrawn' });
  });

  it('needs every month from the effective one on to be open, and its plan year too', async () => {
    const on = (effectiveDate: string) => previewReorganisation(db, staff, request({ effectiveDate }));
    await expect(on('2024-08-31')).rejects.toMatchObject({
      code: 'reorganisation-month-closed',
      facts: { month: '2024-08' },
    });
    await expect(on('2025-01-01')).rejects.toMatchObject({
      code: 'reorganisation-year-not-open',
      facts: { planYear: 2025 },
    });
    expect((await on('2024-09-30')).months).toEqual([{ planYear: 2024, month: 9 }]);
  });

  it('in January moves both plan years, month 13 of the one and month 1 of the other', async () => {
    await direct(db, 'INSERT INTO reporting_month (plan_year, month) SELECT 2025, m FROM generate_series(1, 13) AS m');
    const { months, units } = await previewReorganisation(db, staff, request({ effectiveDate: '2025-01-15' }));
    expect(months).toEqual([
      { planYear: 2024, month: 13 },
      { planYear: 2025, month: 1 },
    ]);
    expect(units.find(({ code, planYear }) => code === 'N' && planYear === 2024)?.after.disbursedDong).toBe(60);
  });

  it('moves what takes effect later in its own month, so that it does not come back', async () => {
    await recordAllocationDecision(db, staff, {
      planYear: 2024,
      number: '8/QĐ',
      decisionDate: '2024-08-01',
      effectiveDate: '2024-11-20',
      level: 'province',
      kind: 'supplement',
      note: '',
      lines: [
        { basis: 'province', carriedOver: false, unitCode: 'A', projectCode: null, sourceCode: 'NSDP', amount: 40n },
      ],
    });
    await recordDisbursements(db, staff, Month.of(2024, 10), [entry({ amount: 3n })]);
    await carryOut(db, request());
    const totals = await db.query(
      `SELECT effective_month AS month, unit_code AS unit, amount FROM allocation_total
       WHERE unit_code IN ('A', 'N') AND amount <> 0 ORDER BY 1, 2`,
    );
    expect(totals).toEqual([
      { month: 1, unit: 'A', amount: '100' },
      { month: 9, unit: 'A', amount: '-100' },
      { month: 9, unit: 'N', amount: '100' },
      { month: 11, unit: 'N', amount: '40' },
    ]);
    const paid = await db.query(
      `SELECT month, unit_code AS unit, amount FROM disbursement_total WHERE month > 8 AND amount <> 0 ORDER BY 1, 2`,
    );
    expect(paid).toEqual([
      { month: 9, unit: 'A', amount: '-60' },
      { month: 9, unit: 'N', amount: '60' },
      { month: 10, unit: 'N', amount: '3' },
    ]);
  });

  it('refuses all that is wrong at once, each in its place', async () => {
    const found = await previewReorganisation(
      db,
      staff,
      request({
        ended: [
          { unitCode: 'A', successorCode: null, unassignedTo: null },
          { unitCode: 'B', successorCode: 'B', unassignedTo: null },
          { unitCode: 'C', successorCode: 'B', unassignedTo: null },
          { unitCode: 'B', successorCode: 'D', unassignedTo: null },
          { unitCode: 'X', successorCode: 'Y', unassignedTo: null },
        ],
        projects: [
          { projectCode: 'P-D', successorCode: 'D' },
          { projectCode: 'P-B', successorCode: 'D' },
          { projectCode: 'P-B', successorCode: 'D' },
        ],
      }),
    ).catch((error: { problems: { pointer: string; code: string }[] }) =>
      error.problems.map(({ pointer, code }) => `${pointer} ${code}`),
    );
    expect(found).toEqual([
      '/ended/3/unitCode unit-in-request-twice',
      '/ended/4/unitCode unit-unknown',
      '/ended/1/successorCode successor-is-itself',
      '/ended/2/successorCode successor-ends-too',
      '/ended/4/successorCode successor-unknown',
      '/projects/0/projectCode project-not-of-ended-unit',
      '/projects/2/projectCode project-twice',
      '/ended/0/successorCode project-without-successor',
      '/ended/0/successorCode successor-missing',
      '/successors/0/code successor-without-part',
    ]);
  });

  it('refuses a successor that is over, a unit that ended, a code that was used, teams that differ', async () => {
    await carryOut(db, request());
    const codes = (asked: NewReorganisation): Promise<unknown> =>
      previewReorganisation(db, staff, asked).catch((error: { code: string; problems: { code: string }[] }) =>
        error.problems.length > 0 ? error.problems.map(({ code }) => code) : error.code,
      );
    const later = { decisionNo: '8/QĐ', effectiveDate: '2024-11-01' };
    const toA = [{ unitCode: 'B', successorCode: 'A', unassignedTo: null }];
    expect(await codes(request({ ...later, ended: toA, successors: [] }))).toEqual(['successor-not-valid']);
    expect(await codes(request(later))).toEqual(['unit-already-ended']);
    const toNew = [{ unitCode: 'B', successorCode: 'N', unassignedTo: null }];
    expect(await codes(request({ ...later, ended: toNew }))).toBe('unit-exists');
    // N took over on 1/9: it cannot end on that very day.
    const chain = [{ unitCode: 'N', successorCode: 'B', unassignedTo: null }];
    expect(await codes(request({ decisionNo: '9/QĐ', ended: chain, successors: [] }))).toEqual(['successor-ends-too']);
    const both = ['B', 'C'].map((unitCode) => ({ unitCode, successorCode: 'M', unassignedTo: null }));
    const [unit] = request().successors;
    const m = { ...(unit as NonNullable<typeof unit>), code: 'M' };
    expect(await codes(request({ ...later, ended: both, successors: [m] }))).toEqual(['team-ambiguous']);
    expect(await codes(request({ ...later, ended: both, successors: [{ ...m, teamCode: 'T2' }] }))).toMatchObject({
      teams: [{ team: { code: 'T2' } }],
    });
  });

  it('under a policy that counts estimates, waits for the actual figure of an estimate beside actuals', async () => {
    await recordDisbursements(db, staff, Month.of(2024, 9), [entry({ basis: 'estimate', amount: 4n })]);
    await previewReorganisation(db, staff, request());
    await direct(db, `INSERT INTO policy_version VALUES (2024, 1, '{"includeEstimates":true}', 'thử', now(), 'staff')`);
    await expect(previewReorganisation(db, staff, request())).rejects.toMatchObject({
      problems: [{ code: 'estimate-not-replaced', facts: { project: 'P-A', month: '2024-09' } }],
    });
    await recordDisbursements(db, staff, Month.of(2024, 9), [entry({ amount: 0n })]);
    await carryOut(db, request());
    expect(await cell(db, 'A')).toBe('0');
  });

  it('reporters follow to units that began with the act, teams with their area, each from its day', async () => {
    await carryOut(db, request());
    const seen = async (username: string): Promise<unknown> => (await actorByName(db, username, staff.origin)).units;
    expect(await seen('reporter')).toEqual(['A', 'N']);
    expect([...((await seen('inspector')) as string[])].sort()).toEqual(['B', 'N']);
    await direct(db, "UPDATE instance_setting SET business_date = '2024-08-31'");
    expect(await seen('reporter')).toEqual(['A']);
    expect([...((await seen('inspector')) as string[])].sort()).toEqual(['A', 'B']);
  });

  describe('afterwards', () => {
    beforeEach(() => carryOut(db, request()));

    it('a late entry or line on the ended unit is refused and the successor named', async () => {
      const named = { code: 'unit-ended', facts: { unit: 'A', day: '2024-09-30', successors: 'N' } };
      await expect(recordDisbursements(db, staff, Month.of(2024, 9), [entry()])).rejects.toMatchObject({
        problems: [named],
      });
      await expect(
        recordAllocationDecision(db, staff, {
          planYear: 2024,
          number: '9/QĐ',
          decisionDate: '2024-09-09',
          effectiveDate: '2024-09-09',
          level: 'province',
          kind: 'supplement',
          note: '',
          lines: [
            { basis: 'province', carriedOver: false, unitCode: 'A', projectCode: null, sourceCode: 'NSDP', amount: 1n },
          ],
        }),
      ).rejects.toMatchObject({ problems: [named] });
    });

    const late = (effectiveDate: string, lines: [unit: string, project: string, amount: bigint][]) => ({
      planYear: 2024,
      number: '5/QĐ',
      decisionDate: '2024-08-15',
      effectiveDate,
      level: 'province' as const,
      kind: 'supplement' as const,
      note: 'Đến muộn.',
      lines: lines.map(([unitCode, projectCode, amount]) => ({
        basis: 'province' as const,
        carriedOver: false,
        unitCode,
        projectCode,
        sourceCode: 'NSDP',
        amount,
      })),
    });
    const plan = async (): Promise<unknown> =>
      db.query(
        `SELECT unit_code AS unit, sum(amount)::int AS plan FROM allocation_total WHERE basis = 'province'
         GROUP BY 1 ORDER BY 1`,
      );

    it('a late line for a project of the ended unit goes to its successor, and the decision says so', async () => {
      // A 100 → N at the act; 30 more for A's project and 5 for B's. Before: 400, after: 435, nothing on A.
      const { id, note } = await recordAllocationDecision(
        db,
        staff,
        late('2024-09-01', [
          ['A', 'P-A', 30n],
          ['B', 'P-B', 5n],
        ]),
      );
      expect(note).toBe('Đến muộn. Vốn của A cho dự án P-A ghi cho N, đơn vị kế thừa theo 7/QĐ.');
      expect(await plan()).toEqual([
        { unit: 'A', plan: 0 },
        { unit: 'B', plan: 105 },
        { unit: 'C', plan: 100 },
        { unit: 'D', plan: 100 },
        { unit: 'N', plan: 130 },
      ]);
      const lines = await db.query('SELECT unit_code AS unit FROM allocation_line WHERE decision_id = $1 ORDER BY id', [
        id,
      ]);
      expect(lines).toEqual([{ unit: 'N' }, { unit: 'B' }]);
    });

    it('of a project that the ended unit never held it is refused, the successors named', async () => {
      await expect(recordAllocationDecision(db, staff, late('2024-09-01', [['A', 'P-B', 30n]]))).rejects.toMatchObject({
        problems: [{ code: 'unit-ended', facts: { unit: 'A', successors: 'B' } }],
      });
      expect(await plan()).toContainEqual({ unit: 'N', plan: 100 });
    });

    it('a file with late lines does the same; sent again it changes nothing', async () => {
      const rows = [['A', 'P-A', '30'] as const, ['B', 'P-B', '5'] as const].map(([unit, project, amount]) => ({
        plan_year: '2024',
        decision_no: '5/QĐ',
        decision_date: '2024-08-15',
        effective_date: '2024-09-01',
        basis: 'province',
        carried_over: '0',
        unit_code: unit,
        project_code: project,
        source_code: 'NSDP',
        amount_vnd: amount,
      }));
      const apply = () => auditedTransaction(db, staff, (tx, record) => applyAllocationRows(tx, staff, rows, record));
      expect((await apply()).map(({ outcome }) => outcome)).toEqual(['new', 'new']);
      expect(await plan()).toContainEqual({ unit: 'N', plan: 130 });
      expect(await plan()).toContainEqual({ unit: 'A', plan: 0 });
      const [decision] = await db.query("SELECT note FROM allocation_decision WHERE number = '5/QĐ'");
      expect(decision).toEqual({ note: 'Vốn của A cho dự án P-A ghi cho N, đơn vị kế thừa theo 7/QĐ.' });
      expect((await apply()).map(({ outcome }) => outcome)).toEqual(['same', 'same']);
    });

    const linesOfA = (): Promise<unknown> =>
      db.query(
        `SELECT d.number, d.kind, l.effective_month AS month, l.unit_code AS unit, l.amount::int AS amount
         FROM allocation_line AS l JOIN allocation_decision AS d ON d.id = l.decision_id
         WHERE d.number LIKE '5/QĐ%' ORDER BY l.id`,
      );

    it('a line in a reopened month before the end of its unit is carried on to the successor', async () => {
      await reopenMonth(db, Month.of(2024, 6));
      await recordAllocationDecision(
        db,
        staff,
        late('2024-06-20', [
          ['A', 'P-A', 30n],
          ['B', 'P-B', 5n],
        ]),
      );
      const carrying = { number: '5/QĐ (chuyển tiếp T9)', kind: 'transfer', month: 9 };
      expect(await linesOfA()).toEqual([
        { number: '5/QĐ', kind: 'supplement', month: 6, unit: 'A', amount: 30 },
        { ...carrying, unit: 'A', amount: -30 },
        { ...carrying, unit: 'N', amount: 30 },
        { number: '5/QĐ', kind: 'supplement', month: 6, unit: 'B', amount: 5 },
      ]);
      expect(await plan()).toEqual(
        expect.arrayContaining([
          { unit: 'A', plan: 0 },
          { unit: 'N', plan: 130 },
        ]),
      );
      const events: unknown[] = await db.query(
        `SELECT object_id FROM audit_event AS e JOIN allocation_decision AS d ON d.id::text = e.object_id
         WHERE e.action = 'allocation.record' AND d.number = '5/QĐ (chuyển tiếp T9)'`,
      );
      expect(events).toHaveLength(1);
    });

    it('such lines of a file too: later ones of the same decision are added to it, the same again changes nothing', async () => {
      await reopenMonth(db, Month.of(2024, 6));
      const row = (unit: string, project: string, amount: string) => ({
        plan_year: '2024',
        decision_no: '5/QĐ',
        decision_date: '2024-06-15',
        effective_date: '2024-06-20',
        basis: 'province',
        carried_over: '0',
        unit_code: unit,
        project_code: project,
        source_code: 'NSDP',
        amount_vnd: amount,
      });
      const apply = (...rows: ReturnType<typeof row>[]) =>
        auditedTransaction(db, staff, (tx, record) => applyAllocationRows(tx, staff, rows, record));
      const told = async (...rows: ReturnType<typeof row>[]) => (await apply(...rows)).map(({ outcome }) => outcome);
      expect(await told(row('B', 'P-B', '5'))).toEqual(['new']);
      expect(await told(row('B', 'P-B', '5'), row('A', 'P-A', '30'))).toEqual(['same', 'new']);
      expect(await told(row('B', 'P-B', '5'), row('A', 'P-A', '30'))).toEqual(['same', 'same']);
      expect(await told(row('A', 'P-A', '30'), row('A', 'P-A', '7'))).toEqual(['same', 'new']);
      const carrying = { number: '5/QĐ (chuyển tiếp T9)', kind: 'transfer', month: 9 };
      expect(((await linesOfA()) as unknown[]).slice(1)).toEqual([
        { number: '5/QĐ', kind: 'supplement', month: 6, unit: 'A', amount: 30 },
        { ...carrying, unit: 'A', amount: -30 },
        { ...carrying, unit: 'N', amount: 30 },
        { number: '5/QĐ', kind: 'supplement', month: 6, unit: 'A', amount: 7 },
        { ...carrying, unit: 'A', amount: -7 },
        { ...carrying, unit: 'N', amount: 7 },
      ]);
      expect(await plan()).toContainEqual({ unit: 'N', plan: 137 });
    });

    it('where the effective month is closed, a line before it waits until that is reopened too', async () => {
      await closeMonth(db, approver, Month.of(2024, 9));
      await reopenMonth(db, Month.of(2024, 6));
      await expect(recordAllocationDecision(db, staff, late('2024-06-20', [['A', 'P-A', 30n]]))).rejects.toMatchObject({
        code: 'month-closed',
        facts: { month: '2024-09' },
      });
      expect(await linesOfA()).toEqual([]);
    });

    it('a file that states a reopened month of the ended unit carries the differences on', async () => {
      await reopenMonth(db, Month.of(2024, 6));
      const importJune = async (amounts: { A: number; B: number }): Promise<void> => {
        const { id } = await receiveImport(db, staff, {
          kind: 'disbursements',
          fileName: () => 'thang-6.csv',
          bytes: (async function* () {
            yield Buffer.from(
              disbursementCsv([
                `2024,6,A,P-A,NSDP,payment,0,actual,${amounts.A}`,
                `2024,6,B,P-B,NSDP,payment,0,actual,${amounts.B}`,
              ]),
            );
          })(),
          choices: () => ({}),
        });
        await readWaiting(db);
        await commitImport(db, staff, id, { reason: 'Kho bạc xác nhận' });
      };
      // A's June stands at 10 and B's at 20: 17 adds 7 to June, and September carries 7 from A to N. B did not end; it has
      // paid 123 of its plan of 100, so the reason of the commit stands with it.
      await importJune({ A: 17, B: 23 });
      const booked = (): Promise<unknown> =>
        db.query(
          `SELECT month, unit_code AS unit, kind, amount::int, reason FROM disbursement_entry
           WHERE import_id IS NOT NULL ORDER BY id`,
        );
      const carried = 'Sắp xếp đơn vị theo 7/QĐ: chuyển tiếp số ghi vào tháng 6 sau khi đã chuyển';
      expect(await booked()).toEqual([
        { month: 6, unit: 'A', kind: 'payment', amount: 7, reason: null },
        { month: 6, unit: 'B', kind: 'payment', amount: 3, reason: 'Kho bạc xác nhận' },
        { month: 9, unit: 'A', kind: 'transfer', amount: -7, reason: carried },
        { month: 9, unit: 'N', kind: 'transfer', amount: 7, reason: carried },
      ]);
      expect([await cell(db, 'A'), await cell(db, 'N')]).toEqual(['0', '67']);
      // Falling to 8: 9 less, carried on as well; then the same again changes nothing.
      await importJune({ A: 8, B: 23 });
      expect([await cell(db, 'A'), await cell(db, 'N')]).toEqual(['0', '58']);
      expect(((await booked()) as unknown[]).slice(4)).toEqual([
        { month: 6, unit: 'A', kind: 'payment', amount: -9, reason: 'Kho bạc xác nhận' },
        { month: 9, unit: 'A', kind: 'transfer', amount: 9, reason: carried },
        { month: 9, unit: 'N', kind: 'transfer', amount: -9, reason: carried },
      ]);
      await importJune({ A: 8, B: 23 });
      expect((await booked()) as unknown[]).toHaveLength(7);
    });

    it('a correction in a reopened month is carried on to the successor in the same act', async () => {
      await reopenMonth(db, Month.of(2024, 6));
      await recordDisbursements(db, staff, Month.of(2024, 6), [entry({ amount: 7n })]);
      expect([await cell(db, 'A'), await cell(db, 'N')]).toEqual(['0', '67']);
      await recordDisbursements(db, staff, Month.of(2024, 6), [entry({ amount: -2n, reason: 'nhầm' })]);
      expect([await cell(db, 'A'), await cell(db, 'N')]).toEqual(['0', '65']);
      const [june]: { amount: string }[] = await db.query(
        `SELECT amount FROM disbursement_total WHERE unit_code = 'A' AND month = 6`,
      );
      expect(june?.amount).toBe('15');
    });

    it('where the effective month is closed again, it is reopened too', async () => {
      await closeMonth(db, approver, Month.of(2024, 9));
      await reopenMonth(db, Month.of(2024, 6));
      await expect(recordDisbursements(db, staff, Month.of(2024, 6), [entry()])).rejects.toMatchObject({
        code: 'month-closed',
        facts: { month: '2024-09' },
      });
    });

    it('its dates are fixed', async () => {
      const unit = await db.manager.findOneByOrFail(Unit, { code: 'A' });
      await expect(changeUnit(db, staff, 'A', { validTo: null }, unit.updatedAt)).rejects.toMatchObject({
        code: 'unit-dates-fixed',
      });
    });
  });
});

describe('the database itself refuses', () => {
  let database: FreshDatabase;
  let db: DataSource;
  beforeAll(async () => {
    database = await freshDatabase();
    db = await openBooks(database.url);
    await office(db);
    await carryOut(db, request());
    await reopenMonth(db, Month.of(2024, 6));
    await direct(db, "UPDATE unit SET valid_from = '2024-10-15' WHERE code = 'D'");
  });
  afterAll(async () => {
    await db?.destroy();
    await database?.drop();
  });

  const into = (unit: string, month: number, kind: string, amount: number): string =>
    `INSERT INTO disbursement_entry (plan_year, month, unit_code, project_code, source_code, kind, basis, amount,
       reason, recorded_at, recorded_by)
     VALUES (2024, ${month}, '${unit}', 'P-A', 'NSDP', '${kind}', 'actual', ${amount}, 'x', now(), 'x')`;
  const line = (unit: string, decision: string): string =>
    `WITH d AS (${decision}) INSERT INTO allocation_line (decision_id, plan_year, effective_month, basis, carried_over,
       unit_code, source_code, amount) SELECT id, 2024, 9, 'province', false, '${unit}', 'NSDP', 1 FROM d`;
  const succession = (old: string, successor: string, date = '2024-09-01'): string =>
    `INSERT INTO unit_succession (reorganisation_id, predecessor_code, successor_code, effective_date, people_follow)
     VALUES ((SELECT min(id) FROM reorganisation), '${old}', '${successor}', '${date}', true)`;

  it.each([
    ['a payment after the end of a unit', into('A', 9, 'payment', 1), 'PT009', 'unit_not_valid'],
    ['a transfer that leaves money on it', into('A', 9, 'transfer', 1), 'PT009', 'unit_not_valid'],
    ['a payment before its end that nobody carries on', into('A', 6, 'payment', 1), 'PT009', 'unit_not_valid'],
    ['a transfer onto a unit that has not begun', into('D', 9, 'transfer', 1), 'PT009', 'unit_not_valid'],
    ['a succession to itself', succession('B', 'B'), 'PT009', 'succession_valid'],
    ['a predecessor that does not end the day before', succession('B', 'N'), 'PT009', 'succession_valid'],
    ['a successor that is over: no chain comes back', succession('N', 'A', '2024-11-01'), 'PT009', 'succession_valid'],
    ['the same succession twice', succession('A', 'N'), '23505', 'unit_succession_pair_unique'],
    ['a changed succession', "UPDATE unit_succession SET successor_code = 'B'", 'PT001', 'append_only'],
    ['a deleted succession', 'DELETE FROM unit_succession', 'PT001', 'append_only'],
    ['a deleted reorganisation', 'DELETE FROM reorganisation', 'PT001', 'append_only'],
    ['a reorganisation taken back', "UPDATE reorganisation SET state = 'draft'", 'PT001', 'append_only'],
    ['a changed request', "UPDATE reorganisation SET request = '{}'", 'PT001', 'append_only'],
    [
      'another last day of an ended unit',
      "UPDATE unit SET valid_to = NULL WHERE code = 'A'",
      'PT009',
      'succession_fixed',
    ],
    [
      'a successor that begins later',
      "UPDATE unit SET valid_from = '2024-09-02' WHERE code = 'N'",
      'PT009',
      'succession_fixed',
    ],
    [
      'one person alone',
      `INSERT INTO reorganisation (decision_no, decision_date, effective_date, state, unit_codes, request, result,
         prepared_at, prepared_by, decided_at, decided_by)
       VALUES ('x', '2024-01-01', '2024-01-01', 'carried-out', '{}', '{}', '{}', now(), 'a', now(), 'a')`,
      '23514',
      'reorganisation_second_person_check',
    ],
    [
      'a plan line after the end of a unit',
      line('A', "SELECT id FROM allocation_decision WHERE number = '7/QĐ'"),
      'PT009',
      'unit_not_valid',
    ],
  ])('%s', async (_what, sql, code, constraint) => {
    await expect(db.query(sql)).rejects.toMatchObject({ driverError: { code, constraint } });
  });

  it('a second end of one unit by another act', async () => {
    await prepareReorganisation(
      db,
      staff,
      request({
        decisionNo: '8/QĐ',
        ended: [{ unitCode: 'B', successorCode: 'M', unassignedTo: null }],
        successors: [{ code: 'M', kind: 'investor', group: 'provincial', name: 'M', shortName: 'M', teamCode: null }],
      }),
    );
    await expect(
      db.query(
        `INSERT INTO unit_succession (reorganisation_id, predecessor_code, successor_code, effective_date, people_follow)
         SELECT max(id), 'A', 'B', '2024-09-01', true FROM reorganisation`,
      ),
    ).rejects.toMatchObject({ driverError: { code: '23P01', constraint: 'unit_succession_ends_once' } });
  });
});
