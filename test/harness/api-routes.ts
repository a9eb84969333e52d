import { RequestMethod } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { NEEDS } from '../../apps/api/shell/access.decorators.js';
import { PERMISSIONS, ROLES, type Permission, type Role } from '#libs/kernel';

export interface ApiRoute {
  /** e.g. `POST /months/:month/close`, without the prefix. */
  name: string;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  /** The permission it needs; undefined when it declares nothing. */
  needs: Permission | 'sign-in' | 'pending' | 'nothing' | undefined;
  /** Who has that permission. */
  allowed: readonly Role[] | 'everyone' | undefined;
}

function allowedBy(needs: ApiRoute['needs']): ApiRoute['allowed'] {
  if (needs === 'nothing') return 'everyone';
  if (needs === 'sign-in') return ROLES;
  // Whoever is signed in completely has no business there.
  if (needs === 'pending') return [];
  return needs && PERMISSIONS[needs];
}

/** Every route of the running application, read from its controllers: a new one is found without being listed. */
export function apiRoutes(app: NestFastifyApplication): ApiRoute[] {
  const routes: ApiRoute[] = [];
  for (const { controllers } of app.get(ModulesContainer).values())
    for (const { metatype } of controllers.values()) {
      if (typeof metatype !== 'function') continue;
      const prefix = Reflect.getMetadata('path', metatype) as string;
      for (const key of Object.getOwnPropertyNames(metatype.prototype as object)) {
        const handler = (metatype.prototype as Record<string, unknown>)[key];
        const method = typeof handler === 'function' && (Reflect.getMetadata('method', handler) as number | undefined);
        if (typeof handler !== 'function' || typeof method !== 'number') continue;
        const path = `/${prefix}/${Reflect.getMetadata('path', handler) as string}`
          .replace(/\/+/g, '/')
          .replace(/(.)\/$/, '$1');
        const verb = RequestMethod[method] as string;
        const needs = (Reflect.getMetadata(NEEDS, handler) ??
          Reflect.getMetadata(NEEDS, metatype)) as ApiRoute['needs'];
        routes.push({
          name: `${verb} ${path}`,
          method: verb.toLowerCase() as ApiRoute['method'],
          path,
          needs,
          allowed: allowedBy(needs),
        });
      }
    }
  return routes.sort((a, b) => (a.name < b.name ? -1 : 1));
}
