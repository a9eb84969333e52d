import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Month, systemActor } from '#libs/kernel';
import { evaluateMonth } from '#libs/monitoring';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { actorFor, bookMonth, smallOffice, UNITS, closeMonth } from '../harness/small-office.js';

/** Longer than a short name may be. */
const LONG = 'Ban Quản lý dự án đầu tư xây dựng khu vực mới, gồm cả các công trình chuyển tiếp';

const close = async (api: RunningApi, month: number): Promise<void> => {
  await closeMonth(api.db, actorFor('approver'), Month.of(2024, month));
  await evaluateMonth(api.db, systemActor('job'), { planYear: 2024, month, monthVersion: 1 });
};

/** A pays 6 đồng a month of 100 and is on the list after March; on 1 April N begins in its place. */
describe('a reorganisation through HTTP', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  const as = {} as Record<'staff' | 'approver' | 'reporter' | 'leader', Caller>;
  const request = {
    decisionNo: '12/NQ-HĐND',
    decisionDate: '2024-03-20',
    effectiveDate: '2024-04-01',
    ended: [{ unitCode: 'A', successorCode: 'N' }],
    successors: [{ code: 'N', kind: 'investor', group: 'provincial', name: LONG }],
  };

  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    for (const role of ['staff', 'approver', 'reporter', 'leader'] as const) as[role] = await api.signIn(role);
    for (const month of [1, 2, 3]) {
      await bookMonth(api.db, month, { A: 6n, B: 14n, C: 14n, D: 14n });
      await close(api, month);
    }
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  it('a closed month is refused in words that say what to do', async () => {
    const { body } = await as.staff.post('/reorganisations/preview', { ...request, effectiveDate: '2024-03-31' });
    expect(body).toMatchObject({ status: 409, code: 'reorganisation-month-closed' });
    expect(body.detail).toBe(
      'Hiệu lực 31/03/2024 cần mọi tháng từ ngày đó còn mở, mà tháng 2024-03 đã đóng. Chọn ngày hiệu lực sau hoặc xin mở lại tháng.',
    );
  });

  it('what is wrong comes back point by point', async () => {
    const { body } = await as.staff.post('/reorganisations/preview', {
      ...request,
      ended: [{ unitCode: 'A', successorCode: 'A' }],
    });
    expect(body).toMatchObject({
      status: 422,
      errors: [
        { pointer: '/ended/0/successorCode', detail: 'Đơn vị A không thể kế thừa chính mình.' },
        { pointer: '/successors/0/code', detail: 'Đơn vị mới N chưa kế thừa đơn vị hay dự án nào.' },
      ],
    });
  });

  let id: number;
  let hash: string;
  it('preview and draft say the same: what moves, rates and the run that ends', async () => {
    const preview = await as.staff.post('/reorganisations/preview', request).expect(200);
    const draft = await as.staff.post('/reorganisations', request).expect(201);
    expect(draft.body.result).toEqual(preview.body);
    // The second person previews what was asked for once more, exactly as it comes.
    const again = await as.approver.post('/reorganisations/preview', draft.body.request).expect(200);
    expect(again.body.resultHash).toBe(preview.body.resultHash);
    ({ id } = draft.body);
    hash = preview.body.resultHash;
    expect(draft.body).toMatchObject({ state: 'draft', preparedBy: 'staff', endedUnits: [{ code: 'A' }] });
    const [a, n] = preview.body.units;
    expect(a).toMatchObject({ code: 'A', role: 'ended', lastStreak: 3, lastMonth: '2024-03' });
    expect(a.before).toMatchObject({ planDong: 100, disbursedDong: 18, rate: { percent: '18.0000' }, pmRate: null });
    expect(a.after).toMatchObject({ planDong: 0, disbursedDong: 0, rate: null });
    expect(n).toMatchObject({ code: 'N', role: 'successor', isNew: true, lastStreak: null });
    expect(n.after).toEqual(a.before);
    expect(preview.body.totals).toEqual([
      expect.objectContaining({ series: 'plan', basis: 'province', beforeDong: 400, afterDong: 400 }),
      expect.objectContaining({ series: 'disbursed', basis: 'actual', beforeDong: 144, afterDong: 144 }),
    ]);
  });

  it('a draft is the department’s own: the reporter of the unit knows nothing of it', async () => {
    expect((await as.reporter.get('/reorganisations').expect(200)).body).toMatchObject({ items: [], total: 0 });
    await as.reporter.get(`/reorganisations/${id}`).expect(404);
    expect((await as.leader.get('/reorganisations').expect(200)).body.total).toBe(1);
  });

  it('who prepared it may not confirm it, nor may staff; an approver does', async () => {
    await as.staff.post(`/reorganisations/${id}/confirm`, { resultHash: hash }).expect(403);
    const stale = await as.approver.post(`/reorganisations/${id}/confirm`, { resultHash: '0'.repeat(64) });
    expect(stale.body).toMatchObject({ status: 409, code: 'reorganisation-changed-meanwhile' });
    const done = await as.approver.post(`/reorganisations/${id}/confirm`, { resultHash: hash }).expect(200);
    expect(done.body).toMatchObject({ state: 'carried-out', decidedByName: 'approver' });
    await as.approver.post(`/reorganisations/${id}/confirm`, { resultHash: hash }).expect(409);
    await as.staff.post(`/reorganisations/${id}/withdraw`).expect(409);
    await as.staff.get('/reorganisations/99999999999').expect(404);
  });

  it('the reporter goes on with the successor, sees what was moved from theirs and no total of the province', async () => {
    const { body } = await as.reporter.get(`/reorganisations/${id}`).expect(200);
    expect(body.request).toBeNull();
    expect(body.result.totals).toEqual([]);
    expect(body.result.projects).toHaveLength(1);
    const entry = { projectCode: 'P-A', sourceCode: 'NSDP', kind: 'payment', basis: 'actual', amountDong: 30 };
    const late = await as.reporter.post('/disbursements', { month: '2024-04', entries: [{ ...entry, unitCode: 'A' }] });
    expect(late.body).toMatchObject({
      status: 422,
      errors: [{ detail: 'Đơn vị A đã kết thúc trước ngày 30/04/2024, ghi cho đơn vị kế thừa: N.' }],
    });
    await as.reporter.post('/disbursements', { month: '2024-04', entries: [{ ...entry, unitCode: 'N' }] }).expect(201);
  });

  it('April: the streak begins anew at the successor, and the predecessor’s is shown beside it', async () => {
    await bookMonth(api.db, 4, { B: 14n, C: 14n, D: 14n }, [...UNITS.slice(1), 'N']);
    await close(api, 4);
    const { body } = await as.reporter.get('/evaluations/2024-04').expect(200);
    const rows = body.units as { unit: { code: string } }[];
    expect(rows.find(({ unit }) => unit.code === 'A')).toMatchObject({ status: 'not-rated', streak: 0, planDong: 0 });
    expect(rows.find(({ unit }) => unit.code === 'N')).toMatchObject({
      status: 'below',
      streak: 1,
      flagged: false,
      disbursedDong: 48,
      predecessors: [{ code: 'A', name: 'Đơn vị A', lastStreak: 3, lastMonth: '2024-03' }],
    });
    const march = await as.staff.get('/evaluations/2024-03').expect(200);
    expect(JSON.stringify(march.body.units)).not.toContain('"N"');
  });

  it('the pages of both units tell the history', async () => {
    const of = async (code: string): Promise<unknown> =>
      (await as.leader.get(`/units/${code}/history`).expect(200)).body;
    const relation = { effectiveDate: '2024-04-01', reorganisationId: id, decisionNo: '12/NQ-HĐND' };
    expect(await of('A')).toEqual({ predecessors: [], successors: [{ ...relation, code: 'N', name: LONG }] });
    expect(await of('N')).toEqual({
      predecessors: [{ ...relation, code: 'A', name: 'Đơn vị A', lastStreak: 3, lastMonth: '2024-03' }],
      successors: [],
    });
    await as.reporter.get('/units/B/history').expect(404);
  });
});
