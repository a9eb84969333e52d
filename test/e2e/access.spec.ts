import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import supertest from 'supertest';
import { addAccount, addToken } from '#libs/access';
import { Month, ROLES, systemActor, type Role } from '#libs/kernel';
import { evaluateMonth } from '#libs/monitoring';
import { issueNotices, releaseAnnouncement } from '#libs/notices';
import { registerKeyProjects } from '#libs/projects';
import { apiRoutes, type ApiRoute } from '../harness/api-routes.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { actorFor, bookMonth, closeMonth, PASSWORD, smallOffice, UNITS } from '../harness/small-office.js';

const DEPARTMENT: Role[] = ['admin', 'staff', 'approver', 'clerk', 'leader', 'auditor'];

/**
 * Who may do more than look: the specification itself, written out. Whatever else is signed in may read, its rows
 * narrowed; who is not signed in may learn what this is, sign in, and ask for its health.
 */
const NARROWER: Record<string, readonly Role[] | 'everyone'> = {
  'GET /health/live': 'everyone',
  'GET /health/ready': 'everyone',
  'GET /instance': 'everyone',
  'POST /sessions': 'everyone',
  'POST /links/look': 'everyone',
  'POST /links/redemption': 'everyone',
  // Of a sign-in that is half done: nobody who is signed in.
  'GET /sessions/pending': [],
  'POST /sessions/current/second-factor': [],
  'POST /sessions/current/second-factor/offer': [],
  'POST /sessions/current/second-factor/setup': [],
  'GET /overviews/:month': DEPARTMENT,
  'GET /accounts': ['admin', 'auditor'],
  'GET /accounts/:id': ['admin', 'auditor'],
  'GET /accounts/:id/open-work': ['admin', 'auditor'],
  'POST /accounts': ['admin'],
  'PATCH /accounts/:id': ['admin'],
  'PUT /accounts/:id/access': ['admin'],
  'POST /accounts/:id/link': ['admin'],
  'POST /accounts/:id/disable': ['admin'],
  'POST /accounts/:id/enable': ['admin'],
  'DELETE /accounts/:id/tokens/:tokenId': ['admin'],
  'GET /account-requests': ['admin', 'approver'],
  'POST /account-requests/:id/confirmation': ['admin', 'approver'],
  'POST /account-requests/:id/withdrawal': ['admin', 'approver'],
  'POST /allocation-decisions': ['staff'],
  'POST /announcements/:month/release': ['approver'],
  'POST /business-day': ['staff', 'admin'],
  'POST /disbursements': ['staff', 'reporter'],
  'GET /months/:month/closing': DEPARTMENT,
  'POST /grid/cells': ['staff', 'reporter'],
  'POST /grid/comments': ['staff', 'approver', 'reporter'],
  'DELETE /imports/:id': ['staff', 'reporter'],
  'POST /imports': ['staff', 'reporter'],
  'PUT /imports/:id/choices': ['staff', 'reporter'],
  'POST /imports/:id/commit': ['staff', 'reporter'],
  'POST /months/:month/close': ['approver'],
  'POST /months/:month/reopen': ['staff', 'approver'],
  'POST /months/:month/reopen/withdrawal': ['staff', 'approver'],
  'PUT /calendars/:year': ['staff'],
  'PUT /months/:month/national-average': ['staff'],
  'POST /months/:month/reports': ['staff', 'reporter'],
  'POST /notices/:id/acknowledgement': ['inspector', 'reporter', 'staff'],
  'POST /plan-years': ['staff', 'admin'],
  'POST /reconciliations/:month/corrections': ['staff'],
  'POST /reconciliations/:month/notes': ['staff', 'approver'],
  'POST /reconciliations/:month/sign-off': ['staff', 'approver'],
  'POST /reconciliations/:month/sign-off/withdrawal': ['staff', 'approver'],
  'POST /treasury-statements': ['staff'],
  'POST /reorganisations': ['staff', 'approver'],
  'POST /reorganisations/preview': ['staff', 'approver'],
  'POST /reorganisations/:id/confirm': ['approver'],
  'POST /reorganisations/:id/withdraw': ['staff', 'approver'],
  'POST /units': ['staff', 'admin'],
  'PATCH /units/:code': ['staff', 'admin'],
  'PUT /projects/:code/progress/:month': ['staff', 'reporter'],
  'PATCH /projects/:code': ['staff'],
  'PUT /projects/:code/medium-term-plan': ['staff'],
};

interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** A list as it is sent, whatever its rows are. */
interface List {
  items: Record<string, unknown>[];
  total: number;
  [field: string]: unknown;
}

/** An answer without what differs from request to request, with another code in the place of the one asked for. */
function worded({ status, body }: Answer, asked: string): unknown {
  const { requestId: _id, ...rest } = body;
  return JSON.parse(JSON.stringify({ status, ...rest }).replaceAll(asked, 'ASKED'));
}

/**
 * A pays 6, B 14, C 6, D 14 đồng a month of 100: the pool is at 30 of 100 after month 3, A and C are flagged with 18.
 * D did not report month 3. T1 looks after A and B, T2 after C, nobody after D. Released by the second approver.
 */
describe('who may call what', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let routes: ApiRoute[];
  const signedIn = {} as Record<Role, Caller>;

  const send = (caller: Caller, { method, path }: ApiRoute): supertest.Test => {
    // Things that do not exist: what is asked here is who may try.
    const address = path
      .replace(':month', '2099-01')
      .replace(':code', 'NOBODY')
      .replace(':id', '999999')
      .replace(':year', '2099')
      .replace(':kind', 'units');
    return method === 'get' || method === 'delete' ? caller[method](address) : caller[method](address, {});
  };

  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    routes = apiRoutes(api.app);
    for (const role of ROLES) signedIn[role] = await api.signIn(role);
    const project = (code: string) => ({
      ordinal: UNITS.indexOf(code as 'A') + 1,
      projectCode: `P-${code}`,
      name: `Dự án của ${code}`,
      capitalType: 'public' as const,
      origin: 'new' as const,
    });
    await registerKeyProjects(
      api.db,
      systemActor('command-line'),
      { year: 2024, declaredCount: 33, noteVi: '', noteEn: '' },
      UNITS.slice(0, 3).map(project),
      [{ projectCode: 'P-D', likelihood: 'unknown', sourceNote: 'báo' }],
    );
    for (const month of [1, 2, 3]) {
      const reporting = month === 3 ? ['A', 'B', 'C'] : UNITS;
      await bookMonth(api.db, month, { A: 6n, B: 14n, C: 6n, D: 14n }, reporting);
      await closeMonth(api.db, actorFor('approver'), Month.of(2024, month));
      const evaluation = await evaluateMonth(api.db, systemActor('job'), { planYear: 2024, month, monthVersion: 1 });
      await issueNotices(api.db, systemActor('job'), evaluation?.id ?? 0);
    }
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  describe('every route', () => {
    it('is found: the controllers have exactly the operations of openapi.json', () => {
      const { paths } = JSON.parse(readFileSync(join(process.cwd(), 'apps/api/openapi.json'), 'utf8')) as {
        paths: Record<string, Record<string, unknown>>;
      };
      const operations = Object.entries(paths).flatMap(([path, methods]) =>
        Object.keys(methods).map(
          (method) => `${method.toUpperCase()} ${path.replace('/api/v1', '').replace(/\{(\w+)\}/g, ':$1')}`,
        ),
      );
      expect(operations.length).toBeGreaterThan(25);
      expect(routes.map(({ name }) => name)).toEqual(operations.sort());
    });

    it('declares who may call it', () => {
      expect(routes.filter(({ allowed }) => allowed === undefined).map(({ name }) => name)).toEqual([]);
    });

    it('declares what the specification says: whoever is signed in may look, only these may do more', () => {
      const declared = Object.fromEntries(
        routes.map(({ name, allowed }) => [name, allowed === 'everyone' ? allowed : [...(allowed ?? [])].sort()]),
      );
      const specified = Object.fromEntries(
        routes.map(({ name }) => {
          const narrower = NARROWER[name];
          return [name, narrower === 'everyone' ? narrower : [...(narrower ?? ROLES)].sort()];
        }),
      );
      expect(declared).toEqual(specified);
      expect(Object.keys(NARROWER).filter((name) => !(name in declared))).toEqual([]);
    });

    it('says 401 to who is not signed in, unless it is open to everyone', async () => {
      for (const route of routes) {
        const { status, body } = await send(api.anonymous, route);
        const found = [route.name, status, (body as { code?: string }).code];
        if (route.allowed === 'everyone') expect([401, 403, 500]).not.toContain(status);
        else expect(found).toEqual([route.name, 401, 'not-signed-in']);
      }
    });

    it.each(ROLES)('lets the %s in, or says 403, exactly as declared', async (role) => {
      for (const route of routes) {
        // Signing out ends the session that asks: a spare one.
        const caller = route.method === 'delete' ? await api.signIn(role) : signedIn[role];
        const { status, body } = await send(caller, route);
        const answer = { route: route.name, status, code: (body as { code?: string } | undefined)?.code };
        const isAllowed = route.allowed === 'everyone' || route.allowed?.includes(role);
        if (!isAllowed) expect(answer).toEqual({ route: route.name, status: 403, code: 'not-allowed' });
        else
          expect({ ...answer, open: ![401, 403].includes(status) && status < 500 }).toEqual({ ...answer, open: true });
      }
    });

    it('answers HEAD as it answers GET', async () => {
      const server = api.app.getHttpServer();
      await supertest(server).head('/api/v1/units').expect(401);
      await supertest(server).head('/api/v1/overviews/2024-03').expect(401);
    });

    it('that is forbidden does nothing: neither books nor audit move', async () => {
      const look = (): Promise<unknown> =>
        api.db.query('SELECT (SELECT seq FROM audit_head), (SELECT count(*) FROM disbursement_entry)');
      const before = await look();
      await signedIn.leader.post('/months/2024-04/close').expect(403);
      await signedIn.auditor.post('/disbursements', {}).expect(403);
      await signedIn.inspector.post('/units', {}).expect(403);
      expect(await look()).toEqual(before);
    });
  });

  describe('drafts', () => {
    it('are seen by the department alone until they are released', async () => {
      const audiences = async (role: Role): Promise<string[]> =>
        (
          (await signedIn[role].get('/notices?month=2024-03').expect(200)).body as {
            items: { audience: string; recipient: { code: string } }[];
          }
        ).items
          .map(({ audience, recipient }) => `${audience} ${recipient.code}`)
          .sort();
      expect(await audiences('leader')).toEqual([
        'announcement province',
        'team T0',
        'team T1',
        'team T2',
        'unit A',
        'unit C',
      ]);
      expect(await audiences('reporter')).toEqual([]);
      expect(await audiences('inspector')).toEqual(['team T1']);
      await releaseAnnouncement(api.db, actorFor('approver', 'approver2'), Month.of(2024, 3));
      expect(await audiences('reporter')).toEqual(['announcement province', 'unit A']);
      expect(await audiences('inspector')).toEqual(['announcement province', 'team T1']);
    });
  });

  /** Whose rows: a reporter of A; an inspector of team T1, which looks after A and B. */
  describe.each([
    { role: 'reporter' as const, own: ['A'] },
    { role: 'inspector' as const, own: ['A', 'B'] },
  ])('the rows of the $role: $own', ({ role, own }) => {
    let caller: Caller;
    beforeAll(() => void (caller = signedIn[role]));
    const read = async (path: string): Promise<List> => (await caller.get(path).expect(200)).body as List;
    const foreign = UNITS.filter((code) => !own.includes(code));
    const codesOf = (rows: { unit: { code: string } }[]): string[] =>
      [...new Set(rows.map(({ unit }) => unit.code))].sort();
    /** Three months of 6 from A, of 14 from B. */
    const paid = own.includes('B') ? 60 : 18;

    it('GET /units', async () => {
      const { items, total } = await read('/units');
      expect([items.map(({ code }) => code), total]).toEqual([own, own.length]);
    });

    it('GET /projects', async () => {
      const { items, total } = await read('/projects');
      expect([codesOf(items as never), total]).toEqual([own, own.length]);
      expect(await read('/projects?unit=C')).toEqual({ items: [], nextCursor: null, total: 0 });
    });

    it('GET /key-projects: the listed ones of its units, the others neither listed nor beside the list', async () => {
      const body = await read('/key-projects?year=2024');
      expect(codesOf(body.items as never)).toEqual(own);
      expect(body['unlisted']).toEqual([]);
    });

    it('GET /disbursements: rows, number and sum', async () => {
      const { items, total, ...rest } = await read('/disbursements?planYear=2024');
      expect(codesOf(items as never)).toEqual(own);
      expect([total, rest['totalDong']]).toEqual([own.length * 3, paid]);
    });

    it('GET /disbursements asked for another unit or project, page or month: nothing, and a sum of 0', async () => {
      for (const filter of ['unit=C', 'project=P-C', 'unit=C&month=3', 'unit=C&throughMonth=3']) {
        const { items, total, ...rest } = await read(`/disbursements?planYear=2024&${filter}`);
        expect([items, total, rest['totalDong'], rest['nextCursor']]).toEqual([[], 0, 0, null]);
      }
    });

    it('GET /disbursements page by page: the pages together are the same rows', async () => {
      const seen: string[] = [];
      let cursor = '';
      do {
        const page = await read(`/disbursements?planYear=2024&limit=2${cursor && `&cursor=${cursor}`}`);
        expect(page.total).toBe(own.length * 3);
        seen.push(...page.items.map((item) => (item['unit'] as { code: string }).code));
        cursor = (page['nextCursor'] as string | null) ?? '';
      } while (cursor);
      expect(seen).toHaveLength(own.length * 3);
      expect([...new Set(seen)].sort()).toEqual(own);
    });

    it('GET /allocation-lines: rows, number and sum', async () => {
      const { items, total, ...rest } = await read('/allocation-lines?planYear=2024');
      expect([codesOf(items as never), total, rest['totalDong']]).toEqual([own, own.length, own.length * 100]);
      const other = await read('/allocation-lines?planYear=2024&unit=C');
      expect([other.items, other.total, other['totalDong']]).toEqual([[], 0, 0]);
    });

    it('GET /evaluations/{month}: its unit rows beside the province’s average', async () => {
      const body = await read('/evaluations/2024-03');
      expect(codesOf(body['units'] as never)).toEqual(own);
      expect(body.total).toBe(own.length);
      expect(body['averages']).toMatchObject([{ rate: { numerator: '3', denominator: '10' } }]);
    });

    it('GET /warning-cases', async () => {
      const { items, total } = await read('/warning-cases');
      expect([codesOf(items as never), total]).toEqual([['A'], 1]);
      const { total: open } = await read('/warning-cases?state=open');
      expect(open).toBe(1);
    });

    it('GET /notices: number, and how many wait for it', async () => {
      const body = await read('/notices?month=2024-03');
      expect([body.total, body['waiting']]).toEqual([2, 1]);
    });

    it('GET /months and /months/{month}: who still owes a report, among its units', async () => {
      const { items } = await read('/months?planYear=2024');
      const third = items.find(({ number }) => number === 3);
      expect(third).toMatchObject({ reportsExpected: own.length, reportsReceived: own.length, missingUnits: [] });
      const april = await read('/months/2024-04');
      expect(april).toMatchObject({ reportsExpected: own.length, reportsReceived: 0 });
      expect((april['missingUnits'] as { code: string }[]).map(({ code }) => code)).toEqual(own);
    });

    it('single reads of its own', async () => {
      await read('/units/A');
      await read('/units/A/year?planYear=2024&throughMonth=3');
      await read('/evaluations/2024-03/units/A');
    });

    it.each(foreign)('unit %s looks as unknown as one that does not exist', async (code) => {
      for (const path of [
        '/units/CODE',
        '/units/CODE/year?planYear=2024&throughMonth=3',
        '/evaluations/2024-03/units/CODE',
      ]) {
        const there: Answer = await caller.get(path.replace('CODE', code));
        const nowhere: Answer = await caller.get(path.replace('CODE', 'ZZZ'));
        expect(there.status).toBe(404);
        // One letter codes occur in other words: only the sentence is compared by code.
        expect(
          worded(
            { ...there, body: { ...there.body, detail: String(there.body['detail']).replace(` ${code}.`, ' ZZZ.') } },
            'ZZZ',
          ),
        ).toEqual(worded(nowhere, 'ZZZ'));
      }
    });

    it('notices of others look as unknown as those that do not exist, to read and to acknowledge', async () => {
      const ids: { id: number }[] = await api.db.query(
        "SELECT id FROM notice WHERE audience = 'team' AND recipient = 'T2'",
      );
      expect(ids.length).toBeGreaterThan(0);
      for (const { id } of ids) {
        const there: Answer = await caller.get(`/notices/${id}`);
        const nowhere: Answer = await caller.get('/notices/987654');
        expect(there.status).toBe(404);
        expect(worded(there, String(id))).toEqual(worded(nowhere, '987654'));
        const acknowledged: Answer = await caller.post(`/notices/${id}/acknowledgement`, {});
        expect(worded(acknowledged, String(id))).toEqual(
          worded(await caller.post('/notices/987654/acknowledgement', {}), '987654'),
        );
      }
    });

    it('the announcement is read, and acknowledging it is nobody’s', async () => {
      const [{ id }]: [{ id: number }] = await api.db.query(
        "SELECT id FROM notice WHERE audience = 'announcement' AND month = 3",
      );
      await caller.get(`/notices/${id}`).expect(200);
      await caller.post(`/notices/${id}/acknowledgement`, {}).expect(404);
    });
  });

  describe('what a reporter writes', () => {
    const entry = (more: Record<string, unknown> = {}) => ({
      unitCode: 'A',
      projectCode: 'P-A',
      sourceCode: 'NSDP',
      kind: 'payment',
      basis: 'actual',
      amountDong: 1,
      ...more,
    });
    const book = (more: Record<string, unknown>): supertest.Test =>
      signedIn.reporter.post('/disbursements', { month: '2024-04', entries: [entry(more)] });

    it('are entries and reports of its own unit', async () => {
      await book({}).expect(201);
      await signedIn.reporter.post('/months/2024-04/reports', { unitCode: 'A' }).expect(201);
    });

    it('for another unit: the unit is unknown, as one that does not exist', async () => {
      const there = await book({ unitCode: 'C', projectCode: 'P-A' }).expect(422);
      const nowhere = await book({ unitCode: 'ZZZ', projectCode: 'P-A' }).expect(422);
      expect((there.body as { errors: unknown }).errors).toEqual([
        { pointer: '/entries/0/unitCode', detail: 'Không có đơn vị mã C.' },
      ]);
      expect((nowhere.body as { errors: unknown }).errors).toEqual([
        { pointer: '/entries/0/unitCode', detail: 'Không có đơn vị mã ZZZ.' },
      ]);
      const report = await signedIn.reporter.post('/months/2024-04/reports', { unitCode: 'C' }).expect(404);
      expect((report.body as { code: string }).code).toBe('unit-unknown');
    });

    it('on a project of another unit: the project is unknown, as one that does not exist', async () => {
      const there = await book({ projectCode: 'P-C' }).expect(422);
      expect((there.body as { errors: unknown }).errors).toEqual([
        { pointer: '/entries/0/projectCode', detail: 'Không có dự án mã P-C.' },
      ]);
    });

    it('as a correction of another unit’s entry: that entry is unknown, as one that does not exist', async () => {
      const [{ id }]: [{ id: number }] = await api.db.query(
        "SELECT min(id) AS id FROM disbursement_entry WHERE unit_code = 'C'",
      );
      const there: Answer = await book({ kind: 'correction', reason: 'Ghi nhầm', corrects: id });
      const nowhere: Answer = await book({ kind: 'correction', reason: 'Ghi nhầm', corrects: 987654 });
      expect(nowhere.status).toBe(422);
      expect(worded(there, String(id))).toEqual(worded(nowhere, '987654'));
    });

    it('moves no row of another unit', async () => {
      const rows = await api.db.query(
        "SELECT DISTINCT unit_code FROM disbursement_entry WHERE recorded_by = 'reporter' ORDER BY 1",
      );
      expect(rows).toEqual([{ unit_code: 'A' }]);
    });
  });

  it('accounts without units or teams see no rows, not all of them', async () => {
    const system = systemActor('command-line');
    for (const role of ['reporter', 'inspector'] as const) {
      await addAccount(api.db, system, { username: `new.${role}`, displayName: 'Mới', role, password: PASSWORD });
      const caller = await api.signIn(`new.${role}`);
      for (const path of [
        '/units',
        '/projects',
        '/disbursements?planYear=2024',
        '/allocation-lines?planYear=2024',
        '/warning-cases',
        '/evaluations/2024-03',
      ]) {
        const { body } = (await caller.get(path).expect(200)) as { body: { total: number } };
        expect([path, body.total]).toEqual([path, 0]);
      }
    }
  });

  it('an inspector’s rows follow the team’s area on the business day', async () => {
    await api.db.query("UPDATE team_area SET valid_to = '2024-06-30' WHERE team_code = 'T1' AND unit_code = 'B'");
    const { body } = (await signedIn.inspector.get('/units').expect(200)) as { body: { items: { code: string }[] } };
    expect(body.items.map(({ code }) => code)).toEqual(['A']);
  });
});

