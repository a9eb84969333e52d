import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, client, newIdempotencyKey } from '../client/client';
import type { components } from '../client/schema.gen';

type Schemas = components['schemas'];
export type Delivery = Schemas['DeliveryDto'];
export type InboxItem = Schemas['InboxItemDto'];
export type Webhook = Schemas['WebhookDto'];
type NewWebhook = Schemas['NewWebhookDto'];
export type MadeWebhook = Schemas['MadeWebhookDto'];

const MINUTE_MS = 60_000;
const PER_PAGE = 50;

const keyHeader = () => ({ headers: { 'Idempotency-Key': newIdempotencyKey() } });

export const inboxQuery = infiniteQueryOptions({
  queryKey: ['inbox'],
  queryFn: ({ pageParam }) =>
    answer(
      client.GET('/api/v1/inbox', {
        params: { query: { limit: PER_PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) } },
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.nextCursor,
  staleTime: MINUTE_MS,
});

export async function markRead(through: number): Promise<void> {
  await answer(client.POST('/api/v1/inbox/reading', { body: { through }, ...keyHeader() }));
}

export const deliveriesQuery = (state: Delivery['state'] | undefined) =>
  infiniteQueryOptions({
    queryKey: ['deliveries', state ?? 'all'],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/deliveries', {
          params: {
            query: {
              limit: PER_PAGE,
              ...(state === undefined ? {} : { state }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 0,
  });

export function retryDelivery(id: number, key: string): Promise<Delivery> {
  return answer(
    client.POST('/api/v1/deliveries/{id}/retry', {
      params: { path: { id: String(id) } },
      headers: { 'Idempotency-Key': key },
    }),
  );
}

export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: () => answer(client.GET('/api/v1/webhooks')),
  staleTime: MINUTE_MS,
});

/** No Idempotency-Key: the answer holds the secret, which the server does not keep to say it again. */
export function addWebhook(url: string, topics: NewWebhook['topics']): Promise<MadeWebhook> {
  return answer(client.POST('/api/v1/webhooks', { body: { url, topics } }));
}

export function endWebhook(id: number, key: string): Promise<Webhook> {
  return answer(
    client.POST('/api/v1/webhooks/{id}/end', {
      params: { path: { id: String(id) } },
      headers: { 'Idempotency-Key': key },
    }),
  );
}

export async function setOwnEmail(email: string | null): Promise<void> {
  await answer(client.PUT('/api/v1/own-account/email', { body: { email } }));
}
