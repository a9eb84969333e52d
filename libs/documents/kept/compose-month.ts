import type { DataSource } from 'typeorm';
import { DomainError, type Actor, type Month } from '#libs/kernel';
import { releasedNotices, type Notice } from '#libs/notices';
import { completeMessage } from '#libs/platform';
import type { DocumentsErrorCode } from '../errors.js';
import { composeDocument, type DocumentRequest } from './composers.js';

/**
 * The drafts of all that went out of a month's present version: the announcement, or where one of an earlier version
 * went out its correction; the letters; the assignments. Asked again it composes the same again and writes nothing;
 * what has its number stays.
 */
export async function composeMonth(db: DataSource, actor: Actor, month: Month, messageId?: number): Promise<number[]> {
  const ids: number[] = [];
  for (const notice of await releasedNotices(db, month, ['announcement', 'unit', 'team'])) {
    const id = await composed(db, actor, requestOf(notice, month));
    if (id !== null) ids.push(id);
  }
  if (messageId !== undefined) await completeMessage(db.manager, messageId);
  return ids;
}

function requestOf({ audience, recipient, corrects }: Notice, month: Month): DocumentRequest {
  const about = { month, meeting: null };
  if (audience === 'unit') return { ...about, kind: 'unit-letter', recipient };
  if (audience === 'team') return { ...about, kind: 'team-assignment', recipient };
  return { ...about, kind: corrects === null ? 'announcement' : 'correction', recipient: '' };
}

/** Null where the notice needs no document: who left the list gets no letter, and a number is given once. */
async function composed(db: DataSource, actor: Actor, request: DocumentRequest): Promise<number | null> {
  try {
    return await composeDocument(db, actor, request);
  } catch (error) {
    const needless: DocumentsErrorCode[] = ['document-recipient-unknown', 'document-issued'];
    if (error instanceof DomainError && (needless as string[]).includes(error.code)) return null;
    throw error;
  }
}
