import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, client } from '../client/client';
import type { components } from '../client/schema.gen';

type Schemas = components['schemas'];
export type AuditEvent = Schemas['AuditEventDto'];
export type AuditEventDetail = Schemas['AuditEventDetailDto'];
export type AuditChange = Schemas['AuditChangeDto'];
type ChainPart = Schemas['ChainPartDto'];

/** What the list is narrowed by; it stands in the address, so that a history can be linked to. */
export interface AuditFilter {
  actor?: string;
  action?: string;
  objectType?: string;
  objectId?: string;
  from?: string;
  to?: string;
}

const ROWS_A_PAGE = 50;
const MINUTE_MS = 60_000;

export const auditEventsQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['audit-events', filter],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/audit-events', {
          params: { query: { ...filter, limit: ROWS_A_PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const auditEventQuery = (seq: number) =>
  queryOptions({
    queryKey: ['audit-event', seq],
    queryFn: () => answer(client.GET('/api/v1/audit-events/{seq}', { params: { path: { seq: String(seq) } } })),
    // An event never changes.
    staleTime: Infinity,
  });

export const auditFacetsQuery = queryOptions({
  queryKey: ['audit-facets'],
  queryFn: () => answer(client.GET('/api/v1/audit-events/facets')),
  staleTime: MINUTE_MS,
});

export const chainHeadQuery = queryOptions({
  queryKey: ['audit-chain-head'],
  queryFn: () => answer(client.GET('/api/v1/audit-chain/head')),
});

export interface ChainCheck {
  through: number;
  of: number;
  hash: string;
  findings: ChainPart['findings'];
  done: boolean;
}

/** Has the server verify the chain part by part, telling how far it is. */
export async function verifyWholeChain(tell: (check: ChainCheck) => void): Promise<ChainCheck> {
  const findings: ChainPart['findings'] = [];
  let after = 0;
  for (;;) {
    const part: ChainPart = await answer(
      client.GET('/api/v1/audit-chain/verification', { params: { query: { after } } }),
    );
    findings.push(...part.findings);
    const check = {
      through: part.through,
      of: Math.max(part.head.seq, part.through),
      hash: part.head.hash,
      findings,
      done: part.done,
    };
    if (part.done) return check;
    tell(check);
    after = part.through;
  }
}
