import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
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

/** The actor, in a handler's parameters. */
export const Acting = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<ActingRequest>();
  if (!actor) throw new Error('a route that needs an actor is open to everyone');
  return actor;
});
