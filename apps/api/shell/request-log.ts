import { Logger } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ActingRequest } from './access.guard.js';

/** One line for each answered request. */
export interface RequestLine {
  requestId: string;
  method: string;
  /** The pattern of the address, `/api/v1/units/:code`: what stands in it and in the query may be personal. */
  route: string | null;
  status: number;
  /** Why it was refused; null where it was not. */
  code: string | null;
  durationMs: number;
  accountId: number | null;
  address: string;
}

/** Health is asked every few seconds; files are no acts. */
const UNLOGGED = /^\/(?!api\/)|^\/api\/v1\/health\//;

/** Logs who did what to which route, never bodies, queries, cookies or other headers. */
export function logRequests(app: NestFastifyApplication): void {
  const log = new Logger('http');
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onResponse', async (request: ActingRequest, reply) => {
      if (UNLOGGED.test(request.url)) return;
      const line: RequestLine = {
        requestId: request.id,
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        code: request.refusedAs ?? null,
        durationMs: Math.round(reply.elapsedTime),
        accountId: request.actor?.accountId ?? null,
        address: request.ip,
      };
      log.log(line);
    });
}
