import { createRoute, lazyRouteComponent, type SearchSchemaInput } from '@tanstack/react-router';
import { frameRoute } from './frame';

const NOTICE_FILTERS = ['new', 'due', 'overdue', 'done', 'all'] as const;
type NoticeFilter = (typeof NOTICE_FILTERS)[number];
const noticeSearch = (search: { show?: unknown } & SearchSchemaInput): { show?: NoticeFilter } =>
  NOTICE_FILTERS.includes(search.show as NoticeFilter) ? { show: search.show as NoticeFilter } : {};

const noticesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/notices',
  validateSearch: noticeSearch,
  component: lazyRouteComponent(() => import('../notices/NoticesScreen'), 'NoticesScreen'),
});

const noticeRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/notices/$id',
  validateSearch: noticeSearch,
  component: lazyRouteComponent(() => import('../notices/NoticesScreen'), 'NoticesScreen'),
});

const inboxRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/inbox',
  component: lazyRouteComponent(() => import('../delivery/InboxScreen'), 'InboxScreen'),
});

const deliveriesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/deliveries',
  component: lazyRouteComponent(() => import('../delivery/DeliveriesScreen'), 'DeliveriesScreen'),
});

const answersRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/answers',
  validateSearch: (search: { show?: unknown } & SearchSchemaInput): { show?: 'all' } =>
    search.show === 'all' ? { show: search.show } : {},
  component: lazyRouteComponent(() => import('../answers/AnswersScreen'), 'AnswersScreen'),
});

export const noticeRoutes = [noticesRoute, noticeRoute, inboxRoute, deliveriesRoute, answersRoute] as const;
