import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, client, newIdempotencyKey } from '../client/client';
import { Refusal } from '../client/refusal';
import type { components } from '../client/schema.gen';

type Schemas = components['schemas'];
export type Reorganisation = Schemas['ReorganisationDto'];
export type ReorganisationRow = Schemas['ReorganisationRowDto'];
export type ReorganisationResult = Schemas['ReorganisationResultDto'];
export type NewReorganisation = Schemas['NewReorganisationDto'];
export type NewSuccessor = Schemas['NewSuccessorDto'];
export type MovedProject = Schemas['MovedProjectDto'];
export type ReorganisedUnit = Schemas['ReorganisedUnitDto'];
export type Project = Schemas['ProjectDto'];

const MINUTE_MS = 60_000;
const ROWS_PER_PAGE = 50;
const PROJECTS_PER_PAGE = 200;

/** A refusal with a sentence for each point to mend. */
export class RefusedPoints extends Refusal {
  constructor(
    refusal: Refusal,
    readonly points: string[],
  ) {
    super(refusal.status, refusal.code, refusal.detail, refusal.requestId);
  }
}

/** Like `answer`, keeping the points: a reorganisation is refused with all of them at once. */
async function answerWithPoints<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const settled = await call.catch(() => null);
  const body = settled?.error as { errors?: { detail: string }[] } | undefined;
  try {
    return await answer(settled === null ? Promise.reject(new Error('unreachable')) : Promise.resolve(settled));
  } catch (error) {
    if (error instanceof Refusal)
      throw new RefusedPoints(
        error,
        (body?.errors ?? []).map(({ detail }) => detail),
      );
    throw error;
  }
}

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

export const projectsOfUnitQuery = (unit: string) =>
  queryOptions({
    queryKey: ['projects-of-unit', unit],
    queryFn: async () => {
      const projects: Project[] = [];
      let cursor: string | null = null;
      do {
        const query: { unit: string; limit: number; cursor?: string } = { unit, limit: PROJECTS_PER_PAGE };
        if (cursor !== null) query.cursor = cursor;
        const page = await answer(client.GET('/api/v1/projects', { params: { query } }));
        projects.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return projects;
    },
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
  return answerWithPoints(client.POST('/api/v1/reorganisations/preview', { body: request }));
}

export function prepareReorganisation(request: NewReorganisation, key: string): Promise<Reorganisation> {
  return answerWithPoints(
    client.POST('/api/v1/reorganisations', { body: request, headers: { 'Idempotency-Key': key } }),
  );
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
