import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addAccount, codeAt } from '#libs/access';
import { systemActor } from '#libs/kernel';
import { Browsing, codeOf } from '../harness/browsing.js';
import { direct } from '../harness/direct-sql.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type RunningApi } from '../harness/running-api.js';
import { PASSWORD, smallOffice } from '../harness/small-office.js';

const WRONG = 'khong-phai-mat-khau';

describe('signing in', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  /** Another api process on the same database. */
  let other: RunningApi;

  beforeAll(async () => {
    database = await freshDatabase();
    [api, other] = await Promise.all([runApi(database.url), runApi(database.url)]);
    await smallOffice(api.db);
  });
  afterAll(async () => {
    await api?.stop();
    await other?.stop();
    await database?.drop();
  });
  beforeEach(async () => {
    await api.db.query('DELETE FROM sign_in_throttle');
  });

  const attempt = (username: string, password: string, on = api) =>
    new Browsing(on).post('/sessions', { username, password });
  const events = async (): Promise<{ actor: string; action: string; objectId: string; body: string }[]> =>
    api.db.query('SELECT actor, action, object_id AS "objectId", body FROM audit_event ORDER BY seq DESC LIMIT 20');
  const wait = (seconds: number): Promise<unknown> =>
    api.db.query(
      'UPDATE sign_in_throttle SET blocked_until = blocked_until - make_interval(secs => $1), failed_at = failed_at - make_interval(secs => $1)',
      [seconds],
    );

  describe('again and again', () => {
    it('four mistakes cost nothing; after the fifth even the right password is refused, in the same words', async () => {
      for (let i = 0; i < 4; i++) expect(codeOf(await attempt('staff', WRONG))).toBe('401 sign-in-refused');
      expect((await attempt('staff', PASSWORD)).status).toBe(201);
      const wrong = [];
      for (let i = 0; i < 5; i++) wrong.push(await attempt('staff', WRONG));
      const right = await attempt('staff', PASSWORD);
      const { requestId: _a, ...first } = wrong[0]?.body as Record<string, unknown>;
      const { requestId: _b, ...last } = right.body as Record<string, unknown>;
      expect(last).toEqual(first);
      expect(last['detail']).toContain('hãy chờ ít phút');
      const [{ body } = { body: '' }] = await events();
      expect(JSON.parse(body)).toMatchObject({ action: 'sign-in.refuse', after: { reason: 'waiting' } });
    });

    it('the delay ends by itself, grows with each further failure, and starts anew after a success', async () => {
      for (let i = 0; i < 5; i++) await attempt('staff', WRONG);
      const left = async (): Promise<number> =>
        Math.round(
          Number(
            (
              (await api.db.query(
                "SELECT extract(epoch FROM blocked_until - now()) AS left FROM sign_in_throttle WHERE subject LIKE 'name:%'",
              )) as { left: string }[]
            )[0]?.left,
          ) / 10,
        ) * 10;
      // 30, 60, 120, 240, 480 s, then 900 at most.
      for (const seconds of [30, 60, 120, 240, 480, 900, 900]) {
        expect(await left()).toBe(seconds);
        expect(codeOf(await attempt('staff', PASSWORD))).toBe('401 sign-in-refused');
        await wait(seconds);
        await attempt('staff', WRONG);
      }
      await wait(900);
      expect((await attempt('staff', PASSWORD)).status).toBe(201);
      expect(await api.db.query("SELECT FROM sign_in_throttle WHERE subject LIKE 'name:%'")).toEqual([]);
    });

    it('counts over all api processes, and guesses sent at once are not all looked at', async () => {
      const before = Number(((await api.db.query('SELECT seq FROM audit_head')) as { seq: string }[])[0]?.seq);
      await Promise.all(
        Array.from({ length: 20 }, (_, i) => attempt('clerk', `${WRONG}-${i}`, i % 2 === 0 ? api : other)),
      );
      const reasons = (
        (await api.db.query('SELECT body FROM audit_event WHERE seq > $1', [before])) as { body: string }[]
      ).map(({ body }) => (JSON.parse(body) as { after: { reason: string } }).after.reason);
      expect(reasons.filter((reason) => reason === 'wrong-password')).toHaveLength(5);
      expect(reasons.filter((reason) => reason === 'waiting')).toHaveLength(15);
    });

    it('an unknown name waits as a known one does, so that waiting tells nothing', async () => {
      for (let i = 0; i < 5; i++) expect(codeOf(await attempt('khong.ai', WRONG))).toBe('401 sign-in-refused');
      expect(codeOf(await attempt('khong.ai', WRONG))).toBe('401 sign-in-refused');
      const rows: unknown[] = await api.db.query(
        "SELECT FROM sign_in_throttle WHERE subject LIKE 'name:%' AND blocked_until > now()",
      );
      expect(rows).toHaveLength(1);
    });

    it('an address that tries many names is told to wait, before any password is looked at', async () => {
      await api.db.query(
        "INSERT INTO sign_in_throttle VALUES ('address:127.0.0.1', 50, now(), NULL), ('address:::ffff:127.0.0.1', 50, now(), NULL)",
      );
      expect(codeOf(await attempt('leader', WRONG))).toBe('401 sign-in-refused');
      const answer = await attempt('leader', PASSWORD);
      expect(codeOf(answer)).toBe('429 sign-in-too-often');
      expect((answer.body as { detail: string }).detail).toContain('1 phút');
    });

    it('does the same work for an unknown and a disabled name as for a known one', async () => {
      await addAccount(api.db, systemActor('command-line'), {
        username: 'left.us',
        displayName: 'Đã nghỉ',
        role: 'staff',
        password: PASSWORD,
      });
      await direct(api.db, "UPDATE account SET disabled_at = now() WHERE username = 'left.us'");
      const millis = async (username: string, password: string): Promise<number> => {
        const began = process.hrtime.bigint();
        await attempt(username, password);
        return Number(process.hrtime.bigint() - began) / 1e6;
      };
      const median = async (username: string): Promise<number> => {
        const all = [];
        for (let i = 0; i < 7; i++) {
          await api.db.query('DELETE FROM sign_in_throttle');
          all.push(await millis(username, WRONG));
        }
        return all.sort((a, b) => a - b)[3] as number;
      };
      const known = await median('staff');
      // Without a made-up hash to compare with, an unknown name would take a tenth of the time.
      for (const username of ['khong.ai', 'left.us']) expect((await median(username)) / known).toBeGreaterThan(0.5);
    });
  });

  it('leaves in the audit who, from where and whether, and never what was typed for a name', async () => {
    await attempt('mat-khau-toi-go-nham', WRONG);
    await attempt('staff', WRONG);
    await attempt('staff', PASSWORD);
    const [success, known, unknown] = await events();
    expect(success).toMatchObject({ actor: '-', action: 'session.open' });
    expect(known).toMatchObject({ actor: '-', action: 'sign-in.refuse' });
    expect(unknown).toMatchObject({ actor: '-', action: 'sign-in.refuse', objectId: '-' });
    expect(JSON.parse(known?.body ?? '')).toMatchObject({
      after: { reason: 'wrong-password' },
      origin: { via: 'http', address: expect.stringContaining('127.0.0.1') as unknown },
    });
    const kept = JSON.stringify([
      await api.db.query('SELECT * FROM audit_event'),
      await api.db.query('SELECT * FROM sign_in_throttle'),
    ]);
    for (const secret of ['mat-khau-toi-go-nham', WRONG, PASSWORD]) expect(kept).not.toContain(secret);
  });

  describe('with a second factor', () => {
    /** An approver of their own for each test, with an authenticator app. */
    let count = 0;
    const withApp = async (): Promise<{ username: string; secret: string; codes: string[] }> => {
      const username = `nguoi.duyet.${++count}`;
      await addAccount(api.db, systemActor('command-line'), {
        username,
        displayName: username,
        role: 'approver',
        password: PASSWORD,
      });
      const browser = new Browsing(api);
      await browser.post('/sessions', { username, password: PASSWORD });
      const { secret } = (await browser.post('/sessions/current/second-factor/offer')).body as { secret: string };
      const code = codeAt(secret, new Date());
      const { body } = await browser.post('/sessions/current/second-factor/setup', { code });
      await api.db.query('UPDATE second_factor SET last_step = 0');
      return { username, secret, codes: (body as { recoveryCodes: string[] }).recoveryCodes };
    };
    const halfIn = async (username: string, on = api): Promise<Browsing> => {
      const browser = new Browsing(on);
      const { body } = await browser.post('/sessions', { username, password: PASSWORD });
      expect(body).toMatchObject({ secondFactor: 'required', session: null });
      return browser;
    };
    const ago = (seconds: number): Date => new Date(Date.now() - seconds * 1000);

    it('a role that demands one sets it up first and is nobody until then', async () => {
      const browser = new Browsing(api);
      const { body } = await browser.post('/sessions', { username: 'admin', password: PASSWORD });
      expect(body).toMatchObject({ secondFactor: 'setup-required', session: null });
      expect(codeOf(await browser.get('/sessions/current'))).toBe('401 not-signed-in');
      expect(codeOf(await browser.get('/units'))).toBe('401 not-signed-in');
      expect(codeOf(await browser.post('/units', {}))).toBe('401 not-signed-in');
      expect((await browser.get('/sessions/pending')).body).toMatchObject({ secondFactor: 'setup-required' });
      const before = browser.cookie;
      const offer = (await browser.post('/sessions/current/second-factor/offer')).body as Record<string, string>;
      expect(offer['address']).toMatch(/^otpauth:\/\/totp\/.*admin\?/);
      expect(codeOf(await browser.post('/sessions/current/second-factor/setup', { code: '000000' }))).toBe(
        '401 code-refused',
      );
      const code = codeAt(offer['secret'] as string, new Date());
      const done = await browser.post('/sessions/current/second-factor/setup', { code });
      expect(done.status).toBe(201);
      expect((done.body as { recoveryCodes: string[] }).recoveryCodes).toHaveLength(10);
      expect((await browser.get('/sessions/current')).body).toMatchObject({ username: 'admin' });
      expect(browser.cookie).not.toBe(before);
      // Neither the secret nor a code stands in the database.
      const kept = JSON.stringify([
        await api.db.query('SELECT * FROM second_factor'),
        await api.db.query('SELECT * FROM recovery_code'),
        await api.db.query('SELECT * FROM audit_event'),
      ]);
      for (const secret of [offer['secret'], ...(done.body as { recoveryCodes: string[] }).recoveryCodes])
        expect(kept).not.toContain(secret);
    });

    it('a right code signs in with another cookie; the one from before the code is worth nothing', async () => {
      const { username, secret } = await withApp();
      const browser = await halfIn(username);
      const { cookie: stolen, csrf } = browser;
      const answer = await browser.post('/sessions/current/second-factor', { code: codeAt(secret, new Date()) });
      expect(answer.body).toMatchObject({ secondFactor: 'none', session: { username } });
      const thief = new Browsing(api);
      [thief.cookie, thief.csrf] = [stolen, csrf];
      expect(codeOf(await thief.get('/sessions/current'))).toBe('401 not-signed-in');
      expect(codeOf(await thief.get('/sessions/pending'))).toBe('401 not-signed-in');
    });

    it.each([
      ['a step ago', 30, 201],
      ['in a step', -30, 201],
      ['three steps ago', 90, 401],
      ['in three steps', -90, 401],
    ])('a code of %s', async (_, seconds, status) => {
      const { username, secret } = await withApp();
      const browser = await halfIn(username);
      const { status: found } = await browser.post('/sessions/current/second-factor', {
        code: codeAt(secret, ago(seconds)),
      });
      expect(found).toBe(status);
    });

    it('a code counts once: replayed it is refused, on another process too, and so is an older one', async () => {
      const { username, secret } = await withApp();
      const code = codeAt(secret, new Date());
      const older = codeAt(secret, ago(30));
      expect((await (await halfIn(username)).post('/sessions/current/second-factor', { code })).status).toBe(201);
      for (const [again, on] of [
        [code, api],
        [code, other],
        [older, api],
      ] as const)
        expect(
          codeOf(await (await halfIn(username, on)).post('/sessions/current/second-factor', { code: again })),
        ).toBe('401 code-refused');
    });

    it('of two who send the same code at once, one is let in', async () => {
      const { username, secret } = await withApp();
      const code = codeAt(secret, new Date());
      const [one, two] = [await halfIn(username), await halfIn(username, other)];
      const answers = await Promise.all(
        [one, two].map((browser) => browser.post('/sessions/current/second-factor', { code })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 401]);
    });

    it('guessing codes waits as guessing passwords does, and a right password in between resets nothing', async () => {
      const { username, secret } = await withApp();
      for (let i = 0; i < 5; i++)
        expect(codeOf(await (await halfIn(username)).post('/sessions/current/second-factor', { code: '000000' }))).toBe(
          '401 code-refused',
        );
      expect(codeOf(await attempt(username, PASSWORD))).toBe('401 sign-in-refused');
      await wait(30);
      const code = codeAt(secret, new Date());
      expect((await (await halfIn(username)).post('/sessions/current/second-factor', { code })).status).toBe(201);
    });

    it('a recovery code stands in for the app once, however it is typed', async () => {
      const { username, codes } = await withApp();
      const typed = (codes[3] as string).toUpperCase().replaceAll('-', ' ');
      expect((await (await halfIn(username)).post('/sessions/current/second-factor', { code: typed })).status).toBe(
        201,
      );
      expect(codeOf(await (await halfIn(username)).post('/sessions/current/second-factor', { code: codes[3] }))).toBe(
        '401 code-refused',
      );
      expect((await (await halfIn(username)).post('/sessions/current/second-factor', { code: codes[4] })).status).toBe(
        201,
      );
    });

    it('who knows the password alone cannot put another telephone in the place of the owner’s', async () => {
      const { username } = await withApp();
      const thief = await halfIn(username);
      expect(codeOf(await thief.post('/sessions/current/second-factor/offer'))).toBe('403 not-allowed');
      expect(codeOf(await thief.post('/sessions/current/second-factor/setup', { code: '123456' }))).toBe(
        '403 not-allowed',
      );
    });

    it('nor by two sessions that both began before there was one', async () => {
      await addAccount(api.db, systemActor('command-line'), {
        username: 'hai.phien',
        displayName: 'x',
        role: 'approver',
        password: PASSWORD,
      });
      const [owner, thief] = [new Browsing(api), new Browsing(api)];
      for (const browser of [owner, thief])
        await browser.post('/sessions', { username: 'hai.phien', password: PASSWORD });
      const offer = async (browser: Browsing): Promise<string> =>
        ((await browser.post('/sessions/current/second-factor/offer')).body as { secret: string }).secret;
      const own = await offer(owner);
      const setUp = (browser: Browsing, secret: string) =>
        browser.post('/sessions/current/second-factor/setup', { code: codeAt(secret, new Date()) });
      expect((await setUp(owner, own)).status).toBe(201);
      expect(codeOf(await setUp(thief, await offer(thief)))).toBe('403 not-allowed');
    });

    it('continuing needs the CSRF token and ends after ten minutes', async () => {
      const { username, secret } = await withApp();
      const browser = await halfIn(username);
      const { csrf } = browser;
      browser.csrf = 'x'.repeat(43);
      const code = codeAt(secret, new Date());
      expect(codeOf(await browser.post('/sessions/current/second-factor', { code }))).toBe('403 csrf-refused');
      browser.csrf = csrf;
      await api.db.query(
        "UPDATE session SET expires_at = expires_at - interval '10 minutes' WHERE stage <> 'complete'",
      );
      expect(codeOf(await browser.post('/sessions/current/second-factor', { code }))).toBe('401 not-signed-in');
    });

    it('with another SECRET_KEY nobody is let in by it, and the answer says what is wrong', async () => {
      const { username, secret } = await withApp();
      const rekeyed = await runApi(database.url, { SECRET_KEY: 'another-key-that-is-long-enough-for-a-test-00' });
      try {
        const browser = await halfIn(username, rekeyed);
        const answer = await browser.post('/sessions/current/second-factor', { code: codeAt(secret, new Date()) });
        expect(codeOf(answer)).toBe('500 second-factor-unreadable');
      } finally {
        await rekeyed.stop();
      }
    });

    it('accounts of the demonstration, whose password is published, have none and cannot be changed', async () => {
      const illustrative = await freshDatabase();
      const demonstration = await runApi(illustrative.url);
      try {
        await direct(demonstration.db, 'UPDATE instance_setting SET illustrative = true');
        await addAccount(demonstration.db, systemActor('demonstration'), {
          username: 'duyet.mau',
          displayName: 'Mẫu',
          role: 'approver',
          password: PASSWORD,
          isDemonstration: true,
        });
        const browser = new Browsing(demonstration);
        expect((await browser.post('/sessions', { username: 'duyet.mau', password: PASSWORD })).body).toMatchObject({
          secondFactor: 'none',
        });
        expect(codeOf(await browser.post('/own-account/second-factor/offer'))).toBe('403 demonstration-sign-in-fixed');
        expect(
          codeOf(await browser.put('/own-account/password', { current: PASSWORD, next: 'mot mat khau moi toanh' })),
        ).toBe('403 demonstration-sign-in-fixed');
      } finally {
        await demonstration.stop();
        await illustrative.drop();
      }
    });
  });
});
