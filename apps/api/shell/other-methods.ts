import type { FastifyInstance, HTTPMethods } from 'fastify';
import { refusal } from './refusal.js';
import { sendProblem } from './send-problem.js';

const METHODS: HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** An address of the API that takes other kinds of requests answers 405 and says which, not "not found". */
export function refuseOtherMethods(fastify: FastifyInstance): void {
  const methodsOf = new Map<string, Set<string>>();
  fastify.addHook('onRoute', ({ url, method }) => {
    if (!url.startsWith('/api/v1/')) return;
    const known = methodsOf.get(url) ?? new Set();
    for (const each of [method].flat()) known.add(each);
    methodsOf.set(url, known);
  });
  const allowedAt = (path: string): Set<string> | undefined =>
    [...methodsOf].find(([url]) => addressPattern(url).test(path))?.[1];
  fastify.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return;
    const allowed = allowedAt(request.url.split('?')[0] ?? '');
    if (!allowed || !METHODS.includes(request.method as HTTPMethods)) return;
    void reply.header('allow', [...allowed].join(', '));
    await sendProblem(request, reply, refusal('method-not-allowed'));
  });
}

/** `/api/v1/units/:code` as a pattern of whole addresses. */
function addressPattern(url: string): RegExp {
  const escaped = url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[^/]+/g, '[^/]+');
  return new RegExp(`^${escaped}$`);
}
