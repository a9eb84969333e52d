import createClient, { type Middleware } from 'openapi-fetch';
import { Refusal, refusalFrom } from './refusal';
import type { paths } from './schema.gen';

/** What every request needs to know and no screen should pass along. */
interface RequestContext {
  /** From GET /sessions/current, held in memory only: the cookie alone must not be enough to change anything. */
  csrfToken: string | null;
  language: string;
  onSignedOut: () => void;
}

export const requestContext: RequestContext = { csrfToken: null, language: 'vi', onSignedOut: () => undefined };

const SAFE_METHODS = new Set(['GET', 'HEAD']);

const headers: Middleware = {
  onRequest({ request }) {
    request.headers.set('Accept-Language', requestContext.language);
    if (!SAFE_METHODS.has(request.method) && requestContext.csrfToken !== null) {
      request.headers.set('X-CSRF-Token', requestContext.csrfToken);
    }
    return request;
  },
};

export const client = createClient<paths>({ credentials: 'same-origin' });
client.use(headers);

/** Turns openapi-fetch's pair of data and error into a value or a thrown Refusal, and notices an ended session. */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call.catch(() => {
    throw new Refusal(0, 'unreachable', null, null);
  });
  if (response.ok) return data as T;
  const isSessionCall = /\/api\/v1\/(sessions|links)/.test(response.url);
  if (response.status === 401 && !isSessionCall) requestContext.onSignedOut();
  throw refusalFrom(response.status, error);
}

/**
 * A version 4 UUID for Idempotency-Key. Not crypto.randomUUID: that exists only on https and localhost,
 * and offices open the program by its address in the local network.
 */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
