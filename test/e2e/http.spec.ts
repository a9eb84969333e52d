import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import supertest from 'supertest';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { startApi, type ApiProcess } from '../harness/api-process.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { PASSWORD, smallOffice } from '../harness/small-office.js';

const CREDENTIALS = { username: 'staff', password: PASSWORD };

/** Requests of supertest come from 127.0.0.1. */
describe('the HTTP server', () => {
  let database: FreshDatabase;
  /** Believes no proxy. */
  let plain: RunningApi;
  /** Believes a proxy on this machine; a request has a second to arrive. */
  let behindProxy: RunningApi;
  let staff: Caller;
  /** A process of its own, which serves the built pages too. */
  let whole: ApiProcess;

  beforeAll(async () => {
    database = await freshDatabase();
    plain = await runApi(database.url);
    behindProxy = await runApi(database.url, { TRUSTED_PROXIES: '127.0.0.1, ::1, 10.0.0.0/8', REQUEST_SECONDS: '1' });
    await smallOffice(plain.db);
    staff = await plain.signIn('staff');
    whole = await startApi(database.url, { TRUSTED_PROXIES: '127.0.0.1' });
    await behindProxy.app.listen(0, '127.0.0.1');
  }, 120_000);
  afterAll(async () => {
    await whole?.kill();
    await plain?.stop();
    await behindProxy?.stop();
    await database?.drop();
  });

  const http = (api = plain) => supertest(api.app.getHttpServer());
  const codeOf = (answer: supertest.Response): string => (answer.body as { code: string }).code;

  describe('its headers', () => {
    const origin = (): string => new URL(whole.address).origin;
    const EVERYWHERE = {
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    };

    it.each([
      ['a page', 'get', '/months/2024-09', 200],
      ['a file', 'get', '/favicon.svg', 200],
      ['a file that is not there', 'get', '/assets/nothing.js', 404],
      ['an answer', 'get', '/api/v1/instance', 200],
      ['a refusal', 'get', '/api/v1/units', 401],
      ['no such address', 'get', '/api/v1/nothing', 404],
      ['another kind of request', 'put', '/api/v1/units', 405],
      ['a broken body', 'post', '/api/v1/sessions', 400],
      ['an address that cannot be decoded', 'get', '/api/v1/units/%C0', 404],
      ['the description', 'get', '/api/openapi.json', 200],
      ['the page of the interface', 'get', '/api/docs', 200],
    ] as const)(
      '%s: the same guards as everywhere, without a word about the server',
      async (_, method, path, status) => {
        const request = supertest(origin())[method](path);
        const { headers, status: found } = await (method === 'post'
          ? request.set('content-type', 'application/json').send('{')
          : request);
        expect(found).toBe(status);
        expect(headers).toMatchObject(EVERYWHERE);
        expect(headers['permissions-policy']).toContain('camera=(), ');
        expect(headers['content-security-policy']).toMatch(/^default-src '(self|none)'; .*frame-ancestors 'none'/);
        expect([headers['server'], headers['x-powered-by'], headers['access-control-allow-origin']]).toEqual([
          undefined,
          undefined,
          undefined,
        ]);
      },
    );

    it('a page runs scripts and styles from files of this server only; an answer runs nothing', async () => {
      const policyOf = async (path: string): Promise<string> =>
        (await supertest(origin()).get(path)).headers['content-security-policy'] as string;
      expect(await policyOf('/')).toBe(
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; " +
          "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      );
      expect(await policyOf('/api/v1/instance')).toBe("default-src 'none'; frame-ancestors 'none'; sandbox");
      // The documentation alone may write styles into its page; scripts are files there too.
      expect(await policyOf('/api/docs')).toContain("script-src 'self'; style-src 'self' 'unsafe-inline'");
      expect(await policyOf('/api/docsx')).not.toContain('unsafe');
    });

    it('answers with figures or names are kept by no cache; files with a hash in their name for good', async () => {
      const cacheOf = async (path: string): Promise<string> =>
        (await staff.get(path)).headers['cache-control'] as string;
      for (const path of ['/units', '/units/A', '/sessions/current', '/nothing', '/exports/units?format=csv'])
        expect([path, await cacheOf(path)]).toEqual([path, 'no-store']);
      const page = await supertest(origin()).get('/');
      expect(page.headers['cache-control']).toBe('no-cache');
      const asset = /\/assets\/[^"]+\.js/.exec(page.text)?.[0] as string;
      expect((await supertest(origin()).get(asset).expect(200)).headers['cache-control']).toContain('immutable');
    });

    it('tells browsers to stay with HTTPS where a trusted proxy says the request came over it', async () => {
      const told = async (server: Parameters<typeof supertest>[0], proto: string): Promise<unknown> =>
        (await supertest(server).get('/api/v1/instance').set('x-forwarded-proto', proto)).headers[
          'strict-transport-security'
        ];
      expect(await told(origin(), 'https')).toBe('max-age=31536000; includeSubDomains');
      expect(await told(origin(), 'http')).toBeUndefined();
      expect(await told(plain.app.getHttpServer(), 'https')).toBeUndefined();
    });
  });

  describe('whom it believes', () => {
    /** The address that the audit keeps of a sign-in. */
    const addressOf = async (api: RunningApi, forwarded: string): Promise<unknown> => {
      await http(api).post('/api/v1/sessions').set('x-forwarded-for', forwarded).send(CREDENTIALS).expect(201);
      const [event]: { body: string }[] = await api.db.query(
        "SELECT body FROM audit_event WHERE action = 'session.open' ORDER BY seq DESC LIMIT 1",
      );
      return (JSON.parse(event?.body ?? '') as { origin: { address: string } }).origin.address;
    };

    it('nobody, unless told: an address that the caller names is not taken for its own', async () => {
      expect(await addressOf(plain, '203.0.113.7')).toMatch(/127\.0\.0\.1$/);
    });

    it('a trusted proxy: the address before it; what stands before an untrusted one is made up', async () => {
      expect(await addressOf(behindProxy, '203.0.113.7')).toBe('203.0.113.7');
      // Two of our proxies in a row.
      expect(await addressOf(behindProxy, '203.0.113.7, 10.1.2.3')).toBe('203.0.113.7');
      // The caller 203.0.113.7 wrote the first one itself, and a trusted address at that.
      expect(await addressOf(behindProxy, '10.9.9.9, 203.0.113.7')).toBe('203.0.113.7');
      expect(await addressOf(behindProxy, '198.51.100.1, 203.0.113.7, 10.1.2.3')).toBe('203.0.113.7');
    });

    it('the host of our own page is what a trusted proxy says, and else what the browser asked for', async () => {
      const write = (api: RunningApi, headers: Record<string, string>): supertest.Test =>
        http(api).post('/api/v1/sessions').set(headers).send(CREDENTIALS);
      const forwarded = { host: 'api:3000', 'x-forwarded-host': 'tinh.example', origin: 'https://tinh.example' };
      await write(behindProxy, forwarded).expect(201);
      await write(behindProxy, { ...forwarded, origin: 'https://evil.example' }).expect(403);
      expect(codeOf(await write(plain, forwarded).expect(403))).toBe('csrf-refused');
      await write(plain, {
        host: 'tinh.example',
        'x-forwarded-host': 'evil.example',
        origin: 'https://evil.example',
      }).expect(403);
    });
  });

  describe('how much it takes', () => {
    const kibibytes = (n: number): string => `{"note":"${'x'.repeat(n * 1024 - 11)}"}`;
    const send = (path: string, body: string): supertest.Test =>
      staff.post(path).set('content-type', 'application/json').send(body);

    it('128 KiB of JSON, 4 MiB where it is a list of rows', async () => {
      for (const path of ['/units', '/months/2024-01/reports', '/imports/1/commit', '/grid/comments']) {
        const answer = await send(path, kibibytes(129)).expect(413);
        expect([path, (answer.body as { detail: string }).detail]).toEqual([
          path,
          'Nội dung gửi lên lớn hơn 128 KiB. Chia nhỏ hoặc dùng nhập tệp.',
        ]);
      }
      for (const path of ['/disbursements', '/grid/cells', '/allocation-decisions', '/treasury-statements'])
        expect([path, codeOf(await send(path, kibibytes(129)).expect(400))]).toEqual([path, 'invalid-input']);
    });

    it('20 levels of JSON; a body of brackets does not exhaust the stack', async () => {
      const nested = (levels: number): string => `{"note":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
      expect(codeOf(await send('/units', nested(20)).expect(400))).toBe('invalid-input');
      for (const body of [nested(21), nested(60_000), `{"a":`.repeat(20_000)])
        expect(codeOf(await send('/units', body).expect(400))).toBe('body-too-deep');
      // Brackets inside a text are text.
      expect(codeOf(await send('/units', `{"note":"\\"${'['.repeat(50)}"}`).expect(400))).toBe('invalid-input');
    });

    it.each([
      '{"__proto__":{"role":"admin"}}',
      '{"code":{"constructor":{"prototype":{"x":1}}}}',
      '{"\\u005f_proto__":1}',
    ])('no key that would change a prototype: %s', async (body) => {
      expect(codeOf(await send('/units', body).expect(400))).toBe('body-not-json');
      expect(({} as { role?: string }).role).toBeUndefined();
    });

    it('4096 characters of an address and 40 parameters', async () => {
      expect(codeOf(await staff.get(`/units?search=${'x'.repeat(4200)}`).expect(414))).toBe('address-too-long');
      expect(codeOf(await staff.get(`/units?${'a=1&'.repeat(50)}`).expect(400))).toBe('parameters-too-many');
      expect(codeOf(await staff.get(`/units/${'x'.repeat(150)}`).expect(404))).toBe('not-found');
    });
  });

  describe('how long it waits', () => {
    /** What a socket hears until the server ends it, and after how many milliseconds. */
    function speak(first: string, trickle: string): Promise<{ heard: string; ms: number }> {
      const { port } = behindProxy.app.getHttpServer().address() as AddressInfo;
      const began = Date.now();
      return new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.write(first));
        const drip = setInterval(() => socket.write(trickle), 100);
        let heard = '';
        socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
        socket.on('error', () => undefined);
        socket.on('close', () => {
          clearInterval(drip);
          resolve({ heard, ms: Date.now() - began });
        });
      });
    }

    it.each([
      ['headers', 'GET /api/v1/instance HTTP/1.1\r\nHost: x\r\nX-Slow: ', 'a'],
      [
        'a body',
        'POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{',
        ' ',
      ],
      [
        'a body in pieces',
        'POST /api/v1/sessions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
        '1\r\n \r\n',
      ],
    ])('%s that trickle in are cut off', async (_, first, trickle) => {
      const { heard, ms } = await speak(first, trickle);
      expect(heard).toMatch(/^HTTP\/1\.1 408 /);
      expect(heard).toContain('"code":"request-too-slow"');
      expect(ms).toBeGreaterThan(900);
      expect(ms).toBeLessThan(10_000);
    });

    it.each([
      ['no HTTP', 'hello\r\n\r\n', 400, 'request-broken'],
      [
        'headers without an end',
        `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}`,
        431,
        'headers-too-large',
      ],
      [
        'two lengths',
        'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
        400,
        'request-broken',
      ],
    ])('%s is refused in words', async (_, first, status, code) => {
      const { heard } = await speak(first, '');
      expect(heard).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
      expect(heard).toContain(`"code":"${code}"`);
      expect(heard).toContain('application/problem+json');
    });
  });
});
