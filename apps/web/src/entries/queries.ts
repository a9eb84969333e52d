import { infiniteQueryOptions } from '@tanstack/react-query';
import { answer, client } from '../client/client';
import type { components } from '../client/schema.gen';

const MINUTE_MS = 60_000;
const ROWS_A_PAGE = 50;

export type Advance = components['schemas']['AdvanceDto'];
export type DisbursementWarning = components['schemas']['DisbursementWarningDto'];
export type WarningCode = DisbursementWarning['code'];

export const WARNING_CODES: readonly WarningCode[] = [
  'over-plan',
  'no-plan',
  'over-usual',
  'december-spike',
  'cumulative-falls',
];

export function isWarningCode(code: unknown): code is WarningCode {
  return (WARNING_CODES as readonly unknown[]).includes(code);
}

export const advancesQuery = (filter: { unit?: string }) =>
  infiniteQueryOptions({
    queryKey: ['advances', filter],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/advances', {
          params: { query: { ...filter, limit: ROWS_A_PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: MINUTE_MS,
  });

export const warningsQuery = (filter: { month: string; unit?: string; code?: WarningCode }) =>
  infiniteQueryOptions({
    queryKey: ['disbursement-warnings', filter],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/disbursement-warnings', {
          params: { query: { ...filter, limit: ROWS_A_PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: MINUTE_MS,
  });
