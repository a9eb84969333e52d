import type { FastifyInstance } from 'fastify';
import { refusal } from './refusal.js';

/** The deepest body of ours has four levels. Without a limit a small body of brackets exhausts the stack of a walker. */
export const DEEPEST_JSON = 20;

const [QUOTE, BACKSLASH, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [...'"\\[]{}'].map((letter) =>
  letter.charCodeAt(0),
) as [number, number, number, number, number, number];

/** Reads JSON bodies and no others: not too deep, without keys that would change an object's prototype. */
export function readJsonBodies(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = body as Buffer;
    if (depthOf(bytes) > DEEPEST_JSON) {
      done(refusal('body-too-deep', { levels: DEEPEST_JSON }));
      return;
    }
    void parse(request, bytes.toString('utf8'), done);
  });
}

/** How deep lists and objects nest. The marks are ASCII, so bytes of a longer UTF-8 letter are never taken for them. */
export function depthOf(json: Uint8Array): number {
  let depth = 0;
  let deepest = 0;
  let isText = false;
  for (let i = 0; i < json.length; i++) {
    const byte = json[i];
    if (isText) {
      if (byte === BACKSLASH) i++;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if (byte === OPEN_LIST || byte === OPEN_OBJECT) deepest = Math.max(deepest, ++depth);
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--;
  }
  return deepest;
}
