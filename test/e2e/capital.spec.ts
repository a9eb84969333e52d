import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Month } from '#libs/kernel';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { actorFor, bookMonth, smallOffice, closeMonth } from '../harness/small-office.js';

/** The small office: A-D hold 100 đồng each in decision 01/QĐ of 02/01/2024, business day 31/12/2024. January is closed. */
describe('capital over HTTP', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let staff: Caller;
  let reporter: Caller;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url, { ASSIGNMENT_DEADLINE: '30' });
    await smallOffice(api.db);
    await bookMonth(api.db, 1, { A: 25n });
    await closeMonth(api.db, actorFor('approver'), Month.of(2024, 1));
    staff = await api.signIn('staff');
    reporter = await api.signIn('reporter');
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  const line = (unitCode: string, projectCode: string | null, amountDong: number, more: object = {}) => ({
    basis: 'province',
    unitCode,
    projectCode,
    sourceCode: 'NSDP',
    amountDong,
    ...more,
  });
  const decision = (number: string, lines: object[], more: object = {}) => ({
    planYear: 2024,
    number,
    decisionDate: '2024-11-01',
    level: 'province',
    kind: 'supplement',
    lines,
    ...more,
  });
  const total = (amountDong: number) => [{ sourceCode: 'NSDP', basis: 'province', amountDong }];

  it('a decision may state less to projects than it assigns; what is left has age, holder and deadline', async () => {
    const first = await staff
      .post(
        '/allocation-decisions',
        decision('10', [line('A', 'P-A', 40), line('B', null, 25)], { totals: total(100) }),
      )
      .expect(201);
    expect(first.body).toMatchObject({ number: '10', detailsDecisionId: null, mediumTermExcess: [] });
    const { body: list } = await staff.get('/unassigned-capital?planYear=2024').expect(200);
    // 1/11 to 31/12 are 60 days; 30 days from 1/11 is 1/12.
    expect(list).toMatchObject({
      on: '2024-12-31',
      deadlineDays: 30,
      total: 2,
      sums: [{ basis: 'province', carriedOver: false, amountDong: 60 }],
      items: [
        {
          decision: { number: '10' },
          holder: null,
          amountDong: 35,
          ageDays: 60,
          deadline: '2024-12-01',
          isOverdue: true,
        },
        { holder: { code: 'B' }, amountDong: 25, isOverdue: true },
      ],
    });
    const { id } = first.body as { id: number };
    await staff
      .post(
        '/allocation-decisions',
        decision('11', [line('B', null, -25), line('B', 'P-B', 25)], { kind: 'adjustment', detailsDecisionId: id }),
      )
      .expect(201);
    const { body: found } = await staff.get(`/allocation-decisions/${id}`).expect(200);
    expect(found).toMatchObject({
      amounts: [{ totalDong: 100, isStated: true, linesDong: 65, toProjectsDong: 65, unassignedDong: 35 }],
      detailedBy: [{ number: '11' }],
      unassigned: [{ holder: null, amountDong: 35 }],
    });
    const { body: lines } = await staff.get(`/allocation-lines?planYear=2024&decision=${id}`).expect(200);
    expect((lines as { items: { amountDong: number }[] }).items.map(({ amountDong }) => amountDong)).toEqual([40, 25]);
  });

  it('refusals say what, how much and what to do, in both languages', async () => {
    const above = decision('20', [line('A', 'P-A', 1_000_001)], { totals: total(1_000_000) });
    const { body: vi } = await staff.post('/allocation-decisions', above).expect(422);
    expect(vi).toMatchObject({
      code: 'decision-above-total',
      detail:
        'Quyết định 20 giao tổng 1.000.000 đồng nguồn NSDP (KH tỉnh giao), các dòng đã lấy 1.000.001 đồng. Giảm các dòng hoặc sửa tổng.',
    });
    const { body: en } = await staff.post('/allocation-decisions', above).set('accept-language', 'en').expect(422);
    expect(en).toMatchObject({ detail: expect.stringContaining('assigns 1,000,000 đồng of NSDP (province plan)') });
    const late = decision('21', [line('A', 'P-A', 1)], { decisionDate: '2024-01-20' });
    const { body: closed } = await staff.post('/allocation-decisions', late).expect(409);
    expect(closed).toMatchObject({
      code: 'month-closed',
      errors: [
        {
          pointer: '/effectiveDate',
          detail: 'Tháng 2024-01 đã đóng. Văn bản đến muộn có hiệu lực sớm nhất từ 01/02/2024 (tháng 2024-02).',
        },
      ],
    });
    await staff.post('/allocation-decisions', { ...late, effectiveDate: '2024-02-01' }).expect(201);
    await staff.post('/allocation-decisions', decision('22', [])).expect(400);
    const { body: unknown } = await staff.get('/allocation-decisions/999999').expect(404);
    expect(unknown).toMatchObject({ code: 'decision-unknown' });
  });

  it('lists come in pages, the last of which has no cursor', async () => {
    const numbers: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body } = await staff.get(`/allocation-decisions?planYear=2024&limit=2${query}`).expect(200);
      const page = body as { items: { number: string }[]; nextCursor: string | null };
      numbers.push(...page.items.map(({ number }) => number));
      cursor = page.nextCursor;
    }
    expect(numbers).toEqual(['11', '10', '21', '01/QĐ']);
    await staff.get('/allocation-decisions?planYear=2024&cursor=eA').expect(400);
    await staff.get(`/plans?planYear=2024&cursor=${Buffer.from('[1]').toString('base64url')}`).expect(400);
  });

  it('the plan in force and its totals agree on any day', async () => {
    const sums = async (on: string): Promise<[number, number, number]> => {
      const { body: plans } = await staff.get(`/plans?planYear=2024&on=${on}`).expect(200);
      const { body: totals } = await staff.get(`/plan-totals?planYear=2024&on=${on}`).expect(200);
      const rows = (plans as { items: { amountDong: number }[] }).items;
      const { all, bySource } = totals as Record<'all' | 'bySource', { amountDong: number }[]>;
      const add = (list: { amountDong: number }[]): number => list.reduce((sum, row) => sum + row.amountDong, 0);
      return [add(rows), add(all), add(bySource)];
    };
    expect(await sums('2024-01-31')).toEqual([400, 400, 400]);
    expect(await sums('2024-02-01')).toEqual([401, 401, 401]);
    expect(await sums('2024-12-31')).toEqual([466, 466, 466]);
  });

  it('a reporter reads the own unit: its lines, its plan, none of what no unit was given', async () => {
    const { body: decisions } = await reporter.get('/allocation-decisions?planYear=2024').expect(200);
    expect(decisions).toMatchObject({ total: 3 });
    const { body: plans } = await reporter.get('/plans?planYear=2024').expect(200);
    expect((plans as { items: { unit: { code: string } }[] }).items.map(({ unit }) => unit.code)).toEqual(['A']);
    expect((await reporter.get('/unassigned-capital?planYear=2024').expect(200)).body).toMatchObject({
      total: 0,
      sums: [],
    });
    await reporter.get('/projects/P-A').expect(200);
    await reporter.get('/projects/P-B').expect(404);
    await reporter.get('/projects/P-B/plan?planYear=2024').expect(404);
    await reporter.get('/projects/P-B/medium-term-plan?periodStart=2021').expect(404);
    await reporter.patch('/projects/P-A', { name: 'khác' }).expect(403);
  });

  it('a project shows both bases, and where nothing is assigned neither 0 % nor a rate', async () => {
    const { body } = await staff.get('/projects/P-A/plan?planYear=2024').expect(200);
    // 100 + 1 from February + 40 from November; 25 disbursed in January.
    expect(body).toMatchObject({
      disbursedDong: 25,
      bases: [
        { basis: 'province', isAssigned: true, planDong: 141, rate: { numerator: '25', denominator: '141' } },
        { basis: 'pm', isAssigned: false, planDong: 0, rate: null },
      ],
      lines: [
        { decision: { number: '01/QĐ' }, amountDong: 100, runningDong: 100 },
        { decision: { number: '21' }, amountDong: 1, runningDong: 101 },
        { decision: { number: '10' }, amountDong: 40, runningDong: 141 },
      ],
    });
  });

  it('identity is edited against the state that was seen, and every edit is on record', async () => {
    const seen = await staff.get('/projects/P-A').expect(200);
    const etag = String(seen.headers['etag']);
    const changes = {
      nationalCode: '7654321',
      investmentDecisionNo: '12/QĐ',
      investmentDecisionDate: '2021-05-06',
      totalInvestmentDong: 900,
      openingThroughYear: 2023,
      openingAllocatedDong: 300,
      openingDisbursedDong: 280,
    };
    await staff.patch('/projects/P-A', changes).expect(428);
    const saved = await staff.patch('/projects/P-A', changes).set('if-match', etag).expect(200);
    expect(saved.body).toMatchObject({
      nationalCode: '7654321',
      opening: { throughYear: 2023, allocatedDong: 300, disbursedDong: 280 },
    });
    await staff.patch('/projects/P-A', { name: 'x' }).set('if-match', etag).expect(412);
    const now = String(saved.headers['etag']);
    const half = { openingThroughYear: null };
    expect((await staff.patch('/projects/P-A', half).set('if-match', now).expect(422)).body).toMatchObject({
      code: 'opening-incomplete',
    });
    const other = String((await staff.get('/projects/P-B').expect(200)).headers['etag']);
    const taken = await staff.patch('/projects/P-B', { nationalCode: '7654321' }).set('if-match', other).expect(409);
    expect(taken.body).toMatchObject({ code: 'national-code-taken' });
    const events: { action: string }[] = await api.db.query(
      "SELECT action FROM audit_event WHERE object_type = 'project' AND object_id = 'P-A' AND action = 'project.change'",
    );
    expect(events).toHaveLength(1);
  });

  it('a medium-term plan is set whole; a decision above it is booked and warned of', async () => {
    const address = '/projects/P-C/medium-term-plan';
    const none = await staff.get(`${address}?periodStart=2021`).expect(200);
    expect(none.body).toMatchObject({
      hasPlan: false,
      lines: [{ source: { code: 'NSDP' }, amountDong: 0, excessDong: 0 }],
    });
    const plan = { periodStart: 2021, decisionNo: 'NQ 1', lines: [{ sourceCode: 'NSDP', amountDong: 120 }] };
    await staff.put(address, plan).expect(428);
    await staff
      .put(address, { ...plan, periodStart: 2022 })
      .set('if-match', '"0"')
      .expect(400);
    await staff.put(address, plan).set('if-match', String(none.headers['etag'])).expect(200);
    await staff.put(address, plan).set('if-match', '"0"').expect(412);
    const booked = await staff.post('/allocation-decisions', decision('30', [line('C', 'P-C', 21)])).expect(201);
    const excess = { project: { code: 'P-C' }, mediumTermDong: 120, annualDong: 121, excessDong: 1 };
    expect(booked.body).toMatchObject({ mediumTermExcess: [excess] });
    const { body: warnings } = await staff.get('/medium-term-warnings?periodStart=2021').expect(200);
    expect(warnings).toMatchObject({ total: 1, items: [excess] });
    expect((await staff.get('/medium-term-plans?periodStart=2021').expect(200)).body).toMatchObject({
      total: 1,
      totalDong: 120,
    });
    expect((await reporter.get('/medium-term-warnings?periodStart=2021').expect(200)).body).toMatchObject({
      items: [],
    });
  });
});
