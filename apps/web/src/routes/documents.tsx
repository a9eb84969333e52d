import { createRoute, lazyRouteComponent, type SearchSchemaInput } from '@tanstack/react-router';
import { isDocumentKind, type DocumentKind } from '../documents/documents-client';
import { frameRoute } from './frame';
import { text } from './search-values';

type DocumentView = 'waiting' | 'drafts' | 'issued' | 'all';
const DOCUMENT_VIEWS: readonly unknown[] = ['waiting', 'drafts', 'issued', 'all'];

const documentsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/documents',
  validateSearch: (
    search: { show?: unknown; search?: unknown } & SearchSchemaInput,
  ): { show?: DocumentView; search?: string } => ({
    ...(DOCUMENT_VIEWS.includes(search.show) ? { show: search.show as DocumentView } : {}),
    ...(text(search.search) === undefined ? {} : { search: text(search.search) }),
  }),
  component: lazyRouteComponent(() => import('../documents/DocumentsScreen'), 'DocumentsScreen'),
});

const documentRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/documents/$id',
  component: lazyRouteComponent(() => import('../documents/DocumentScreen'), 'DocumentScreen'),
});

const documentRegisterRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/document-register',
  validateSearch: (
    search: { year?: unknown; series?: unknown; search?: unknown } & SearchSchemaInput,
  ): { year?: number; series?: string; search?: string } => ({
    ...(/^\d{4}$/.test(String(search.year)) ? { year: Number(search.year) } : {}),
    ...(text(search.series) === undefined ? {} : { series: text(search.series) }),
    ...(text(search.search) === undefined ? {} : { search: text(search.search) }),
  }),
  component: lazyRouteComponent(() => import('../documents/RegisterScreen'), 'RegisterScreen'),
});

const documentTemplatesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/document-templates',
  validateSearch: (search: { kind?: unknown } & SearchSchemaInput): { kind?: DocumentKind } =>
    isDocumentKind(search.kind) ? { kind: search.kind } : {},
  component: lazyRouteComponent(() => import('../documents/TemplatesScreen'), 'TemplatesScreen'),
});

export const documentRoutes = [documentsRoute, documentRoute, documentRegisterRoute, documentTemplatesRoute] as const;
