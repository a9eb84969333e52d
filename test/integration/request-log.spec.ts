import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { addToken } from '#libs/access';
import { systemActor } from '#libs/kernel';
import { startApi, type ApiProcess } from '../harness/api-process.js';
import { freshDatabase, openBooks, type FreshDatabase } from '../harness/fresh-database.js';
import { PASSWORD, smallOffice } from '../harness/small-office.js';
import { until } from '../harness/worker-process.js';

const LINE_KEYS = ['accountId', 'address', 'code', 'durationMs', 'method', 'requestId', 'route', 'status'];

/** The api as in production: whatever it is sent and whatever goes wrong, its output tells no secret. */
describe('what the api prints in production', () => {
  let folder: string;
  let database: FreshDatabase;
  let db: DataSource;
  let api: ApiProcess;
  const secrets: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tracker-secrets-'));
    database = await freshDatabase();
    db = await openBooks(database.url);
    await smallOffice(db);
    const file = join(folder, 'database_url');
    await writeFile(file, `${database.url}\n`);
    await chmod(file, 0o644);
    api = await startApi('', {
      NODE_ENV: 'production',
      DATABASE_URL_FILE: file,
      INITIAL_ADMIN_PASSWORD: 'bi-mat-dau-tien-2024',
    });
    secrets.push(new URL(database.url).password, 'bi-mat-dau-tien-2024', PASSWORD);
  }, 120_000);
  afterAll(async () => {
    await api?.kill();
    await db?.destroy();
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  });

  interface Line {
    level: string;
    context: string;
    message: Record<string, unknown>;
  }
  const lines = (): Line[] =>
    api
      .printed()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Line)
      .filter(({ context }) => context === 'http');

  it('is a line of JSON for each request, without bodies, queries, cookies, passwords or secrets', async () => {
    const json = { 'content-type': 'application/json' };
    const post = (body: unknown, headers = {}): Promise<Response> =>
      fetch(`${api.address}/sessions`, {
        method: 'POST',
        headers: { ...json, ...headers },
        body: JSON.stringify(body),
      });
    const opened = await post({ username: 'staff', password: PASSWORD });
    const cookie = (opened.headers.get('set-cookie') ?? '').split(';')[0] as string;
    const { csrfToken } = (await opened.json()) as { csrfToken: string };
    await post({ username: 'staff', password: 'sai-mat-khau-2024' });
    await post({ username: 'staff', password: { nested: 'sai-mat-khau-2024' } });
    const { secret } = await addToken(db, systemActor('command-line'), { username: 'leader', name: 'p', days: 1 });
    await fetch(`${api.address}/units/BI-MAT?search=Nguyen%20Van%20A`, {
      headers: { authorization: `Bearer ${secret}` },
    });
    await fetch(`${api.address}/units?search=Nguyen%20Van%20A`, { headers: { cookie } });
    // A fault of the program itself prints its stack: a table that is gone is one.
    await db.query('ALTER TABLE funding_source RENAME TO gone');
    const failed = await fetch(`${api.address}/funding-sources`, { headers: { cookie } });
    await db.query('ALTER TABLE gone RENAME TO funding_source');
    const told = await failed.text();
    expect(failed.status).toBe(500);
    expect(told).not.toMatch(/funding_source|relation|SELECT|\.js/);
    secrets.push(cookie.slice('session='.length), csrfToken, secret, 'sai-mat-khau-2024', 'BI-MAT', 'Nguyen');

    await until('six lines', () => Promise.resolve(lines().length >= 6));
    expect(
      lines().map(({ message }) => [message['method'], message['route'], message['status'], message['code']]),
    ).toEqual([
      ['POST', '/api/v1/sessions', 201, null],
      ['POST', '/api/v1/sessions', 401, 'sign-in-refused'],
      ['POST', '/api/v1/sessions', 400, 'invalid-input'],
      ['GET', '/api/v1/units/:code', 404, 'unit-unknown'],
      ['GET', '/api/v1/units', 400, 'invalid-input'],
      ['GET', '/api/v1/funding-sources', 500, 'internal'],
    ]);
    for (const { message } of lines()) expect(Object.keys(message).sort()).toEqual(LINE_KEYS);
    const [{ id }]: [{ id: number }] = await db.query("SELECT id FROM account WHERE username = 'leader'");
    expect(lines()[3]?.message['accountId']).toBe(id);
    expect(api.printed()).toContain((JSON.parse(told) as { requestId: string }).requestId);

    expect(secrets.every((each) => each.length > 5)).toBe(true);
    expect(secrets.filter((each) => api.printed().includes(each))).toEqual([]);
  });

  it('warns of a file of secrets that everybody on the machine can read', () => {
    expect(api.printed()).toContain('database_url can be read by every user of this machine: chmod 600.');
  });
});
