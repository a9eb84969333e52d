import supertest from 'supertest';
import type { RunningApi } from './running-api.js';

/** A browser seen from below: whatever cookie it was given, it sends, with the CSRF token of the last answer that had one. */
export class Browsing {
  cookie = '';
  csrf = '';
  setCookie = '';

  constructor(
    private readonly api: RunningApi,
    private readonly headers: Record<string, string> = {},
  ) {}

  async send(method: 'get' | 'post' | 'put' | 'delete', path: string, body?: unknown): Promise<supertest.Response> {
    const request = supertest(this.api.app.getHttpServer())
      [method](`/api/v1${path}`)
      .set({ ...this.headers, ...(this.cookie ? { cookie: this.cookie } : {}), 'x-csrf-token': this.csrf });
    const answer = await (body === undefined ? request : request.send(body as object));
    const set = answer.headers['set-cookie'] as unknown as string[] | undefined;
    if (set) {
      this.setCookie = String(set);
      this.cookie = this.setCookie.split(';')[0] as string;
    }
    const { csrfToken, session } = answer.body as { csrfToken?: string; session?: { csrfToken: string } | null };
    this.csrf = session?.csrfToken ?? csrfToken ?? this.csrf;
    return answer;
  }

  get(path: string): Promise<supertest.Response> {
    return this.send('get', path);
  }

  post(path: string, body: unknown = {}): Promise<supertest.Response> {
    return this.send('post', path, body);
  }

  put(path: string, body: unknown): Promise<supertest.Response> {
    return this.send('put', path, body);
  }
}

export const codeOf = ({ status, body }: supertest.Response): string =>
  `${status} ${(body as { code?: string } | undefined)?.code ?? ''}`.trim();
