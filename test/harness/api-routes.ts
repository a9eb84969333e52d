import { RequestMethod } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ALLOWED } from '../../apps/api/shell/access.decorators.js';
import type { Role } from '#libs/kernel';

export interface ApiRoute {
  /** e.g. `POST /months/:month/close`, without the prefix. */
  name: string;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  /** What the route declares; undefined when it declares nothing. */
  allowed: readonly Role[] | 'everyone' | undefined;
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
        routes.push({
          name: `${verb} ${path}`,
          method: verb.toLowerCase() as ApiRoute['method'],
          path,
          allowed: (Reflect.getMetadata(ALLOWED, handler) ??
            Reflect.getMetadata(ALLOWED, metatype)) as ApiRoute['allowed'],
        });
      }
    }
  return routes.sort((a, b) => (a.name < b.name ? -1 : 1));
}
