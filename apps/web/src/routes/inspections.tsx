import { createRoute, lazyRouteComponent, type SearchSchemaInput } from '@tanstack/react-router';
import { frameRoute } from './frame';
import { text, idOf } from './search-values';

const inspectionsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/inspections',
  validateSearch: (
    search: { show?: unknown; month?: unknown } & SearchSchemaInput,
  ): { show?: 'calendar' | 'all'; month?: string } => ({
    ...(search.show === 'calendar' || search.show === 'all' ? { show: search.show } : {}),
    ...(/^20\d{2}-(0[1-9]|1[0-2])$/.test(String(search.month)) ? { month: String(search.month) } : {}),
  }),
  component: lazyRouteComponent(() => import('../inspections/InspectionsScreen'), 'InspectionsScreen'),
});

const newInspectionRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/inspections/new',
  validateSearch: (
    search: { notice?: unknown; unit?: unknown; follows?: unknown } & SearchSchemaInput,
  ): { notice?: number; unit?: string; follows?: number } => {
    const notice = idOf(search.notice);
    const follows = idOf(search.follows);
    const unit = text(search.unit);
    return {
      ...(notice === undefined ? {} : { notice }),
      ...(unit === undefined ? {} : { unit }),
      ...(follows === undefined ? {} : { follows }),
    };
  },
  component: lazyRouteComponent(() => import('../inspections/NewInspectionScreen'), 'NewInspectionScreen'),
});

const inspectionRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/inspections/$id',
  component: lazyRouteComponent(() => import('../inspections/InspectionScreen'), 'InspectionScreen'),
});

const visitRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/inspections/$id/visit',
  component: lazyRouteComponent(() => import('../inspections/VisitScreen'), 'VisitScreen'),
});

export const inspectionRoutes = [inspectionsRoute, newInspectionRoute, inspectionRoute, visitRoute] as const;
