import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answer, client, requestContext } from '../client/client';
import { tagged, type Tagged } from '../client/etag';
import { refusalFrom } from '../client/refusal';
import type { components } from '../client/schema.gen';
import { sendForm } from '../client/upload';
import { parseMonth } from '../format/month';

type Schemas = components['schemas'];
export type OfficialDocument = Schemas['DocumentDto'];
export type DocumentDetail = Schemas['DocumentDetailDto'];
export type DocumentVersion = Schemas['DocumentVersionDto'];
export type DocumentTemplate = Schemas['DocumentTemplateDto'];
export type TemplateFields = Schemas['TemplateFieldsDto'];
export type DocumentKind = OfficialDocument['kind'];
export type DocumentView = 'waiting' | 'drafts' | 'issued' | 'all';

export const DOCUMENT_KINDS: readonly DocumentKind[] = [
  'announcement',
  'unit-letter',
  'team-assignment',
  'correction',
  'agenda',
  'minutes',
];

export function isDocumentKind(value: unknown): value is DocumentKind {
  return (DOCUMENT_KINDS as readonly unknown[]).includes(value);
}

/** The subject as it stands at the head of a line: in the document itself it goes on after "V/v". */
export function headOf({ subject }: Pick<OfficialDocument, 'subject'>): string {
  return subject.slice(0, 1).toLocaleUpperCase('vi') + subject.slice(1);
}

/** `2024-09` as it stands within a sentence: 9/2024. */
export function shortMonth(month: string): string {
  const { planYear, number } = parseMonth(month);
  return `${number}/${planYear}`;
}

const FILTERS = {
  waiting: { waiting: 'true' },
  drafts: { state: 'draft' },
  issued: { state: 'issued' },
  all: {},
} as const;

export const documentsQuery = (view: DocumentView, search: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['documents', view, search ?? ''],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/documents', {
          params: {
            query: {
              ...FILTERS[view],
              ...(search === undefined ? {} : { search }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const documentQuery = (id: string) =>
  queryOptions({
    queryKey: ['documents', 'one', id],
    queryFn: (): Promise<Tagged<DocumentDetail>> =>
      tagged(client.GET('/api/v1/documents/{id}', { params: { path: { id } } })),
  });

export const registerQuery = (filter: { year?: number; symbol?: string; search?: string }) =>
  infiniteQueryOptions({
    queryKey: ['documents', 'register', filter],
    queryFn: ({ pageParam }) =>
      answer(
        client.GET('/api/v1/document-register', {
          params: { query: { ...filter, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

export const templatesQuery = queryOptions({
  queryKey: ['document-templates'],
  queryFn: () => answer(client.GET('/api/v1/document-templates')),
});

export function composeDocument(
  request: { kind: DocumentKind; month?: string; recipient?: string; meeting?: number },
  key: string,
): Promise<DocumentDetail> {
  return answer(client.POST('/api/v1/documents', { body: request, headers: { 'Idempotency-Key': key } }));
}

export function numberDocument(
  id: number,
  numbering: Schemas['NumberingDto'],
  etag: string,
  key: string,
): Promise<DocumentDetail> {
  return answer(
    client.POST('/api/v1/documents/{id}/number', {
      params: { path: { id: String(id) }, header: { 'if-match': etag } },
      body: numbering,
      headers: { 'Idempotency-Key': key },
    }),
  );
}

/** The file first, then what it is the issued version of. */
export async function sendVersion(id: number, file: File): Promise<DocumentDetail> {
  const form = new FormData();
  form.append('file', file, file.name);
  const { signal } = new AbortController();
  const sent = await sendForm<{ id: number }>('/api/v1/files', form, { signal, onSent: () => undefined });
  return answer(
    client.POST('/api/v1/documents/{id}/versions', {
      params: { path: { id: String(id) } },
      body: { fileId: sent.id },
    }),
  );
}

export function saveTemplate(kind: DocumentKind, fields: TemplateFields, version: number): Promise<DocumentTemplate> {
  return answer(
    client.PUT('/api/v1/document-templates/{kind}', {
      params: { path: { kind }, header: { 'if-match': `"${version}"` } },
      body: fields,
    }),
  );
}

/** A file of the API as bytes, under the same refusals as everything else. */
export async function bytesOf(path: string, body?: unknown): Promise<Uint8Array> {
  const response = await fetch(path, {
    credentials: 'same-origin',
    headers: {
      'Accept-Language': requestContext.language,
      ...(body === undefined
        ? {}
        : { 'Content-Type': 'application/json', 'X-CSRF-Token': requestContext.csrfToken ?? '' }),
    },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
  if (!response.ok) throw refusalFrom(response.status, await response.json().catch(() => null));
  return new Uint8Array(await response.arrayBuffer());
}
