import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { evaluateMonth } from '#libs/monitoring';
import { issueNotices } from '#libs/notices';
import { systemActor } from '#libs/kernel';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { bookMonth, smallOffice } from '../harness/small-office.js';

/** A pays 30, B 50, C 40, D 40 đồng of 100 each month by month: the pool is 40 %, A is below it. */
describe('a month, from books to announcement, over HTTP', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let staff: Caller;
  let approver: Caller;

  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    staff = await api.signIn('staff');
    approver = await api.signIn('approver');
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  it('closes three months; the third puts A on the list with the gap worked out by hand', async () => {
    for (const month of [1, 2, 3]) {
      await bookMonth(api.db, month, { A: 6n, B: 14n, C: 10n, D: 10n });
      await approver.post(`/months/2024-0${month}/close`).expect(200);
      await evaluateMonth(api.db, systemActor('job'), { planYear: 2024, month, monthVersion: 1 });
    }
    const { body } = await staff.get('/evaluations/2024-03').expect(200);
    // Pool: 3 × 40 = 120 of 400. A: 18 of 100. x = ⌈(120·100 − 18·400) / (400 − 100)⌉ = ⌈4800 / 300⌉ = 16.
    expect(body.averages).toMatchObject([{ group: '*', rate: { numerator: '3', denominator: '10' } }]);
    expect(body.units[0]).toMatchObject({
      unit: { code: 'A' },
      status: 'below',
      streak: 3,
      flagged: true,
      planDong: 100,
      disbursedDong: 18,
      gapDong: 16,
    });
    expect(body.total).toBe(4);
  });

  it('writes one notice per team, letters and the announcement, and releases them by a second approver only', async () => {
    await issueNotices(api.db, systemActor('job'), 3);
    const refused = await approver.post('/announcements/2024-03/release').expect(403);
    expect(refused.body.code).toBe('release-by-closer');
    const second = await api.signIn('approver2');
    await second.post('/announcements/2024-03/release').expect(200);
    const again = await second.post('/announcements/2024-03/release').expect(409);
    expect(again.body.code).toBe('announcement-released');
    const { body } = await staff.get('/notices?month=2024-03').expect(200);
    const notices = (body.items as { audience: string; recipient: { code: string }; state: string }[]).map(
      ({ audience, recipient, state }) => `${audience} ${recipient.code} ${state}`,
    );
    expect(notices.sort()).toEqual(['announcement province issued', 'team T1 issued', 'unit A issued']);
  });
});
