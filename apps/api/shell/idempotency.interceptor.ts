import { createHash } from 'node:crypto';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type {} from '@fastify/multipart';
import type { FastifyReply } from 'fastify';
import { Reflector } from '@nestjs/core';
import { catchError, from, mergeMap, of, type Observable } from 'rxjs';
import { DataSource } from 'typeorm';
import { systemClock } from '#libs/kernel';
import { IdempotencyRecord } from '#libs/platform';
import { HOLDS_SECRETS } from './access.decorators.js';
import type { ActingRequest } from './access.guard.js';
import { refusal } from './refusal.js';

/**
 * A POST with an `Idempotency-Key` takes effect once: sent again it gets the first answer; the same key with
 * another request is refused. A key whose first request was cut off stays refused: only a person can know whether
 * it took effect. A request that was refused leaves no trace and may be mended and sent again. Where secrets pass,
 * nothing is kept and the key has no effect.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly db: DataSource,
    private readonly reflector: Reflector,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<ActingRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const key = request.headers['idempotency-key'];
    // A file streams past and cannot be compared here; its bytes, kind and choices are the key of its import.
    if (request.isMultipart() || this.reflector.get<boolean>(HOLDS_SECRETS, context.getHandler())) return next.handle();
    if (request.method !== 'POST' || typeof key !== 'string' || key === '' || !request.actor) return next.handle();
    const identity = { actor: request.actor.username, key: key.slice(0, 200) };
    const requestHash = createHash('sha256')
      .update(JSON.stringify([request.method, request.url, request.body ?? null]))
      .digest('hex');
    const inserted: unknown[] = await this.db.query(
      `INSERT INTO idempotency_record (actor, key, request_hash, created_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING key`,
      [identity.actor, identity.key, requestHash, systemClock.now()],
    );
    if (inserted.length === 0) return this.repeat(identity, requestHash, reply);
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        await this.db.manager.update(IdempotencyRecord, identity, {
          status: reply.statusCode,
          answer: JSON.stringify(answer ?? null),
        });
        return answer;
      }),
      catchError((error: unknown) =>
        from(this.db.manager.delete(IdempotencyRecord, identity)).pipe(
          mergeMap(() => {
            throw error;
          }),
        ),
      ),
    );
  }

  private async repeat(
    identity: { actor: string; key: string },
    requestHash: string,
    reply: FastifyReply,
  ): Promise<Observable<unknown>> {
    const first = await this.db.manager.findOneBy(IdempotencyRecord, identity);
    if (first && first.requestHash !== requestHash) throw refusal('idempotency-key-reused');
    if (!first?.answer || first.status === null) throw refusal('idempotency-key-running');
    reply.status(first.status).header('idempotency-replayed', 'true');
    return of(JSON.parse(first.answer));
  }
}
