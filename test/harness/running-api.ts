import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { DataSource } from 'typeorm';
import { ConfigModule, readConfig } from '#libs/platform';
import { ApiModule } from '../../apps/api/api.module.js';
import { createApi } from '../../apps/api/create-api.js';
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

/** The real HTTP application on a database of the suite's own, without a worker. `env` goes over the test's settings. */
export async function runApi(databaseUrl: string, env: Record<string, string> = {}): Promise<RunningApi> {
  const config = readConfig(
    { DATABASE_URL: databaseUrl, DATABASE_POOL: '5', NODE_ENV: 'test', ...WITHOUT_RATE_LIMITS, ...env },
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
  return {
    app,
    db: app.get(DataSource),
    anonymous,
    signIn: async (username, password = PASSWORD) => {
      const answer = await anonymous.post('/sessions', { username, password }).expect(201);
      const cookie = String(answer.headers['set-cookie']).split(';')[0] as string;
      return caller({ cookie, 'x-csrf-token': (answer.body as { csrfToken: string }).csrfToken });
    },
    stop: () => app.close(),
  };
}
