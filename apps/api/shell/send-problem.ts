import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ActingRequest } from './access.guard.js';
import { languageOf, problemOf } from './problem.filter.js';

/** Answers a refusal where no handler runs: in a hook, for an address or a body that the HTTP library turns down. */
export async function sendProblem(request: FastifyRequest, reply: FastifyReply, error: unknown): Promise<void> {
  const language = languageOf(request.headers['accept-language']);
  const problem = problemOf(error, language, request.id, request.routeOptions?.bodyLimit);
  (request as ActingRequest).refusedAs = problem.code;
  await reply
    .status(problem.status)
    .headers({ 'content-type': 'application/problem+json; charset=utf-8', 'content-language': language })
    .send(JSON.stringify(problem));
}
