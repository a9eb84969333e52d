import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, client, newIdempotencyKey } from '../client/client';
import type { components } from '../client/schema.gen';

type Schemas = components['schemas'];
export type Reorganisation = Schemas['ReorganisationDto'];
export type ReorganisationRow = Schemas['ReorganisationRowDto'];
export type ReorganisationResult = Schemas['ReorganisationResultDto'];
export type NewReorganisation = Schemas['NewReorganisationDto'];
export type NewSuccessor = Schemas['NewSuccessorDto'];
export type MovedProject = Schemas['MovedProjectDto'];
export type ReorganisedUnit = Schemas['ReorganisedUnitDto'];

const MINUTE_MS = 60_000;
const ROWS_PER_PAGE = 50;

export const reorganisationsQuery = infiniteQueryOptions({
  queryKey: ['reorganisations'],
  queryFn: ({ pageParam }) =>
    answer(
      client.GET('/api/v1/reorganisations', {
        params: { query: { limit: ROWS_PER_PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) } },
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
  staleTime: MINUTE_MS / 2,
});

export const reorganisationQuery = (id: string) =>
  queryOptions({
    queryKey: ['reorganisation', id],
    queryFn: () => answer(client.GET('/api/v1/reorganisations/{id}', { params: { path: { id } } })),
    staleTime: MINUTE_MS / 2,
  });

export const unitHistoryQuery = (code: string) =>
  queryOptions({
    queryKey: ['unit-history', code],
    queryFn: () => answer(client.GET('/api/v1/units/{code}/history', { params: { path: { code } } })),
    staleTime: 5 * MINUTE_MS,
  });

/** What the draft would do with the books as they are now: what the second person confirms. */
export const freshResultQuery = (id: string, request: NewReorganisation | null) =>
  queryOptions({
    queryKey: ['reorganisation', id, 'fresh'],
    queryFn: () => previewReorganisation(request as NewReorganisation),
    retry: false,
    staleTime: 0,
  });

export function previewReorganisation(request: NewReorganisation): Promise<ReorganisationResult> {
  return answer(client.POST('/api/v1/reorganisations/preview', { body: request }));
}

export function prepareReorganisation(request: NewReorganisation, key: string): Promise<Reorganisation> {
  return answer(client.POST('/api/v1/reorganisations', { body: request, headers: { 'Idempotency-Key': key } }));
}

export function confirmReorganisation(id: number, resultHash: string, key: string): Promise<Reorganisation> {
  return answer(
    client.POST('/api/v1/reorganisations/{id}/confirm', {
      params: { path: { id: String(id) } },
      body: { resultHash },
      headers: { 'Idempotency-Key': key },
    }),
  );
}

export function withdrawReorganisation(id: number, key: string): Promise<Reorganisation> {
  return answer(
    client.POST('/api/v1/reorganisations/{id}/withdraw', {
      params: { path: { id: String(id) } },
      headers: { 'Idempotency-Key': key },
    }),
  );
}

/** The server decides; this only keeps pages that would be refused out of a person's way. */
export function preparesReorganisations(role: string): boolean {
  return role === 'staff' || role === 'approver';
}

export { newIdempotencyKey };
