import { requestContext } from './client';
import { Refusal, refusalFrom } from './refusal';

const HTTP_UNAUTHORISED = 401;

/**
 * Posts a form with a file, under the same headers and refusals as `client`. Not fetch: only XMLHttpRequest tells how
 * far an upload is. Aborting rejects with the signal's reason.
 */
export function sendForm<T>(
  path: string,
  form: FormData,
  { signal, onSent }: { signal: AbortSignal; onSent: (bytes: number, total: number) => void },
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.responseType = 'json';
    request.setRequestHeader('Accept-Language', requestContext.language);
    if (requestContext.csrfToken !== null) request.setRequestHeader('X-CSRF-Token', requestContext.csrfToken);
    request.upload.addEventListener('progress', ({ loaded, total }) => onSent(loaded, total));
    request.addEventListener('error', () => reject(new Refusal(0, 'unreachable', null, null)));
    request.addEventListener('abort', () => reject(signal.reason as Error));
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) return resolve(request.response as T);
      if (request.status === HTTP_UNAUTHORISED) requestContext.onSignedOut();
      reject(refusalFrom(request.status, request.response));
    });
    signal.addEventListener('abort', () => request.abort());
    request.send(form);
  });
}
