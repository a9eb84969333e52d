import { createRoute, lazyRouteComponent, type SearchSchemaInput } from '@tanstack/react-router';
import { frameRoute } from './frame';
import { text, isTrue } from './search-values';

const difficultiesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/difficulties',
  validateSearch: (
    search: { search?: unknown; category?: unknown; overdue?: unknown; show?: unknown } & SearchSchemaInput,
  ): {
    search?: string | undefined;
    category?: string | undefined;
    overdue?: true | undefined;
    show?: 'over' | undefined;
  } => ({
    ...(text(search.search) === undefined ? {} : { search: text(search.search) }),
    ...(text(search.category) === undefined ? {} : { category: text(search.category) }),
    ...(isTrue(search.overdue) ? { overdue: true as const } : {}),
    ...(search.show === 'over' ? { show: 'over' as const } : {}),
  }),
  component: lazyRouteComponent(() => import('../followup/DifficultiesScreen'), 'DifficultiesScreen'),
});

const newDifficultyRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/difficulties/new',
  // Whose difficulty it is, where it is recorded from that page.
  validateSearch: (
    search: { project?: unknown; unit?: unknown } & SearchSchemaInput,
  ): { project?: string | undefined; unit?: string | undefined } => {
    const [project, unit] = [text(search.project), text(search.unit)];
    return project !== undefined ? { project } : unit !== undefined ? { unit } : {};
  },
  component: lazyRouteComponent(() => import('../followup/NewDifficultyScreen'), 'NewDifficultyScreen'),
});

const difficultyRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/difficulties/$id',
  component: lazyRouteComponent(() => import('../followup/DifficultyScreen'), 'DifficultyScreen'),
});

const meetingsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/meetings',
  // The difficulty that a meeting is to be called for.
  validateSearch: (search: { difficulty?: unknown } & SearchSchemaInput): { difficulty?: number } =>
    /^\d{1,9}$/.test(String(search.difficulty)) ? { difficulty: Number(search.difficulty) } : {},
  component: lazyRouteComponent(() => import('../followup/MeetingsScreen'), 'MeetingsScreen'),
});

const meetingRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/meetings/$id',
  component: lazyRouteComponent(() => import('../followup/MeetingScreen'), 'MeetingScreen'),
});

const effectsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/effects',
  validateSearch: (search: { year?: unknown } & SearchSchemaInput): { year?: number } =>
    /^\d{4}$/.test(String(search.year)) ? { year: Number(search.year) } : {},
  component: lazyRouteComponent(() => import('../followup/EffectScreen'), 'EffectScreen'),
});

const caseRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/cases/$id',
  component: lazyRouteComponent(() => import('../followup/CaseScreen'), 'CaseScreen'),
});

const bodiesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/bodies',
  component: lazyRouteComponent(() => import('../followup/BodiesScreen'), 'BodiesScreen'),
});

export const followupRoutes = [
  difficultiesRoute,
  newDifficultyRoute,
  difficultyRoute,
  meetingsRoute,
  meetingRoute,
  effectsRoute,
  caseRoute,
  bodiesRoute,
] as const;
