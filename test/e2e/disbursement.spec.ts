import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, type DatabaseError } from 'pg';
import { Month } from '#libs/kernel';
import { loadEvaluationInputs, recordDisbursements } from '#libs/ledger';
import { POLICY_DEFAULTS } from '#libs/monitoring/rule';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { actorFor, bookMonth, smallOffice } from '../harness/small-office.js';

interface Problem {
  code: string;
  detail: string;
  errors?: { pointer: string; detail: string; warning?: string }[];
}

/** Units A to D with a project each, 100 đồng of plan from January on; nothing disbursed before each test's own month. */
describe('disbursement entries over HTTP', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let staff: Caller;
  let reporter: Caller;
  let sql: Client;

  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    [staff, reporter] = [await api.signIn('staff'), await api.signIn('reporter')];
    sql = new Client({ connectionString: database.url });
    await sql.connect();
  });
  afterAll(async () => {
    await sql?.end();
    await api?.stop();
    await database?.drop();
  });

  const entry = (unit: string, amountDong: number, more: Record<string, unknown> = {}) => ({
    unitCode: unit,
    projectCode: `P-${unit}`,
    sourceCode: 'NSDP',
    kind: 'payment',
    basis: 'actual',
    amountDong,
    ...more,
  });
  const book = (month: string, ...entries: object[]) => staff.post('/disbursements', { month, entries });
  const booked = async (month: string, ...entries: object[]): Promise<number[]> =>
    ((await book(month, ...entries).expect(201)).body as { ids: number[] }).ids;
  const refused = async (month: string, ...entries: object[]): Promise<Problem> =>
    (await book(month, ...entries).expect(422)).body as Problem;
  const pointers = ({ errors = [] }: Problem): unknown[] => errors.map(({ pointer, warning }) => [pointer, warning]);

  describe('warnings', () => {
    it('over plan without a reason: nothing is booked, the reason is pointed at, the figures are told', async () => {
      const problem = await refused('2024-01', entry('A', 60), entry('A', 41));
      expect([problem.code, pointers(problem)]).toEqual(['reasons-needed', [['/entries/0/reason', 'over-plan']]]);
      expect(problem.errors?.[0]?.detail).toBe(
        'Luỹ kế 101 đồng của dự án P-A, nguồn NSDP vượt kế hoạch 100 đồng. Ghi lý do.',
      );
      expect(await sql.query('SELECT FROM disbursement_entry')).toMatchObject({ rowCount: 0 });
    });

    it('with a reason it is booked and the warning is kept with the entry and listed', async () => {
      const [id] = await booked('2024-01', entry('A', 101, { reason: 'Chờ điều chỉnh kế hoạch' }));
      const { body } = await staff.get('/disbursement-warnings?month=2024-01').expect(200);
      expect(body).toMatchObject({
        month: '2024-01',
        total: 1,
        nextCursor: null,
        items: [
          {
            code: 'over-plan',
            foundDong: 101,
            comparedWithDong: 100,
            entryId: id,
            unit: { code: 'A' },
            project: { code: 'P-A' },
            amountDong: 101,
            reason: 'Chờ điều chỉnh kế hoạch',
            recordedBy: 'staff',
          },
        ],
      });
    });

    it('a fact that is wrong is said before a reason is asked for', async () => {
      const problem = await refused('2024-01', entry('B', 999), entry('B', 1, { sourceCode: 'NOWHERE' }));
      expect([problem.code, pointers(problem)]).toEqual(['entries-refused', [['/entries/1/sourceCode', undefined]]]);
    });

    it('no plan, at the month end: capital that arrives in March is no plan of February', async () => {
      const lines = [
        { basis: 'province', carriedOver: true, unitCode: 'B', projectCode: 'P-B', sourceCode: 'NSDP', amountDong: 50 },
      ];
      const decision = {
        planYear: 2024,
        number: '02/QĐ',
        decisionDate: '2024-03-01',
        level: 'province',
        kind: 'carried-over',
      };
      await staff.post('/allocation-decisions', { ...decision, lines }).expect(201);
      const problem = await refused('2024-02', entry('B', 1, { carriedOver: true }));
      expect(pointers(problem)).toEqual([['/entries/0/reason', 'no-plan']]);
    });

    it('over three times the usual, and two warnings of one entry', async () => {
      await bookMonth(api.db, 2, { C: 4n });
      await bookMonth(api.db, 3, { C: 4n });
      await bookMonth(api.db, 4, { C: 4n });
      await booked('2024-05', entry('C', 12));
      // 12 in May are three times 4; the median of 4, 4, 4, 12 is 4.
      expect(pointers(await refused('2024-06', entry('C', 13)))).toEqual([['/entries/0/reason', 'over-usual']]);
      // 24 + 80 of 100.
      expect(pointers(await refused('2024-06', entry('C', 80)))).toEqual([
        ['/entries/0/reason', 'over-plan'],
        ['/entries/0/reason', 'over-usual'],
      ]);
    });

    it('December spike', async () => {
      expect(pointers(await refused('2024-12', entry('D', 31)))).toEqual([['/entries/0/reason', 'december-spike']]);
      await booked('2024-12', entry('D', 30));
    });

    it('a recovery that comes without its payment lets the cumulative fall', async () => {
      await booked('2024-07', entry('D', 20, { kind: 'advance' }));
      const recovery = entry('D', -20, { kind: 'advance-recovery' });
      expect(pointers(await refused('2024-08', recovery))).toEqual([['/entries/0/reason', 'cumulative-falls']]);
      await booked('2024-08', entry('D', 20), recovery);
    });

    it('an estimate is judged too, and one that an actual figure has replaced is not', async () => {
      const estimate = entry('B', 500, { basis: 'estimate' });
      expect(pointers(await refused('2024-03', estimate))).toEqual([['/entries/0/reason', 'over-plan']]);
      await booked('2024-03', entry('B', 1), estimate);
    });

    it('who cannot be asked keeps the warning without a reason', async () => {
      const row = { carriedOver: false, documentNo: null, documentDate: null, reason: null, corrects: null };
      const [kept] = await recordDisbursements(api.db, actorFor('staff'), Month.of(2024, 9), [
        {
          unitCode: 'B',
          projectCode: 'P-B',
          sourceCode: 'NSDP',
          kind: 'payment',
          basis: 'actual',
          amount: 105n,
          ...row,
        },
      ]);
      const { body } = await staff.get('/disbursement-warnings?month=2024-09').expect(200);
      expect(body.items).toMatchObject([
        { code: 'over-plan', entryId: kept?.id, reason: null, foundDong: 106, comparedWithDong: 100 },
      ]);
    });

    it('a reporter sees the warnings of its own unit, page by page', async () => {
      await booked('2024-09', entry('A', 7, { reason: 'Chờ điều chỉnh kế hoạch' }));
      const own = (await reporter.get('/disbursement-warnings?month=2024-09').expect(200)).body as {
        total: number;
        items: { unit: { code: string } }[];
      };
      expect([own.total, own.items.map(({ unit }) => unit.code)]).toEqual([1, ['A']]);
      const page = (await staff.get('/disbursement-warnings?month=2024-09&limit=1').expect(200)).body as {
        total: number;
        nextCursor: string;
        items: { unit: { code: string } }[];
      };
      expect([page.total, page.items[0]?.unit.code]).toEqual([2, 'A']);
      const next = await staff
        .get(`/disbursement-warnings?month=2024-09&limit=1&cursor=${page.nextCursor}`)
        .expect(200);
      expect([next.body.items[0].unit.code, next.body.nextCursor]).toEqual(['B', null]);
      expect((await staff.get('/disbursement-warnings?month=2024-09&code=no-plan&unit=B')).body.total).toBe(0);
      await staff.get('/disbursement-warnings?month=2024-14').expect(400);
    });
  });

  describe('corrections', () => {
    it('name an entry of the same unit, project, source and series, and say why', async () => {
      const [a] = await booked('2024-04', entry('A', 3, { reason: 'Chờ điều chỉnh kế hoạch' }));
      const correction = (more: object) =>
        entry('A', -1, { kind: 'correction', reason: 'Ghi nhầm', corrects: a, ...more });
      const other = await refused('2024-04', correction({ unitCode: 'B', projectCode: 'P-B' }));
      expect(other.errors).toEqual([
        {
          pointer: '/entries/0/corrects',
          detail: `Bút toán ${a} thuộc đơn vị, dự án, nguồn vốn hoặc loại vốn khác. Chọn bút toán cùng đơn vị, dự án, nguồn vốn.`,
        },
      ]);
      expect(pointers(await refused('2024-04', correction({ carriedOver: true })))).toEqual([
        ['/entries/0/corrects', undefined],
      ]);
      expect(pointers(await refused('2024-04', correction({ corrects: undefined })))).toEqual([
        ['/entries/0/corrects', undefined],
      ]);
      await booked('2024-04', correction({}));
    });

    it('a refund names the payment it comes from, where the year has one', async () => {
      const refund = (unit: string, more: object = {}) =>
        entry(unit, -1, { kind: 'refund', reason: 'Nhà thầu hoàn trả', ...more });
      expect(pointers(await refused('2024-04', refund('A')))).toEqual([['/entries/0/corrects', undefined]]);
      // Money of last year: the carried-over series of D holds no payment this year.
      await booked('2024-04', refund('D', { carriedOver: true }));
    });

    it('are refused by the database itself when they name another series', async () => {
      const { rows } = await sql.query<{ id: number }>(
        "SELECT min(id) AS id FROM disbursement_entry WHERE unit_code = 'A'",
      );
      const insert = (columns: string): string =>
        `INSERT INTO disbursement_entry (plan_year, month, unit_code, project_code, source_code, kind, carried_over, basis,
           amount, reason, corrects, recorded_at, recorded_by)
         SELECT ${columns}, 'correction', carried_over, 'actual', 0, 'x', id, now(), 'x'
         FROM disbursement_entry WHERE id = ${rows[0]?.id}`;
      const state = (statement: string): Promise<string> =>
        sql.query(statement).then(
          () => 'went through',
          (error: DatabaseError) => `${error.code} ${error.constraint}`,
        );
      expect(await state(insert("plan_year, month, 'B', project_code, source_code"))).toBe(
        'PT007 corrects_same_series',
      );
      expect(await state(insert("plan_year, month, unit_code, 'P-B', source_code"))).toBe('PT007 corrects_same_series');
      await sql.query('BEGIN');
      expect(await state(insert('plan_year, month, unit_code, project_code, source_code'))).toBe('went through');
      await sql.query('ROLLBACK');
    });
  });

  describe('advances', () => {
    const advances = async (caller: Caller, query = '') =>
      (await caller.get(`/advances?${query}`).expect(200)).body as {
        total: number;
        totalDong: number;
        nextCursor: string | null;
        items: Record<string, unknown>[];
      };
    const reason = 'Chờ điều chỉnh kế hoạch';

    it('the balance is what was advanced less what was recovered; settled ones are not listed', async () => {
      // D: 20 advanced in July, set off in August.
      expect((await advances(staff)).total).toBe(0);
      await booked('2024-10', entry('A', 50, { kind: 'advance', reason }), entry('B', 9, { kind: 'advance', reason }));
      await booked('2024-10', entry('A', 30, { reason }), entry('A', -30, { kind: 'advance-recovery' }));
      const all = await advances(staff);
      expect([all.total, all.totalDong]).toEqual([2, 29]);
      expect(all.items[0]).toMatchObject({
        project: { code: 'P-A' },
        source: { code: 'NSDP' },
        unit: { code: 'A' },
        advancedDong: 50,
        recoveredDong: 30,
        balanceDong: 20,
        since: '2024-10',
      });
    });

    it('are of the own unit for a reporter; by unit and page for the department', async () => {
      expect(await advances(reporter)).toMatchObject({ total: 1, totalDong: 20, items: [{ unit: { code: 'A' } }] });
      expect(await advances(reporter, 'unit=B')).toMatchObject({ total: 0, totalDong: 0, items: [] });
      const first = await advances(staff, 'limit=1');
      expect([first.items.length, first.total]).toEqual([1, 2]);
      const second = await advances(staff, `limit=1&cursor=${first.nextCursor}`);
      expect([second.items[0]?.['unit'], second.nextCursor]).toMatchObject([{ code: 'B' }, null]);
      await staff.get('/advances?cursor=WyJ4Il0').expect(400);
    });

    it('a recovery beyond what is unrecovered is refused, naming both figures', async () => {
      const problem = await refused(
        '2024-10',
        entry('A', 21, { reason }),
        entry('A', -21, { kind: 'advance-recovery' }),
      );
      expect([problem.code, problem.errors]).toEqual([
        'entries-refused',
        [
          {
            pointer: '/entries/1/amountDong',
            detail: 'Thu hồi 21 đồng nhưng dự án P-A, nguồn NSDP chỉ còn 20 đồng tạm ứng chưa thu hồi.',
          },
        ],
      ]);
    });

    it('an offset is neutral: the cumulative of the unit stays', async () => {
      const sum = async (): Promise<unknown> =>
        (await staff.get('/disbursements?planYear=2024&unit=A').expect(200)).body.totalDong;
      const before = await sum();
      await booked('2024-10', entry('A', 5, { reason }), entry('A', -5, { kind: 'advance-recovery' }));
      expect(await sum()).toBe(before);
      expect((await advances(reporter)).totalDong).toBe(15);
    });

    it('a correction that names an advance moves the balance', async () => {
      const { rows } = await sql.query<{ id: number }>(
        "SELECT id FROM disbursement_entry WHERE kind = 'advance' AND unit_code = 'A'",
      );
      await booked('2024-10', entry('A', -5, { kind: 'correction', reason: 'Ghi thừa', corrects: rows[0]?.id }));
      expect((await advances(reporter)).totalDong).toBe(10);
    });

    it('two recoveries of the same advance at once: one goes through', async () => {
      const recover = () => book('2024-10', entry('A', 8, { reason }), entry('A', -8, { kind: 'advance-recovery' }));
      const answers = await Promise.all([recover(), recover(), recover()]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
      expect((await advances(reporter)).totalDong).toBe(2);
    });
  });

  describe('sums beyond ±(2^53 − 1) đồng', () => {
    const MOST = 9_007_199_254_740_991;

    it('are refused by the database, and lists and evaluations go on', async () => {
      await staff.post('/plan-years', { planYear: 2027 }).expect(201);
      const reason = 'Thử giới hạn';
      await booked('2027-01', entry('A', MOST - 1, { reason }));
      // The same month, another month, another unit: no sum of the year leaves the range.
      for (const [month, unit] of [
        ['2027-01', 'A'],
        ['2027-02', 'A'],
        ['2027-02', 'B'],
      ] as const) {
        const { body } = await book(month, entry(unit, 2, { reason })).expect(400);
        expect((body as Problem).code).toBe('amount-out-of-range');
        expect((body as Problem).detail).toContain('Kiểm tra lại số tiền');
      }
      await booked('2027-02', entry('B', 1, { reason }));
      const { body } = await staff.get('/disbursements?planYear=2027').expect(200);
      expect(body.totalDong).toBe(MOST);
      const policy = { planYear: 2027, throughMonth: 2 };
      const { sums } = await loadEvaluationInputs(api.db.manager, { ...POLICY_DEFAULTS, ...policy });
      expect(sums.filter(({ month }) => month === 2).reduce((sum, { disbursed }) => sum + disbursed, 0n)).toBe(
        BigInt(MOST),
      );
    });
  });

  it('warnings and progress are only ever added to, and not in a closed month', async () => {
    const state = (statement: string): Promise<string> =>
      sql.query(statement).then(
        () => 'went through',
        (error: DatabaseError) => `${error.code} ${error.constraint}`,
      );
    for (const table of ['disbursement_warning', 'project_progress']) {
      expect(await state(`UPDATE ${table} SET id = id`)).toMatch(/PT001 append_only|428C9/);
      expect(await state(`DELETE FROM ${table}`)).toBe('PT001 append_only');
      expect(await state(`TRUNCATE ${table}`)).toBe('PT001 append_only');
    }
    await sql.query('BEGIN');
    await sql.query(
      "UPDATE reporting_month SET state = 'closed', version = 1, closed_at = now() WHERE plan_year = 2024 AND month = 1",
    );
    await sql.query('SAVEPOINT closed');
    const { rows } = await sql.query<{ id: number }>('SELECT min(id) AS id FROM disbursement_entry WHERE month = 1');
    const warning = `INSERT INTO disbursement_warning (entry_id, code, found, compared_with) VALUES (${rows[0]?.id}, 'no-plan', 1, 0)`;
    expect(await state(warning)).toBe('PT002 month_closed');
    await sql.query('ROLLBACK TO closed');
    const progress = `INSERT INTO project_progress (plan_year, month, project_code, recorded_at, recorded_by)
                      VALUES (2024, 1, 'P-A', now(), 'x')`;
    expect(await state(progress)).toBe('PT002 month_closed');
    await sql.query('ROLLBACK');
  });
});
