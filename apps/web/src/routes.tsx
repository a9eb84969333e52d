import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  Outlet,
  redirect,
  type SearchSchemaInput,
} from '@tanstack/react-router';
import type { AuditFilter } from './audit/audit-queries';
import { instanceQuery, monthsQuery, sessionQuery } from './client/queries';
import { homeOf } from './client/rights';
import { isDocumentKind, type DocumentKind } from './documents/documents-client';
import { isWarningCode, type WarningCode } from './entries/queries';
import { isMonth } from './format/month';
import { Frame } from './frame/Frame';
import { isImportKind, type ImportKind } from './imports/types';
import { reconciliationsQuery, shownAtFirst } from './reconciliation/reconciliation-queries';

interface RouterContext {
  queryClient: QueryClient;
}

const rootRoute = createRootRouteWithContext<RouterContext>()({ component: Outlet });

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

// From the address bar every value is text; from a link within the program it has its type.
const isTrue = (value: unknown): boolean => value === true || value === 'true';

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
  component: lazyRouteComponent(() => import('./sign-in/SignInScreen'), 'SignInScreen'),
});

const linkRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/link',
  beforeLoad: async ({ context }) => {
    await context.queryClient.ensureQueryData(instanceQuery);
  },
  component: lazyRouteComponent(() => import('./sign-in/LinkScreen'), 'LinkScreen'),
});

const frameRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'frame',
  beforeLoad: async ({ context, location }) => {
    // The marking stands above everything, so it must be known before anything is drawn.
    const [session] = await Promise.all([
      context.queryClient.ensureQueryData(sessionQuery),
      context.queryClient.ensureQueryData(instanceQuery),
    ]);
    if (session === null) {
      throw redirect({ to: '/sign-in', search: location.pathname === '/' ? {} : { from: location.href } });
    }
    return { session };
  },
  component: Frame,
});

const ownSecurityRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/own-security',
  component: lazyRouteComponent(() => import('./security/SecurityScreen'), 'SecurityScreen'),
});

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
  component: lazyRouteComponent(() => import('./month/NoMonths'), 'NoMonths'),
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
  component: lazyRouteComponent(() => import('./month/MonthScreen'), 'MonthScreen'),
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
  component: lazyRouteComponent(() => import('./month/NoMonths'), 'NoMonths'),
});

const closingRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/closing/$month',
  beforeLoad: ({ params }) => {
    if (!isMonth(params.month)) throw redirect({ to: '/months', replace: true });
  },
  component: lazyRouteComponent(() => import('./closing/ClosingScreen'), 'ClosingScreen'),
});

const unitsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/units',
  component: lazyRouteComponent(() => import('./units/UnitsScreen'), 'UnitsScreen'),
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
  component: lazyRouteComponent(() => import('./units/UnitScreen'), 'UnitScreen'),
});

const reorganisationsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/reorganisations',
  component: lazyRouteComponent(() => import('./reorganisation/ReorganisationsScreen'), 'ReorganisationsScreen'),
});

const newReorganisationRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/reorganisations/new',
  component: lazyRouteComponent(() => import('./reorganisation/NewReorganisationScreen'), 'NewReorganisationScreen'),
});

const reorganisationRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/reorganisations/$id',
  component: lazyRouteComponent(() => import('./reorganisation/ReorganisationScreen'), 'ReorganisationScreen'),
});

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
  component: lazyRouteComponent(() => import('./key-projects/KeyProjectsScreen'), 'KeyProjectsScreen'),
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
  component: lazyRouteComponent(() => import('./grid/GridScreen'), 'GridScreen'),
});

const decisionsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/decisions',
  validateSearch: (search: { year?: unknown } & SearchSchemaInput): { year?: number } =>
    /^\d{4}$/.test(String(search.year)) ? { year: Number(search.year) } : {},
  component: lazyRouteComponent(() => import('./capital/DecisionsScreen'), 'DecisionsScreen'),
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
  component: lazyRouteComponent(() => import('./capital/NewDecisionScreen'), 'NewDecisionScreen'),
});

const decisionRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/decisions/$id',
  component: lazyRouteComponent(() => import('./capital/DecisionScreen'), 'DecisionScreen'),
});

const advancesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/advances',
  validateSearch: (search: { unit?: unknown } & SearchSchemaInput): { unit?: string } =>
    text(search.unit) === undefined ? {} : { unit: text(search.unit) },
  component: lazyRouteComponent(() => import('./entries/AdvancesScreen'), 'AdvancesScreen'),
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
  component: lazyRouteComponent(() => import('./entries/WarningsScreen'), 'WarningsScreen'),
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
  component: lazyRouteComponent(() => import('./capital/ProjectScreen'), 'ProjectScreen'),
});

const importsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/imports',
  validateSearch: (search: { kind?: unknown } & SearchSchemaInput): { kind?: ImportKind } =>
    isImportKind(search.kind) ? { kind: search.kind } : {},
  component: lazyRouteComponent(() => import('./imports/ImportsScreen'), 'ImportsScreen'),
});

const importRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/imports/$id',
  component: lazyRouteComponent(() => import('./imports/ImportScreen'), 'ImportScreen'),
});

const NOTICE_FILTERS = ['new', 'due', 'overdue', 'done', 'all'] as const;
type NoticeFilter = (typeof NOTICE_FILTERS)[number];
const noticeSearch = (search: { show?: unknown } & SearchSchemaInput): { show?: NoticeFilter } =>
  NOTICE_FILTERS.includes(search.show as NoticeFilter) ? { show: search.show as NoticeFilter } : {};

const noticesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/notices',
  validateSearch: noticeSearch,
  component: lazyRouteComponent(() => import('./notices/NoticesScreen'), 'NoticesScreen'),
});

const noticeRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/notices/$id',
  validateSearch: noticeSearch,
  component: lazyRouteComponent(() => import('./notices/NoticesScreen'), 'NoticesScreen'),
});

const reconciliationsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/reconciliation',
  beforeLoad: async ({ context }) => {
    const list = await context.queryClient.ensureQueryData(reconciliationsQuery());
    const month = shownAtFirst(list);
    if (month !== undefined) throw redirect({ to: '/reconciliation/$month', params: { month }, replace: true });
  },
  component: lazyRouteComponent(() => import('./month/NoMonths'), 'NoMonths'),
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
  component: lazyRouteComponent(() => import('./reconciliation/ReconciliationScreen'), 'ReconciliationScreen'),
});

const teamsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/teams',
  component: lazyRouteComponent(() => import('./settings/TeamsScreen'), 'TeamsScreen'),
});

const policiesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/policies',
  validateSearch: (search: { year?: unknown } & SearchSchemaInput): { year?: number } =>
    /^\d{4}$/.test(String(search.year)) ? { year: Number(search.year) } : {},
  component: lazyRouteComponent(() => import('./settings/PoliciesScreen'), 'PoliciesScreen'),
});

const calendarRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/calendar',
  validateSearch: (search: { year?: unknown } & SearchSchemaInput): { year?: number } =>
    /^20\d{2}$/.test(String(search.year)) ? { year: Number(search.year) } : {},
  component: lazyRouteComponent(() => import('./settings/CalendarScreen'), 'CalendarScreen'),
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
  component: lazyRouteComponent(() => import('./audit/AuditScreen'), 'AuditScreen'),
});

const accountsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/accounts',
  component: lazyRouteComponent(() => import('./accounts/AccountsScreen'), 'AccountsScreen'),
});

const inviteRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/accounts/new',
  component: lazyRouteComponent(() => import('./accounts/InviteScreen'), 'InviteScreen'),
});

const accountRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/accounts/$id',
  component: lazyRouteComponent(() => import('./accounts/AccountScreen'), 'AccountScreen'),
});

const tokensRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/tokens',
  component: lazyRouteComponent(() => import('./accounts/TokensScreen'), 'TokensScreen'),
});

const inspectionsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/inspections',
  validateSearch: (
    search: { show?: unknown; month?: unknown } & SearchSchemaInput,
  ): { show?: 'calendar' | 'all'; month?: string } => ({
    ...(search.show === 'calendar' || search.show === 'all' ? { show: search.show } : {}),
    ...(/^20\d{2}-(0[1-9]|1[0-2])$/.test(String(search.month)) ? { month: String(search.month) } : {}),
  }),
  component: lazyRouteComponent(() => import('./inspections/InspectionsScreen'), 'InspectionsScreen'),
});

const idOf = (value: unknown): number | undefined => (/^[1-9]\d{0,9}$/.test(String(value)) ? Number(value) : undefined);

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
  component: lazyRouteComponent(() => import('./inspections/NewInspectionScreen'), 'NewInspectionScreen'),
});

const inspectionRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/inspections/$id',
  component: lazyRouteComponent(() => import('./inspections/InspectionScreen'), 'InspectionScreen'),
});

const visitRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/inspections/$id/visit',
  component: lazyRouteComponent(() => import('./inspections/VisitScreen'), 'VisitScreen'),
});

const answersRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/answers',
  validateSearch: (search: { show?: unknown } & SearchSchemaInput): { show?: 'all' } =>
    search.show === 'all' ? { show: search.show } : {},
  component: lazyRouteComponent(() => import('./answers/AnswersScreen'), 'AnswersScreen'),
});

const inboxRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/inbox',
  component: lazyRouteComponent(() => import('./delivery/InboxScreen'), 'InboxScreen'),
});

const deliveriesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/deliveries',
  component: lazyRouteComponent(() => import('./delivery/DeliveriesScreen'), 'DeliveriesScreen'),
});

const webhooksRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/webhooks',
  component: lazyRouteComponent(() => import('./delivery/WebhooksScreen'), 'WebhooksScreen'),
});

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
  component: lazyRouteComponent(() => import('./documents/DocumentsScreen'), 'DocumentsScreen'),
});

const documentRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/documents/$id',
  component: lazyRouteComponent(() => import('./documents/DocumentScreen'), 'DocumentScreen'),
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
  component: lazyRouteComponent(() => import('./documents/RegisterScreen'), 'RegisterScreen'),
});

const documentTemplatesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/document-templates',
  validateSearch: (search: { kind?: unknown } & SearchSchemaInput): { kind?: DocumentKind } =>
    isDocumentKind(search.kind) ? { kind: search.kind } : {},
  component: lazyRouteComponent(() => import('./documents/TemplatesScreen'), 'TemplatesScreen'),
});

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
  component: lazyRouteComponent(() => import('./followup/DifficultiesScreen'), 'DifficultiesScreen'),
});

const newDifficultyRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/difficulties/new',
  component: lazyRouteComponent(() => import('./followup/NewDifficultyScreen'), 'NewDifficultyScreen'),
});

const difficultyRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/difficulties/$id',
  component: lazyRouteComponent(() => import('./followup/DifficultyScreen'), 'DifficultyScreen'),
});

const meetingsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/meetings',
  // The difficulty that a meeting is to be called for.
  validateSearch: (search: { difficulty?: unknown } & SearchSchemaInput): { difficulty?: number } =>
    /^\d{1,9}$/.test(String(search.difficulty)) ? { difficulty: Number(search.difficulty) } : {},
  component: lazyRouteComponent(() => import('./followup/MeetingsScreen'), 'MeetingsScreen'),
});

const meetingRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/meetings/$id',
  component: lazyRouteComponent(() => import('./followup/MeetingScreen'), 'MeetingScreen'),
});

const effectsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/effects',
  validateSearch: (search: { year?: unknown } & SearchSchemaInput): { year?: number } =>
    /^\d{4}$/.test(String(search.year)) ? { year: Number(search.year) } : {},
  component: lazyRouteComponent(() => import('./followup/EffectScreen'), 'EffectScreen'),
});

const caseRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/cases/$id',
  component: lazyRouteComponent(() => import('./followup/CaseScreen'), 'CaseScreen'),
});

const bodiesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/settings/bodies',
  component: lazyRouteComponent(() => import('./followup/BodiesScreen'), 'BodiesScreen'),
});

export const routeTree = rootRoute.addChildren([
  signInRoute,
  linkRoute,
  frameRoute.addChildren([
    homeRoute,
    ownSecurityRoute,
    monthsRoute,
    monthRoute,
    closingsRoute,
    closingRoute,
    unitsRoute,
    unitRoute,
    reorganisationsRoute,
    newReorganisationRoute,
    reorganisationRoute,
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
    noticesRoute,
    noticeRoute,
    inboxRoute,
    deliveriesRoute,
    webhooksRoute,
    inspectionsRoute,
    newInspectionRoute,
    inspectionRoute,
    visitRoute,
    answersRoute,
    reconciliationsRoute,
    reconciliationRoute,
    difficultiesRoute,
    newDifficultyRoute,
    difficultyRoute,
    meetingsRoute,
    meetingRoute,
    effectsRoute,
    caseRoute,
    bodiesRoute,
    documentsRoute,
    documentRoute,
    documentRegisterRoute,
    documentTemplatesRoute,
    teamsRoute,
    policiesRoute,
    calendarRoute,
    auditRoute,
    accountsRoute,
    inviteRoute,
    accountRoute,
    tokensRoute,
  ]),
]);
