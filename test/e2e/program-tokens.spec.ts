import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addToken } from '#libs/access';
import { systemActor } from '#libs/kernel';
import { freshDatabase, type FreshDatabase } from '../harness/fresh-database.js';
import { runApi, type Caller, type RunningApi } from '../harness/running-api.js';
import { smallOffice } from '../harness/small-office.js';

interface Token {
  id: number;
  name: string;
  prefix: string;
  permissions: string[];
  lastUsedAt: string | null;
  state: string;
  revokedBy: string | null;
}

describe('program tokens', () => {
  let database: FreshDatabase;
  let api: RunningApi;
  let admin: Caller;
  let staff: Caller;

  const make = async (
    permissions: string[],
    { owner = staff, days = 30 }: { owner?: Caller; days?: number } = {},
  ): Promise<{ id: number; secret: string }> =>
    (await owner.post('/tokens', { name: 'Đồng bộ Kho bạc', permissions, days }).expect(201)).body as {
      id: number;
      secret: string;
    };
  const withToken = (secret: string, method: 'get' | 'post', path: string, body?: object): ReturnType<Caller['get']> =>
    (method === 'get' ? api.anonymous.get(path) : api.anonymous.post(path, body ?? {})).set(
      'authorization',
      `Bearer ${secret}`,
    );
  const listed = async (owner: Caller): Promise<Token[]> =>
    ((await owner.get('/tokens').expect(200)).body as { items: Token[] }).items;
  const codeOf = (body: unknown): string => (body as { code: string }).code;

  beforeAll(async () => {
    database = await freshDatabase();
    api = await runApi(database.url);
    await smallOffice(api.db);
    admin = await api.signIn('admin');
    staff = await api.signIn('staff');
  });
  afterAll(async () => {
    await api?.stop();
    await database?.drop();
  });

  it('one is shown once, recognised by its beginning, and kept as a hash', async () => {
    const { id, secret } = await make(['books.read']);
    expect(secret).toMatch(/^tkn_[A-Za-z0-9_-]{43}$/);
    const found = (await listed(staff)).find((token) => token.id === id);
    expect(found).toMatchObject({
      prefix: secret.slice(0, 10),
      permissions: ['books.read'],
      lastUsedAt: null,
      state: 'works',
    });
    const [kept] = await api.db.query<{ all: string }[]>(
      `SELECT concat((SELECT json_agg(t) FROM api_token AS t), (SELECT json_agg(e) FROM audit_event AS e)) AS all`,
    );
    expect(kept?.all).not.toContain(secret);
  });

  it('may what it carries, and no more than that', async () => {
    const { secret } = await make(['books.read']);
    await withToken(secret, 'get', '/units').expect(200);
    expect((await withToken(secret, 'get', '/sessions/current')).body).toMatchObject({
      username: 'staff',
      permissions: ['books.read'],
    });
    // Its owner may both.
    await withToken(secret, 'post', '/disbursements').expect(403);
    await withToken(secret, 'get', '/overviews/2024-01').expect(403);
    const { secret: wider } = await make(['books.read', 'disbursements.record']);
    await withToken(wider, 'post', '/disbursements').expect(400);
  });

  it('has the rows of its owner: a reporter’s sees A', async () => {
    const { secret } = await make(['books.read'], { owner: await api.signIn('reporter') });
    expect((await withToken(secret, 'get', '/units')).body).toMatchObject({ total: 1 });
  });

  it.each([
    ['what the owner may not', ['months.close'], 'token-permission-not-own'],
    ['the owner’s own affairs', ['self.manage'], 'token-permission-not-own'],
    ['what does not exist', ['everything'], 'invalid-input'],
    ['nothing', [], 'invalid-input'],
  ])('carries never %s', async (_, permissions, code) => {
    expect(codeOf((await staff.post('/tokens', { name: 'x', permissions, days: 1 })).body)).toBe(code);
  });

  it('carries no administration of accounts, not even an administrator’s', async () => {
    for (const permission of ['accounts.read', 'accounts.manage', 'accounts.confirm'])
      expect(codeOf((await admin.post('/tokens', { name: 'x', permissions: [permission], days: 1 })).body)).toBe(
        'token-permission-not-own',
      );
    await expect(
      api.db.query(
        `INSERT INTO api_token (secret_hash, name, account_id, permissions, created_at, expires_at)
         SELECT 'x', 'x', id, '{books.read,accounts.manage}', now(), now() FROM account WHERE username = 'admin'`,
      ),
    ).rejects.toThrow('api_token_permissions_check');
  });

  it.each([0, 367, 1.5, undefined])('works 1 to 366 days, not %s', async (days) => {
    const answer = await staff.post('/tokens', { name: 'x', permissions: ['books.read'], days });
    expect(codeOf(answer.body)).toBe('invalid-input');
  });

  it('makes no token, reads no list of them, and touches no account', async () => {
    const { secret } = await addToken(api.db, systemActor('command-line'), { username: 'admin', name: 'p', days: 1 });
    await withToken(secret, 'post', '/tokens', { name: 'x', permissions: ['books.read'], days: 1 }).expect(403);
    await withToken(secret, 'get', '/tokens').expect(403);
    await withToken(secret, 'get', '/accounts').expect(403);
    await withToken(secret, 'post', '/accounts').expect(403);
  });

  it('is what its owner is today: after another role only what both allow', async () => {
    const approver2 = await api.signIn('approver2');
    const { secret } = await make(['books.read', 'months.close'], { owner: approver2 });
    await withToken(secret, 'post', '/months/2099-01/close').expect(404);
    const [found] = ((await admin.get('/accounts?search=approver2')).body as { items: { id: number }[] }).items;
    const asked = await admin.put(`/accounts/${found?.id}/access`, { role: 'leader' }).expect(200);
    const approver = await api.signIn('approver');
    await approver
      .post(`/account-requests/${(asked.body as { request: { id: number } }).request.id}/confirmation`)
      .expect(200);
    await withToken(secret, 'post', '/months/2099-01/close').expect(403);
    expect((await withToken(secret, 'get', '/sessions/current')).body).toMatchObject({
      role: 'leader',
      permissions: ['books.read'],
    });
  });

  it('says when it was used, at most once a minute', async () => {
    const { id, secret } = await make(['books.read']);
    const used = async (): Promise<number | undefined> => {
      await withToken(secret, 'get', '/units').expect(200);
      const text = (await listed(staff)).find((token) => token.id === id)?.lastUsedAt;
      return text ? Date.parse(text) : undefined;
    };
    const first = await used();
    expect(Date.now() - (first ?? 0)).toBeLessThan(60_000);
    await api.db.query("UPDATE api_token SET last_used_at = last_used_at - interval '30 seconds' WHERE id = $1", [id]);
    expect(await used()).toBe((first ?? 0) - 30_000);
    await api.db.query("UPDATE api_token SET last_used_at = last_used_at - interval '30 seconds' WHERE id = $1", [id]);
    expect(await used()).toBeGreaterThanOrEqual(first ?? 0);
  });

  it('is revoked by its owner or an administrator, and by nobody else', async () => {
    const [mine, theirs] = [await make(['books.read']), await make(['books.read'])];
    const clerk = await api.signIn('clerk');
    expect(codeOf((await clerk.delete(`/tokens/${mine.id}`).expect(404)).body)).toBe('token-unknown');
    await withToken(mine.secret, 'get', '/units').expect(200);
    await staff.delete(`/tokens/${mine.id}`).expect(204);
    await withToken(mine.secret, 'get', '/units').expect(401);
    const [owner] = ((await admin.get('/accounts?search=staff')).body as { items: { id: number }[] }).items;
    await admin.delete(`/accounts/${owner?.id}/tokens/${theirs.id}`).expect(204);
    await withToken(theirs.secret, 'get', '/units').expect(401);
    const ended = (await listed(staff)).filter(({ id }) => [mine.id, theirs.id].includes(id));
    expect(ended.map(({ state, revokedBy }) => [state, revokedBy])).toEqual([
      ['revoked', 'admin'],
      ['revoked', 'staff'],
    ]);
  });

  it('cannot be given to another, widened, prolonged or revived, even in the database', async () => {
    const { id } = await make(['books.read']);
    for (const change of [
      "account_id = (SELECT id FROM account WHERE username = 'admin')",
      "permissions = '{books.read,months.close}'",
      "expires_at = expires_at + interval '1 hour'",
    ])
      await expect(api.db.query(`UPDATE api_token SET ${change} WHERE id = $1`, [id])).rejects.toMatchObject({
        driverError: { code: 'PT051', constraint: 'token_fixed' },
      });
    await staff.delete(`/tokens/${id}`).expect(204);
    await expect(api.db.query('UPDATE api_token SET revoked_at = NULL WHERE id = $1', [id])).rejects.toMatchObject({
      driverError: { constraint: 'token_fixed' },
    });
  });

  it('twenty work at a time, no more', async () => {
    const auditor = await api.signIn('auditor');
    for (let i = 0; i < 20; i++) await make(['books.read'], { owner: auditor });
    const answer = await auditor.post('/tokens', { name: 'x', permissions: ['books.read'], days: 1 }).expect(409);
    expect(codeOf(answer.body)).toBe('token-too-many');
  });
});
