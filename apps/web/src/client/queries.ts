import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { answer, client, requestContext } from './client';
import { Refusal } from './refusal';
import type { Session, Unit } from './types';
import type { components } from './schema.gen';

const MINUTE_MS = 60_000;
const MOST_A_PAGE = 200;
const ENTRIES_PER_PAGE = 20;
const NOTICES_PER_PAGE = 30;
/** One read for the whole list: a province has under 200 units. */
const UNITS_PER_PAGE = 200;

export const instanceQuery = queryOptions({
  queryKey: ['instance'],
  queryFn: () => answer(client.GET('/api/v1/instance')),
  staleTime: Infinity,
});

/** null when nobody is signed in: for the frame that is an answer, not an error. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async (): Promise<Session | null> => {
    try {
      const session = await answer(client.GET('/api/v1/sessions/current'));
      requestContext.csrfToken = session.csrfToken;
      return session;
    } catch (error) {
      if (error instanceof Refusal && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 10 * MINUTE_MS,
});

export const monthsQuery = (planYear?: number) =>
  queryOptions({
    queryKey: ['months', planYear ?? 'latest'],
    queryFn: () =>
      answer(client.GET('/api/v1/months', { params: { query: planYear === undefined ? {} : { planYear } } })),
    staleTime: MINUTE_MS,
  });

export const overviewQuery = (month: string) =>
  queryOptions({
    queryKey: ['overview', month],
    queryFn: () => answer(client.GET('/api/v1/overviews/{month}', { params: { path: { month } } })),
    staleTime: MINUTE_MS,
    // The names of the month before stay while the next one loads; the screen blanks the figures itself.
    placeholderData: keepPreviousData,
  });

export const closingQuery = (month: string) =>
  queryOptions({
    queryKey: ['closing', month],
    queryFn: () => answer(client.GET('/api/v1/months/{month}/closing', { params: { path: { month } } })),
    // What closing would give changes with every entry: never an old answer when the sheet is opened.
    staleTime: 0,
  });

export const differenceQuery = (month: string, from: number, to: number) =>
  queryOptions({
    queryKey: ['difference', month, from, to],
    queryFn: () =>
      answer(
        client.GET('/api/v1/evaluations/{month}/difference', { params: { path: { month }, query: { from, to } } }),
      ),
    staleTime: Infinity,
  });

export const explanationQuery = (month: string, code: string) =>
  queryOptions({
    queryKey: ['explanation', month, code],
    queryFn: () =>
      answer(client.GET('/api/v1/evaluations/{month}/units/{code}', { params: { path: { month, code } } })),
    staleTime: MINUTE_MS,
  });

/** Every unit that the reader may see, all pages, for the list and the search box. */
export const unitsQuery = (at?: string) =>
  queryOptions({
    queryKey: ['units', at ?? 'all'],
    queryFn: async () => {
      const units: Unit[] = [];
      let cursor: string | null = null;
      do {
        const query: { limit: number; at?: string; cursor?: string } = { limit: UNITS_PER_PAGE };
        if (at !== undefined) query.at = at;
        if (cursor !== null) query.cursor = cursor;
        const page = await answer(client.GET('/api/v1/units', { params: { query } }));
        units.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return units;
    },
    staleTime: 5 * MINUTE_MS,
  });

export const unitYearQuery = (code: string, planYear: number, throughMonth: number) =>
  queryOptions({
    queryKey: ['unit-year', code, planYear, throughMonth],
    queryFn: () =>
      answer(
        client.GET('/api/v1/units/{code}/year', { params: { path: { code }, query: { planYear, throughMonth } } }),
      ),
    staleTime: MINUTE_MS,
  });

export interface EntriesFilter {
  unit: string;
  planYear: number;
  throughMonth: number;
  /** Only this month's entries; all up to throughMonth when absent. */
  month?: number;
}

export const entriesQuery = (filter: EntriesFilter) =>
  infiniteQueryOptions({
    queryKey: ['entries', filter],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/disbursements', {
          params: {
            query: { ...filter, limit: ENTRIES_PER_PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: MINUTE_MS,
  });

export const planLinesQuery = (filter: { unit: string; planYear: number; throughMonth: number }) =>
  infiniteQueryOptions({
    queryKey: ['plan-lines', filter],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/allocation-lines', {
          params: {
            query: { ...filter, limit: ENTRIES_PER_PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: MINUTE_MS,
  });

export const keyProjectsQuery = (year: number, month?: string) =>
  queryOptions({
    queryKey: ['key-projects', year, month ?? 'latest'],
    queryFn: () =>
      answer(
        client.GET('/api/v1/key-projects', { params: { query: month === undefined ? { year } : { year, month } } }),
      ),
    staleTime: MINUTE_MS,
  });

/** The version that stands for a project and month, so that an editor begins from it. */
export const progressQuery = (code: string, month: string) =>
  queryOptions({
    queryKey: ['progress', code, month],
    queryFn: () =>
      answer(client.GET('/api/v1/projects/{code}/progress/{month}', { params: { path: { code, month } } })),
    // What is being typed must not move under the hands.
    refetchOnWindowFocus: false,
    staleTime: 0,
  });

export type NoticeShow = 'new' | 'due' | 'overdue' | 'done';

export const noticesQuery = (show?: NoticeShow, audience?: 'team' | 'unit') =>
  infiniteQueryOptions({
    queryKey: ['notices', show ?? 'all', audience ?? 'all'],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/notices', {
          params: {
            query: {
              limit: NOTICES_PER_PAGE,
              ...(show === undefined ? {} : { show }),
              ...(audience === undefined ? {} : { audience }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: MINUTE_MS / 2,
  });

export const noticeQuery = (id: number) =>
  queryOptions({
    queryKey: ['notice', id],
    queryFn: () => answer(client.GET('/api/v1/notices/{id}', { params: { path: { id: String(id) } } })),
    staleTime: MINUTE_MS / 2,
  });

export const sourcesQuery = queryOptions({
  queryKey: ['funding-sources'],
  queryFn: async () => (await answer(client.GET('/api/v1/funding-sources'))).items,
  staleTime: 10 * MINUTE_MS,
});

/** The projects that a unit holds, all pages: what a line of that unit may name. */
export const unitProjectsQuery = (unit: string) =>
  queryOptions({
    queryKey: ['unit-projects', unit],
    queryFn: async () => {
      const projects: components['schemas']['ProjectDto'][] = [];
      let cursor: string | null = null;
      do {
        const query: { unit: string; limit: number; cursor?: string } = { unit, limit: MOST_A_PAGE };
        if (cursor !== null) query.cursor = cursor;
        const page: components['schemas']['ProjectListDto'] = await answer(
          client.GET('/api/v1/projects', { params: { query } }),
        );
        projects.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null);
      return projects;
    },
    staleTime: 5 * MINUTE_MS,
  });
