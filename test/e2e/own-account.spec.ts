import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addAccount, codeAt, issueLink } from '#libs/access';
import { auditedTransaction } from '#libs/audit';
import { systemActor, type Role } from '#libs/kernel';
import { Browsing, codeOf } from '../harness/browsing.js';
import { direct } from '../harness/direct-sql.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type RunningApi } from '../harness/running-api.js';
import { PASSWORD, smallOffice } from '../harness/small-office.js';

const NEXT = 'bốn con trâu cày đồng';
const WRONG = 'khong-phai-mat-khau';
const SYSTEM = systemActor('command-line');

describe('one’s own account', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let other: RunningApi;
  let count = 0;

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

  /** A person of their own for each test. */
  const person = async (role: Role = 'staff'): Promise<string> => {
    const username = `nguoi.${++count}`;
    await addAccount(api.db, SYSTEM, { username, displayName: `Người thứ ${count}`, role, password: PASSWORD });
    return username;
  };
  const link = async (username: string, purpose: 'invitation' | 'reset' = 'reset'): Promise<string> =>
    auditedTransaction(api.db, SYSTEM, async (tx, record) => {
      const [account] = (await tx.query('SELECT id, username FROM account WHERE username = $1', [username])) as {
        id: number;
        username: string;
      }[];
      return (await issueLink(tx, record, account as { id: number; username: string }, purpose)).secret;
    });
  const signedIn = async (username: string, headers: Record<string, string> = {}): Promise<Browsing> => {
    const browser = new Browsing(api, headers);
    expect((await browser.post('/sessions', { username, password: PASSWORD })).status).toBe(201);
    return browser;
  };
  const isIn = async (browser: Browsing): Promise<boolean> => (await browser.get('/sessions/current')).status === 200;
  const redeem = (secret: string, password = NEXT, on = api) =>
    new Browsing(on).post('/links/redemption', { secret, password });

  describe('a link', () => {
    it('shows whose it is, sets the password once, and signs in', async () => {
      const username = await person();
      const secret = await link(username);
      expect((await new Browsing(api).post('/links/look', { secret })).body).toMatchObject({
        purpose: 'reset',
        username,
        displayName: `Người thứ ${count}`,
      });
      const browser = new Browsing(api);
      expect((await browser.post('/links/redemption', { secret, password: NEXT })).body).toMatchObject({
        secondFactor: 'none',
        session: { username },
      });
      expect(await isIn(browser)).toBe(true);
      expect(codeOf(await redeem(secret))).toBe('410 link-over');
      expect(codeOf(await new Browsing(api).post('/links/look', { secret }))).toBe('410 link-over');
      const again = await new Browsing(api).post('/sessions', { username, password: NEXT.normalize('NFD') });
      expect(again.status).toBe(201);
    });

    it('of two who redeem it at once, one sets the password', async () => {
      const username = await person();
      const secret = await link(username);
      const passwords = ['mật khẩu của người một', 'mật khẩu của người hai'];
      const answers = await Promise.all(
        passwords.map((password, i) => redeem(secret, password, i === 0 ? api : other)),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 410]);
      const winner = answers.findIndex(({ status }) => status === 201);
      for (const [i, password] of passwords.entries())
        expect((await new Browsing(api).post('/sessions', { username, password })).status).toBe(
          i === winner ? 201 : 401,
        );
    });

    it('leads somebody invited whose role demands a second factor on to set it up', async () => {
      const username = await person('approver');
      await direct(api.db, 'UPDATE account SET password_hash = NULL WHERE username = $1', [username]);
      expect(codeOf(await new Browsing(api).post('/sessions', { username, password: PASSWORD }))).toBe(
        '401 sign-in-refused',
      );
      const browser = new Browsing(api);
      const secret = await link(username, 'invitation');
      expect((await browser.post('/links/redemption', { secret, password: NEXT })).body).toMatchObject({
        secondFactor: 'setup-required',
        session: null,
      });
      const offer = (await browser.post('/sessions/current/second-factor/offer')).body as { secret: string };
      const code = codeAt(offer.secret, new Date());
      expect((await browser.post('/sessions/current/second-factor/setup', { code })).status).toBe(201);
      expect(await isIn(browser)).toBe(true);
      // And a reset later does not get around it.
      const reset = await redeem(await link(username), 'một mật khẩu khác hẳn');
      expect(reset.body).toMatchObject({ secondFactor: 'required', session: null });
    });

    it.each([
      [
        'its time is over',
        "UPDATE one_time_link SET issued_at = issued_at - interval '2 h', expires_at = now() - interval '1 s'",
      ],
      ['the account is disabled', "UPDATE account SET disabled_at = now() WHERE username LIKE 'nguoi.%'"],
    ])('does not work once %s', async (_, change) => {
      const secret = await link(await person());
      await direct(api.db, change);
      expect(codeOf(await redeem(secret))).toBe('410 link-over');
      await direct(api.db, 'UPDATE account SET disabled_at = NULL');
    });

    it('is void once a newer one is issued, or the password was changed otherwise', async () => {
      const username = await person();
      const [first, second] = [await link(username), await link(username)];
      expect(codeOf(await redeem(first))).toBe('410 link-over');
      const browser = await signedIn(username);
      expect((await browser.put('/own-account/password', { current: PASSWORD, next: NEXT })).status).toBe(204);
      expect(codeOf(await redeem(second))).toBe('410 link-over');
    });

    it('is not spent by a password that is refused', async () => {
      const username = await person();
      const secret = await link(username);
      expect(codeOf(await redeem(secret, 'ngắn quá'))).toBe('400 password-too-short');
      expect((await redeem(secret)).status).toBe(201);
    });

    it('ends every session of the account and lets a waiting name in again', async () => {
      const username = await person();
      const browser = await signedIn(username);
      for (let i = 0; i < 5; i++) await new Browsing(api).post('/sessions', { username, password: WRONG });
      expect((await redeem(await link(username))).status).toBe(201);
      expect(await isIn(browser)).toBe(false);
      expect((await new Browsing(api).post('/sessions', { username, password: NEXT })).status).toBe(201);
    });

    it('stands as a hash in the database and not in the audit; nothing is kept for an Idempotency-Key', async () => {
      const username = await person();
      const secret = await link(username);
      const browser = new Browsing(api, { 'idempotency-key': 'khoa-1' });
      await browser.post('/links/redemption', { secret, password: NEXT });
      const kept = JSON.stringify([
        await api.db.query('SELECT * FROM one_time_link'),
        await api.db.query('SELECT body FROM audit_event'),
        await api.db.query('SELECT * FROM idempotency_record'),
      ]);
      for (const text of [secret, NEXT]) expect(kept).not.toContain(text);
      const again = await signedIn(await person(), { 'idempotency-key': 'khoa-2' });
      await again.put('/own-account/password', { current: PASSWORD, next: NEXT });
      await again.post('/own-account/second-factor/offer');
      expect(await api.db.query("SELECT FROM idempotency_record WHERE key LIKE 'khoa-%'")).toEqual([]);
    });
  });

  describe('the password', () => {
    it('is changed by who knows the present one; other sessions end, this one stays', async () => {
      const username = await person();
      const [here, elsewhere] = [await signedIn(username), await signedIn(username)];
      expect(codeOf(await here.put('/own-account/password', { current: WRONG, next: NEXT }))).toBe(
        '400 password-wrong',
      );
      expect((await here.put('/own-account/password', { current: PASSWORD, next: NEXT })).status).toBe(204);
      expect([await isIn(here), await isIn(elsewhere)]).toEqual([true, false]);
    });

    it('cannot be guessed from a session left open: guesses count as at the door', async () => {
      const here = await signedIn(await person());
      for (let i = 0; i < 5; i++) await here.put('/own-account/password', { current: WRONG, next: NEXT });
      expect(codeOf(await here.put('/own-account/password', { current: PASSWORD, next: NEXT }))).toBe(
        '400 password-wrong',
      );
    });

    it.each([
      ['eleven characters', 'a b c d e f', '400 password-too-short'],
      ['257 characters', 'dài '.repeat(64) + 'x', '400 password-too-long'],
      ['a common one', 'qwerty123456', '400 password-common'],
      ['a common one made longer', 'Password2024!!', '400 password-common'],
      ['the words of the program', 'giải ngân đầu tư công 2024', '400 password-of-context'],
    ])('%s is refused', async (_, next, refusal) => {
      const here = await signedIn(await person());
      expect(codeOf(await here.put('/own-account/password', { current: PASSWORD, next }))).toBe(refusal);
    });

    it('of 256 characters of any kind is taken whole: not one of them is ignored', async () => {
      const username = await person();
      const here = await signedIn(username);
      const next = `${'ẫ 🙂 '.repeat(64).slice(0, 250)}`.padEnd(255, 'x');
      const whole = `${next}1`.slice(0, 256);
      expect(codeOf(await here.put('/own-account/password', { current: PASSWORD, next: whole }))).toBe('204');
      const attempt = (password: string) => new Browsing(api).post('/sessions', { username, password });
      expect((await attempt(whole)).status).toBe(201);
      expect((await attempt(`${whole.slice(0, -1)}2`)).status).toBe(401);
    });
  });

  describe('sessions', () => {
    it('are listed for their owner alone, and end one by one or all others at once', async () => {
      const username = await person();
      const here = await signedIn(username, { 'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0' });
      const [b, c] = [await signedIn(username), await signedIn(username)];
      const stranger = await signedIn(await person());
      const list = async (browser: Browsing) =>
        (
          (await browser.get('/own-account/sessions')).body as {
            items: { id: number; current: boolean; userAgent: string }[];
          }
        ).items;
      const items = await list(here);
      expect(items.map(({ current }) => current)).toEqual([false, false, true]);
      expect(items[2]?.userAgent).toContain('Windows');
      expect(JSON.stringify(items)).not.toContain(here.cookie.slice('session='.length));
      const [ofC, ofB] = items;
      expect(codeOf(await stranger.post(`/own-account/sessions/${ofC?.id}/end`))).toBe('404 session-unknown');
      expect(codeOf(await here.post('/own-account/sessions/x/end'))).toBe('404 session-unknown');
      expect((await here.post(`/own-account/sessions/${ofC?.id}/end`)).status).toBe(204);
      expect([await isIn(b), await isIn(c)]).toEqual([true, false]);
      expect(ofB?.current).toBe(false);
      expect((await here.post('/own-account/sessions/end-others')).status).toBe(204);
      expect([await isIn(here), await isIn(b), await isIn(stranger)]).toEqual([true, false, true]);
    });

    it('end after an hour without use and not before; use is noted once a minute', async () => {
      const browser = await signedIn(await person());
      const idle = (minutes: number) =>
        api.db.query('UPDATE session SET seen_at = now() - make_interval(mins => $1)', [minutes]);
      await idle(59);
      expect(await isIn(browser)).toBe(true);
      const seen = async (): Promise<unknown> => api.db.query('SELECT id, seen_at FROM session ORDER BY id');
      const noted = await seen();
      await isIn(browser);
      expect(await seen()).toEqual(noted);
      await idle(60);
      expect(await isIn(browser)).toBe(false);
    });

    it('end after twelve hours however much they are used', async () => {
      const browser = await signedIn(await person());
      const [{ hours } = { hours: 0 }] = (await api.db.query(
        'SELECT extract(epoch FROM expires_at - created_at)::int / 3600 AS hours FROM session ORDER BY id DESC LIMIT 1',
      )) as { hours: number }[];
      expect(hours).toBe(12);
      await api.db.query("UPDATE session SET expires_at = now() - interval '1 s'");
      expect(await isIn(browser)).toBe(false);
    });

    it('signing in ends the session that the browser had, and a planted cookie is not taken over', async () => {
      const username = await person();
      const browser = await signedIn(username);
      const before = new Browsing(api);
      before.cookie = browser.cookie;
      await browser.post('/sessions', { username, password: PASSWORD });
      expect([await isIn(browser), await isIn(before)]).toEqual([true, false]);
      const planted = new Browsing(api);
      planted.cookie = 'session=AAAA';
      await planted.post('/sessions', { username, password: PASSWORD });
      expect(planted.cookie).not.toContain('AAAA');
    });

    it('have a cookie over HTTPS that sister sites cannot set', async () => {
      const secure = await runApi(database.url, { SECURE_COOKIE: 'on' });
      try {
        const browser = new Browsing(secure);
        await browser.post('/sessions', { username: await person(), password: PASSWORD });
        expect(browser.setCookie).toMatch(
          /^__Host-session=[^;]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/,
        );
        expect(await isIn(browser)).toBe(true);
        const plain = new Browsing(secure);
        plain.cookie = browser.cookie.replace('__Host-', '');
        expect(await isIn(plain)).toBe(false);
      } finally {
        await secure.stop();
      }
    });
  });

  describe('a second factor', () => {
    it('is open to every role, replaced with another telephone, and taken away where the role allows', async () => {
      const username = await person();
      const here = await signedIn(username);
      const elsewhere = await signedIn(username);
      const add = async (): Promise<string[]> => {
        const { secret } = (await here.post('/own-account/second-factor/offer')).body as { secret: string };
        const { body } = await here.post('/own-account/second-factor', { code: codeAt(secret, new Date()) });
        return (body as { recoveryCodes: string[] }).recoveryCodes;
      };
      const first = await add();
      expect(first).toHaveLength(10);
      expect(await isIn(elsewhere)).toBe(false);
      expect((await new Browsing(api).post('/sessions', { username, password: PASSWORD })).body).toMatchObject({
        secondFactor: 'required',
      });
      const second = await add();
      expect(second.filter((code) => first.includes(code))).toEqual([]);
      expect((await here.get('/own-account/security')).body).toMatchObject({
        secondFactorRequired: false,
        recoveryCodesLeft: 10,
        hasPassword: true,
        fixed: false,
      });
      const { body } = await here.post('/own-account/recovery-codes');
      expect((body as { recoveryCodes: string[] }).recoveryCodes).toHaveLength(10);
      expect((await here.post('/own-account/second-factor/removal')).status).toBe(204);
      expect((await new Browsing(api).post('/sessions', { username, password: PASSWORD })).body).toMatchObject({
        secondFactor: 'none',
      });
    });

    it('is not taken away where the role demands it', async () => {
      const caller = await api.signIn('approver');
      const answer = await caller.post('/own-account/second-factor/removal', {});
      expect(codeOf(answer)).toBe('409 second-factor-required');
    });

    it('asks an older session for the password first, and so do ending sessions and making a token', async () => {
      const here = await signedIn(await person());
      await api.db.query("UPDATE session SET created_at = now() - interval '11 minutes'");
      for (const path of ['/second-factor/offer', '/recovery-codes', '/second-factor/removal', '/sessions/end-others'])
        expect(codeOf(await here.post(`/own-account${path}`))).toBe('403 proof-needed');
      const token = { name: 'x', permissions: ['books.read'], days: 366 };
      expect(codeOf(await here.post('/tokens', token))).toBe('403 proof-needed');
      expect(codeOf(await here.post('/tokens', { ...token, password: WRONG }))).toBe('400 password-wrong');
      expect((await here.post('/tokens', { ...token, password: PASSWORD })).status).toBe(201);
      expect(codeOf(await here.post('/own-account/second-factor/offer', { password: WRONG }))).toBe(
        '400 password-wrong',
      );
      expect((await here.post('/own-account/second-factor/offer', { password: PASSWORD })).status).toBe(201);
    });
  });
});
