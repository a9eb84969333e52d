import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { DataSource } from 'typeorm';
import { ConfigModule, readConfig } from '#libs/platform';
import { ApiModule } from '../../apps/api/api.module.js';
import { createApi } from '../../apps/api/create-api.js';
import { codeAt } from '#libs/access';
import { TEST_SECRET_KEY } from './secret-key.js';
import { PASSWORD } from './small-office.js';
import { WITHOUT_RATE_LIMITS } from './without-rate-limits.js';

@Module({})
class ApiUnderTest {}

/** A signed-in browser: its cookie and CSRF token go with every request. */
export interface Caller {
  get(path: string): supertest.Test;
  post(path: string, body?: unknown): supertest.Test;
  put(path: string, body: unknown): supertest.Test;
  patch(path: string, body: unknown): supertest.Test;
  delete(path: string): supertest.Test;
  /** Sends a file as a form does, with the text fields before it. */
  upload(
    path: string,
    file: { name: string; content: string | Buffer },
    fields?: Record<string, string>,
  ): supertest.Test;
}

export interface RunningApi {
  app: NestFastifyApplication;
  db: DataSource;
  /** Nobody is signed in. */
  anonymous: Caller;
  signIn(username: string, password?: string): Promise<Caller>;
  stop(): Promise<void>;
}

/** The authenticator apps of this suite: the secret of each account that set one up. */
const telephones = new Map<string, string>();

interface Opened {
  cookie: string;
  csrfToken: string;
  secondFactor: 'none' | 'required' | 'setup-required' | undefined;
}

function openedBy({ headers, body }: supertest.Response): Opened {
  const { csrfToken, secondFactor, session } = body as Opened & { session?: { csrfToken: string } };
  const cookie = String(headers['set-cookie']).split(';')[0] as string;
  return { cookie, csrfToken: csrfToken ?? session?.csrfToken ?? '', secondFactor };
}

function headersOf({ cookie, csrfToken }: Opened): Record<string, string> {
  return { cookie, 'x-csrf-token': csrfToken };
}

/** The real HTTP application on a database of the suite's own, without a worker. `env` goes over the test's settings. */
export async function runApi(databaseUrl: string, env: Record<string, string> = {}): Promise<RunningApi> {
  const config = readConfig(
    {
      DATABASE_URL: databaseUrl,
      DATABASE_POOL: '5',
      NODE_ENV: 'test',
      SECRET_KEY: TEST_SECRET_KEY,
      ...WITHOUT_RATE_LIMITS,
      ...env,
    },
    () => '',
  );
  const app = await createApi({ module: ApiUnderTest, imports: [ConfigModule.of(config), ApiModule] }, false);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  const server = app.getHttpServer();
  const caller = (headers: Record<string, string>): Caller => {
    const on = (method: 'get' | 'post' | 'put' | 'patch' | 'delete') => (path: string, body?: unknown) => {
      const request = supertest(server)[method](`/api/v1${path}`).set(headers);
      return body === undefined ? request : request.send(body as object);
    };
    const upload: Caller['upload'] = (path, { name, content }, fields = {}) =>
      supertest(server)
        .post(`/api/v1${path}`)
        .set(headers)
        .field(fields)
        .attach('file', Buffer.from(content), { filename: name });
    return { upload, get: on('get'), post: on('post'), put: on('put'), patch: on('patch'), delete: on('delete') };
  };
  const anonymous = caller({});
  const db = app.get(DataSource);
  return {
    app,
    db,
    anonymous,
    signIn: async (username, password = PASSWORD) => {
      const first = openedBy(await anonymous.post('/sessions', { username, password }).expect(201));
      const pending = caller(headersOf(first));
      const known = `${databaseUrl} ${username}`;
      if (first.secondFactor === 'setup-required') {
        const { body } = await pending.post('/sessions/current/second-factor/offer').expect(201);
        const { secret } = body as { secret: string };
        telephones.set(known, secret);
        const code = codeAt(secret, new Date());
        return caller(
          headersOf(openedBy(await pending.post('/sessions/current/second-factor/setup', { code }).expect(201))),
        );
      }
      if (first.secondFactor === 'none') return pending;
      // A code counts once, and tests sign in more often than twice a minute.
      await db.query('UPDATE second_factor SET last_step = 0');
      const code = codeAt(telephones.get(known) as string, new Date());
      return caller(headersOf(openedBy(await pending.post('/sessions/current/second-factor', { code }).expect(201))));
    },
    stop: () => app.close(),
  };
}
