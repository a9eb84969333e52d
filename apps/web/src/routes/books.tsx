import { createRoute, lazyRouteComponent, type SearchSchemaInput } from '@tanstack/react-router';
import { isWarningCode, type WarningCode } from '../entries/queries';
import { isMonth } from '../format/month';
import { isImportKind, type ImportKind } from '../imports/types';
import { frameRoute } from './frame';
import { text } from './search-values';

const keyProjectsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/key-projects',
  validateSearch: (
    search: { year?: unknown; project?: unknown } & SearchSchemaInput,
  ): { year?: number; project?: number } => ({
    ...(/^\d{4}$/.test(String(search.year)) ? { year: Number(search.year) } : {}),
    // The place on the list.
    ...(/^\d{1,3}$/.test(String(search.project)) ? { project: Number(search.project) } : {}),
  }),
  component: lazyRouteComponent(() => import('../key-projects/KeyProjectsScreen'), 'KeyProjectsScreen'),
});

const gridRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/grid',
  validateSearch: (
    search: { unit?: unknown; planYear?: unknown } & SearchSchemaInput,
  ): { unit?: string; planYear?: number } => ({
    ...(text(search.unit) === undefined ? {} : { unit: text(search.unit) }),
    ...(/^\d{4}$/.test(String(search.planYear)) ? { planYear: Number(search.planYear) } : {}),
  }),
  component: lazyRouteComponent(() => import('../grid/GridScreen'), 'GridScreen'),
});

const decisionsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/decisions',
  validateSearch: (search: { year?: unknown } & SearchSchemaInput): { year?: number } =>
    /^\d{4}$/.test(String(search.year)) ? { year: Number(search.year) } : {},
  component: lazyRouteComponent(() => import('../capital/DecisionsScreen'), 'DecisionsScreen'),
});

const newDecisionRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/decisions/new',
  validateSearch: (
    search: { year?: unknown; details?: unknown } & SearchSchemaInput,
  ): { year?: number; details?: number } => ({
    ...(/^\d{4}$/.test(String(search.year)) ? { year: Number(search.year) } : {}),
    ...(/^\d{1,9}$/.test(String(search.details)) ? { details: Number(search.details) } : {}),
  }),
  component: lazyRouteComponent(() => import('../capital/NewDecisionScreen'), 'NewDecisionScreen'),
});

const decisionRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/decisions/$id',
  component: lazyRouteComponent(() => import('../capital/DecisionScreen'), 'DecisionScreen'),
});

const advancesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/advances',
  validateSearch: (search: { unit?: unknown } & SearchSchemaInput): { unit?: string } =>
    text(search.unit) === undefined ? {} : { unit: text(search.unit) },
  component: lazyRouteComponent(() => import('../entries/AdvancesScreen'), 'AdvancesScreen'),
});

const entryWarningsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/entry-warnings',
  validateSearch: (
    search: { month?: unknown; unit?: unknown; code?: unknown } & SearchSchemaInput,
  ): { month?: string; unit?: string; code?: WarningCode } => ({
    ...(typeof search.month === 'string' && isMonth(search.month) ? { month: search.month } : {}),
    ...(text(search.unit) === undefined ? {} : { unit: text(search.unit) }),
    ...(isWarningCode(search.code) ? { code: search.code } : {}),
  }),
  component: lazyRouteComponent(() => import('../entries/WarningsScreen'), 'WarningsScreen'),
});

const projectRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/projects/$code',
  validateSearch: (
    search: { year?: unknown; basis?: unknown } & SearchSchemaInput,
  ): { year?: number; basis?: 'pm' | 'province' } => ({
    ...(/^\d{4}$/.test(String(search.year)) ? { year: Number(search.year) } : {}),
    ...(search.basis === 'pm' || search.basis === 'province' ? { basis: search.basis } : {}),
  }),
  component: lazyRouteComponent(() => import('../capital/ProjectScreen'), 'ProjectScreen'),
});

const importsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/imports',
  validateSearch: (search: { kind?: unknown } & SearchSchemaInput): { kind?: ImportKind } =>
    isImportKind(search.kind) ? { kind: search.kind } : {},
  component: lazyRouteComponent(() => import('../imports/ImportsScreen'), 'ImportsScreen'),
});

const importRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/imports/$id',
  component: lazyRouteComponent(() => import('../imports/ImportScreen'), 'ImportScreen'),
});

export const bookRoutes = [
  keyProjectsRoute,
  gridRoute,
  decisionsRoute,
  newDecisionRoute,
  decisionRoute,
  advancesRoute,
  entryWarningsRoute,
  projectRoute,
  importsRoute,
  importRoute,
] as const;
