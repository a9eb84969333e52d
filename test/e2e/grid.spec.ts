import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { recordDisbursements } from '#libs/ledger';
import { Month } from '#libs/kernel';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { actorFor, bookMonth, smallOffice, closeMonth } from '../harness/small-office.js';

interface Cell {
  month: number;
  actualDong: number | null;
  estimateDong: number | null;
  version: number;
  comments: number;
  treasuryDong: number | null;
}
interface Grid {
  month: number;
  months: { number: number; state: string }[];
  units: {
    code: string;
    share: { numerator: string; denominator: string };
    averageGroup: string;
    reportedMonths: number[];
  }[];
  rows: {
    unitCode: string;
    projectCode: string;
    planProvinceDong: number | null;
    planPmDong: number | null;
    cells: Cell[];
  }[];
  averages: { value: { numerator: string; denominator: string }; pool: { numerator: string; denominator: string } }[];
}
interface Stated {
  booked: number;
  cells: {
    outcome: string;
    bookDong: number;
    version: number;
    changedBy: string | null;
    problems: { pointer: string; detail: string }[];
  }[];
}

/** Plans of 100 đồng each. Month 1 is closed: A paid 6, B 14, C 6, D 14, so the pool stands at 40 of 400. */
describe('the month grid over HTTP', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let staff: Caller;
  let reporter: Caller;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    await bookMonth(api.db, 1, { A: 6n, B: 14n, C: 6n, D: 14n });
    await closeMonth(api.db, actorFor('approver'), Month.of(2024, 1));
    [staff, reporter] = await Promise.all([api.signIn('staff'), api.signIn('reporter')]);
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  const cell = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
    unitCode: 'A',
    projectCode: 'P-A',
    sourceCode: 'NSDP',
    month: 2,
    basis: 'actual',
    amountDong: 0,
    expectedDong: 0,
    ...more,
  });
  const state = async (cells: Record<string, unknown>[], partial = false, status = 200): Promise<Stated> =>
    (await staff.post('/grid/cells', { planYear: 2024, cells, partial }).expect(status)).body as Stated;
  const grid = async (caller = staff, query = ''): Promise<Grid> =>
    (await caller.get(`/grid?planYear=2024${query}`).expect(200)).body as Grid;
  const entries = (): Promise<{ amount: string; kind: string; corrects: number | null; reason: string | null }[]> =>
    api.db.query(
      `SELECT amount, kind, corrects, reason FROM disbursement_entry
       WHERE plan_year = 2024 AND month >= 2 AND project_code = 'P-A' ORDER BY id`,
    );
  const bookOf = async (month = 2): Promise<number> =>
    (await grid()).rows.find(({ projectCode }) => projectCode === 'P-A')?.cells.find((c) => c.month === month)
      ?.actualDong ?? 0;
  const events = async (): Promise<number> =>
    Number(((await api.db.query('SELECT seq FROM audit_head')) as { seq: string }[])[0]?.seq);
  /** Every test begins at 0 in month 2 of P-A. */
  beforeEach(async () => {
    const now = await bookOf();
    if (now !== 0) await state([cell({ amountDong: 0, expectedDong: now, reason: 'về 0' })]);
  });

  it('shows rows with plans, what was booked, locked months and the average as the books stand', async () => {
    const { month, months, rows, units, averages } = await grid();
    expect([month, months.length, months[0]?.state, months[1]?.state]).toEqual([2, 13, 'closed', 'open']);
    const row = rows.find(({ projectCode }) => projectCode === 'P-A');
    expect([row?.planProvinceDong, row?.planPmDong]).toEqual([100, null]);
    expect(row?.cells.find((c) => c.month === 1)).toMatchObject({
      actualDong: 6,
      estimateDong: null,
      comments: 0,
      treasuryDong: null,
    });
    expect(units.find(({ code }) => code === 'A')).toMatchObject({
      share: { numerator: '6', denominator: '100' },
      averageGroup: '*',
      reportedMonths: [1],
    });
    expect(averages).toMatchObject([
      { value: { numerator: '1', denominator: '10' }, pool: { numerator: '40', denominator: '400' } },
    ]);
  });

  it('shows a reporter the own unit beside the average, and no other unit', async () => {
    const { rows, units, averages } = await grid(reporter);
    expect([rows.map(({ unitCode }) => unitCode), units.map(({ code }) => code)]).toEqual([['A'], ['A']]);
    expect(averages).toMatchObject([{ pool: { numerator: '40', denominator: '400' } }]);
    const foreign = await reporter.get('/grid?planYear=2024&unit=B').expect(404);
    const nowhere = await reporter.get('/grid?planYear=2024&unit=ZZ').expect(404);
    expect((foreign.body as { code: string }).code).toBe((nowhere.body as { code: string }).code);
    await reporter.get('/grid/cell?planYear=2024&month=1&unit=B&project=P-B&source=NSDP').expect(404);
    const answer = await reporter
      .post('/grid/cells', { planYear: 2024, cells: [cell({ unitCode: 'B', projectCode: 'P-B', amountDong: 5 })] })
      .expect(422);
    expect((answer.body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer)).toEqual([
      '/cells/0/unitCode',
      '/cells/0/projectCode',
    ]);
  });

  it('books the difference alone: 0 → 10 → 25 are entries of 10 and 15', async () => {
    const before = (await entries()).length;
    await state([cell({ amountDong: 10 })]);
    const { cells } = await state([
      cell({ amountDong: 25, expectedDong: 10, documentNo: 'KB-1', documentDate: '2024-02-20' }),
    ]);
    expect(cells[0]).toMatchObject({ outcome: 'booked', bookDong: 25 });
    expect((await entries()).slice(before).map(({ amount, kind }) => [amount, kind])).toEqual([
      ['10', 'payment'],
      ['15', 'payment'],
    ]);
    expect(await bookOf()).toBe(25);
  });

  it('the same totals again book nothing and leave no audit event (I8)', async () => {
    await state([cell({ amountDong: 10 })]);
    const [count, audit] = [(await entries()).length, await events()];
    const answer = await state([cell({ amountDong: 10, expectedDong: 10 })]);
    // Also from a screen that still showed 0: what it wants is what stands there.
    const late = await state([cell({ amountDong: 10, expectedDong: 0 })]);
    expect([answer.booked, answer.cells[0]?.outcome, late.booked, late.cells[0]?.outcome]).toEqual([
      0,
      'same',
      0,
      'same',
    ]);
    expect([(await entries()).length, await events()]).toEqual([count, audit]);
  });

  it('a lowering is a correction that names the entry and needs a reason; money that came back a refund', async () => {
    const { cells } = await state([cell({ amountDong: 10 })]);
    const refused = await staff
      .post('/grid/cells', { planYear: 2024, cells: [cell({ amountDong: 4, expectedDong: 10 })] })
      .expect(422);
    expect((refused.body as { errors: { pointer: string }[] }).errors[0]?.pointer).toBe('/cells/0/reason');
    await state([cell({ amountDong: 4, expectedDong: 10, reason: 'ghi nhầm' })]);
    expect((await entries()).at(-1)).toEqual({
      amount: '-6',
      kind: 'correction',
      corrects: cells[0]?.version,
      reason: 'ghi nhầm',
    });
    await state([cell({ amountDong: -3, expectedDong: 4, reason: 'nhà thầu trả lại', lowering: 'refund' })]);
    expect((await entries()).at(-1)).toMatchObject({ amount: '-7', kind: 'refund', corrects: expect.any(Number) });
  });

  it('a cell that somebody changed is a conflict with its three values, and nothing of the batch is booked', async () => {
    await state([cell({ amountDong: 10 })]);
    const batch = [cell({ amountDong: 12, expectedDong: 9 }), cell({ month: 3, amountDong: 7 })];
    const answer = await staff.post('/grid/cells', { planYear: 2024, cells: batch }).expect(409);
    const { code, errors } = answer.body as { code: string; errors: { pointer: string; detail: string }[] };
    expect([code, errors[0]?.pointer]).toEqual(['cells-in-conflict', '/cells/0/expectedDong']);
    expect(errors[0]?.detail).toBe('Ô này vừa đổi bởi staff: khi mở 9, trong sổ 10, của bạn 12 đồng.');
    expect([await bookOf(2), await bookOf(3)]).toEqual([10, 0]);

    const partial = await state(batch, true);
    expect(partial.cells.map(({ outcome, bookDong }) => [outcome, bookDong])).toEqual([
      ['conflict', 10],
      ['booked', 7],
    ]);
    expect([await bookOf(2), await bookOf(3)]).toEqual([10, 7]);
    await state([cell({ month: 3, amountDong: 0, expectedDong: 7, reason: 'về 0' })]);
  });

  it('a closed month, an unknown code, the same cell twice: each named, the rest booked if asked', async () => {
    const { cells, booked } = await state(
      [
        cell({ month: 1, amountDong: 99, expectedDong: 6 }),
        cell({ projectCode: 'P-ZZ', amountDong: 5 }),
        cell({ amountDong: 8 }),
        cell({ amountDong: 9 }),
        cell({ projectCode: 'P-B', amountDong: 5 }),
      ],
      true,
    );
    expect(booked).toBe(1);
    expect(cells.map(({ outcome, problems }) => [outcome, ...problems.map(({ pointer }) => pointer)])).toEqual([
      ['refused', '/cells/0/month'],
      ['refused', '/cells/1/projectCode'],
      ['booked'],
      ['refused', '/cells/3'],
      ['refused', '/cells/4/projectCode'],
    ]);
    expect(cells[0]?.problems[0]?.detail).toMatch(/^Tháng 2024-01 đã đóng/);
    expect(await bookOf(1)).toBe(6);
  });

  it('two who state the same cell at once: one books, the other meets a conflict; no đồng is lost or doubled', async () => {
    const answers = await Promise.all(
      [31, 32, 33, 34].map((amountDong) => state([cell({ amountDong, reason: 'đua' })], true)),
    );
    const outcomes = answers.map(({ cells }) => cells[0]?.outcome).sort();
    expect(outcomes).toEqual(['booked', 'conflict', 'conflict', 'conflict']);
    const winner = answers.find(({ booked }) => booked === 1)?.cells[0]?.bookDong;
    expect(await bookOf()).toBe(winner);
  });

  it('an entry added meanwhile stays beside the stated total', async () => {
    const added = recordDisbursements(api.db, actorFor('staff'), Month.of(2024, 2), [
      {
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
      },
    ]);
    const [{ cells }] = await Promise.all([state([cell({ amountDong: 40 })], true), added]);
    expect(await bookOf()).toBe(cells[0]?.outcome === 'booked' ? 45 : 5);
  });

  it('comments: added with an audit event, counted in the grid, shown in the panel, never changed', async () => {
    const before = await events();
    await reporter
      .post('/grid/comments', {
        planYear: 2024,
        month: 1,
        unitCode: 'A',
        projectCode: 'P-A',
        sourceCode: 'NSDP',
        text: ' Chờ Kho bạc xác nhận. ',
      })
      .expect(201);
    expect(await events()).toBe(before + 1);
    const row = (await grid()).rows.find(({ projectCode }) => projectCode === 'P-A');
    expect(row?.cells.find((c) => c.month === 1)?.comments).toBe(1);
    const { body } = await reporter.get('/grid/cell?planYear=2024&month=1&unit=A&project=P-A&source=NSDP').expect(200);
    expect(body).toMatchObject({
      comments: [{ text: 'Chờ Kho bạc xác nhận.', recordedBy: 'reporter' }],
      entries: [{ amountDong: 6, kind: 'payment', recordedBy: 'staff' }],
      values: [{ planYear: 2024, month: 1, actualDong: 6 }],
    });
    await reporter
      .post('/grid/comments', {
        planYear: 2024,
        month: 1,
        unitCode: 'B',
        projectCode: 'P-B',
        sourceCode: 'NSDP',
        text: 'x',
      })
      .expect(422);
    for (const change of ["UPDATE cell_comment SET text = 'khác'", 'DELETE FROM cell_comment', 'TRUNCATE cell_comment'])
      await expect(api.db.query(change)).rejects.toMatchObject({ code: 'PT001' });
  });

  it('refuses a cursor that is not one, a year not opened, more than 1,000 cells, half a đồng', async () => {
    await staff.get('/grid?planYear=2024&cursor=YWJj').expect(400);
    await staff.get('/grid?planYear=2031').expect(404);
    await staff.post('/grid/cells', { planYear: 2024, cells: Array.from({ length: 1001 }, () => cell()) }).expect(400);
    await staff.post('/grid/cells', { planYear: 2024, cells: [cell({ amountDong: 0.5 })] }).expect(400);
  });
});
