import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, client, newIdempotencyKey } from '../client/client';
import { tagged } from '../client/etag';
import type { NewMediumTerm, NewDecision, ProjectChange, RecordedDecision } from './types';

const MINUTE_MS = 60_000;
const ROWS_A_PAGE = 30;

export const decisionsQuery = (planYear: number) =>
  infiniteQueryOptions({
    queryKey: ['decisions', planYear],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/allocation-decisions', {
          params: { query: { planYear, limit: ROWS_A_PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: MINUTE_MS,
  });

export const unassignedQuery = (planYear: number) =>
  infiniteQueryOptions({
    queryKey: ['unassigned-capital', planYear],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/unassigned-capital', {
          params: { query: { planYear, limit: ROWS_A_PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: MINUTE_MS,
  });

export const planTotalsQuery = (planYear: number) =>
  queryOptions({
    queryKey: ['plan-totals', planYear],
    queryFn: () => answer(client.GET('/api/v1/plan-totals', { params: { query: { planYear } } })),
    staleTime: MINUTE_MS,
  });

export const excessQuery = (periodStart: number) =>
  queryOptions({
    queryKey: ['medium-term-warnings', periodStart],
    queryFn: () =>
      answer(client.GET('/api/v1/medium-term-warnings', { params: { query: { periodStart, limit: ROWS_A_PAGE } } })),
    staleTime: MINUTE_MS,
  });

export const decisionQuery = (id: string) =>
  queryOptions({
    queryKey: ['decision', id],
    queryFn: () => answer(client.GET('/api/v1/allocation-decisions/{id}', { params: { path: { id } } })),
    staleTime: MINUTE_MS,
  });

export const decisionLinesQuery = (planYear: number, decision: number) =>
  infiniteQueryOptions({
    queryKey: ['decision-lines', planYear, decision],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/allocation-lines', {
          params: {
            query: { planYear, decision, limit: ROWS_A_PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: MINUTE_MS,
  });

export const projectQuery = (code: string) =>
  queryOptions({
    queryKey: ['project', code],
    queryFn: () => tagged(client.GET('/api/v1/projects/{code}', { params: { path: { code } } })),
    staleTime: MINUTE_MS,
  });

export const projectPlanQuery = (code: string, planYear: number) =>
  queryOptions({
    queryKey: ['project-plan', code, planYear],
    queryFn: () =>
      answer(client.GET('/api/v1/projects/{code}/plan', { params: { path: { code }, query: { planYear } } })),
    staleTime: MINUTE_MS,
  });

export const projectMediumTermQuery = (code: string, periodStart: number) =>
  queryOptions({
    queryKey: ['project-medium-term', code, periodStart],
    queryFn: () =>
      tagged(
        client.GET('/api/v1/projects/{code}/medium-term-plan', {
          params: { path: { code }, query: { periodStart } },
        }),
      ),
    staleTime: MINUTE_MS,
  });

export function recordDecision(decision: NewDecision, key: string): Promise<RecordedDecision> {
  return answer(client.POST('/api/v1/allocation-decisions', { body: decision, headers: { 'Idempotency-Key': key } }));
}

export function changeProject(code: string, changes: ProjectChange, etag: string) {
  return tagged(
    client.PATCH('/api/v1/projects/{code}', {
      params: { path: { code }, header: { 'if-match': etag } },
      body: changes,
    }),
  );
}

/** Sets all of a project's medium-term plan; a source that is not named is taken off. */
export function setMediumTerm(code: string, plan: NewMediumTerm, etag: string) {
  return tagged(
    client.PUT('/api/v1/projects/{code}/medium-term-plan', {
      params: { path: { code }, header: { 'if-match': etag } },
      body: plan,
    }),
  );
}

/** 2024 → 2021: medium-term periods are 2021-2025, 2026-2030 … */
export function mediumTermPeriod(planYear: number): number {
  return planYear - ((planYear - 1) % 5);
}

export { newIdempotencyKey };
