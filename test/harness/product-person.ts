import type { ProductProcess } from './product-process.js';

export interface Answer<T = Record<string, unknown>> {
  status: number;
  body: T;
  headers: Headers;
}

/** A signed-in person, over real HTTP. */
export interface Person {
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The body of an answer that must be a good one; throws with what was said instead. */
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body?: unknown, headers?: Record<string, string>): Promise<T>;
  put<T>(path: string, body: unknown, headers?: Record<string, string>): Promise<T>;
  /** Attaches a file; its id. */
  upload(name: string, content: Buffer): Promise<number>;
  bytes(path: string): Promise<Buffer>;
}

export async function signInTo(product: ProductProcess, username: string): Promise<Person> {
  const base = `${product.address}/api/v1`;
  const opened = await fetch(`${base}/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: product.password }),
  });
  const cookie = opened.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const { csrfToken } = (await opened.json()) as { csrfToken: string };
  const own = { cookie, 'x-csrf-token': csrfToken };

  const ask: Person['ask'] = async (method, path, body, headers = {}) => {
    const answer = await fetch(`${base}${path}`, {
      method,
      headers: { ...own, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: text ? (JSON.parse(text) as Record<string, unknown>) : {},
      headers: answer.headers,
    };
  };
  const good = async <T>(...[method, path, body, headers]: Parameters<Person['ask']>): Promise<T> => {
    const answer = await ask(method, path, body, headers);
    if (answer.status >= 300)
      throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body as T;
  };
  return {
    ask,
    get: (path) => good('GET', path),
    post: (path, body, headers) => good('POST', path, body, headers),
    put: (path, body, headers) => good('PUT', path, body, headers),
    upload: async (name, content) => {
      const form = new FormData();
      form.set('file', new Blob([new Uint8Array(content)]), name);
      const answer = await fetch(`${base}/files`, { method: 'POST', headers: own, body: form });
      const { id } = (await answer.json()) as { id?: number };
      if (id === undefined) throw new Error(`POST /files answered ${answer.status}`);
      return id;
    },
    bytes: async (path) => Buffer.from(await (await fetch(`${base}${path}`, { headers: own })).arrayBuffer()),
  };
}
