import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, client } from '../client/client';
import type { Difference, ReconciliationList } from '../client/types';

const MINUTE_MS = 60_000;
const ROWS_PER_PAGE = 50;

export type ShownDifferences = 'unresolved' | 'resolved' | 'all';

export const reconciliationsQuery = (planYear?: number) =>
  queryOptions({
    queryKey: ['reconciliations', planYear ?? 'latest'],
    queryFn: () =>
      answer(client.GET('/api/v1/reconciliations', { params: { query: planYear === undefined ? {} : { planYear } } })),
    staleTime: MINUTE_MS,
  });

export const reconciliationQuery = (month: string) =>
  queryOptions({
    queryKey: ['reconciliation', month],
    queryFn: () => answer(client.GET('/api/v1/reconciliations/{month}', { params: { path: { month } } })),
    staleTime: MINUTE_MS / 2,
  });

export const differencesQuery = (month: string, show: ShownDifferences) =>
  infiniteQueryOptions({
    queryKey: ['reconciliation', month, 'differences', show],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/reconciliations/{month}/differences', {
          params: {
            path: { month },
            query: { show, limit: ROWS_PER_PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: MINUTE_MS / 2,
  });

export const historyQuery = (month: string) =>
  queryOptions({
    queryKey: ['reconciliation', month, 'history'],
    queryFn: () => answer(client.GET('/api/v1/reconciliations/{month}/history', { params: { path: { month } } })),
    staleTime: MINUTE_MS / 2,
  });

/** The newest month that has a statement, else the first that is not closed: where there is work. */
export function shownAtFirst({ items }: ReconciliationList): string | undefined {
  const compared = items.filter(({ statement }) => statement !== null).at(-1);
  return (compared ?? items.find(({ monthState }) => monthState !== 'closed') ?? items.at(-1))?.month;
}

/** Names one difference in the address bar. */
export function addressOf({ key, source, carriedOver }: Difference): string {
  return [key, source.code, carriedOver ? '1' : '0'].join('|');
}

const keyHeader = (key: string) => ({ headers: { 'Idempotency-Key': key } });

interface Answer {
  cause: Difference['cause'];
  note: string;
}

function seen(difference: Difference, { cause, note }: Answer) {
  const { key, source, carriedOver, booksDong, treasuryDong } = difference;
  return { key, sourceCode: source.code, carriedOver, booksDong, treasuryDong, cause, note };
}

export function acceptDifference(month: string, difference: Difference, given: Answer, key: string) {
  return answer(
    client.POST('/api/v1/reconciliations/{month}/notes', {
      params: { path: { month } },
      body: seen(difference, given),
      ...keyHeader(key),
    }),
  );
}

export function correctDifference(
  month: string,
  difference: Difference,
  given: Answer & { entryMonth: string; amountDong: number; withCounterpart: boolean },
  key: string,
) {
  const { entryMonth, amountDong, withCounterpart } = given;
  return answer(
    client.POST('/api/v1/reconciliations/{month}/corrections', {
      params: { path: { month } },
      body: { ...seen(difference, given), entryMonth, amountDong, withCounterpart },
      ...keyHeader(key),
    }),
  );
}

export function signOffMonth(month: string, key: string) {
  return answer(
    client.POST('/api/v1/reconciliations/{month}/sign-off', { params: { path: { month } }, ...keyHeader(key) }),
  );
}

export function withdrawSignOff(month: string, reason: string, key: string) {
  return answer(
    client.POST('/api/v1/reconciliations/{month}/sign-off/withdrawal', {
      params: { path: { month } },
      body: { reason },
      ...keyHeader(key),
    }),
  );
}
