import type { Server } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '#libs/platform';
import { refuseBrokenRequest } from './broken-request.js';
import { refusal } from './refusal.js';
import { sendProblem } from './send-problem.js';
import { UPLOADS } from './uploads.js';

/** A list of a thousand entries with reasons, the largest JSON there is. */
export const LARGE_BODY_BYTES = 4 * 1024 * 1024;
/** Everything else: a year's calendar, the largest of these, has some 60 kB. */
export const SMALL_BODY_BYTES = 128 * 1024;
/** What is not a list of rows: a password, a note. */
const LARGE_BODIES =
  /^\/api\/v1\/(disbursements|grid\/cells|allocation-decisions|treasury-statements|reorganisations(\/preview)?|months\/:month\/close|inspections\/:id\/visits)$/;

/** Longest address of a request, its query included, in characters. */
export const LONGEST_ADDRESS = 4096;
/** Most parameters of a query: the lists have ten at most. */
export const MOST_PARAMETERS = 40;

/** Limits on the size and the time of every request. */
export function limitRequests(app: NestFastifyApplication, config: Pick<Config, 'requestSeconds'>): void {
  const fastify = app.getHttpAdapter().getInstance();
  const limitMs = config.requestSeconds * 1000;
  const server = app.getHttpServer() as Server;
  server.headersTimeout = limitMs;
  server.on('checkExpectation', ({ socket }) => refuseBrokenRequest(new Error('unknown expectation'), socket));
  fastify.addHook('onRoute', (route) => {
    if (UPLOADS.test(route.url)) return;
    route.bodyLimit = LARGE_BODIES.test(route.url) ? LARGE_BODY_BYTES : SMALL_BODY_BYTES;
  });
  fastify.addHook('onRequest', async (request, reply) => {
    if (request.url.length > LONGEST_ADDRESS)
      await sendProblem(request, reply, refusal('address-too-long', { characters: LONGEST_ADDRESS }));
    else if (request.url.split('&').length > MOST_PARAMETERS)
      await sendProblem(request, reply, refusal('parameters-too-many', { most: MOST_PARAMETERS }));
    else watchArrival(request, reply, limitMs);
  });
}

/** A body that trickles in holds a connection and memory: after the limit the connection ends. */
function watchArrival({ raw, url }: FastifyRequest, reply: FastifyReply, limitMs: number): void {
  if (raw.complete || UPLOADS.test(url) || !hasBody(raw.headers)) return;
  const timer = setTimeout(() => {
    // An answer under way (a refusal before the body was read) is not written into.
    if (raw.complete || reply.raw.headersSent) return;
    refuseBrokenRequest(Object.assign(new Error('slow body'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), raw.socket);
  }, limitMs);
  timer.unref();
  raw.once('close', () => clearTimeout(timer));
}

function hasBody(headers: FastifyRequest['raw']['headers']): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
