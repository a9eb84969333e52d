import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemActor, type Role } from '#libs/kernel';
import { registerKeyProjects } from '#libs/projects';
import { direct } from '../harness/direct-sql.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { smallOffice } from '../harness/small-office.js';

interface Clearance {
  version: number;
  keyProject: boolean;
  plan: { areaM2: number; households: number; agreedDate: string | null; overdue: boolean } | null;
  months: { month: string; areaM2: number; households: number; paidDong: number }[];
}

/** P-A and P-B of the small office are key projects; the reporter is A's, the team looks after A and B. */
describe('site clearance of key projects', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  const as = {} as Record<Role, Caller>;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    await registerKeyProjects(
      api.db,
      systemActor('command-line'),
      { year: 2024, declaredCount: 2, noteVi: '', noteEn: '' },
      ['A', 'B'].map((code, i) => ({
        ordinal: i + 1,
        projectCode: `P-${code}`,
        name: `Dự án của ${code}`,
        capitalType: 'public' as const,
        origin: 'new' as const,
      })),
      [],
    );
    for (const role of ['staff', 'reporter', 'inspector', 'leader'] as const) as[role] = await api.signIn(role);
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  const put = (caller: Caller, path: string, body: object, version: number) =>
    caller.put(`/projects/${path}`, body).set('if-match', `"${version}"`);
  const found = async (caller: Caller, code: string): Promise<Clearance> =>
    (await caller.get(`/projects/${code}/site-clearance`).expect(200)).body as Clearance;
  const codeOf = async (request: Promise<{ status: number; body: unknown }>): Promise<string> => {
    const { status, body } = await request;
    return `${status} ${(body as { code?: string }).code}`;
  };

  it('says what there is to hand over, what was by month, and whether the agreed day has passed', async () => {
    expect(await found(as.reporter, 'P-A')).toMatchObject({ version: 0, plan: null, months: [], keyProject: true });
    const plan = { areaM2: 120_000, households: 85, agreedDate: '2024-12-30' };
    await put(as.reporter, 'P-A/site-clearance', plan, 0).expect(200);
    const figures = (areaM2: number, households: number, paidDong: number) => ({ areaM2, households, paidDong });
    await put(as.reporter, 'P-A/site-clearance/2024-08', figures(40_000, 20, 1_000), 1).expect(200);
    await put(as.reporter, 'P-A/site-clearance/2024-11', figures(90_000, 70, 5_000), 2).expect(200);
    // A month is corrected: the newest figures of it count, the older row stays.
    await put(as.reporter, 'P-A/site-clearance/2024-08', figures(45_000, 25, 1_500), 3).expect(200);
    const { plan: standing, months, version } = await found(as.leader, 'P-A');
    expect(standing).toMatchObject({ ...plan, overdue: true });
    expect(version).toBe(4);
    expect(months.map(({ month, areaM2, households, paidDong }) => [month, areaM2, households, paidDong])).toEqual([
      ['2024-11', 90_000, 70, 5_000],
      ['2024-08', 45_000, 25, 1_500],
    ]);
    // The business day is 31/12/2024: handed over whole, nothing is overdue.
    await put(as.staff, 'P-A/site-clearance/2024-12', figures(120_000, 85, 5_000), 4).expect(200);
    expect((await found(as.inspector, 'P-A')).plan?.overdue).toBe(false);
  });

  it('refuses more than there is, less than before, a month that has not begun, and month 13', async () => {
    const send = (month: string, areaM2: number, paidDong = 5_000) =>
      codeOf(put(as.staff, `P-A/site-clearance/${month}`, { areaM2, households: 85, paidDong }, 5));
    expect(await send('2024-12', 120_001)).toBe('422 site-clearance-total');
    expect(await send('2024-12', 120_000, 4_999)).toBe('422 site-clearance-falls');
    expect(await send('2024-10', 95_000)).toBe('422 site-clearance-falls');
    expect(await send('2025-01', 120_000)).toBe('422 site-clearance-future');
    expect(await send('2024-13', 120_000)).toBe('422 site-clearance-month');
    const less = { areaM2: 119_999, households: 85 };
    expect(await codeOf(put(as.staff, 'P-A/site-clearance', less, 5))).toBe('422 site-clearance-total');
    expect(
      await codeOf(put(as.staff, 'P-B/site-clearance/2024-12', { areaM2: 1, households: 0, paidDong: 0 }, 0)),
    ).toBe('422 site-clearance-total');
    expect((await found(as.staff, 'P-A')).version).toBe(5);
  });

  it('is written against the version that was seen, and for key projects alone', async () => {
    const plan = { areaM2: 10, households: 0 };
    expect(await codeOf(as.staff.put('/projects/P-B/site-clearance', plan))).toBe('428 if-match-missing');
    expect(await codeOf(put(as.staff, 'P-B/site-clearance', plan, 1))).toBe('412 site-clearance-changed');
    expect(await codeOf(put(as.staff, 'P-C/site-clearance', plan, 0))).toBe('409 site-clearance-not-key');
  });

  it('of another unit’s project is to a reporter as one that does not exist', async () => {
    expect(await codeOf(as.reporter.get('/projects/P-B/site-clearance'))).toBe('404 project-not-found');
    expect(await codeOf(put(as.reporter, 'P-B/site-clearance', { areaM2: 1, households: 0 }, 0))).toBe(
      '404 project-not-found',
    );
    expect(await codeOf(put(as.inspector, 'P-A/site-clearance', { areaM2: 1, households: 0 }, 5))).toBe(
      '403 not-allowed',
    );
    await found(as.inspector, 'P-B');
  });

  it.each([
    ['site_clearance_plan', 'UPDATE site_clearance_plan SET area = area + 1'],
    ['site_clearance_month', 'DELETE FROM site_clearance_month'],
  ])('%s is only ever added to', async (_table, sql) => {
    await expect(direct(api.db, sql)).rejects.toMatchObject({ driverError: { constraint: 'append_only' } });
  });
});
