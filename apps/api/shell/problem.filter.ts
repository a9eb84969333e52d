import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { DomainError, sqlState, type FieldProblem } from '#libs/kernel';
import type { ActingRequest } from './access.guard.js';
import { ERROR_WORDS, type ErrorCode, type Language } from './error-words/index.js';
import { fieldAnswers, type FieldAnswer } from './field-words.js';
import { ProblemDto } from './problem.dto.js';

/** What the validation pipe throws: the tree of wrong fields, put into words here. */
export class InvalidInput extends Error {
  constructor(readonly errors: ValidationError[]) {
    super('invalid input');
  }
}

/** Answers every error as `application/problem+json` (RFC 9457) in the user's language. A 500 never leaks. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger(ProblemFilter.name);

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<ActingRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const language = languageOf(request.headers['accept-language']);
    const problem = problemOf(error, language, request.id, request.routeOptions.bodyLimit);
    request.refusedAs = problem.code;
    if (problem.status >= 500)
      this.log.error(`${request.id} ${request.method} ${request.routeOptions.url}`, (error as Error).stack);
    const wait = error instanceof DomainError ? error.facts['retryAfterSeconds'] : undefined;
    if (wait !== undefined) void reply.header('retry-after', String(wait));
    void reply
      .status(problem.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('content-language', language)
      .send(JSON.stringify(problem));
  }
}

export function problemOf(error: unknown, language: Language, requestId: string, bodyLimit = 0): ProblemDto {
  if (error instanceof InvalidInput)
    return answer('invalid-input', {}, language, requestId, fieldAnswers(error.errors, language));
  if (error instanceof DomainError && isKnown(error.code))
    return answer(
      error.code,
      error.facts,
      language,
      requestId,
      error.problems.map((problem) => worded(problem, language)),
    );
  return answer(shellCode(error), { limit: sizeOf(bodyLimit) }, language, requestId);
}

/** `4 MiB`, `128 KiB`. */
function sizeOf(bytes: number): string {
  return bytes < 1024 * 1024 ? `${bytes / 1024} KiB` : `${bytes / 1024 / 1024} MiB`;
}

/** Vietnamese unless English is preferred: the first of the two that the browser names. */
export function languageOf(header: string | undefined): Language {
  const wanted = (header ?? '').toLowerCase().match(/\b(vi|en)\b/);
  return wanted?.[1] === 'en' ? 'en' : 'vi';
}

function answer(
  code: ErrorCode,
  facts: DomainError['facts'],
  language: Language,
  requestId: string,
  errors: FieldAnswer[] = [],
): ProblemDto {
  const words = ERROR_WORDS[code];
  return {
    type: `urn:problem:${code}`,
    // The kind of problem, the same for every occurrence (RFC 9457); the occurrence is told in `detail`.
    title: code.replaceAll('-', ' '),
    status: words.status,
    detail: words[language](facts),
    code,
    requestId,
    ...(errors.length > 0 ? { errors } : {}),
  };
}

/** A problem of a field in the reader's language. */
export function worded({ pointer, code, facts, needsReason }: FieldProblem, language: Language): FieldAnswer {
  const detail = isKnown(code) ? ERROR_WORDS[code][language](facts ?? {}) : code;
  return { pointer, detail, ...(needsReason ? { warning: code } : {}) };
}

function isKnown(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_WORDS, code);
}

/** Errors of the HTTP library, by its codes and statuses; whatever else is ours to mend. */
function shellCode(error: unknown): ErrorCode {
  const { code } = error as { code?: string };
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return 'body-too-large';
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return 'media-type-unknown';
  // Text that PostgreSQL cannot hold (NUL, a lone surrogate), in a place no field rule looks at.
  if (sqlState(error) === '22021') return 'invalid-input';
  if (code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_MAX_PARAM_LENGTH') return 'not-found';
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number }).statusCode;
  switch (status) {
    case 400:
      return 'body-not-json';
    case 404:
      return 'not-found';
    case 405:
      return 'method-not-allowed';
    case 413:
      return 'body-too-large';
    case 415:
      return 'media-type-unknown';
    default:
      // Whatever else the library finds wrong with a request, such as a range or an If-Match on a file.
      return status !== undefined && status >= 400 && status < 500 ? 'request-broken' : 'internal';
  }
}
