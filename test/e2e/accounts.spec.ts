import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addAccount, addToken, type NewAccount } from '#libs/access';
import { PERMISSIONS, ROLES, sqlState, systemActor, violatedConstraint, type Role } from '#libs/kernel';
import { direct } from '../harness/direct-sql.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { PASSWORD, smallOffice } from '../harness/small-office.js';

interface Outcome {
  account: { id: number; state: string; role: string } | null;
  request: { id: number; state: string; isAlone: boolean; decidedBy: string | null } | null;
  link: { secret: string } | null;
}

const SYSTEM = systemActor('command-line');

/** The small office: admin, staff, approver, approver2, clerk, reporter (unit A), inspector (team T1), leader, auditor. */
describe('the administration of accounts', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let admin: Caller;
  let approver: Caller;
  let approver2: Caller;
  let made = 0;
  /** A person of this test's own. */
  let person: string;

  const add = async (role: Role, more: Partial<NewAccount> = {}): Promise<number> => {
    const { id } = await addAccount(api.db, SYSTEM, {
      username: person,
      displayName: person,
      role,
      password: PASSWORD,
      ...more,
    });
    return id;
  };
  const invitation = (more: object = {}): object => ({
    username: person,
    displayName: 'Nguyễn Đức',
    role: 'staff',
    ...more,
  });
  const invite = async (more: object = {}): Promise<Outcome> =>
    (await admin.post('/accounts', invitation(more)).expect(201)).body as Outcome;
  const requestOf = (outcome: Outcome): number => outcome.request?.id ?? 0;
  const confirm = (caller: Caller, id: number): ReturnType<Caller['post']> =>
    caller.post(`/account-requests/${id}/confirmation`);
  const codeOf = (body: unknown): string => (body as { code: string }).code;
  const lastEvent = async (action: string): Promise<{ actor: string; body: string }> => {
    const [event] = await api.db.query<{ actor: string; body: string }[]>(
      'SELECT actor, body FROM audit_event WHERE action = $1 ORDER BY seq DESC LIMIT 1',
      [action],
    );
    if (!event) throw new Error(`no event ${action}`);
    return event;
  };
  /** What the database answers: `done`, or the SQLSTATE and the constraint. Undone either way. */
  const refusal = async (...statements: string[]): Promise<string> => {
    const runner = api.db.createQueryRunner();
    await runner.startTransaction();
    try {
      for (const statement of statements) await runner.query(statement);
      return 'done';
    } catch (error) {
      return `${sqlState(error)} ${violatedConstraint(error)}`;
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  };

  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    admin = await api.signIn('admin');
    approver = await api.signIn('approver');
    approver2 = await api.signIn('approver2');
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });
  beforeEach(() => {
    person = `person${++made}`;
  });

  describe('four eyes', () => {
    it('an invitation waits, and the second person gets the link once', async () => {
      const asked = await invite();
      expect(asked).toMatchObject({ account: null, link: null, request: { state: 'requested', isAlone: false } });
      const answer = await confirm(approver, requestOf(asked)).expect(200);
      const { account, request, link } = answer.body as Outcome;
      expect(account).toMatchObject({ username: person, role: 'staff', state: 'invited', units: [], sessions: 0 });
      expect(request).toMatchObject({ state: 'carried-out', decidedBy: 'approver' });
      expect(link?.secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
      const kept = await api.db.query<{ all: string }[]>(
        `SELECT concat((SELECT json_agg(t) FROM account_request AS t), (SELECT json_agg(t) FROM one_time_link AS t),
                       (SELECT json_agg(t) FROM audit_event AS t), (SELECT json_agg(t) FROM idempotency_record AS t)) AS all`,
      );
      expect(kept[0]?.all).not.toContain(link?.secret);
      const event = await lastEvent('account.invite');
      expect([event.actor, (JSON.parse(event.body) as { after: { requestedBy: string } }).after.requestedBy]).toEqual([
        'approver',
        'admin',
      ]);
    });

    it('a repeated confirmation does not tell the link again', async () => {
      const asked = await invite();
      await confirm(approver, requestOf(asked)).set('idempotency-key', person).expect(200);
      const again = await confirm(approver, requestOf(asked)).set('idempotency-key', person).expect(409);
      expect(codeOf(again.body)).toBe('account-request-decided');
    });

    it('who asked does not carry it out, nor does whom it is about', async () => {
      const asked = await invite({ username: `${person}.new` });
      expect(codeOf((await confirm(admin, requestOf(asked)).expect(403)).body)).toBe('account-needs-second-person');
      const id = await add('approver');
      const self = await api.signIn(person);
      const change = await admin.put(`/accounts/${id}/access`, { role: 'leader' }).expect(200);
      const own = await confirm(self, requestOf(change.body as Outcome)).expect(403);
      expect(codeOf(own.body)).toBe('account-needs-second-person');
    });

    it('two who carry it out at once: one does', async () => {
      const asked = requestOf(await invite());
      const answers = await Promise.all([confirm(approver, asked), confirm(approver2, asked)]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(codeOf(answers.find(({ status }) => status === 409)?.body)).toBe('account-request-decided');
      const counted = await api.db.query<object[]>(
        'SELECT FROM one_time_link AS l JOIN account AS a ON a.id = l.account_id WHERE a.username = $1',
        [person],
      );
      expect(counted).toHaveLength(1);
    });

    it('a confirmation racing a withdrawal: one of the two', async () => {
      const asked = requestOf(await invite());
      const [confirmed, withdrawn] = await Promise.all([
        confirm(approver, asked),
        admin.post(`/account-requests/${asked}/withdrawal`),
      ]);
      expect([confirmed.status, withdrawn.status].sort()).toEqual([200, 409]);
      const known = await api.db.query<object[]>('SELECT FROM account WHERE username = $1', [person]);
      expect(known).toHaveLength(confirmed.status === 200 ? 1 : 0);
    });

    it('is void once who asked was disabled, or is no administrator any more', async () => {
      await add('admin');
      const asker = await api.signIn(person);
      const id = ((await asker.get(`/accounts?search=${person}`)).body as { items: { id: number }[] }).items[0]?.id;
      const asked = await asker.post('/accounts', invitation({ username: `${person}.new` })).expect(201);
      const request = requestOf(asked.body as Outcome);
      await direct(api.db, 'UPDATE account SET disabled_at = now() WHERE id = $1', [id]);
      expect(codeOf((await confirm(approver, request).expect(409)).body)).toBe('account-asker-gone');
      await direct(api.db, 'UPDATE account SET disabled_at = NULL WHERE id = $1', [id]);
      // Disabled by the route, what they asked for is withdrawn with them.
      await admin.post(`/accounts/${id}/disable`, {}).expect(200);
      expect(codeOf((await confirm(approver, request).expect(409)).body)).toBe('account-request-decided');
    });

    it('waits seven days and no longer; then it can be asked anew', async () => {
      const asked = requestOf(await invite());
      const [kept] = await api.db.query<{ days: number }[]>(
        'SELECT extract(day FROM expires_at - requested_at)::int AS days FROM account_request WHERE id = $1',
        [asked],
      );
      expect(kept?.days).toBe(7);
      expect(codeOf((await admin.post('/accounts', invitation()).expect(409)).body)).toBe('account-request-pending');
      // One transaction: whatever goes wrong, the guard is back for the tests that follow.
      await direct(
        api.db,
        `ALTER TABLE account_request DISABLE TRIGGER guard_account_request;
         UPDATE account_request SET expires_at = now() - interval '1 second' WHERE id = ${asked};
         ALTER TABLE account_request ENABLE TRIGGER guard_account_request`,
      );
      expect(codeOf((await confirm(approver, asked).expect(409)).body)).toBe('account-request-expired');
      const { items } = (await approver.get('/account-requests?state=expired')).body as { items: { id: number }[] };
      expect(items.map(({ id }) => id)).toContain(asked);
      await invite();
    });

    it('an approver may decline, and sees what waits', async () => {
      const asked = requestOf(await invite());
      const list = (await approver.get('/account-requests?state=requested').expect(200)).body as {
        items: { id: number; username: string }[];
        hasSecondPerson: boolean;
      };
      expect(list.hasSecondPerson).toBe(true);
      expect(list.items.find(({ id }) => id === asked)).toMatchObject({ username: person, now: null });
      const { body } = await approver.post(`/account-requests/${asked}/withdrawal`).expect(200);
      expect((body as Outcome).request).toMatchObject({ state: 'withdrawn', decidedBy: 'approver' });
    });
  });

  describe('the database itself refuses', () => {
    let asked: number;
    beforeEach(async () => {
      const id = await add('staff');
      const answer = await admin.put(`/accounts/${id}/access`, { role: 'clerk' }).expect(200);
      asked = requestOf(answer.body as Outcome);
    });
    const carryOut = (by: string, more = ''): string =>
      `UPDATE account_request SET state = 'carried-out', decided_by = '${by}', decided_at = now() ${more} WHERE id = ${asked}`;

    it('one person in both places, alone or not', async () => {
      expect(await refusal(carryOut('admin'))).toBe('23514 account_request_two_people_check');
      expect(await refusal(carryOut('admin', ', is_alone = true'))).toBe('PT051 account_two_people');
      expect(await refusal(carryOut(person))).toBe('PT051 account_two_people');
      expect(await refusal(carryOut('approver', ', is_alone = true'))).toBe('PT051 account_two_people');
      expect(await refusal(carryOut('approver'))).toBe('done');
    });

    it('a role nobody asked for, or that another request gave', async () => {
      const give = (role: string, request: number | string): string =>
        `UPDATE account SET role = '${role}', role_request_id = ${request} WHERE username = '${person}'`;
      expect(await refusal(give('admin', 'NULL'))).toBe('PT051 account_role');
      expect(await refusal(give('clerk', asked))).toBe('PT051 account_role');
      expect(await refusal(carryOut('approver'), give('admin', asked))).toBe('PT051 account_role');
      expect(await refusal(carryOut('approver'), give('clerk', asked))).toBe('done');
    });

    it('a request that is changed after it was asked, begins as done, or goes', async () => {
      const change = (set: string): string => `UPDATE account_request SET ${set} WHERE id = ${asked}`;
      expect(await refusal(change("role = 'admin'"))).toBe('PT001 append_only');
      expect(await refusal(change("requested_by = 'approver2'"))).toBe('PT001 append_only');
      expect(
        await refusal(carryOut('approver'), change("state = 'requested', decided_by = NULL, decided_at = NULL")),
      ).toBe('PT001 append_only');
      expect(await refusal(`DELETE FROM account_request WHERE id = ${asked}`)).toBe('PT001 append_only');
      expect(await refusal('DELETE FROM account')).toBe('PT001 append_only');
      expect(await refusal(`UPDATE account SET username = 'other' WHERE username = '${person}'`)).toBe(
        'PT051 account_username',
      );
    });

    it.each(ROLES)('%s: carries out and asks exactly as the table of permissions says', async (role) => {
      await addAccount(api.db, SYSTEM, { username: `${person}.${role}`, displayName: 'x', role, password: PASSWORD });
      const mayConfirm = (PERMISSIONS['accounts.confirm'] as readonly Role[]).includes(role);
      expect(await refusal(carryOut(`${person}.${role}`))).toBe(mayConfirm ? 'done' : 'PT051 account_two_people');
      const mayAsk = (PERMISSIONS['accounts.manage'] as readonly Role[]).includes(role);
      const ask = `INSERT INTO account_request (kind, account_id, username, display_name, role, unit_codes, team_codes, note,
          requested_by, requested_at, expires_at)
        SELECT 'change', id, '${person}-again', 'x', 'clerk', '{}', '{}', '', '${person}.${role}', now(), now() + interval '1 day'
        FROM account WHERE username = '${person}'`;
      const confirmed = `UPDATE account_request SET state = 'carried-out', decided_by = 'approver', decided_at = now()
        WHERE username = '${person}-again'`;
      expect(await refusal(ask, confirmed)).toBe(mayAsk ? 'done' : 'PT051 account_two_people');
    });
  });

  describe('role and rows', () => {
    it('rows taken away are gone at once, rows given wait', async () => {
      const id = await add('reporter', { units: ['A', 'B'] });
      const reporter = await api.signIn(person);
      const units = async (): Promise<number> => ((await reporter.get('/units')).body as { total: number }).total;
      expect(await units()).toBe(2);
      const narrowed = await admin.put(`/accounts/${id}/access`, { role: 'reporter', units: ['B'] }).expect(200);
      expect([(narrowed.body as Outcome).request, await units()]).toEqual([null, 1]);
      const wider = await admin.put(`/accounts/${id}/access`, { role: 'reporter', units: ['B', 'C'] }).expect(200);
      expect([(wider.body as Outcome).account, await units()]).toEqual([null, 1]);
      await confirm(approver, requestOf(wider.body as Outcome)).expect(200);
      expect(await units()).toBe(2);
    });

    it.each([
      [{ role: 'reporter' }, 'account-scope-missing'],
      [{ role: 'staff', units: ['A'] }, 'account-scope-not-of-role'],
      [{ role: 'reporter', units: ['NOBODY'] }, 'account-scope-unknown'],
      [{ role: 'staff' }, 'account-unchanged'],
    ])('%j: %s', async (access, code) => {
      const id = await add('staff');
      expect(codeOf((await admin.put(`/accounts/${id}/access`, access)).body)).toBe(code);
    });

    it('another role ends the sessions', async () => {
      const id = await add('staff');
      const before = await api.signIn(person);
      const asked = await admin.put(`/accounts/${id}/access`, { role: 'leader' }).expect(200);
      await before.get('/units').expect(200);
      await confirm(approver, requestOf(asked.body as Outcome)).expect(200);
      await before.get('/units').expect(401);
      await (await api.signIn(person)).post('/disbursements', {}).expect(403);
    });

    it('is renamed by who saw the newest state; the user name stays', async () => {
      const id = await add('staff');
      const { headers } = await admin.get(`/accounts/${id}`).expect(200);
      const etag = String(headers['etag']);
      const rename = (name: string): ReturnType<Caller['patch']> =>
        admin.patch(`/accounts/${id}`, { displayName: name }).set('if-match', etag);
      await rename('Lê Thị Ánh').expect(200);
      expect(codeOf((await rename('Khác').expect(412)).body)).toBe('account-changed-meanwhile');
      await admin.patch(`/accounts/${id}`, { displayName: 'Khác' }).expect(428);
      expect((await admin.get(`/accounts/${id}`)).body).toMatchObject({ username: person, displayName: 'Lê Thị Ánh' });
    });
  });

  describe('a new link', () => {
    it('for staff is given at once', async () => {
      const id = await add('staff');
      const { body } = await admin.post(`/accounts/${id}/link`).expect(200);
      expect((body as Outcome).link?.secret).toMatch(/^.{43}$/);
    });

    it('for a second person takes two: else one administrator would be both', async () => {
      const id = await add('approver');
      const { body } = await admin.post(`/accounts/${id}/link`).expect(200);
      expect(body).toMatchObject({ link: null, request: { kind: 'reset', state: 'requested' } });
      const confirmed = await confirm(approver2, requestOf(body as Outcome)).expect(200);
      expect((confirmed.body as Outcome).link).not.toBeNull();
    });

    it('is not for oneself or for a disabled account', async () => {
      const id = await add('staff');
      await admin.post(`/accounts/${id}/disable`).expect(200);
      expect(codeOf((await admin.post(`/accounts/${id}/link`)).body)).toBe('account-disabled');
      const [own] = ((await admin.get('/accounts?search=admin')).body as { items: { id: number }[] }).items;
      expect(codeOf((await admin.post(`/accounts/${own?.id}/link`)).body)).toBe('account-of-oneself');
    });
  });

  describe('disabling', () => {
    it('needs one person and ends sessions and tokens at once; enabling again needs two', async () => {
      const id = await add('staff');
      const session = await api.signIn(person);
      const { secret } = await addToken(api.db, SYSTEM, { username: person, name: 'p', days: 1 });
      const asToken = (): ReturnType<Caller['get']> =>
        api.anonymous.get('/units').set('authorization', `Bearer ${secret}`);
      await asToken().expect(200);
      const { body } = await admin.post(`/accounts/${id}/disable`, { note: 'nghỉ hưu' }).expect(200);
      expect((body as Outcome).account).toMatchObject({ state: 'disabled', sessions: 0, tokens: 0 });
      await session.get('/units').expect(401);
      await asToken().expect(401);
      const asked = await admin.post(`/accounts/${id}/enable`).expect(200);
      expect((asked.body as Outcome).account).toBeNull();
      await confirm(approver, requestOf(asked.body as Outcome)).expect(200);
      await api.signIn(person);
      // What was revoked stays so.
      await asToken().expect(401);
    });

    it('is not for oneself, nor for the last administrator', async () => {
      const [own] = ((await admin.get('/accounts?role=admin&state=active')).body as { items: { id: number }[] }).items;
      expect(codeOf((await admin.post(`/accounts/${own?.id}/disable`)).body)).toBe('account-of-oneself');
      expect(await refusal("UPDATE account SET disabled_at = now() WHERE role = 'admin'")).toBe(
        'PT051 account_last_admin',
      );
      expect(await refusal("UPDATE account SET disabled_at = now() WHERE username = 'staff'")).toBe('done');
    });

    it('two administrators who disable each other at once: one stays', async () => {
      const id = await add('admin');
      const other = await api.signIn(person);
      const [own] = ((await admin.get('/accounts?search=admin')).body as { items: { id: number }[] }).items;
      const first = await other.get(`/accounts/${own?.id}`);
      expect((first.body as { username: string }).username).toBe('admin');
      const answers = await Promise.all([
        admin.post(`/accounts/${id}/disable`),
        other.post(`/accounts/${own?.id}/disable`),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
      const left = await api.db.query<{ username: string }[]>(
        "SELECT username FROM account WHERE username IN ('admin', $1) AND disabled_at IS NULL",
        [person],
      );
      expect(left).toHaveLength(1);
      await direct(api.db, "UPDATE account SET disabled_at = NULL WHERE username = 'admin'");
      admin = await api.signIn('admin');
      if (left[0]?.username !== 'admin') await admin.post(`/accounts/${id}/disable`).expect(200);
    });
  });

  describe('the list', () => {
    it('is searched without diacritics or case, narrowed by role and state, and goes on by cursor', async () => {
      await add('clerk', { displayName: `Đặng Thị Ngọc ${person}` });
      const found = async (query: string): Promise<string[]> =>
        ((await admin.get(`/accounts?${query}`).expect(200)).body as { items: { username: string }[] }).items.map(
          ({ username }) => username,
        );
      expect(await found(`search=${encodeURIComponent(`dang thi NGOC ${person}`)}`)).toEqual([person]);
      expect(await found(`search=${person}&role=clerk&state=active`)).toEqual([person]);
      expect(await found(`search=${person}&role=staff`)).toEqual([]);
      expect(await found(`search=${person}&state=disabled`)).toEqual([]);
      const all: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const { body } = await admin.get(`/accounts?limit=3${cursor && `&cursor=${cursor}`}`).expect(200);
        const page = body as { items: { username: string }[]; nextCursor: string | null };
        all.push(...page.items.map(({ username }) => username));
        cursor = page.nextCursor;
      }
      expect(all).toEqual(await found('limit=200'));
      expect(new Set(all).size).toBe(all.length);
    });

    it('tells units, teams, open sessions and when somebody was last there', async () => {
      const id = await add('reporter', { units: ['A'] });
      expect((await admin.get(`/accounts/${id}`)).body).toMatchObject({
        units: [{ code: 'A', name: 'Đơn vị A' }],
        teams: [],
        sessions: 0,
        lastSeenAt: null,
      });
      await api.signIn(person);
      const { body } = await admin.get(`/accounts/${id}`);
      const seen = body as { sessions: number; lastSeenAt: string };
      expect(seen.sessions).toBe(1);
      expect(Date.now() - Date.parse(seen.lastSeenAt)).toBeLessThan(60_000);
    });

    it('an administrator signs somebody out everywhere, at once; nobody else does', async () => {
      const id = await add('staff');
      const somewhere = [await api.signIn(person), await api.signIn(person)];
      for (const caller of [approver, ...somewhere]) await caller.post(`/accounts/${id}/sessions/end`).expect(403);
      await admin.post(`/accounts/${id}/sessions/end`).expect(204);
      for (const caller of somewhere) await caller.get('/units').expect(401);
      expect((await admin.get(`/accounts/${id}`)).body).toMatchObject({ state: 'active', sessions: 0 });
      expect(JSON.parse((await lastEvent('session.end')).body)).toMatchObject({
        actor: { username: 'admin' },
        object: { type: 'account', id: String(id) },
        before: { ended: 2 },
      });
      await admin.post('/accounts/999999/sessions/end').expect(404);
    });
  });
});
