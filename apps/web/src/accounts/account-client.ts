import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, client, newIdempotencyKey } from '../client/client';
import { tagged } from '../client/etag';
import type { components } from '../client/schema.gen';

type Schemas = components['schemas'];
export type AccountRow = Schemas['AccountRowDto'];
export type Account = Schemas['AccountDto'];
export type AccountRequest = Schemas['AccountRequestDto'];
export type Administration = Schemas['AdministrationDto'];
export type OpenWork = Schemas['OpenWorkDto'];
export type Token = Schemas['TokenDto'];
export type MadeToken = Schemas['MadeTokenDto'];
export type Access = Schemas['AccessDto'];
export type Invitation = Schemas['InvitationDto'];
export type AccountState = AccountRow['state'];

const ROWS_PER_PAGE = 50;
/** As many as may follow a leaver are offered at once. */
const MOST_CANDIDATES = 200;
const HALF_MINUTE_MS = 30_000;

export interface AccountFilter {
  search: string;
  role: Access['role'] | '';
  state: AccountState | '';
}

export const accountsQuery = ({ search, role, state }: AccountFilter) =>
  infiniteQueryOptions({
    queryKey: ['accounts', search, role, state],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/accounts', {
          params: {
            query: {
              limit: ROWS_PER_PAGE,
              ...(search === '' ? {} : { search }),
              ...(role === '' ? {} : { role }),
              ...(state === '' ? {} : { state }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: HALF_MINUTE_MS,
  });

/** Who could take over: in use, by name; and the teams there are. */
export const candidatesQuery = queryOptions({
  queryKey: ['accounts', 'candidates'],
  queryFn: () =>
    answer(client.GET('/api/v1/accounts', { params: { query: { limit: MOST_CANDIDATES, state: 'active' } } })),
  staleTime: HALF_MINUTE_MS,
});

/** The account with the mark of what was seen, which an edit sends back. */
export const accountQuery = (id: number) =>
  queryOptions({
    queryKey: ['accounts', 'one', id],
    queryFn: () => tagged(client.GET('/api/v1/accounts/{id}', { params: { path: { id: String(id) } } })),
    staleTime: HALF_MINUTE_MS,
  });

export const openWorkQuery = (id: number) =>
  queryOptions({
    queryKey: ['accounts', 'open-work', id],
    queryFn: () => answer(client.GET('/api/v1/accounts/{id}/open-work', { params: { path: { id: String(id) } } })),
    staleTime: 0,
  });

export const requestsQuery = queryOptions({
  queryKey: ['accounts', 'requests'],
  queryFn: () => answer(client.GET('/api/v1/account-requests', { params: { query: { state: 'requested' } } })),
  staleTime: HALF_MINUTE_MS,
});

export const tokensQuery = queryOptions({
  queryKey: ['accounts', 'tokens'],
  queryFn: () => answer(client.GET('/api/v1/tokens')),
  staleTime: HALF_MINUTE_MS,
});

const keyHeader = (key: string) => ({ headers: { 'Idempotency-Key': key } });
const path = (id: number) => ({ path: { id: String(id) } });

export const invite = (body: Invitation) =>
  answer(client.POST('/api/v1/accounts', { body, ...keyHeader(newIdempotencyKey()) }));

export const rename = (id: number, displayName: string, etag: string) =>
  answer(
    client.PATCH('/api/v1/accounts/{id}', {
      params: { ...path(id), header: { 'if-match': etag } },
      body: { displayName },
    }),
  );

export const changeAccess = (id: number, body: Access) =>
  answer(client.PUT('/api/v1/accounts/{id}/access', { params: path(id), body }));

export const orderLink = (id: number, key: string) =>
  answer(client.POST('/api/v1/accounts/{id}/link', { params: path(id), body: {}, ...keyHeader(key) }));

export const enable = (id: number, key: string) =>
  answer(client.POST('/api/v1/accounts/{id}/enable', { params: path(id), body: {}, ...keyHeader(key) }));

export const endSessionsOf = (id: number, key: string) =>
  answer(client.POST('/api/v1/accounts/{id}/sessions/end', { params: path(id), ...keyHeader(key) }));

export const disable = (id: number, successorId: number | null, note: string, key: string) =>
  answer(
    client.POST('/api/v1/accounts/{id}/disable', {
      params: path(id),
      body: { ...(successorId === null ? {} : { successorId }), ...(note === '' ? {} : { note }) },
      ...keyHeader(key),
    }),
  );

export const confirmRequest = (id: number, key: string) =>
  answer(client.POST('/api/v1/account-requests/{id}/confirmation', { params: path(id), ...keyHeader(key) }));

export const withdrawRequest = (id: number, key: string) =>
  answer(client.POST('/api/v1/account-requests/{id}/withdrawal', { params: path(id), ...keyHeader(key) }));

/** `permissions` are those the server offered as grantable. */
export interface WantedToken {
  name: string;
  days: number;
  permissions: string[];
  /** Once more, where the sign-in is old. */
  password?: string | undefined;
}

export const makeToken = ({ permissions, password, ...body }: WantedToken) =>
  answer(
    client.POST('/api/v1/tokens', {
      body: {
        ...body,
        ...(password === undefined ? {} : { password }),
        permissions: permissions as Schemas['NewTokenDto']['permissions'],
      },
      ...keyHeader(newIdempotencyKey()),
    }),
  );

export const revokeOwnToken = (id: number) => answer(client.DELETE('/api/v1/tokens/{id}', { params: path(id) }));

export const revokeTokenOf = (accountId: number, tokenId: number) =>
  answer(
    client.DELETE('/api/v1/accounts/{id}/tokens/{tokenId}', {
      params: { path: { id: String(accountId), tokenId: String(tokenId) } },
    }),
  );
