import { queryOptions } from '@tanstack/react-query';
import { answer, client, newIdempotencyKey } from '../client/client';
import { tagged } from '../client/etag';
import type { components } from '../client/schema.gen';

type Schemas = components['schemas'];

export type Difficulty = Schemas['DifficultyDto'];
export type DifficultyDetail = Schemas['DifficultyDetailDto'];
export type DifficultyState = Difficulty['state'];
export type DifficultyList = Schemas['DifficultyListDto'];
export type NewDifficulty = Schemas['NewDifficultyDto'];
export type DifficultyChange = Schemas['DifficultyChangeDto'];
export type Meeting = Schemas['MeetingDto'];
export type MeetingDetail = Schemas['MeetingDetailDto'];
export type MeetingBody = Schemas['MeetingBodyDto'];
export type MeetingDecision = Schemas['MeetingDecisionDto'];
export type Candidate = Schemas['CandidateDto'];
export type ChosenItem = Schemas['ChosenItemDto'];
export type FollowedCase = Schemas['FollowedCaseDto'];
export type CaseDetail = Schemas['CaseDetailDto'];
export type EffectSum = Schemas['EffectSumDto'];
export type SiteClearance = Schemas['SiteClearanceDto'];

export const STATES = ['open', 'proposed', 'decided', 'solved', 'dropped'] as const;

const MINUTE_MS = 60_000;
const MOST_A_PAGE = 200;

export interface DifficultyFilter {
  state?: DifficultyState;
  category?: string;
  overdue?: boolean;
  search?: string;
}

/** One read for the board: the newest 200 that the filter lets in, and the sums over all of them. */
export const difficultiesQuery = (filter: DifficultyFilter) =>
  queryOptions({
    queryKey: ['difficulties', filter],
    queryFn: () => answer(client.GET('/api/v1/difficulties', { params: { query: { ...filter, limit: MOST_A_PAGE } } })),
    staleTime: MINUTE_MS,
  });

export const categoriesQuery = queryOptions({
  queryKey: ['difficulty-categories'],
  queryFn: async () => (await answer(client.GET('/api/v1/difficulty-categories'))).items,
  staleTime: Infinity,
});

export const difficultyQuery = (id: string) =>
  queryOptions({
    queryKey: ['difficulty', id],
    queryFn: () => tagged(client.GET('/api/v1/difficulties/{id}', { params: { path: { id } } })),
    staleTime: MINUTE_MS,
  });

/** For a choice: what the reader may see of the register of projects. */
export const projectChoicesQuery = queryOptions({
  queryKey: ['projects', 'choices'],
  queryFn: async () =>
    (await answer(client.GET('/api/v1/projects', { params: { query: { limit: MOST_A_PAGE } } }))).items,
  staleTime: MINUTE_MS,
});

const keyHeader = (key: string) => ({ headers: { 'Idempotency-Key': key } });

export function recordDifficulty(body: NewDifficulty, key: string): Promise<DifficultyDetail> {
  return answer(client.POST('/api/v1/difficulties', { body, ...keyHeader(key) }));
}

export function changeDifficulty(id: string, body: DifficultyChange, etag: string) {
  return tagged(
    client.PATCH('/api/v1/difficulties/{id}', { params: { path: { id }, header: { 'if-match': etag } }, body }),
  );
}

export function advanceDifficulty(
  id: string,
  to: Exclude<DifficultyState, 'open'>,
  note: string,
  key: string,
): Promise<DifficultyDetail> {
  const path = { params: { path: { id } } };
  return to === 'decided'
    ? answer(
        client.POST('/api/v1/difficulties/{id}/decision', { ...path, body: { decision: note }, ...keyHeader(key) }),
      )
    : answer(client.POST('/api/v1/difficulties/{id}/steps', { ...path, body: { to, note }, ...keyHeader(key) }));
}

export const clearanceQuery = (code: string) =>
  queryOptions({
    queryKey: ['site-clearance', code],
    queryFn: () => tagged(client.GET('/api/v1/projects/{code}/site-clearance', { params: { path: { code } } })),
    staleTime: MINUTE_MS,
  });

export const projectDecisionsQuery = (code: string) =>
  queryOptions({
    queryKey: ['project-decisions', code],
    queryFn: async () =>
      (await answer(client.GET('/api/v1/projects/{code}/decisions', { params: { path: { code } } }))).items,
    staleTime: MINUTE_MS,
  });

export function planClearance(code: string, body: Schemas['SiteClearancePlanDto'], etag: string) {
  return tagged(
    client.PUT('/api/v1/projects/{code}/site-clearance', {
      params: { path: { code }, header: { 'if-match': etag } },
      body,
    }),
  );
}

export function recordClearance(code: string, month: string, body: Schemas['SiteClearanceFiguresDto'], etag: string) {
  return tagged(
    client.PUT('/api/v1/projects/{code}/site-clearance/{month}', {
      params: { path: { code, month }, header: { 'if-match': etag } },
      body,
    }),
  );
}

