import { createRoute, lazyRouteComponent, type SearchSchemaInput } from '@tanstack/react-router';
import { isMonth } from '../format/month';
import { frameRoute } from './frame';
import { isTrue } from './search-values';

const unitsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/units',
  component: lazyRouteComponent(() => import('../units/UnitsScreen'), 'UnitsScreen'),
});

const unitRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/units/$code',
  validateSearch: (
    search: { month?: unknown; entries?: unknown; lines?: unknown } & SearchSchemaInput,
  ): { month?: string; entries?: 'all'; lines?: true } => ({
    ...(typeof search.month === 'string' && isMonth(search.month) ? { month: search.month } : {}),
    ...(search.entries === 'all' ? { entries: 'all' as const } : {}),
    ...(isTrue(search.lines) ? { lines: true as const } : {}),
  }),
  component: lazyRouteComponent(() => import('../units/UnitScreen'), 'UnitScreen'),
});

const reorganisationsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/reorganisations',
  component: lazyRouteComponent(() => import('../reorganisation/ReorganisationsScreen'), 'ReorganisationsScreen'),
});

const newReorganisationRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/reorganisations/new',
  component: lazyRouteComponent(() => import('../reorganisation/NewReorganisationScreen'), 'NewReorganisationScreen'),
});

const reorganisationRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/reorganisations/$id',
  component: lazyRouteComponent(() => import('../reorganisation/ReorganisationScreen'), 'ReorganisationScreen'),
});

export const unitRoutes = [
  unitsRoute,
  unitRoute,
  reorganisationsRoute,
  newReorganisationRoute,
  reorganisationRoute,
] as const;
