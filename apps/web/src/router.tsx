import { createRouter } from '@tanstack/react-router';
import { queryClient } from './client/query-client';
import { CrashState } from './frame/CrashState';
import { NotFoundState } from './frame/NotFoundState';
import { routeTree } from './routes';
import { parseSearch, writeSearch } from './search-text';

export const router = createRouter({
  routeTree,
  context: { queryClient },
  parseSearch,
  stringifySearch: writeSearch,
  defaultPreload: 'intent',
  // The query cache decides how old data may be; the router keeps none.
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultNotFoundComponent: NotFoundState,
  defaultErrorComponent: CrashState,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
