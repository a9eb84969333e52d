import { answer } from './client';

/** An answer with the ETag that an edit of it has to name. */
export interface Tagged<T> {
  value: T;
  etag: string;
}

export async function tagged<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<Tagged<T>> {
  let etag = '';
  const value = await answer<T>(
    call.then((result) => {
      etag = result.response.headers.get('etag') ?? '';
      return result;
    }),
  );
  return { value, etag };
}