describe('signing in', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  const http = () => supertest(api.app.getHttpServer());
  const CREDENTIALS = { username: 'staff', password: PASSWORD };
  const open = async (): Promise<{ cookie: string; csrf: string; header: string }> => {
    const answer = await api.anonymous.post('/sessions', CREDENTIALS).expect(201);
    const header = String(answer.headers['set-cookie']);
    return { header, cookie: header.split(';')[0] as string, csrf: (answer.body as { csrfToken: string }).csrfToken };
  };
  /** A write that is refused by its content (400) once it is let in. */
  const write = (headers: Record<string, string>): supertest.Test =>
    http().post('/api/v1/disbursements').set(headers).send({});
  const codeOf = (answer: supertest.Response): string => (answer.body as { code: string }).code;

  describe('the cookie', () => {
    it('is HttpOnly, SameSite=Strict, for the whole site, and goes with the session', async () => {
      const { header } = await open();
      const attributes = header.split('; ').slice(1);
      expect(attributes).toEqual(expect.arrayContaining(['HttpOnly', 'SameSite=Strict', 'Path=/']));
      const expires = new Date(attributes.find((part) => part.startsWith('Expires='))?.slice(8) ?? 0);
      // SESSION_HOURS is 12 unless set.
      expect(Math.round((expires.getTime() - Date.now()) / 60_000)).toBe(720);
    });

    it('is Secure in production, and over plain HTTP for trying out not', async () => {
      expect((await open()).header).not.toContain('Secure');
      const production = await runApi(database.url, { NODE_ENV: 'production' });
      try {
        const answer = await production.anonymous.post('/sessions', CREDENTIALS).expect(201);
        expect(String(answer.headers['set-cookie'])).toMatch(/; HttpOnly; Secure; SameSite=Strict/);
      } finally {
        await production.stop();
      }
    });

    it('is a new secret each time, of which only the hash is kept', async () => {
      const [first, second] = [await open(), await open()];
      expect(first.cookie).not.toBe(second.cookie);
      const kept = JSON.stringify(await api.db.query('SELECT secret_hash FROM session'));
      expect(kept).not.toContain(first.cookie.slice('session='.length));
    });

    it('that somebody else brought along is not taken over: signing in gives a new one', async () => {
      const answer = await http()
        .post('/api/v1/sessions')
        .set('cookie', 'session=planted')
        .send(CREDENTIALS)
        .expect(201);
      expect(String(answer.headers['set-cookie'])).not.toContain('planted');
    });
  });

  describe('is refused', () => {
    beforeAll(async () => {
      const system = systemActor('command-line');
      await addAccount(api.db, system, { username: 'gone', displayName: 'Đã nghỉ', role: 'staff', password: PASSWORD });
      await api.db.query("UPDATE account SET disabled_at = now() WHERE username = 'gone'");
    });

    it('in one and the same way to an unknown name, a wrong password and a disabled account', async () => {
      const answers = await Promise.all(
        [
          { username: 'nobody', password: PASSWORD },
          { username: 'staff', password: 'sai-mat-khau-2024' },
          { username: 'gone', password: PASSWORD },
        ].map(async (given) => {
          const { status, body, headers } = await api.anonymous.post('/sessions', given);
          const { requestId: _id, ...rest } = body as Record<string, unknown>;
          return { status, rest, cookie: headers['set-cookie'] };
        }),
      );
      expect(answers[0]).toEqual({
        status: 401,
        cookie: undefined,
        rest: {
          type: 'urn:problem:sign-in-refused',
          title: 'sign in refused',
          status: 401,
          detail: 'Tên đăng nhập hoặc mật khẩu không đúng. Nếu đã thử nhiều lần, hãy chờ ít phút rồi thử lại.',
          code: 'sign-in-refused',
        },
      });
      expect(answers[1]).toEqual(answers[0]);
      expect(answers[2]).toEqual(answers[0]);
    });

    it('to a form on a foreign page, even with the right password', async () => {
      for (const headers of [
        { origin: 'https://evil.example' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { origin: 'null' },
      ]) {
        const answer = await http().post('/api/v1/sessions').set(headers).send(CREDENTIALS).expect(403);
        expect([codeOf(answer), answer.headers['set-cookie']]).toEqual(['csrf-refused', undefined]);
      }
    });
  });

  describe('lasts', () => {
    it('as long as the session, to the second', async () => {
      const { cookie } = await open();
      await http().get('/api/v1/units').set('cookie', cookie).expect(200);
      await api.db.query("UPDATE session SET expires_at = now() - interval '1 second'");
      const over = await http().get('/api/v1/units').set('cookie', cookie).expect(401);
      expect(codeOf(over)).toBe('not-signed-in');
    });

    it('until signing out, which ends this session and no other', async () => {
      const [first, second] = [await open(), await open()];
      const answer = await http()
        .delete('/api/v1/sessions/current')
        .set({ cookie: first.cookie, 'x-csrf-token': first.csrf })
        .expect(204);
      expect(String(answer.headers['set-cookie'])).toMatch(/^session=;.*Expires=Thu, 01 Jan 1970/);
      await http().get('/api/v1/units').set('cookie', first.cookie).expect(401);
      await http().get('/api/v1/units').set('cookie', second.cookie).expect(200);
    });

    it('until the account is disabled', async () => {
      const { cookie } = await open();
      await api.db.query("UPDATE account SET disabled_at = now() WHERE username = 'staff'");
      await http().get('/api/v1/units').set('cookie', cookie).expect(401);
      await api.db.query("UPDATE account SET disabled_at = NULL WHERE username = 'staff'");
    });

    it('no longer for a cookie that was altered', async () => {
      const { cookie } = await open();
      await http().get('/api/v1/units').set('cookie', `${cookie}x`).expect(401);
      await http().get('/api/v1/units').set('cookie', 'session=').expect(401);
    });
  });

  describe('moves something only from our own page', () => {
    it('with the session’s token: a write is let in (and refused by its content)', async () => {
      const { cookie, csrf } = await open();
      expect(codeOf(await write({ cookie, 'x-csrf-token': csrf }).expect(400))).toBe('invalid-input');
    });

    it.each([
      ['no token', {}],
      ['an empty token', { 'x-csrf-token': '' }],
      ['another token of the same length', { 'x-csrf-token': 'A'.repeat(43) }],
    ])('%s: refused', async (_, headers) => {
      const { cookie } = await open();
      expect(codeOf(await write({ cookie, ...headers }).expect(403))).toBe('csrf-refused');
    });

    it('the token of another session of the same person: refused', async () => {
      const [first, second] = [await open(), await open()];
      await write({ cookie: first.cookie, 'x-csrf-token': second.csrf }).expect(403);
    });

    it.each([
      ['a foreign origin', { origin: 'https://evil.example' }],
      ['our name on another port', { origin: 'http://tinh.example:8443' }],
      ['an origin hidden by the browser', { origin: 'null' }],
      ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
      ['a fetch from a sister site', { 'sec-fetch-site': 'same-site' }],
    ])('%s: refused with the right token', async (_, headers) => {
      const { cookie, csrf } = await open();
      const answer = await write({ cookie, 'x-csrf-token': csrf, host: 'tinh.example', ...headers }).expect(403);
      expect(codeOf(answer)).toBe('csrf-refused');
    });

    it.each([
      ['our own origin', { origin: 'http://tinh.example', 'sec-fetch-site': 'same-origin' }],
      ['an address typed in', { 'sec-fetch-site': 'none' }],
    ])('%s: let in', async (_, headers) => {
      const { cookie, csrf } = await open();
      await write({ cookie, 'x-csrf-token': csrf, host: 'tinh.example', ...headers }).expect(400);
    });

    it('reading needs no token', async () => {
      const { cookie } = await open();
      await http().get('/api/v1/units').set({ cookie, 'sec-fetch-site': 'cross-site' }).expect(200);
    });
  });

  describe('a program with a bearer token', () => {
    const token = async (days = 1): Promise<string> => {
      const { secret } = await addToken(api.db, systemActor('command-line'), { username: 'staff', name: 'p', days });
      return secret;
    };
    const bearer = (secret: string): Record<string, string> => ({ authorization: `Bearer ${secret}` });

    it('acts as its owner and needs no CSRF token', async () => {
      const secret = await token();
      const { body } = await http().get('/api/v1/sessions/current').set(bearer(secret)).expect(200);
      expect(body).toMatchObject({ username: 'staff', role: 'staff', csrfToken: '' });
      await write(bearer(secret)).expect(400);
      await http().post('/api/v1/months/2024-01/close').set(bearer(secret)).expect(403);
    });

    it('has rows and role of the owner: a reporter’s token sees A', async () => {
      const { secret } = await addToken(api.db, systemActor('command-line'), {
        username: 'reporter',
        name: 'p',
        days: 1,
      });
      const { body } = await http().get('/api/v1/units').set(bearer(secret)).expect(200);
      expect((body as { total: number }).total).toBe(1);
    });

    it.each([
      ['revoked', 'UPDATE api_token SET revoked_at = now()'],
      ['expired', "UPDATE api_token SET expires_at = now() - interval '1 second'"],
      ['of a disabled account', "UPDATE account SET disabled_at = now() WHERE username = 'staff'"],
    ])('is nobody once it is %s', async (_, change) => {
      const secret = await token();
      await http().get('/api/v1/units').set(bearer(secret)).expect(200);
      await api.db.query(change);
      await http().get('/api/v1/units').set(bearer(secret)).expect(401);
      await api.db.query('UPDATE account SET disabled_at = NULL');
    });

    it('that is unknown is not helped by a good cookie', async () => {
      const { cookie, csrf } = await open();
      await http()
        .get('/api/v1/units')
        .set({ cookie, ...bearer('A'.repeat(43)) })
        .expect(401);
      await write({ cookie, 'x-csrf-token': csrf, ...bearer('A'.repeat(43)) }).expect(401);
    });

    it('does not lend its freedom from CSRF to a cookie: a token of the wrong form leaves the cookie’s rules', async () => {
      const { cookie } = await open();
      await write({ cookie, authorization: 'Bearer x' }).expect(403);
      await write({ cookie, authorization: 'Basic c3RhZmY6eA==' }).expect(403);
    });

    it('is kept as a hash alone', async () => {
      const secret = await token();
      expect(JSON.stringify(await api.db.query('SELECT * FROM api_token'))).not.toContain(secret);
    });
  });
});
