import { createRoute, lazyRouteComponent, type SearchSchemaInput } from '@tanstack/react-router';
import type { AuditFilter } from '../audit/audit-queries';
import { frameRoute } from './frame';
import { text } from './search-values';

const teamsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/teams',
  component: lazyRouteComponent(() => import('../settings/TeamsScreen'), 'TeamsScreen'),
});

const policiesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/policies',
  validateSearch: (search: { year?: unknown } & SearchSchemaInput): { year?: number } =>
    /^\d{4}$/.test(String(search.year)) ? { year: Number(search.year) } : {},
  component: lazyRouteComponent(() => import('../settings/PoliciesScreen'), 'PoliciesScreen'),
});

const calendarRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/calendar',
  validateSearch: (search: { year?: unknown } & SearchSchemaInput): { year?: number } =>
    /^20\d{2}$/.test(String(search.year)) ? { year: Number(search.year) } : {},
  component: lazyRouteComponent(() => import('../settings/CalendarScreen'), 'CalendarScreen'),
});

const webhooksRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/webhooks',
  component: lazyRouteComponent(() => import('../delivery/WebhooksScreen'), 'WebhooksScreen'),
});

const isDay = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);

const auditRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/audit',
  validateSearch: (search: Partial<Record<keyof AuditFilter | 'event', unknown>> & SearchSchemaInput) => {
    const filter: AuditFilter & { event?: number } = {};
    for (const name of ['actor', 'action', 'objectType', 'objectId'] as const) {
      // From the address bar a code of digits arrives as a number.
      const value = typeof search[name] === 'number' ? String(search[name]) : text(search[name]);
      if (value !== undefined) filter[name] = value;
    }
    if (isDay(search.from)) filter.from = search.from;
    if (isDay(search.to)) filter.to = search.to;
    const event = Number(search.event);
    if (Number.isSafeInteger(event) && event > 0) filter.event = event;
    return filter;
  },
  component: lazyRouteComponent(() => import('../audit/AuditScreen'), 'AuditScreen'),
});

export const settingsRoutes = [teamsRoute, policiesRoute, calendarRoute, webhooksRoute, auditRoute] as const;
