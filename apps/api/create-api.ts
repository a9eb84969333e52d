import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyCookie from '@fastify/cookie';
import { type DynamicModule, type LoggerService, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '#libs/platform';
import { refuseBrokenRequest } from './shell/broken-request.js';
import { InputPipe } from './shell/input.pipe.js';
import { readJsonBodies } from './shell/json-body.js';
import { refuseOtherMethods } from './shell/other-methods.js';
import { openApiDocument } from './shell/openapi.js';
import { logRequests } from './shell/request-log.js';
import { LARGE_BODY_BYTES, limitRequests } from './shell/request-limits.js';
import { BARE_HEADERS, setSecurityHeaders } from './shell/security-headers.js';
import { sendProblem } from './shell/send-problem.js';
import { trustedProxies } from './shell/trusted-proxies.js';
import { acceptUploads, UPLOAD_LIMIT_MS } from './shell/uploads.js';
import { serveWebApp } from './shell/web-app.js';

/** Where the first step and the images put the built web application. */
const WEB_FOLDER = join(fileURLToPath(new URL('../..', import.meta.url)), 'web');

/** How often requests that take too long to arrive are looked for. */
const TIME_CHECK_MS = 1000;
/** Longer than a proxy in front keeps its own side open (nginx: 60 s), so that it never writes into a closing line. */
const KEEP_ALIVE_MS = 72_000;

/** Builds the HTTP application around a module that contains the api's; it does not listen yet. */
export async function createApi(
  module: Type | DynamicModule,
  logger: LoggerService | false,
): Promise<NestFastifyApplication> {
  let isTrustedProxy = (_address: string): boolean => false;
  const adapter = new FastifyAdapter({
    bodyLimit: LARGE_BODY_BYTES,
    requestTimeout: UPLOAD_LIMIT_MS,
    http: { connectionsCheckingInterval: TIME_CHECK_MS },
    keepAliveTimeout: KEEP_ALIVE_MS,
    genReqId: () => randomUUID(),
    forceCloseConnections: true,
    trustProxy: (address: string) => isTrustedProxy(address),
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      void sendProblem(request, reply.headers(BARE_HEADERS), error),
    clientErrorHandler: refuseBrokenRequest,
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger,
    abortOnError: false,
    forceCloseConnections: true,
    // JSON alone: the framework's form parser would let a plain HTML form reach the handlers.
    bodyParser: false,
  });
  const config = app.get<Config>(CONFIG);
  isTrustedProxy = trustedProxies(config.trustedProxies);
  readJsonBodies(app.getHttpAdapter().getInstance());
  await setSecurityHeaders(app, config);
  logRequests(app);
  limitRequests(app, config);
  refuseOtherMethods(app.getHttpAdapter().getInstance());
  await acceptUploads(app);
  app.setGlobalPrefix('api/v1');
  await app.register(fastifyCookie);
  app.useGlobalPipes(new InputPipe());
  const document = openApiDocument(app);
  SwaggerModule.setup('api/docs', app, document, {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
  });
  await serveWebApp(app, WEB_FOLDER);
  return app;
}