export const bodiesQuery = queryOptions({
  queryKey: ['meeting-bodies'],
  queryFn: async () => (await answer(client.GET('/api/v1/meeting-bodies'))).items,
  staleTime: MINUTE_MS,
});

export async function addBody(body: Schemas['NewMeetingBodyDto'], key: string): Promise<MeetingBody[]> {
  return (await answer(client.POST('/api/v1/meeting-bodies', { body, ...keyHeader(key) }))).items;
}

export async function addMember(id: number, body: Schemas['NewMeetingMemberDto'], key: string): Promise<MeetingBody[]> {
  const params = { path: { id: String(id) } };
  return (await answer(client.POST('/api/v1/meeting-bodies/{id}/members', { params, body, ...keyHeader(key) }))).items;
}

export async function endMember(id: number, memberId: number, validTo: string, key: string): Promise<MeetingBody[]> {
  const params = { path: { id: String(id), memberId: String(memberId) } };
  const call = client.POST('/api/v1/meeting-bodies/{id}/members/{memberId}/end', {
    params,
    body: { validTo },
    ...keyHeader(key),
  });
  return (await answer(call)).items;
}

export const meetingsQuery = queryOptions({
  queryKey: ['meetings'],
  queryFn: () => answer(client.GET('/api/v1/meetings', { params: { query: { limit: MOST_A_PAGE } } })),
  staleTime: MINUTE_MS,
});

export const openDecisionsQuery = queryOptions({
  queryKey: ['meeting-decisions', 'open'],
  queryFn: () =>
    answer(client.GET('/api/v1/meeting-decisions', { params: { query: { state: 'open', limit: MOST_A_PAGE } } })),
  staleTime: MINUTE_MS,
});

export const meetingQuery = (id: string) =>
  queryOptions({
    queryKey: ['meeting', id],
    queryFn: () => tagged(client.GET('/api/v1/meetings/{id}', { params: { path: { id } } })),
    staleTime: MINUTE_MS,
  });

export const candidatesQuery = (id: string) =>
  queryOptions({
    queryKey: ['meeting-candidates', id],
    queryFn: async () =>
      (await answer(client.GET('/api/v1/meetings/{id}/candidates', { params: { path: { id } } }))).items,
    staleTime: 0,
  });

export function callMeeting(body: Schemas['NewMeetingDto'], key: string): Promise<MeetingDetail> {
  return answer(client.POST('/api/v1/meetings', { body, ...keyHeader(key) }));
}

export function setAgenda(id: string, items: ChosenItem[], etag: string) {
  return tagged(
    client.PUT('/api/v1/meetings/{id}/agenda', {
      params: { path: { id }, header: { 'if-match': etag } },
      body: { items },
    }),
  );
}

export function fixAgenda(id: string, key: string): Promise<MeetingDetail> {
  return answer(client.POST('/api/v1/meetings/{id}/agenda/fix', { params: { path: { id } }, ...keyHeader(key) }));
}

export function decide(id: string, body: Schemas['NewMeetingDecisionDto'], key: string): Promise<MeetingDetail> {
  return answer(client.POST('/api/v1/meetings/{id}/decisions', { params: { path: { id } }, body, ...keyHeader(key) }));
}

export function endDecision(
  decision: Pick<MeetingDecision, 'id' | 'meetingId'>,
  body: Schemas['DecisionOutcomeDto'],
  key: string,
): Promise<MeetingDetail> {
  const path = { id: String(decision.meetingId), decisionId: String(decision.id) };
  return answer(
    client.POST('/api/v1/meetings/{id}/decisions/{decisionId}/outcome', { params: { path }, body, ...keyHeader(key) }),
  );
}

export function closeMeeting(id: string, body: Schemas['MeetingCloseDto'], key: string): Promise<MeetingDetail> {
  return answer(client.POST('/api/v1/meetings/{id}/close', { params: { path: { id } }, body, ...keyHeader(key) }));
}

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['warning-case', id],
    queryFn: () => answer(client.GET('/api/v1/warning-cases/{id}', { params: { path: { id } } })),
    staleTime: MINUTE_MS,
  });

export const unitCasesQuery = (unit: string) =>
  queryOptions({
    queryKey: ['warning-cases', unit],
    queryFn: async () =>
      (await answer(client.GET('/api/v1/warning-cases', { params: { query: { unit, limit: MOST_A_PAGE } } }))).items,
    staleTime: MINUTE_MS,
  });

export const effectsQuery = (planYear: number) =>
  queryOptions({
    queryKey: ['case-effects', planYear],
    queryFn: () => answer(client.GET('/api/v1/case-effects', { params: { query: { planYear } } })),
    staleTime: MINUTE_MS,
  });

export { newIdempotencyKey };
