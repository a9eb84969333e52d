import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import supertest from 'supertest';
import { addAccount, addToken } from '#libs/access';
import { Month, ROLES, systemActor, type Role } from '#libs/kernel';
import { releaseAnnouncement } from '#libs/notices';
import { apiRoutes, type ApiRoute } from '../harness/api-routes.js';
import { direct } from '../harness/direct-sql.js';
import { flaggedMonths } from '../harness/flagged-months.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { actorFor, PASSWORD, smallOffice } from '../harness/small-office.js';

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
  'GET /single-sign-on': 'everyone',
  'GET /single-sign-on/return': 'everyone',
  'POST /links/look': 'everyone',
  'POST /links/redemption': 'everyone',
  // Of a sign-in that is half done: nobody who is signed in.
  'GET /sessions/pending': [],
  'POST /sessions/current/second-factor': [],
  'POST /sessions/current/second-factor/offer': [],
  'POST /sessions/current/second-factor/setup': [],
  'GET /audit-chain/export': ['admin', 'auditor'],
  'GET /audit-chain/head': ['admin', 'auditor'],
  'GET /audit-chain/verification': ['admin', 'auditor'],
  'GET /audit-events': ['admin', 'auditor'],
  'GET /audit-events/:seq': ['admin', 'auditor'],
  'GET /audit-events/facets': ['admin', 'auditor'],
  'GET /overviews/:month': DEPARTMENT,
  'GET /case-effects': DEPARTMENT,
  'GET /accounts': ['admin', 'auditor'],
  'GET /accounts/:id': ['admin', 'auditor'],
  'GET /accounts/:id/open-work': ['admin', 'auditor'],
  'POST /accounts': ['admin'],
  'PATCH /accounts/:id': ['admin'],
  'PUT /accounts/:id/access': ['admin'],
  'POST /accounts/:id/link': ['admin'],
  'POST /accounts/:id/disable': ['admin'],
  'POST /accounts/:id/enable': ['admin'],
  'POST /accounts/:id/sessions/end': ['admin'],
  'DELETE /accounts/:id/tokens/:tokenId': ['admin'],
  'GET /account-requests': ['admin', 'approver'],
  'POST /account-requests/:id/confirmation': ['admin', 'approver'],
  'POST /account-requests/:id/withdrawal': ['admin', 'approver'],
  'POST /allocation-decisions': ['staff'],
  'POST /announcements/:month/release': ['approver'],
  'POST /documents': ['staff', 'approver'],
  'POST /documents/:id/number': ['clerk'],
  'POST /documents/:id/versions': ['clerk', 'staff'],
  'GET /document-register': DEPARTMENT,
  'GET /document-templates': DEPARTMENT,
  'GET /document-templates/:kind': DEPARTMENT,
  'PUT /document-templates/:kind': ['staff', 'admin'],
  'POST /document-templates/:kind/preview': ['staff', 'admin'],
  'POST /business-day': ['staff', 'admin'],
  'POST /difficulties': ['staff', 'reporter', 'inspector'],
  'PATCH /difficulties/:id': ['staff', 'reporter', 'inspector'],
  'POST /difficulties/:id/steps': ['staff', 'reporter', 'inspector'],
  'POST /difficulties/:id/decision': ['staff', 'approver'],
  'POST /disbursements': ['staff', 'reporter'],
  'GET /months/:month/closing': DEPARTMENT,
  'POST /grid/cells': ['staff', 'reporter'],
  'POST /grid/comments': ['staff', 'approver', 'reporter'],
  'POST /answers': ['reporter'],
  'POST /answers/:id/decision': ['staff', 'approver'],
  'POST /inspections': ['staff', 'inspector'],
  'PUT /inspections/:id': ['staff', 'inspector'],
  'POST /inspections/:id/visits': ['staff', 'inspector'],
  'POST /inspections/:id/conclusion': ['staff', 'inspector'],
  'POST /recommendations/:id/completion': ['staff', 'inspector'],
  'POST /files': ['staff', 'approver', 'clerk', 'reporter', 'inspector'],
  'DELETE /imports/:id': ['staff', 'reporter'],
  'POST /imports': ['staff', 'reporter'],
  'PUT /imports/:id/choices': ['staff', 'reporter'],
  'POST /imports/:id/commit': ['staff', 'reporter'],
  'GET /meeting-bodies': [...DEPARTMENT, 'inspector'],
  'POST /meeting-bodies': ['staff', 'admin'],
  'POST /meeting-bodies/:id/members': ['staff', 'admin'],
  'POST /meeting-bodies/:id/members/:memberId/end': ['staff', 'admin'],
  'GET /meetings': [...DEPARTMENT, 'inspector'],
  'GET /meetings/:id': [...DEPARTMENT, 'inspector'],
  'GET /meetings/:id/papers/:file': [...DEPARTMENT, 'inspector'],
  'GET /meetings/:id/candidates': ['staff', 'approver'],
  'GET /meeting-decisions': [...DEPARTMENT, 'inspector'],
  'POST /meetings': ['staff', 'approver'],
  'PUT /meetings/:id/agenda': ['staff', 'approver'],
  'POST /meetings/:id/agenda/fix': ['staff', 'approver'],
  'POST /meetings/:id/decisions': ['staff', 'approver'],
  'POST /meetings/:id/decisions/:decisionId/outcome': ['staff', 'approver'],
  'POST /meetings/:id/close': ['staff', 'approver'],
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
  'GET /deliveries': ['admin', 'staff', 'approver', 'auditor'],
  'POST /deliveries/:id/retry': ['admin', 'staff'],
  'GET /webhooks': ['admin'],
  'POST /webhooks': ['admin'],
  'POST /webhooks/:id/end': ['admin'],
  'GET /inspection-teams': DEPARTMENT,
  'POST /inspection-teams': ['staff', 'admin'],
  'PATCH /inspection-teams/:code': ['staff', 'admin'],
  'POST /inspection-teams/areas': ['staff', 'admin'],
  'GET /policies': DEPARTMENT,
  'POST /policies/preview': ['staff', 'approver'],
  'POST /policies/proposals': ['staff', 'approver'],
  'POST /policies/proposals/:id/confirmation': ['approver'],
  'POST /policies/proposals/:id/withdrawal': ['staff', 'approver'],
  'POST /calendars/:year/deadlines': ['staff'],
  'POST /units': ['staff', 'admin'],
  'PATCH /units/:code': ['staff', 'admin'],
  'PUT /projects/:code/progress/:month': ['staff', 'reporter'],
  'PUT /projects/:code/site-clearance': ['staff', 'reporter'],
  'PUT /projects/:code/site-clearance/:month': ['staff', 'reporter'],
  'PATCH /projects/:code': ['staff'],
  'PUT /projects/:code/medium-term-plan': ['staff'],
};

// Every role signs in and asks every route: more than the usual time beside other work.
jest.setTimeout(120_000);

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
      .replace(':seq', '999999')
      .replace(':versionId', '999999')
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
    await flaggedMonths(api.db);
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
      await direct(api.db, "UPDATE account SET disabled_at = now() WHERE username = 'gone'");
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
      await direct(api.db, "UPDATE account SET disabled_at = now() WHERE username = 'staff'");
      await http().get('/api/v1/units').set('cookie', cookie).expect(401);
      await direct(api.db, "UPDATE account SET disabled_at = NULL WHERE username = 'staff'");
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
      await direct(api.db, change);
      await http().get('/api/v1/units').set(bearer(secret)).expect(401);
      await direct(api.db, 'UPDATE account SET disabled_at = NULL');
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
