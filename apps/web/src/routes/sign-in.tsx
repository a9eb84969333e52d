import { createRoute, lazyRouteComponent, type SearchSchemaInput } from '@tanstack/react-router';
import { instanceQuery } from '../client/queries';
import { rootRoute } from './root';
import { text } from './search-values';

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (
    search: { from?: unknown; step?: unknown; refused?: unknown } & SearchSchemaInput,
  ): { from?: string; step?: 'code'; refused?: string } => {
    const from = text(search.from);
    const refused = text(search.refused);
    return {
      // Only addresses of this program: "//elsewhere" would lead out of it after signing in.
      ...(from !== undefined && /^\/(?![/\\])/.test(from) ? { from } : {}),
      // Both from single sign-on: a second factor is still needed; or it came to nothing, and why.
      ...(search.step === 'code' ? { step: 'code' as const } : {}),
      ...(refused === undefined ? {} : { refused }),
    };
  },
  beforeLoad: async ({ context }) => {
    await context.queryClient.ensureQueryData(instanceQuery);
  },
  component: lazyRouteComponent(() => import('../sign-in/SignInScreen'), 'SignInScreen'),
});

const linkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/link',
  beforeLoad: async ({ context }) => {
    await context.queryClient.ensureQueryData(instanceQuery);
  },
  component: lazyRouteComponent(() => import('../sign-in/LinkScreen'), 'LinkScreen'),
});

export const signInRoutes = [signInRoute, linkRoute] as const;
