import { queryOptions } from '@tanstack/react-query';
import { answer, client, newIdempotencyKey } from '../client/client';
import type { components } from '../client/schema.gen';

type Schemas = components['schemas'];
export type Teams = Schemas['TeamsDto'];
export type Team = Schemas['TeamDto'];
export type TeamArea = Schemas['TeamAreaDto'];
export type Policies = Schemas['PoliciesDto'];
export type PolicyFields = Schemas['PolicyFieldsDto'];
export type PolicyPreview = Schemas['PolicyPreviewDto'];
export type PolicyStand = Schemas['PolicyStandDto'];
export type CalendarDay = Schemas['CalendarDayDto'];
export type NewCalendarDay = Schemas['NewCalendarDayDto'];
export type Deadlines = Schemas['DeadlinesDto'];

const MINUTE_MS = 60_000;

export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: () => answer(client.GET('/api/v1/inspection-teams')),
  staleTime: MINUTE_MS,
});

export function addTeam(code: string, name: string): Promise<Teams> {
  return answer(
    client.POST('/api/v1/inspection-teams', {
      body: { code, name },
      headers: { 'Idempotency-Key': newIdempotencyKey() },
    }),
  );
}

export function changeTeam(code: string, changes: { name?: string; isFallback?: true }): Promise<Teams> {
  return answer(client.PATCH('/api/v1/inspection-teams/{code}', { params: { path: { code } }, body: changes }));
}

export function moveArea(move: Schemas['AreaMoveDto']): Promise<Teams> {
  return answer(
    client.POST('/api/v1/inspection-teams/areas', {
      body: move,
      headers: { 'Idempotency-Key': newIdempotencyKey() },
    }),
  );
}

export const policiesQuery = (planYear?: number) =>
  queryOptions({
    queryKey: ['policies', planYear ?? 'latest'],
    queryFn: () =>
      answer(client.GET('/api/v1/policies', { params: { query: planYear === undefined ? {} : { planYear } } })),
    staleTime: MINUTE_MS,
  });

export function previewPolicy(planYear: number, fields: PolicyFields): Promise<PolicyPreview> {
  return answer(client.POST('/api/v1/policies/preview', { body: { planYear, fields } }));
}

export function proposePolicy(planYear: number, fields: PolicyFields, reason: string): Promise<Policies> {
  return answer(
    client.POST('/api/v1/policies/proposals', {
      body: { planYear, fields, reason },
      headers: { 'Idempotency-Key': newIdempotencyKey() },
    }),
  );
}

export function decidePolicy(id: number, decision: 'confirmation' | 'withdrawal', key: string): Promise<Policies> {
  const params = { path: { id: String(id) } };
  const headers = { 'Idempotency-Key': key };
  return answer(
    decision === 'confirmation'
      ? client.POST('/api/v1/policies/proposals/{id}/confirmation', { params, headers })
      : client.POST('/api/v1/policies/proposals/{id}/withdrawal', { params, headers }),
  );
}

export const calendarQuery = (year: number) =>
  queryOptions({
    queryKey: ['calendar', year],
    queryFn: () => answer(client.GET('/api/v1/calendars/{year}', { params: { path: { year: String(year) } } })),
    staleTime: MINUTE_MS,
  });

export const deadlinesQuery = (year: number) =>
  queryOptions({
    queryKey: ['deadlines', year],
    queryFn: () =>
      answer(client.GET('/api/v1/calendars/{year}/deadlines', { params: { path: { year: String(year) } } })),
    staleTime: MINUTE_MS,
  });

/** The due days, were these the days of the year. */
export const deadlinesWithQuery = (year: number, days: NewCalendarDay[]) =>
  queryOptions({
    queryKey: ['deadlines', year, days],
    queryFn: () =>
      answer(
        client.POST('/api/v1/calendars/{year}/deadlines', { params: { path: { year: String(year) } }, body: { days } }),
      ),
    retry: false,
    staleTime: MINUTE_MS,
  });

export async function keepCalendar(year: number, days: NewCalendarDay[], reason: string): Promise<void> {
  await answer(
    client.PUT('/api/v1/calendars/{year}', {
      params: { path: { year: String(year) } },
      body: reason === '' ? { days } : { days, reason },
    }),
  );
}
