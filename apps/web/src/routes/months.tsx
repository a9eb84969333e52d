import { createRoute, lazyRouteComponent, redirect, type SearchSchemaInput } from '@tanstack/react-router';
import { monthsQuery } from '../client/queries';
import { homeOf } from '../client/rights';
import { isMonth } from '../format/month';
import { reconciliationsQuery, shownAtFirst } from '../reconciliation/reconciliation-queries';
import { frameRoute } from './frame';
import { text, isTrue } from './search-values';

const homeRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/',
  beforeLoad: ({ context }) => {
    throw redirect({ ...homeOf(context.session), replace: true });
  },
});

const monthsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/months',
  beforeLoad: async ({ context }) => {
    const months = await context.queryClient.ensureQueryData(monthsQuery());
    const month = months.latestClosed ?? months.items[0]?.month;
    if (month !== undefined) throw redirect({ to: '/months/$month', params: { month }, replace: true });
  },
  component: lazyRouteComponent(() => import('../month/NoMonths'), 'NoMonths'),
});

const monthRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/months/$month',
  validateSearch: (
    search: { how?: unknown; unit?: unknown; rates?: unknown } & SearchSchemaInput,
  ): { how?: true; unit?: string; rates?: 'own' } => ({
    ...(isTrue(search.how) ? { how: true as const } : {}),
    ...(text(search.unit) === undefined ? {} : { unit: text(search.unit) }),
    ...(search.rates === 'own' ? { rates: 'own' as const } : {}),
  }),
  beforeLoad: ({ params }) => {
    if (!isMonth(params.month)) throw redirect({ to: '/months', replace: true });
  },
  component: lazyRouteComponent(() => import('../month/MonthScreen'), 'MonthScreen'),
});

const closingsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/closing',
  beforeLoad: async ({ context }) => {
    const months = await context.queryClient.ensureQueryData(monthsQuery());
    // The next one to close, or of a year that is done its last.
    const month = months.items.find(({ state }) => state !== 'closed') ?? months.items.at(-1);
    if (month !== undefined) throw redirect({ to: '/closing/$month', params: { month: month.month }, replace: true });
  },
  component: lazyRouteComponent(() => import('../month/NoMonths'), 'NoMonths'),
});

const closingRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/closing/$month',
  beforeLoad: ({ params }) => {
    if (!isMonth(params.month)) throw redirect({ to: '/months', replace: true });
  },
  component: lazyRouteComponent(() => import('../closing/ClosingScreen'), 'ClosingScreen'),
});

const reconciliationsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/reconciliation',
  beforeLoad: async ({ context }) => {
    const list = await context.queryClient.ensureQueryData(reconciliationsQuery());
    const month = shownAtFirst(list);
    if (month !== undefined) throw redirect({ to: '/reconciliation/$month', params: { month }, replace: true });
  },
  component: lazyRouteComponent(() => import('../month/NoMonths'), 'NoMonths'),
});

type DifferenceFilter = 'resolved' | 'all';

const reconciliationRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/reconciliation/$month',
  validateSearch: (
    search: { difference?: unknown; show?: unknown } & SearchSchemaInput,
  ): { difference?: string; show?: DifferenceFilter } => ({
    ...(text(search.difference) === undefined ? {} : { difference: text(search.difference) }),
    ...(search.show === 'resolved' || search.show === 'all' ? { show: search.show } : {}),
  }),
  beforeLoad: ({ params }) => {
    if (!isMonth(params.month)) throw redirect({ to: '/reconciliation', replace: true });
  },
  component: lazyRouteComponent(() => import('../reconciliation/ReconciliationScreen'), 'ReconciliationScreen'),
});

export const monthRoutes = [
  homeRoute,
  monthsRoute,
  monthRoute,
  closingsRoute,
  closingRoute,
  reconciliationsRoute,
  reconciliationRoute,
] as const;
