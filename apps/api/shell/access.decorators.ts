import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import { ROLES, type Actor, type Role } from '#libs/kernel';
import type { ActingRequest } from './access.guard.js';

/** Where a route keeps who may call it. A route without it fails a test and is refused. */
export const ALLOWED = 'allowed-roles';

/** The roles that may call the route. */
export const Allow = (...roles: Role[]): ReturnType<typeof SetMetadata> => SetMetadata(ALLOWED, roles);

/** Whoever is signed in; the rows are narrowed by the actor's scope. */
export const AllowSignedIn = (): ReturnType<typeof SetMetadata> => SetMetadata(ALLOWED, [...ROLES]);

/** No sign-in needed. */
export const AllowEveryone = (): ReturnType<typeof SetMetadata> => SetMetadata(ALLOWED, 'everyone');

/** Those who see the whole province. */
export const DEPARTMENT: Role[] = ['admin', 'staff', 'approver', 'clerk', 'leader', 'auditor'];

/** The actor, in a handler's parameters. */
export const Acting = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<ActingRequest>();
  if (!actor) throw new Error('a route that needs an actor is open to everyone');
  return actor;
});
