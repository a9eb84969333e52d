import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { treasuryOffice } from '../harness/treasury-office.js';

interface Row {
  key: string;
  source: { code: string };
  carriedOver: boolean;
  booksDong: number;
  treasuryDong: number;
  differenceDong: number;
  cause: string;
  state: string;
}

/** The treasury office of the harness; the figures are worked out there and in test/integration/treasury.spec.ts. */
describe('reconciliation over HTTP', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let staff: Caller;
  let reporter: Caller;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await treasuryOffice(api.db);
    [staff, reporter] = [await api.signIn('staff'), await api.signIn('reporter')];
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  const line = (nationalCode: string, amountDong: number, more: object = {}): object => ({
    nationalCode,
    projectName: `DA ${nationalCode}`,
    sourceCode: 'NSDP',
    amountDong,
    ...more,
  });
  const SEPTEMBER = {
    month: '2024-09',
    asOf: '2024-09-30',
    documentNo: '12/BK-KBNN',
    lines: [
      line('9000001', 100),
      line('9000002', 640, { sourceCode: 'NSTW' }),
      line('9000003', 5769),
      line('9000005', 50),
      line('9000004', 720),
      line('9999999', 55),
    ],
  };
  const rows = async (
    caller: Caller,
    query = '',
  ): Promise<{ items: Row[]; total: number; nextCursor: string | null }> =>
    (await caller.get(`/reconciliations/2024-09/differences${query}`).expect(200)).body as never;
  const keys = ({ items }: { items: Row[] }): string[] => items.map(({ key, source }) => `${key} ${source.code}`);
  const seen = async (key: string, source = 'NSDP'): Promise<object> => {
    const { items } = await rows(staff);
    const row = items.find((each) => each.key === key && each.source.code === source) as Row;
    const { carriedOver, booksDong, treasuryDong, cause } = row;
    return { key, sourceCode: source, carriedOver, booksDong, treasuryDong, cause };
  };

  it('before there is a statement: nothing is compared, and signing says what is missing', async () => {
    expect(await rows(staff)).toEqual({ items: [], nextCursor: null, total: 0 });
    const { body } = await staff.post('/reconciliations/2024-09/sign-off').expect(409);
    expect(body).toMatchObject({
      code: 'statement-missing',
      detail: 'Tháng 2024-09 chưa có bảng kê Kho bạc: nhập bảng kê trước.',
    });
  });

  it('POST /treasury-statements: a statement, the same again, one with wrong lines', async () => {
    const first = await staff.post('/treasury-statements', SEPTEMBER).expect(201);
    expect(first.body).toMatchObject({ version: 1, outcome: 'new', reportedUnits: ['A', 'B', 'C'] });
    const again = await staff.post('/treasury-statements', SEPTEMBER).expect(201);
    expect(again.body).toMatchObject({ version: 1, outcome: 'same', reportedUnits: [] });
    const wrong = {
      ...SEPTEMBER,
      lines: [line('9000001', 1), line('9000001', 2), line('9000002', 1, { unitCode: 'Z' })],
    };
    const { body } = await staff.post('/treasury-statements', wrong).expect(422);
    expect((body as { errors: unknown }).errors).toEqual([
      {
        pointer: '/lines/1/nationalCode',
        detail: 'Dòng 2 trùng mã, nguồn và loại vốn với dòng 1: cộng thành một dòng.',
      },
      { pointer: '/lines/2/unitCode', detail: 'Không có đơn vị mã Z.' },
    ]);
    await staff.post('/treasury-statements', { ...SEPTEMBER, lines: [line('12', 1.5)] }).expect(400);
  });

  it('the month is reported for the units that the statement names', async () => {
    const { body } = await staff.get('/months/2024-09').expect(200);
    expect(body).toMatchObject({ reportsExpected: 4, reportsReceived: 3, missingUnits: [{ code: 'D' }] });
  });

  it('GET /reconciliations/{month} and its differences, page by page', async () => {
    const { body } = await staff.get('/reconciliations/2024-09').expect(200);
    expect(body).toMatchObject({
      monthState: 'open',
      statement: { version: 1, asOf: '2024-09-30' },
      cells: 8,
      matched: 2,
      differences: 6,
      open: 6,
      booksDong: 7809,
      treasuryDong: 7334,
      matchedDong: 150,
      signOff: { state: 'none' },
    });
    const all = await rows(staff);
    expect(keys(all)).toEqual(['B1 NSDP', 'B2 NSDP', 'A2 NSDP', 'A2 NSTW', 'KB:9999999 NSDP', 'P-C NSDP']);
    expect(all.total).toBe(6);
    const paged: string[] = [];
    let cursor = '';
    do {
      const page = await rows(staff, `?limit=2${cursor && `&cursor=${cursor}`}`);
      paged.push(...keys(page));
      cursor = page.nextCursor ?? '';
    } while (cursor);
    expect(paged).toEqual(keys(all));
    await staff.get('/reconciliations/2024-09/differences?cursor=bm8').expect(400);
    await staff.get('/reconciliations/2030-09').expect(404);
  });

  it('a reporter of A sees, counts and sums A’s alone, whatever is asked', async () => {
    expect(keys(await rows(reporter))).toEqual(['A2 NSDP', 'A2 NSTW']);
    expect(await rows(reporter, '?unit=B')).toEqual({ items: [], nextCursor: null, total: 0 });
    expect((await rows(staff, '?unit=B')).total).toBe(2);
    const { body } = await reporter.get('/reconciliations/2024-09').expect(200);
    expect(body).toMatchObject({ cells: 3, differences: 2, booksDong: 740, treasuryDong: 740, matchedDong: 100 });
    const history = await reporter.get('/reconciliations/2024-09/history').expect(200);
    expect(history.body).toMatchObject({ statements: [{ version: 1, lines: null }], resolutions: [] });
  });

  it('a note, a correction with its counterpart, and the figures judged too late', async () => {
    const timing = { ...(await seen('B1')), note: 'Chứng từ 30/9' };
    const { body } = await staff.post('/reconciliations/2024-09/notes', timing).expect(200);
    expect(body).toMatchObject({ open: 5, accepted: 1 });
    const correction = { ...(await seen('A2')), note: 'Ghi nhầm nguồn', entryMonth: '2024-09', withCounterpart: true };
    const corrected = await staff.post('/reconciliations/2024-09/corrections', correction).expect(201);
    expect((corrected.body as { ids: number[] }).ids).toHaveLength(2);
    const late = await staff.post('/reconciliations/2024-09/corrections', correction).expect(404);
    expect(late.body).toMatchObject({ code: 'difference-unknown' });
    const other = { ...(await seen('B2')), treasuryDong: 719, note: 'x' };
    const changed = await staff.post('/reconciliations/2024-09/notes', other).expect(409);
    expect(changed.body).toMatchObject({ code: 'difference-changed' });
    expect(keys(await rows(staff, '?show=resolved'))).toEqual(['B1 NSDP', 'A2 NSDP', 'A2 NSTW']);
    expect(keys(await rows(staff, '?show=unresolved'))).toEqual(['B2 NSDP', 'KB:9999999 NSDP', 'P-C NSDP']);
  });

  it('signs off when all are answered, goes stale with a new entry, is withdrawn with a reason', async () => {
    const { body: refused } = await staff.post('/reconciliations/2024-09/sign-off').expect(409);
    expect(refused).toMatchObject({
      code: 'sign-off-unresolved',
      detail: expect.stringContaining('3 chênh lệch chưa xử lý') as unknown,
    });
    for (const key of ['B2', 'KB:9999999', 'P-C'])
      await staff.post('/reconciliations/2024-09/notes', { ...(await seen(key)), note: 'Đã xem' }).expect(200);
    const signed = await staff.post('/reconciliations/2024-09/sign-off').expect(200);
    expect(signed.body).toMatchObject({ signOff: { state: 'signed', by: 'staff', staleBecause: [] } });
    const entry = {
      unitCode: 'D',
      projectCode: 'P-D',
      sourceCode: 'NSDP',
      kind: 'payment',
      basis: 'actual',
      amountDong: 1,
    };
    await staff.post('/disbursements', { month: '2024-09', entries: [entry] }).expect(201);
    const { body: stale } = await staff.get('/reconciliations/2024-09').expect(200);
    expect(stale).toMatchObject({ signOff: { state: 'stale', staleBecause: ['entries', 'differences'] } });
    await staff.post('/reconciliations/2024-09/sign-off/withdrawal', { reason: 'Có bút toán mới' }).expect(200);
    const { body: list } = await reporter.get('/reconciliations?planYear=2024').expect(200);
    const ninth = (list as { items: { month: string }[] }).items.find(({ month }) => month === '2024-09');
    expect(ninth).toMatchObject({ statement: { version: 1 }, signOff: { state: 'none' } });
    const { body: history } = await staff.get('/reconciliations/2024-09/history').expect(200);
    expect(history).toMatchObject({
      statements: [{ version: 1, lines: 6 }],
      signOffs: [{ action: 'withdrawn', reason: 'Có bút toán mới' }, { action: 'signed' }],
    });
    expect((history as { resolutions: unknown[] }).resolutions).toHaveLength(6);
  });
});
