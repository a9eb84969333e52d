import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Files whose names carry a hash of their content never change. */
const HASHED_ASSET = /\/assets\//;

/** Serves the built web application, and its page for every address that is a screen of it. */
export async function serveWebApp(app: NestFastifyApplication, folder: string): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return;
  const fastify = app.getHttpAdapter().getInstance();
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    // The library's own header would go over ours.
    cacheControl: false,
    setHeaders: (reply, path) => {
      reply.setHeader(
        'cache-control',
        HASHED_ASSET.test(path.replaceAll('\\', '/')) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  fastify.get('/*', (request: FastifyRequest, reply: FastifyReply) => {
    // What follows the question mark says nothing about the page: "?action=month.close" asks for no file.
    const [path = ''] = request.url.split('?');
    const isScreen = !/^\/+api\//i.test(path) && !/\.[a-z0-9]+$/i.test(path);
    if (!isScreen) return reply.callNotFound();
    return reply.sendFile('index.html');
  });
}
