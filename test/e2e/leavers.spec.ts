import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addAccount } from '#libs/access';
import { Month, systemActor, type Role } from '#libs/kernel';
import { evaluateMonth } from '#libs/monitoring';
import { issueNotices } from '#libs/notices';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { actorFor, bookMonth, closeMonth, PASSWORD, smallOffice } from '../harness/small-office.js';

interface OpenWork {
  imports: { id: number; fileName: string }[];
  reopenings: { month: string; reason: string }[];
  accountRequests: { username: string }[];
  units: { code: string }[];
  teams: { code: string }[];
  notices: { recipientName: string }[];
  sessions: number;
}

/** Months 1 to 3 closed, A and C flagged: T1 has an unread notice about A. */
describe('somebody who leaves', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let admin: Caller;
  let approver: Caller;
  let made = 0;
  let person: string;

  const add = async (username: string, role: Role, units: string[] = [], teams: string[] = []): Promise<number> =>
    (
      await addAccount(api.db, systemActor('command-line'), {
        username,
        displayName: username,
        role,
        units,
        teams,
        password: PASSWORD,
      })
    ).id;
  const openWork = async (id: number): Promise<OpenWork> =>
    (await admin.get(`/accounts/${id}/open-work`).expect(200)).body as OpenWork;
  const send = async (caller: Caller, fileName: string): Promise<number> => {
    const content = `plan_year,month,unit_code,project_code,source_code,kind,carried_over,basis,amount_vnd\n2024,4,A,P-A,NSDP,payment,0,actual,${++made}`;
    const { body } = await caller.upload('/imports?kind=disbursements', { name: fileName, content }).expect(202);
    return (body as { id: number }).id;
  };
  const senderOf = async (id: number): Promise<string | undefined> =>
    (await api.db.query<{ by: string }[]>('SELECT created_by AS by FROM import_batch WHERE id = $1', [id]))[0]?.by;

  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    for (const month of [1, 2, 3]) {
      await bookMonth(api.db, month, { A: 6n, B: 14n, C: 6n, D: 14n });
      await closeMonth(api.db, actorFor('approver'), Month.of(2024, month));
      const evaluation = await evaluateMonth(api.db, systemActor('job'), { planYear: 2024, month, monthVersion: 1 });
      await issueNotices(api.db, systemActor('job'), evaluation?.id ?? 0);
    }
    admin = await api.signIn('admin');
    approver = await api.signIn('approver');
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });
  beforeEach(() => {
    person = `leaver${++made}`;
  });

  it('has open work: files, what they asked for, sessions', async () => {
    const id = await add(person, 'staff');
    const leaver = await api.signIn(person);
    const file = await send(leaver, 'thang-4.csv');
    await leaver.post('/months/2024-03/reopen', { reason: 'thiếu chứng từ' }).expect(200);
    const work = await openWork(id);
    expect(work).toMatchObject({
      imports: [{ id: file, fileName: 'thang-4.csv' }],
      reopenings: [{ month: '2024-03', reason: 'thiếu chứng từ' }],
      sessions: 1,
    });
    // A successor takes the file; the reopening is withdrawn, so that nobody confirms the word of who is gone.
    const successor = await add(`${person}.next`, 'staff');
    await admin.post(`/accounts/${id}/disable`, { successorId: successor, note: 'chuyển công tác' }).expect(200);
    expect(await senderOf(file)).toBe(`${person}.next`);
    await approver.post('/months/2024-03/reopen', {}).expect(422);
    expect(await openWork(id)).toMatchObject({ imports: [], reopenings: [], sessions: 0 });
    const events = await api.db.query<{ action: string }[]>(
      "SELECT action FROM audit_event WHERE actor = 'admin' ORDER BY seq DESC LIMIT 3",
    );
    expect(events.map(({ action }) => action).sort()).toEqual([
      'account.disable',
      'import.hand-over',
      'month.reopen-withdraw',
    ]);
  });

  it('a file that the successor sent too stays where it is: it would be the same twice', async () => {
    const id = await add(person, 'staff');
    const next = await add(`${person}.next`, 'staff');
    const count = made;
    const file = await send(await api.signIn(person), 'mot.csv');
    made = count;
    const same = await send(await api.signIn(`${person}.next`), 'mot.csv');
    await admin.post(`/accounts/${id}/disable`, { successorId: next }).expect(200);
    expect([await senderOf(file), await senderOf(same)]).toEqual([person, `${person}.next`]);
  });

  it('without a successor leaves the files to the department', async () => {
    const id = await add(person, 'staff');
    const file = await send(await api.signIn(person), 'hai.csv');
    await admin.post(`/accounts/${id}/disable`).expect(200);
    expect(await senderOf(file)).toBe(person);
    const staff = await api.signIn('staff');
    await staff.get(`/imports/${file}`).expect(200);
  });

  it('a reporter’s unit that nobody else has goes to the successor by two people', async () => {
    const id = await add(person, 'reporter', ['B', 'A']);
    const next = await add(`${person}.next`, 'reporter', ['D']);
    // A has another reporter: the office's own.
    expect((await openWork(id)).units.map(({ code }) => code)).toEqual(['B']);
    const { body } = await admin.post(`/accounts/${id}/disable`, { successorId: next }).expect(200);
    const { request } = body as { request: { id: number; units: { code: string }[] } };
    expect(request.units.map(({ code }) => code).sort()).toEqual(['B', 'D']);
    const seen = async (): Promise<string[]> =>
      ((await admin.get(`/accounts/${next}`)).body as { units: { code: string }[] }).units.map(({ code }) => code);
    expect(await seen()).toEqual(['D']);
    await approver.post(`/account-requests/${request.id}/confirmation`).expect(200);
    expect((await seen()).sort()).toEqual(['B', 'D']);
  });

  it('an inspector’s notices wait for nobody else, unless the team has another', async () => {
    const [inspector] = ((await admin.get('/accounts?search=inspector')).body as { items: { id: number }[] }).items;
    const work = await openWork(inspector?.id ?? 0);
    expect([work.teams.map(({ code }) => code), work.notices.map((notice) => notice.recipientName)]).toEqual([
      ['T1'],
      ['Đoàn 1'],
    ]);
    await add(person, 'inspector', [], ['T1']);
    expect(await openWork(inspector?.id ?? 0)).toMatchObject({ teams: [], notices: [] });
  });

  it('is followed by somebody who can do the work, and not by who is gone', async () => {
    const id = await add(person, 'reporter', ['C']);
    const leader = ((await admin.get('/accounts?role=leader')).body as { items: { id: number }[] }).items[0]?.id;
    for (const successorId of [leader, id]) {
      const { body } = await admin.post(`/accounts/${id}/disable`, { successorId }).expect(409);
      expect((body as { code: string }).code).toBe('successor-unfit');
    }
    // Refused whole: still there.
    await api.signIn(person);
  });
});
