import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, client } from '../client/client';
import type { components } from '../client/schema.gen';

type Schemas = components['schemas'];
export type Inspection = Schemas['InspectionDto'];
export type InspectionDetail = Schemas['InspectionDetailDto'];
export type Visit = Schemas['VisitDto'];
export type Recommendation = Schemas['RecommendationDto'];
export type NewInspection = Schemas['NewInspectionDto'];
export type NewVisit = Schemas['NewVisitDto'];
export type FindingCategory = Schemas['FindingDto']['category'];

export const CATEGORIES: readonly FindingCategory[] = [
  'progress',
  'accepted-volume',
  'payment',
  'quality',
  'capital-assignment',
  'site-clearance',
  'procedure',
  'other',
];

const HALF_MINUTE_MS = 30_000;
const ROWS_A_PAGE = 50;
const MOST_A_MONTH = 200;

export const inspectionsQuery = infiniteQueryOptions({
  queryKey: ['inspections'],
  queryFn: ({ pageParam }) =>
    answer(
      client.GET('/api/v1/inspections', {
        params: { query: { limit: ROWS_A_PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) } },
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
  staleTime: HALF_MINUTE_MS,
});

/** What is planned from one day to another. */
export const calendarQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: ['inspections', 'calendar', from, to],
    queryFn: () => answer(client.GET('/api/v1/inspections', { params: { query: { from, to, limit: MOST_A_MONTH } } })),
    staleTime: HALF_MINUTE_MS,
  });

export const inspectionQuery = (id: number) =>
  queryOptions({
    queryKey: ['inspection', id],
    queryFn: () => answer(client.GET('/api/v1/inspections/{id}', { params: { path: { id: String(id) } } })),
    staleTime: HALF_MINUTE_MS,
  });

export const teamsQuery = queryOptions({
  queryKey: ['inspection-teams'],
  queryFn: async () => (await answer(client.GET('/api/v1/inspection-teams'))).teams,
  staleTime: 10 * 60_000,
});

export function planInspection(plan: NewInspection, key: string): Promise<InspectionDetail> {
  return answer(client.POST('/api/v1/inspections', { body: plan, headers: { 'Idempotency-Key': key } }));
}

/** The key of the draft makes it one visit however often it is sent. */
export function sendVisit(id: number, visit: NewVisit): Promise<InspectionDetail> {
  return answer(client.POST('/api/v1/inspections/{id}/visits', { params: { path: { id: String(id) } }, body: visit }));
}

export function concludeInspection(id: number, conclusion: string): Promise<InspectionDetail> {
  return answer(
    client.POST('/api/v1/inspections/{id}/conclusion', {
      params: { path: { id: String(id) } },
      body: { conclusion },
    }),
  );
}

export function completeRecommendation(id: number, note: string): Promise<InspectionDetail> {
  return answer(
    client.POST('/api/v1/recommendations/{id}/completion', { params: { path: { id: String(id) } }, body: { note } }),
  );
}
