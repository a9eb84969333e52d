import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import supertest from 'supertest';
import { Browsing } from '../harness/browsing.js';
import { direct } from '../harness/direct-sql.js';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type RunningApi } from '../harness/running-api.js';
import { startSignOnProvider, type Person, type SignOnProvider } from '../harness/sign-on-provider.js';
import { smallOffice } from '../harness/small-office.js';

const PUBLIC_URL = 'http://tinh.example';

describe('single sign-on', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let provider: SignOnProvider;

  beforeAll(async () => {
    provider = await startSignOnProvider(`${PUBLIC_URL}/api/v1/single-sign-on/return`);
    database = await freshDatabase();
    api = await runApi(database.url, settings());
    await smallOffice(api.db);
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
    await provider?.stop();
  });
  beforeEach(async () => {
    await direct(api.db, 'DELETE FROM account_identity');
  });

  const settings = (): Record<string, string> => ({
    PUBLIC_URL,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    OIDC_LABEL: 'tài khoản công vụ',
    OIDC_EMAIL_DOMAIN: 'langson.gov.vn',
    OIDC_SECOND_FACTOR: 'mfa',
  });
  const location = (answer: supertest.Response): string => String(answer.headers['location']);
  /** Presses the button, signs in at the provider as the person, and comes back. */
  const goAndReturn = async (
    person: Person,
    from = '',
    browser = new Browsing(api),
  ): Promise<{ browser: Browsing; answer: supertest.Response }> => {
    provider.person = person;
    const begun = await browser.get(`/single-sign-on${from}`);
    expect(begun.status).toBe(302);
    const returned = await provider.signInAt(location(begun));
    return { browser, answer: await browser.get(returned.replace(`${PUBLIC_URL}/api/v1`, '')) };
  };
  /** The cookie of the session, not the one of the errand that is cleared beside it. */
  const who = async (browser: Browsing): Promise<unknown> => {
    browser.cookie = /(?:^|,)(session=[^;]+)/.exec(browser.setCookie)?.[1] ?? '';
    return ((await browser.get('/sessions/current')).body as { username?: string }).username;
  };

  it('is offered by name where it is set up, and nowhere else', async () => {
    expect((await new Browsing(api).get('/instance')).body).toMatchObject({ singleSignOn: 'tài khoản công vụ' });
    const without = await runApi(database.url);
    try {
      expect((await new Browsing(without).get('/instance')).body).toMatchObject({ singleSignOn: null });
      expect((await new Browsing(without).get('/single-sign-on')).status).toBe(404);
    } finally {
      await without.stop();
    }
  });

  it('lets somebody who has an account in, to the screen they wanted', async () => {
    const { browser, answer } = await goAndReturn({ sub: 's1', preferred_username: 'Staff' }, '?from=/grid');
    expect(location(answer)).toBe('/grid');
    expect(await who(browser)).toBe('staff');
  });

  it('binds the account at the first time: the person is known by the provider’s own name for them from then on', async () => {
    await goAndReturn({ sub: 's1', preferred_username: 'staff' });
    const renamed = await goAndReturn({ sub: 's1', preferred_username: 'someone.else' });
    expect(await who(renamed.browser)).toBe('staff');
    const impostor = await goAndReturn({ sub: 's2', preferred_username: 'staff' });
    expect(location(impostor.answer)).toBe('/sign-in?refused=sso-unknown-person');
    expect(await who(impostor.browser)).toBeUndefined();
  });

  it('makes no account: an unknown person is told so, and the audit knows', async () => {
    const count = (): Promise<unknown> => api.db.query('SELECT count(*) FROM account');
    const before = await count();
    const { answer } = await goAndReturn({ sub: 's3', preferred_username: 'khong.ai' });
    expect(location(answer)).toBe('/sign-in?refused=sso-unknown-person');
    expect(await count()).toEqual(before);
    const [event] = (await api.db.query('SELECT body FROM audit_event ORDER BY seq DESC LIMIT 1')) as {
      body: string;
    }[];
    expect(JSON.parse(event?.body ?? '')).toMatchObject({
      action: 'sign-in.refuse',
      after: { reason: 'sso-unknown-person' },
    });
  });

  it('lets nobody in whose account is disabled', async () => {
    await direct(api.db, "UPDATE account SET disabled_at = now() WHERE username = 'clerk'");
    const { answer } = await goAndReturn({ sub: 's4', preferred_username: 'clerk' });
    expect(location(answer)).toBe('/sign-in?refused=sso-unknown-person');
    await direct(api.db, 'UPDATE account SET disabled_at = NULL');
  });

  it.each([
    ['of our domain', 'leader@langson.gov.vn', '/'],
    ['of another domain', 'leader@gmail.com', '/sign-in?refused=sso-unknown-person'],
    ['with two signs', 'leader@gmail.com@langson.gov.vn', '/sign-in?refused=sso-unknown-person'],
  ])('a name that is an address %s', async (_, preferred_username, expected) => {
    const { answer } = await goAndReturn({ sub: 's5', preferred_username });
    expect(location(answer)).toBe(expected);
  });

  it('a role that demands a second factor still gives it here', async () => {
    const { browser, answer } = await goAndReturn({ sub: 's6', preferred_username: 'approver' }, '?from=/closing');
    expect(location(answer)).toBe('/sign-in?step=code&from=%2Fclosing');
    expect(await who(browser)).toBeUndefined();
    expect((await browser.get('/sessions/pending')).body).toMatchObject({ secondFactor: 'setup-required' });
  });

  it('unless the provider says that it asked for one', async () => {
    const { browser } = await goAndReturn({ sub: 's6', preferred_username: 'approver', amr: ['pwd', 'mfa'] });
    expect(await who(browser)).toBe('approver');
    const other = await goAndReturn({ sub: 's6', preferred_username: 'approver', amr: ['pwd'] });
    expect(await who(other.browser)).toBeUndefined();
  });

  describe('is refused', () => {
    const begin = async (): Promise<{ browser: Browsing; path: string }> => {
      provider.person = { sub: 's1', preferred_username: 'staff' };
      const browser = new Browsing(api);
      const returned = await provider.signInAt(location(await browser.get('/single-sign-on')));
      return { browser, path: returned.replace(`${PUBLIC_URL}/api/v1`, '') };
    };
    const refused = '/sign-in?refused=sso-refused';

    it('in a browser that did not begin it: nobody is signed in as somebody else', async () => {
      const { path } = await begin();
      expect(location(await new Browsing(api).get(path))).toBe(refused);
      const another = new Browsing(api);
      await another.get('/single-sign-on');
      expect(location(await another.get(path))).toBe(refused);
    });

    it('when the answer comes a second time', async () => {
      const { browser, path } = await begin();
      const { cookie } = browser;
      expect(location(await browser.get(path))).toBe('/');
      browser.cookie = cookie;
      expect(location(await browser.get(path))).toBe(refused);
    });

    it.each([
      ['another state', (path: string) => path.replace(/state=[^&]+/, 'state=another')],
      ['another code', (path: string) => path.replace(/code=[^&]+/, 'code=another')],
      ['another issuer', (path: string) => path.replace(/iss=[^&]+/, 'iss=https%3A%2F%2Fevil.example')],
      ['an error of the provider', () => '/single-sign-on/return?error=access_denied'],
      ['nothing', () => '/single-sign-on/return'],
    ])('with %s', async (_, change) => {
      const { browser, path } = await begin();
      expect(change(path)).not.toBe(path);
      expect(location(await browser.get(change(path)))).toBe(refused);
    });

    it('with a cookie that was changed', async () => {
      const { browser, path } = await begin();
      browser.cookie = `${browser.cookie.slice(0, -2)}AA`;
      expect(location(await browser.get(path))).toBe(refused);
    });
  });

  it('is refused where the provider’s key did not sign what it says', async () => {
    const other = await startSignOnProvider(`${PUBLIC_URL}/api/v1/single-sign-on/return`);
    const trusting = await runApi(database.url, { ...settings(), OIDC_ISSUER: other.issuer });
    try {
      other.publishesAnotherKey = true;
      other.person = { sub: 's1', preferred_username: 'staff' };
      const browser = new Browsing(trusting);
      const returned = await other.signInAt(location(await browser.get('/single-sign-on')));
      const answer = await browser.get(returned.replace(`${PUBLIC_URL}/api/v1`, ''));
      expect(location(answer)).toBe('/sign-in?refused=sso-refused');
      expect(await who(browser)).toBeUndefined();
    } finally {
      await trusting.stop();
      await other.stop();
    }
  });

  it('begins by the person’s own act: a link of another site leads to the button', async () => {
    const answer = await supertest(api.app.getHttpServer())
      .get('/api/v1/single-sign-on?from=/grid')
      .set('sec-fetch-site', 'cross-site');
    expect([answer.status, location(answer)]).toEqual([302, '/sign-in?from=%2Fgrid']);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('leads to screens of this program only', async () => {
    for (const from of ['//evil.example', '/\\evil.example', 'https://evil.example'])
      expect((await new Browsing(api).get(`/single-sign-on?from=${encodeURIComponent(from)}`)).status).toBe(400);
  });

  it('says so when the provider is away', async () => {
    const away = await runApi(database.url, { ...settings(), OIDC_ISSUER: 'http://127.0.0.1:9' });
    try {
      expect((await new Browsing(away).get('/single-sign-on')).status).toBe(503);
    } finally {
      await away.stop();
    }
  });
});
