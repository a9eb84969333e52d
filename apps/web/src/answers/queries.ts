import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, client } from '../client/client';
import type { components } from '../client/schema.gen';
import { sendForm } from '../client/upload';

type Schemas = components['schemas'];
export type Answer = Schemas['AnswerDto'];
export type NewAnswer = Schemas['NewAnswerDto'];
export type AnswerDecision = Schemas['AnswerDecisionDto'];
export type SentFile = Schemas['FileDto'];

const HALF_MINUTE_MS = 30_000;
const ROWS_A_PAGE = 50;

export const answersQuery = (state?: 'open') =>
  infiniteQueryOptions({
    queryKey: ['answers', state ?? 'all'],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/answers', {
          params: {
            query: {
              limit: ROWS_A_PAGE,
              ...(state === undefined ? {} : { state }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: HALF_MINUTE_MS,
  });

/** What was answered to one letter. */
export const letterAnswersQuery = (noticeId: number) =>
  queryOptions({
    queryKey: ['answers', 'letter', noticeId],
    queryFn: async () => (await answer(client.GET('/api/v1/answers', { params: { query: { noticeId } } }))).items,
    staleTime: HALF_MINUTE_MS,
  });

/** What was answered in one case. */
export const caseAnswersQuery = (caseId: number) =>
  queryOptions({
    queryKey: ['answers', 'case', caseId],
    queryFn: async () => (await answer(client.GET('/api/v1/answers', { params: { query: { caseId } } }))).items,
    staleTime: HALF_MINUTE_MS,
  });

export function sendAnswer(sent: NewAnswer, key: string): Promise<Answer> {
  return answer(client.POST('/api/v1/answers', { body: sent, headers: { 'Idempotency-Key': key } }));
}

export function decideAnswer(id: number, decision: AnswerDecision): Promise<Answer> {
  return answer(client.POST('/api/v1/answers/{id}/decision', { params: { path: { id: String(id) } }, body: decision }));
}

export function sendFile(file: File): Promise<SentFile> {
  const form = new FormData();
  form.append('file', file, file.name);
  return sendForm<SentFile>('/api/v1/files', form, { signal: new AbortController().signal, onSent: () => undefined });
}
