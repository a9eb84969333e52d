import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { addToken } from '#libs/access';
import { systemActor } from '#libs/kernel';
import { startApi, type ApiProcess } from '../harness/api-process.js';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { smallOffice } from '../harness/small-office.js';

const WITH_PROCESSES_MS = 120_000;

export interface Store {
  /** Redis, or undefined for PostgreSQL. */
  freshUrl(): Promise<string | undefined>;
  /** The counts are away and stay away. */
  lose(db: DataSource): Promise<void>;
  stop(): Promise<void>;
}

/** Two api processes count together; each limit is small here, its window long enough for the test. */
export function rateLimits(openStore: () => Promise<Store>): void {
  let store: Store;
  let database: FreshDatabase;
  let db: DataSource;
  let apis: ApiProcess[];
  const secrets: Record<string, string> = {};

  beforeAll(async () => {
    store = await openStore();
    database = await freshDatabase();
    db = await openBooks(database.url);
    await smallOffice(db);
    for (const username of ['staff', 'leader', 'auditor'])
      secrets[username] = (await addToken(db, systemActor('command-line'), { username, name: 'p', days: 1 })).secret;
    const env = {
      REDIS_URL: (await store.freshUrl()) ?? '',
      RATE_LIMIT_ADDRESS: '10',
      RATE_LIMIT_SIGN_IN: '4',
      RATE_LIMIT_ACCOUNT: '12',
      RATE_LIMIT_UPLOADS: '3',
      TRUSTED_PROXIES: '127.0.0.1',
    };
    apis = await Promise.all([startApi(database.url, env), startApi(database.url, env)]);
  }, WITH_PROCESSES_MS);
  afterAll(async () => {
    for (const api of apis ?? []) await api.kill();
    await db?.destroy();
    await database?.drop();
    await store?.stop();
  });

  /** Asks so often, by turns at both processes; the statuses in order and the last answer. */
  async function ask(times: number, path: string, init: RequestInit = {}): Promise<[number[], Response]> {
    const statuses: number[] = [];
    let last: Response | undefined;
    for (let i = 0; i < times; i++) {
      last = await fetch(`${(apis[i % apis.length] as ApiProcess).address}${path}`, init);
      statuses.push(last.status);
    }
    return [statuses, last as Response];
  }
  const times = (n: number, status: number): number[] => Array<number>(n).fill(status);
  const from = (address: string): RequestInit => ({ headers: { 'x-forwarded-for': address } });
  const as = (username: string, address = '198.51.100.1'): RequestInit => ({
    headers: { authorization: `Bearer ${secrets[username]}`, 'x-forwarded-for': address },
  });

  it('who is not signed in is counted by address, over both processes; the refusal says how long to wait', async () => {
    const [statuses, last] = await ask(12, '/instance', from('203.0.113.1'));
    expect(statuses).toEqual([...times(10, 200), 429, 429]);
    const seconds = Number(last.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(last.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(await last.json()).toMatchObject({
      code: 'too-many-requests',
      status: 429,
      detail: `Quá nhiều yêu cầu trong thời gian ngắn. Hãy thử lại sau ${seconds} giây.`,
    });
    // Another address is not held up by it.
    expect((await ask(1, '/instance', from('203.0.113.2')))[0]).toEqual([200]);
  });

  it('made-up credentials are counted by address too', async () => {
    const init = { headers: { authorization: `Bearer ${'A'.repeat(43)}`, 'x-forwarded-for': '203.0.113.3' } };
    expect((await ask(12, '/units', init))[0]).toEqual([...times(10, 401), 429, 429]);
  });

  it('an IPv6 network counts as one address', async () => {
    const [statuses] = await ask(10, '/instance', from('2001:db8:1:2::1'));
    expect(statuses).toEqual(times(10, 200));
    expect((await ask(1, '/instance', from('2001:db8:1:2:ffff::9')))[0]).toEqual([429]);
    expect((await ask(1, '/instance', from('2001:db8:1:3::1')))[0]).toEqual([200]);
  });

  it('who is signed in is counted by account, whatever the address, and not held up by neighbours', async () => {
    await ask(11, '/instance', from('198.51.100.9'));
    expect((await ask(12, '/units', as('leader', '198.51.100.9')))[0]).toEqual(times(12, 200));
    expect((await ask(2, '/units', as('leader', '198.51.100.10')))[0]).toEqual([429, 429]);
    expect((await ask(1, '/units', as('auditor', '198.51.100.9')))[0]).toEqual([200]);
  });

  it('signing in has a tighter limit of its own', async () => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': '203.0.113.4' },
      body: JSON.stringify({ username: 'nobody', password: 'sai-mat-khau-2024' }),
    };
    const [statuses, last] = await ask(6, '/sessions', init);
    expect(statuses).toEqual([...times(4, 401), 429, 429]);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(60);
    expect((await ask(1, '/instance', from('203.0.113.4')))[0]).toEqual([200]);
  });

  it('files have a tighter limit of their own', async () => {
    const { headers } = as('staff');
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) {
      const form = new FormData();
      form.set('file', new Blob([`plan_year\n${i}\n`]), 'a.csv');
      statuses.push(...(await ask(1, '/imports?kind=disbursements', { method: 'POST', headers, body: form }))[0]);
    }
    expect(statuses).toEqual([...times(3, 202), 429, 429]);
  });

  it('health is not counted', async () => {
    expect((await ask(30, '/health/live', from('203.0.113.5')))[0]).toEqual(times(30, 200));
  });

  it('while the store is away each process counts for itself: nobody is locked out, nobody is let off', async () => {
    await store.lose(db);
    const [statuses] = await ask(24, '/instance', from('203.0.113.6'));
    expect(statuses.slice(0, 20)).toEqual(times(20, 200));
    expect(statuses.slice(20)).toEqual(times(4, 429));
  });
}
