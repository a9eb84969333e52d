import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import { type DynamicModule, type LoggerService, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { InputPipe } from './shell/input.pipe.js';
import { refuseOtherMethods } from './shell/other-methods.js';
import { BODY_LIMIT_MEBIBYTES } from './shell/problem.filter.js';
import { openApiDocument } from './shell/openapi.js';
import { acceptUploads, UPLOAD_LIMIT_MS } from './shell/uploads.js';
import { serveWebApp } from './shell/web-app.js';

/** Where the first step and the images put the built web application. */
const WEB_FOLDER = join(fileURLToPath(new URL('../..', import.meta.url)), 'web');

/** Builds the HTTP application around a module that contains the api's; it does not listen yet. */
export async function createApi(
  module: Type | DynamicModule,
  logger: LoggerService | false,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_MEBIBYTES * 1024 * 1024,
    requestTimeout: UPLOAD_LIMIT_MS,
    http: { headersTimeout: 30_000 },
    genReqId: () => randomUUID(),
    forceCloseConnections: true,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger,
    abortOnError: false,
    forceCloseConnections: true,
    // JSON alone: the framework's form parser would let a plain HTML form reach the handlers.
    bodyParser: false,
  });
  app.useBodyParser('application/json');
  app.getHttpAdapter().getInstance().removeContentTypeParser('text/plain');
  refuseOtherMethods(app.getHttpAdapter().getInstance());
  await acceptUploads(app);
  app.setGlobalPrefix('api/v1');
  await app.register(fastifyCookie);
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        baseUri: ["'self'"],
        // Offices try the program over plain HTTP first; a TLS proxy in front sets the upgrade itself.
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: false,
  });
  app.useGlobalPipes(new InputPipe());
  const document = openApiDocument(app);
  SwaggerModule.setup('api/docs', app, document, {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
  });
  await serveWebApp(app, WEB_FOLDER);
  return app;
}
