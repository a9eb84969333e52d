import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Language as Spoken } from './error-words/index.js';
import { languageOf } from './problem.filter.js';

/** The language that the caller reads, in a handler's parameters. */
export const Language = createParamDecorator((_: unknown, context: ExecutionContext): Spoken =>
  languageOf(context.switchToHttp().getRequest<FastifyRequest>().headers['accept-language']),
);
