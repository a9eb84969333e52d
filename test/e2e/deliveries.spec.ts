import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Month, systemActor } from '#libs/kernel';
import { releaseAnnouncement, tellStep } from '#libs/notices';
import { flaggedMonths } from '../harness/flagged-months.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { actorFor, smallOffice } from '../harness/small-office.js';

const TELLING = {
  acknowledgeWorkingDays: 3,
  planWorkingDays: 5,
  answerWorkingDays: 7,
  escalationWorkingDays: 3,
  smtpUrl: 'smtp://127.0.0.1:1',
  publicUrl: undefined,
};

/** Month 3 of the small office on 31 December 2024: notices to three teams, a letter to A and one to C, released. */
describe('notices and how they reach people, over HTTP', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let staff: Caller;
  let admin: Caller;
  let reporter: Caller;
  let inspector: Caller;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    await flaggedMonths(api.db);
    [staff, admin, reporter, inspector] = (await Promise.all(
      ['staff', 'admin', 'reporter', 'inspector'].map((name) => api.signIn(name)),
    )) as [Caller, Caller, Caller, Caller];
    await reporter.put('/own-account/email', { email: 'a@don-vi.example' }).expect(204);
    await releaseAnnouncement(api.db, actorFor('approver', 'approver2'), Month.of(2024, 3));
    const steps: { id: number }[] = await api.db.query("SELECT id FROM notice_step WHERE what = 'issued' ORDER BY id");
    for (const { id } of steps) await tellStep(api.db, systemActor('job'), TELLING, { stepId: id });
  }, 120_000);
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  const idOf = async (audience: string, recipient: string): Promise<number> => {
    const [row]: { id: number }[] = await api.db.query(
      'SELECT id FROM notice WHERE month = 3 AND audience = $1 AND recipient = $2',
      [audience, recipient],
    );
    return row?.id as number;
  };

  it('a notice tells its timeline and how many working days are left', async () => {
    const { body } = await inspector.get(`/notices/${await idOf('team', 'T1')}`).expect(200);
    expect(body).toMatchObject({
      state: 'delivered',
      // Tuesday 31 December; 1 January is a holiday: 2, 3 and 6 January.
      due: { duty: 'acknowledge', on: '2025-01-06', daysLeft: 3, overdue: false },
      timeline: [
        { what: 'issued', by: 'Hệ thống', because: null },
        { what: 'delivered', by: 'Hệ thống', because: 'Vào hộp thư: inspector' },
      ],
    });
  });

  it('a list is narrowed to what is new, due, overdue or done, within the rows of who asks', async () => {
    const shown = async (caller: Caller, show: string): Promise<string[]> =>
      (
        (await caller.get(`/notices?month=2024-03&show=${show}`).expect(200)).body as {
          items: { recipient: { code: string } }[];
        }
      ).items
        .map(({ recipient }) => recipient.code)
        .sort();
    expect(await shown(staff, 'new')).toEqual(['A', 'C', 'T0', 'T1', 'T2']);
    expect(await shown(inspector, 'new')).toEqual(['T1']);
    expect(await shown(reporter, 'new')).toEqual(['A']);
    await reporter.post(`/notices/${await idOf('unit', 'A')}/acknowledgement`, {}).expect(200);
    expect([await shown(reporter, 'new'), await shown(reporter, 'due')]).toEqual([[], ['A']]);
    expect(await shown(staff, 'overdue')).toEqual([]);
    expect(await shown(staff, 'done')).toEqual(['province']);
    await staff.get('/notices?show=lost').expect(400);
  });

  it('everybody has an inbox of their own, and says what they have seen', async () => {
    const { body: first } = await reporter.get('/inbox').expect(200);
    expect((first as { items: { title: string }[] }).items.map(({ title }) => title).sort()).toEqual([
      'Kết quả giải ngân vốn đầu tư công tháng 3 năm 2024',
      'Đôn đốc giải ngân vốn đầu tư công tháng 3 năm 2024: Đơn vị A',
    ]);
    expect(first).toMatchObject({ unread: 2 });
    const [newest, older] = (first as { items: { id: number }[] }).items;
    await inspector.post('/inbox/reading', { through: newest?.id }).expect(204);
    expect((await reporter.get('/inbox').expect(200)).body).toMatchObject({ unread: 2 });
    await reporter.post('/inbox/reading', { through: older?.id }).expect(204);
    expect((await reporter.get('/inbox').expect(200)).body).toMatchObject({ unread: 1 });
    expect((await admin.get('/inbox').expect(200)).body).toEqual({ items: [], nextCursor: null, unread: 0 });
  });

  it('one sets and takes away one’s own address; what is none is refused', async () => {
    expect((await reporter.get('/own-account/security').expect(200)).body).toMatchObject({ email: 'a@don-vi.example' });
    for (const email of ['khong', 'a@b', 'a@b.vn, c@d.vn', 'A <a@b.vn>', 7])
      await reporter.put('/own-account/email', { email }).expect(400);
    await inspector.put('/own-account/email', { email: 'x@doan.example' }).expect(204);
    await inspector.put('/own-account/email', { email: null }).expect(204);
    expect((await inspector.get('/own-account/security').expect(200)).body).toMatchObject({ email: null });
  });

  it('deliveries are listed for the department, and one that was given up is tried again, once', async () => {
    await reporter.get('/deliveries').expect(403);
    const mail = (await staff.get('/deliveries?channel=mail').expect(200)).body as {
      items: { id: number; address: string; state: string }[];
    };
    expect(mail.items).toMatchObject([{ address: 'a@don-vi.example', state: 'pending', attempts: 0 }]);
    const id = mail.items[0]?.id ?? 0;
    await staff.post(`/deliveries/${id}/retry`).expect(409);
    await api.db.query("UPDATE delivery SET state = 'dead', attempts = 8, answer = '451' WHERE id = $1", [id]);
    expect((await staff.get('/deliveries?state=dead').expect(200)).body).toMatchObject({ dead: 1, items: [{ id }] });
    const { body } = await staff.post(`/deliveries/${id}/retry`).expect(200);
    expect(body).toMatchObject({ state: 'pending', attempts: 0 });
    await staff.post(`/deliveries/${id}/retry`).expect(409);
    await staff.post('/deliveries/999999/retry').expect(404);
    await staff.post('/deliveries/x/retry').expect(404);
  });

  it('the administrator registers a webhook; its secret is told once', async () => {
    await staff.get('/webhooks').expect(403);
    for (const url of [
      'http://a.example/',
      'https://127.0.0.1/',
      'https://10.0.0.1/x',
      'https://u:p@a.example/',
      'khong',
    ])
      await admin.post('/webhooks', { url, topics: ['issued'] }).expect(400);
    await admin.post('/webhooks', { url: 'https://a.example/', topics: ['lost'] }).expect(400);
    const { body } = await admin.post('/webhooks', { url: 'https://a.example/h', topics: ['issued'] }).expect(201);
    const { secret, webhook } = body as { secret: string; webhook: { id: number } };
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const { text } = await admin.get('/webhooks').expect(200);
    expect(text).toContain('https://a.example/h');
    expect(text).not.toContain(secret);
    const [{ kept }]: [{ kept: string }] = await api.db.query('SELECT sealed_secret AS kept FROM webhook');
    expect(kept).not.toContain(secret.slice('whsec_'.length));
    expect((await admin.post(`/webhooks/${webhook.id}/end`).expect(200)).body).toMatchObject({ endedBy: 'admin' });
    await admin.post('/webhooks/999/end').expect(404);
  });
});
