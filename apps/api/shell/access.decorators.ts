import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { PendingSession } from '#libs/access';
import type { Actor, Permission } from '#libs/kernel';
import type { ActingRequest } from './access.guard.js';

/** Where a route keeps who may call it. A route without it fails a test and is refused. */
export const NEEDS = 'needed-permission';

/** What one must be permitted to call the route; who is, stands in the kernel's table. */
export const Needs = (permission: Permission): ReturnType<typeof SetMetadata> => SetMetadata(NEEDS, permission);

/** Whoever is signed in, a token of any permission included. */
export const NeedsSignIn = (): ReturnType<typeof SetMetadata> => SetMetadata(NEEDS, 'sign-in');

/** No sign-in needed. */
export const AllowEveryone = (): ReturnType<typeof SetMetadata> => SetMetadata(NEEDS, 'nothing');

/** A session that still lacks its second factor, and nothing else: not even a complete one. */
export const NeedsPendingSignIn = (): ReturnType<typeof SetMetadata> => SetMetadata(NEEDS, 'pending');

/** What was proven so far of a sign-in that is not complete. */
export const Pending = createParamDecorator((_: unknown, context: ExecutionContext): PendingSession => {
  const { pending } = context.switchToHttp().getRequest<ActingRequest>();
  if (!pending) throw new Error('a route that continues a sign-in does not declare it');
  return pending;
});

/** Where a route keeps that it takes or gives secrets. */
export const HOLDS_SECRETS = 'holds-secrets';

/** Passwords, codes or links pass here: nothing of request or answer is kept for an Idempotency-Key. */
export const HoldsSecrets = (): ReturnType<typeof SetMetadata> => SetMetadata(HOLDS_SECRETS, true);

/** The actor, in a handler's parameters. */
export const Acting = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<ActingRequest>();
  if (!actor) throw new Error('a route that needs an actor is open to everyone');
  return actor;
});
