import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, client } from '../client/client';
import { sendForm } from '../client/upload';
import type { AmountUnit, Choices, Import, ImportKind, Outcome } from './types';

const MINUTE_MS = 60_000;
const IMPORTS_PER_PAGE = 20;
const ROWS_PER_PAGE = 50;
/** A small file is read before a person looks up; a large one moves its bar about as often as it writes it down. */
const LOOK_AGAIN_MS = 600;

export const offeredQuery = queryOptions({
  queryKey: ['imports', 'kinds'],
  queryFn: () => answer(client.GET('/api/v1/imports/kinds')),
  staleTime: 10 * MINUTE_MS,
});

export const importsQuery = infiniteQueryOptions({
  queryKey: ['imports', 'list'],
  queryFn: ({ pageParam }) =>
    answer(
      client.GET('/api/v1/imports', {
        params: { query: { limit: IMPORTS_PER_PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) } },
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
  staleTime: 0,
});

export const isBeingRead = ({ state }: Import): boolean => state === 'waiting' || state === 'reading';

export const importQuery = (id: string) =>
  queryOptions({
    queryKey: ['import', id],
    queryFn: () => answer(client.GET('/api/v1/imports/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data !== undefined && isBeingRead(state.data) ? LOOK_AGAIN_MS : false),
    // The books may move while the difference is read.
    staleTime: 0,
  });

export const importRowsQuery = (id: number, outcome: Outcome) =>
  infiniteQueryOptions({
    queryKey: ['import', String(id), 'rows', outcome],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/imports/{id}/rows', {
          params: {
            path: { id: String(id) },
            query: { outcome, limit: ROWS_PER_PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: MINUTE_MS,
  });

export interface Upload {
  kind: ImportKind;
  file: File;
  amountUnit: AmountUnit | null;
  cumulative: boolean | null;
}

export function sendImport(
  { kind, file, amountUnit, cumulative }: Upload,
  progress: { signal: AbortSignal; onSent: (bytes: number, total: number) => void },
): Promise<Import> {
  const form = new FormData();
  if (amountUnit !== null) form.set('amountUnit', amountUnit);
  if (cumulative !== null) form.set('cumulative', String(cumulative));
  form.set('file', file);
  return sendForm<Import>(`/api/v1/imports?kind=${kind}`, form, progress);
}

export function readAgain(id: number, choices: Choices): Promise<Import> {
  return answer(client.PUT('/api/v1/imports/{id}/choices', { params: { path: { id: String(id) } }, body: choices }));
}

export function commitImport(id: number, body: { withoutRejected?: boolean; reason?: string }, key: string) {
  return answer(
    client.POST('/api/v1/imports/{id}/commit', {
      params: { path: { id: String(id) } },
      body,
      headers: { 'Idempotency-Key': key },
    }),
  );
}

export async function discardImport(id: number): Promise<void> {
  await answer(client.DELETE('/api/v1/imports/{id}', { params: { path: { id: String(id) } } }));
}

export const templateAddress = (kind: ImportKind): string => `/api/v1/imports/templates/${kind}`;
export const markedFileAddress = (id: number): string => `/api/v1/imports/${id}/marked-file`;
