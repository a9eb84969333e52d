import { answer, client, newIdempotencyKey, requestContext } from './client';
import type { Decision, Month, NewProgress, Notice, Reopening, StandingProgress } from './types';

// Every command takes its Idempotency-Key from the dialog that asked for it: pressing again after a lost answer
// repeats the same command instead of giving a second one.
const keyHeader = (key: string) => ({ headers: { 'Idempotency-Key': key } });

export async function signOut(): Promise<void> {
  await answer(client.DELETE('/api/v1/sessions/current'));
  requestContext.csrfToken = null;
}

export function closeMonth(month: string, decisions: Decision[], key: string): Promise<Month> {
  return answer(
    client.POST('/api/v1/months/{month}/close', {
      params: { path: { month } },
      body: decisions.length === 0 ? {} : { decisions },
      ...keyHeader(key),
    }),
  );
}

/** The first of two people asks, with a reason; the second carries it out. */
export function reopenMonth(month: string, reason: string, key: string): Promise<Reopening> {
  return answer(
    client.POST('/api/v1/months/{month}/reopen', {
      params: { path: { month } },
      body: reason === '' ? {} : { reason },
      ...keyHeader(key),
    }),
  );
}

export function withdrawReopening(month: string, key: string): Promise<Reopening> {
  return answer(
    client.POST('/api/v1/months/{month}/reopen/withdrawal', { params: { path: { month } }, ...keyHeader(key) }),
  );
}

export function noteNationalAverage(month: string, percent: string, source: string): Promise<Month> {
  return answer(
    client.PUT('/api/v1/months/{month}/national-average', { params: { path: { month } }, body: { percent, source } }),
  );
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
