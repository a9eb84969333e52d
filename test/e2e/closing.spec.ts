import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemActor } from '#libs/kernel';
import { dueEvaluations, evaluateMonth } from '#libs/monitoring';
import { issueNotices } from '#libs/notices';
import { direct } from '../harness/direct-sql.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { bookMonth, smallOffice } from '../harness/small-office.js';

/** A pays 6, B 14, C 10, D 10 đồng of 100 each month by month; D does not report March. */
describe('closing, reopening, correcting and closing again, over HTTP', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let staff: Caller;
  let approver: Caller;
  let second: Caller;
  let reporter: Caller;

  /** What the worker does. */
  const work = async (): Promise<void> => {
    for (const due of await dueEvaluations(api.db)) {
      const evaluation = await evaluateMonth(api.db, systemActor('job'), due);
      if (evaluation) await issueNotices(api.db, systemActor('job'), evaluation.id);
    }
  };

  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    [staff, approver, second, reporter] = (await Promise.all(
      ['staff', 'approver', 'approver2', 'reporter'].map((name) => api.signIn(name)),
    )) as [Caller, Caller, Caller, Caller];
    for (const month of [1, 2, 3]) {
      const reporting = month === 3 ? ['A', 'B', 'C'] : ['A', 'B', 'C', 'D'];
      await bookMonth(api.db, month, { A: 6n, B: 14n, C: 10n, D: 10n }, reporting);
    }
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  it('the duties of a month: due on the fifth working day after its end, each in its own rows', async () => {
    await direct(api.db, "UPDATE instance_setting SET business_date = '2024-04-03'");
    const { body } = await staff.get('/months/2024-03/duties').expect(200);
    // March 2024 ends on a Sunday: 1, 2, 3, 4, 5 April.
    expect(body.report).toEqual({ day: '2024-04-05', daysLeft: 2, overdue: false });
    expect(body.closing).toEqual({ day: '2024-04-08', daysLeft: 3, overdue: false });
    expect(
      body.items.map((item: { unit: { code: string }; state: string }) => `${item.unit.code} ${item.state}`),
    ).toEqual(['D due', 'A reported', 'B reported', 'C reported']);
    const own = await reporter.get('/months/2024-03/duties').expect(200);
    expect(own.body.items).toHaveLength(1);
    await direct(api.db, "UPDATE instance_setting SET business_date = '2024-04-10'");
    const late = await staff.get('/months/2024-03/duties').expect(200);
    expect(late.body.report).toEqual({ day: '2024-04-05', daysLeft: -3, overdue: true });
    expect(late.body.items[0]).toMatchObject({ unit: { code: 'D' }, state: 'overdue', submittedOn: null });
  });

  it('staff correct the calendar, and the due day follows', async () => {
    const { body } = await staff.get('/calendars/2024').expect(200);
    expect(body.days).toContainEqual(
      expect.objectContaining({ date: '2024-04-18', kind: 'holiday', source: 'computed' }),
    );
    const days = (body.days as { date: string; kind: string; name: string }[]).map(({ date, kind, name }) => ({
      date,
      kind,
      name,
    }));
    const kept = await staff
      .put('/calendars/2024', { days: [...days, { date: '2024-04-02', kind: 'holiday', name: 'Nghỉ riêng' }] })
      .expect(200);
    expect(kept.body.days.find(({ date }: { date: string }) => date === '2024-04-02')).toMatchObject({
      source: 'staff',
    });
    expect((await staff.get('/months/2024-03/duties').expect(200)).body.report.day).toBe('2024-04-08');
    await approver.put('/calendars/2024', { days }).expect(403);
    const refused = await staff
      .put('/calendars/2024', {
        days: [
          { date: '2025-01-01', kind: 'holiday', name: 'Năm khác' },
          { date: '2024-04-02', kind: 'make-up-day', name: 'Thứ ba' },
        ],
      })
      .expect(422);
    expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/days/0/date',
      '/days/1/date',
    ]);
    await staff.put('/calendars/2024', { days }).expect(200);
    expect((await staff.get('/months/2024-03/duties').expect(200)).body.report.day).toBe('2024-04-05');
  });

  it('the sheet shows what is missing and what closing would give, and freezes nothing', async () => {
    for (const month of [1, 2]) await approver.post(`/months/2024-0${month}/close`).expect(200);
    await work();
    const { body } = await staff.get('/months/2024-03/closing').expect(200);
    expect(body).toMatchObject({
      stage: 'open',
      checks: [{ kind: 'treasury', state: 'not-needed', facts: {} }],
      laterClosed: [],
      beside: null,
    });
    expect(body.missing).toMatchObject([
      { kind: 'missing-report', subject: 'D', decision: 'accept-missing', streak: 0, below: false, reminders: 0 },
    ]);
    expect(body.preview).toMatchObject({
      average: { numerator: '3', denominator: '10' },
      comparedWith: { month: 2, frozen: true },
      previousCount: 0,
      joined: [{ unit: { code: 'A' }, streak: 3, gapDong: 16 }],
      stayed: [],
      left: [],
    });
    expect(
      body.preview.joined[0].recent.map(({ differencePoints }: { differencePoints: string }) => differencePoints),
    ).toEqual(['-4.0000', '-8.0000', '-12.0000']);
    await staff.get('/evaluations/2024-03').expect(404);
  });

  it('a close without the decision is refused with the list of what lacks one; with it, it is kept', async () => {
    const refused = await approver.post('/months/2024-03/close').expect(409);
    expect(refused.body).toMatchObject({
      code: 'decisions-needed',
      errors: [{ pointer: '/decisions', detail: expect.stringContaining('Đơn vị D chưa báo cáo') }],
    });
    const decision = { kind: 'missing-report', unitCode: 'D', decision: 'accept-missing', note: 'Đã nhắc ba lần' };
    await approver.post('/months/2024-03/close', { decisions: [{ ...decision, note: '' }] }).expect(400);
    await approver
      .post('/months/2024-03/close', { decisions: [{ ...decision, decision: 'accept-as-is' }] })
      .expect(409);
    const closed = await approver.post('/months/2024-03/close', { decisions: [decision] }).expect(200);
    expect(closed.body).toMatchObject({ state: 'closed', version: 1 });
    await work();
    const { body } = await staff.get('/months/2024-03/closing').expect(200);
    expect(body.decisions).toMatchObject([{ monthVersion: 1, subject: 'D', name: 'Đơn vị D', note: 'Đã nhắc ba lần' }]);
    expect(body).toMatchObject({ stage: 'closed', preview: null, missing: [] });
    await second.post('/announcements/2024-03/release').expect(200);
  });

  it('two people reopen, an entry is corrected, the month is closed again: the difference of the two lists', async () => {
    await staff.post('/months/2024-02/reopen').expect(422);
    await reporter.post('/months/2024-02/reopen', { reason: 'sai' }).expect(403);
    const asked = await staff.post('/months/2024-02/reopen', { reason: 'A ghi thiếu 20 đồng' }).expect(200);
    expect(asked.body).toMatchObject({ state: 'requested', own: true, requestedBy: 'staff', decidedBy: null });
    await staff.post('/months/2024-02/reopen').expect(403);
    const opened = await approver.post('/months/2024-02/reopen').expect(200);
    expect(opened.body).toMatchObject({ state: 'approved', requestedBy: 'staff', decidedBy: 'approver' });
    const entry = {
      unitCode: 'A',
      projectCode: 'P-A',
      sourceCode: 'NSDP',
      kind: 'payment',
      basis: 'actual',
      amountDong: 20,
    };
    await staff.post('/disbursements', { month: '2024-02', entries: [entry] }).expect(201);
    const before = (await staff.get('/months/2024-02/closing').expect(200)).body;
    expect(before).toMatchObject({ laterClosed: ['2024-03'], month: { state: 'reopened', version: 1 } });
    await approver.post('/months/2024-02/close').expect(200);
    await work();
    const { body } = await staff.get('/evaluations/2024-03/difference?from=1&to=2').expect(200);
    expect(body).toMatchObject({
      from: 1,
      to: 2,
      joined: 0,
      left: 1,
      averageBefore: { numerator: '3', denominator: '10' },
      averageAfter: { numerator: '7', denominator: '20' },
    });
    expect(body.units[0]).toMatchObject({
      unit: { code: 'A' },
      list: 'left',
      before: { streak: 3, flagged: true, gapDong: 16 },
      after: { streak: 0, flagged: false, gapDong: 0, status: 'at-or-above' },
    });
    await staff.get('/evaluations/2024-03/difference?from=1&to=7').expect(404);
    await staff.get('/evaluations/2024-03/difference?from=0').expect(400);
    expect((await reporter.get('/evaluations/2024-03/difference').expect(200)).body.units).toHaveLength(1);
    const { versions } = (await staff.get('/months/2024-03/closing').expect(200)).body;
    expect(versions).toMatchObject([
      { version: 2, anewOf: '2024-02', closedBy: 'approver', evaluated: true },
      { version: 1, anewOf: null },
    ]);
  });

  it('the released announcement stands, withdrawn and marked as replaced once its correction is released by a second approver', async () => {
    const of = async (version: number): Promise<Record<string, unknown>> => {
      const { items } = (await staff.get('/notices?month=2024-03&audience=announcement').expect(200)).body as {
        items: Record<string, unknown>[];
      };
      return items.find(({ monthVersion }) => monthVersion === version) as Record<string, unknown>;
    };
    const correction = await of(2);
    expect(correction).toMatchObject({ state: 'draft', corrects: (await of(1))['id'], superseded: false });
    expect(await of(1)).toMatchObject({ state: 'issued', replacedBy: null });
    await approver.post('/announcements/2024-03/release').expect(403);
    await second.post('/announcements/2024-03/release').expect(200);
    expect(await of(1)).toMatchObject({ state: 'withdrawn', replacedBy: correction['id'] });
    const { items } = (await staff.get('/warning-cases').expect(200)).body;
    expect(items).toMatchObject([
      {
        state: 'withdrawn',
        steps: [
          { month: 3, monthVersion: 1, change: 'new' },
          { month: 3, monthVersion: 2, change: 'withdrawn' },
        ],
      },
    ]);
  });

  it('a request is taken back by who made it, and declined by an approver', async () => {
    for (const caller of [staff, approver]) {
      await staff.post('/months/2024-03/reopen', { reason: 'nhầm' }).expect(200);
      await caller.post('/months/2024-03/reopen/withdrawal').expect(200);
    }
    await staff.post('/months/2024-03/reopen/withdrawal').expect(409);
  });

  it('the national average stands beside the province’s with its source, and is corrected on record', async () => {
    await staff.put('/months/2024-03/national-average', { percent: '47,3', source: 'Bộ Tài chính' }).expect(400);
    await staff.put('/months/2024-03/national-average', { percent: '13.67', source: 'Bộ KH&ĐT' }).expect(200);
    const { body } = await staff
      .put('/months/2024-03/national-average', { percent: '13.7', source: 'Bộ Tài chính, BC 3/2024' })
      .expect(200);
    expect(body.nationalAverage).toEqual({ percent: '13.7', source: 'Bộ Tài chính, BC 3/2024' });
    const [event]: [{ body: string }] = await api.db.query(
      "SELECT body FROM audit_event WHERE action = 'national-average.note' ORDER BY seq DESC LIMIT 1",
    );
    expect(JSON.parse(event.body)).toMatchObject({ before: { percent: '13.67' }, after: { percent: '13.7' } });
  });

  it('an api is ready whatever the workers have not done yet, and says what that is', async () => {
    await bookMonth(api.db, 4, { A: 1n });
    await direct(api.db, "UPDATE instance_setting SET business_date = '2024-05-31'");
    await approver.post('/months/2024-04/close').expect(200);
    // A minute and more ago, as far as the watchdog can tell.
    await api.db.query('ALTER TABLE reporting_month DISABLE TRIGGER guard_reporting_month');
    await direct(
      api.db,
      "UPDATE reporting_month SET closed_at = now() - interval '10 minutes' WHERE month = 4 AND plan_year = 2024",
    );
    await api.db.query('ALTER TABLE reporting_month ENABLE TRIGGER guard_reporting_month');
    const { body } = await api.anonymous.get('/health/ready').expect(200);
    expect(body).toMatchObject({ status: 'ready', overdueEvaluations: ['2024-04'] });
  });
});
