import { answer, client, newIdempotencyKey, requestContext } from './client';
import type { Month, NewProgress, Notice, Session, StandingProgress } from './types';

// Every command takes its Idempotency-Key from the dialog that asked for it: pressing again after a lost answer
// repeats the same command instead of giving a second one.
const keyHeader = (key: string) => ({ headers: { 'Idempotency-Key': key } });

export async function signIn(username: string, password: string): Promise<Session> {
  const session = await answer(client.POST('/api/v1/sessions', { body: { username, password } }));
  requestContext.csrfToken = session.csrfToken;
  return session;
}

export async function signOut(): Promise<void> {
  await answer(client.DELETE('/api/v1/sessions/current'));
  requestContext.csrfToken = null;
}

export function closeMonth(month: string, key: string): Promise<Month> {
  return answer(client.POST('/api/v1/months/{month}/close', { params: { path: { month } }, ...keyHeader(key) }));
}

export async function releaseAnnouncement(month: string, key: string): Promise<void> {
  await answer(
    client.POST('/api/v1/announcements/{month}/release', { params: { path: { month } }, ...keyHeader(key) }),
  );
}

export function acknowledgeNotice(id: number, note: string, key: string): Promise<Notice> {
  return answer(
    client.POST('/api/v1/notices/{id}/acknowledgement', {
      params: { path: { id: String(id) } },
      body: note === '' ? {} : { note },
      ...keyHeader(key),
    }),
  );
}

/** `seen` is the version that the form began from: a newer one refuses this. */
export function saveProgress(
  code: string,
  month: string,
  progress: NewProgress,
  seen: number,
): Promise<StandingProgress> {
  return answer(
    client.PUT('/api/v1/projects/{code}/progress/{month}', {
      params: { path: { code, month }, header: { 'if-match': `"${seen}"` } },
      body: progress,
    }),
  );
}

export { newIdempotencyKey };
